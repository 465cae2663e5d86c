"""Services that speak the messages API of Anthropic. JSON is asked for in words, since it has no setting for it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from drift.annotators.config import AskingMeans
from drift.annotators.conversing import ModelReply
from drift.annotators.exchange import Exchange, QuestionError, texts, whole
from drift.annotators.prompt import Wording
from drift.annotators.service import ServiceConfig
from drift.files.fields import Text, about
from drift.files.keys import Address
from drift.files.secret import HeaderSecret
from drift.model.ports import Annotator

VERSION = "2023-06-01"  # of the API: the header anthropic-version
LENGTH = 2_000  # tokens of a reply, which the API wants to know; most take 60 to 120

_STOPPED = {
    "max_tokens": "the reply was cut off at its limit",
    "model_context_window_exceeded": "the reply was cut off at its limit",
    "refusal": "the model refused to answer",
}
_COUNTS = ("input_tokens", "output_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")


class AnthropicConfig(ServiceConfig):
    """A service that speaks the messages API of Anthropic."""

    kind: Literal["anthropic"]
    at: Annotated[Address, about("Its base address, to which /v1/messages is added.")] = "https://api.anthropic.com"
    model: Annotated[Text, about("The model, as Anthropic calls it.")]
    key: Annotated[HeaderSecret, about("The key of the service.", [{"env": "ANNOTATOR_KEY"}])]

    def annotator(self, means: AskingMeans) -> Annotator:
        headers = {"x-api-key": self.key.value, "anthropic-version": VERSION}
        return self.conversing(Messages(self.model, self.exchange(address(self.at), headers, means)), means)


def address(at: str) -> str:
    """Where questions go, of a base address with or without its version."""
    return f"{at.rstrip('/').removesuffix('/v1')}/v1/messages"


class Messages:
    """A Model."""

    def __init__(self, name: str, exchange: Exchange) -> None:
        self._name = name
        self._exchange = exchange
        self._temperature = True  # until it is refused by name, as by models that think first

    @property
    def name(self) -> str:
        return self._name

    def __repr__(self) -> str:
        return f"Messages({self._name!r})"

    def reply(self, wording: Wording) -> ModelReply:
        """What it says to a question. Raises QuestionError and AnnotatorError."""
        body: dict[str, Any] = {
            "model": self._name,
            "max_tokens": LENGTH,
            "system": wording.system,
            "messages": [{"role": "user", "content": wording.user}],
        }
        if self._temperature:
            try:
                return _reply(self._exchange.post(body | {"temperature": 0}))
            except QuestionError as error:
                if "temperature" not in error.words:
                    raise
                self._temperature = False
        return _reply(self._exchange.post(body))


def _reply(body: dict[str, Any]) -> ModelReply:
    usage = body.get("usage")
    counts = usage if isinstance(usage, dict) else {}
    tokens = sum(whole(counts.get(name)) for name in _COUNTS)
    stopped = body.get("stop_reason")
    if isinstance(stopped, str) and stopped in _STOPPED:
        return ModelReply("", tokens, _STOPPED[stopped])
    content = body.get("content")
    if not isinstance(content, list):
        return ModelReply("", tokens, "the service's reply is malformed")
    return ModelReply(texts(part for part in content if isinstance(part, dict) and part.get("type") == "text"), tokens)
