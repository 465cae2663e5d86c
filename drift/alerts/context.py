"""What is known around a visit to a page: whose it is, what the policies say, who wants to hear of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from drift.findings import Patience
from drift.model import Owner, Page, Policy, Registry, Term
from drift.model.finding import Silence
from drift.model.route import Routing


@dataclass(frozen=True, slots=True)
class AlertContext:
    """All that alerts of one source need beside what was found.

    Of `owners` (glob, owner) the first whose glob means an article counts. `edit_link` is an address with {path} or
    {url} for that of the article, `dashboard` an address. A page that failed `blind_after` times in a row is told, and
    so is a source. `titles` are those of articles, by public address.
    """

    routing: Routing
    registry: Registry
    source: str = ""
    owners: tuple[tuple[str, Owner], ...] = ()
    edit_link: str | None = None
    dashboard: str | None = None
    blind_after: int = 3
    silences: tuple[Silence, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    first_run: int | None = None  # the run, where it is the first on its source
    patience: Patience = field(default_factory=Patience)
    mass: bool = False  # the pass before could not read a mass of its pages: that is told of the source

    def policy(self, name: str) -> Policy | None:
        """A policy by its name; None if the registry has it no more."""
        return next((policy for policy in self.registry.policies if policy.name == name), None)

    def term(self, policy: str, name: str) -> Term | None:
        """A term by its short name; None if the registry has it no more."""
        held = self.policy(policy)
        return next((term for term in held.terms if term.name == name), None) if held else None

    def article_owner(self, article: str) -> Owner | None:
        page = Page(article)
        return next((owner for glob, owner in self.owners if page.lies_under(glob)), None)
