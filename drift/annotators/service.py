"""Services that are asked over HTTP: what the settings say of one, and where page text may go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlsplit

from drift.annotators.config import SENT, AnnotatorConfig, AskingMeans
from drift.annotators.conversing import Conversing, Model
from drift.annotators.exchange import Exchange
from drift.files.config import Teller
from drift.files.fields import Nothing, Text, about
from drift.files.hosts import on_this_machine, ours
from drift.files.keys import Address
from drift.files.secret import HeaderSecret
from drift.model.ports import Annotator

_ADDED = ("/chat/completions", "/messages", "/completions", "/responses")


class ServiceConfig(AnnotatorConfig):
    """What every service has."""

    at: Annotated[Address, about("Its base address.")]
    model: Annotated[Text, about("The model, as the service calls it.", ["llama3.1:8b"])]
    key: Annotated[
        HeaderSecret | Nothing,
        about("The key of the service; a local model needs none.", [{"env": "ANNOTATOR_KEY"}]),
    ] = None

    def known_as(self) -> tuple[str, str]:
        return self.model, self.prompt

    def goes_where(self) -> str:
        return f"{SENT} go to {self.model} at {self.at}"

    def lint(self, tell: Teller) -> None:
        """Tell addresses that are no base, and what would travel in clear."""
        if "at" in tell.faulty:
            return
        parts = urlsplit(self.at)
        if parts.query or parts.fragment:
            tell(("at",), "a base address has nothing behind a '?' or '#'", "its path alone", self.hint_of_query())
        path = parts.path.rstrip("/")
        if added := next((each for each in _ADDED if path.endswith(each)), None):
            base = self.at.rstrip("/").removesuffix(added)
            tell(("at",), f"'{added}' is added to the base address", "the address before it", base)
        if parts.scheme == "http" and not on_this_machine(self.at):
            told = "page text would travel in clear, and so would a key"
            tell(("at",), told, "https:// or a service on this machine", warning=ours(self.at, tell.opened))

    def hint_of_query(self) -> str | None:
        """Where what stands behind a '?' goes."""
        return None

    def look(self, tell: Teller) -> None:
        tell.warn_closed(("at",), self.at, "nothing is asked there")

    def exchange(self, address: str, headers: Mapping[str, str], means: AskingMeans) -> Exchange:
        """Who posts questions to an address."""
        secrets = tuple(headers.values())
        seconds = self.timeout.total_seconds()
        return Exchange(means.http, address, headers, secrets, seconds, means.sleep, means.dice)

    def conversing(self, model: Model, means: AskingMeans) -> Annotator:
        """The annotator that asks a model."""
        return Conversing(model, means.clock, means.draw, means.threads, at_once=self.at_once, twice=self.ask_twice)
