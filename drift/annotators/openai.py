"""Services that speak chat completions: hosted ones, Azure, vLLM, Ollama, llama.cpp and whatever imitates them.

They differ in what they take. A parameter that a service refuses by name is left out or replaced from then on, for as
long as the process runs: the form of the reply (a JSON schema, any JSON, plain text), the limit of its length, which
has two names, and the temperature, which models that think first will not have set.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlencode

from pydantic import Field

from drift.annotators.config import AskingMeans
from drift.annotators.conversing import ModelReply
from drift.annotators.exchange import Exchange, QuestionError, texts, whole
from drift.annotators.prompt import Wording
from drift.annotators.service import ServiceConfig
from drift.files.config import Teller
from drift.files.fields import Nothing, Text, about
from drift.files.keys import Address
from drift.files.secret import Headers
from drift.model.ports import Annotator

LENGTH = 2_000  # tokens of a reply, most of which take 60 to 120: what some models think first counts too
THINKING = 8_000  # where the limit has its new name: models that have it think first

_SCHEMA = {
    "type": "object",
    "properties": {
        "rule": {"type": ["integer", "null"]},
        "p": {"type": "number"},
        "why": {"type": "string"},
    },
    "required": ["rule", "p", "why"],
    "additionalProperties": False,
}
_FORMS: tuple[dict[str, Any] | None, ...] = (
    {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": _SCHEMA}},
    {"type": "json_object"},
    None,
)
_OF_FORM = ("response_format", "response format", "json_schema", "json_object", "structured output", "json mode")


_KEYS = frozenset(("authorization", "api-key"))  # headers that a key goes into


class OpenAIConfig(ServiceConfig):
    """A service that speaks chat completions: hosted, Azure, vLLM, Ollama, llama.cpp."""

    kind: Literal["openai"]
    at: Annotated[
        Address, about("Its base address, to which /chat/completions is added.", ["http://127.0.0.1:11434/v1"])
    ]
    api_version: Annotated[
        Text | Nothing,
        about("The version of the API in the address of a deployment of Azure, whose key goes into `api-key`."),
    ] = None
    headers: Headers = Field(
        default={},
        examples=[{"X-Gateway-Token": {"env": "GATEWAY_TOKEN"}}],
        description="More headers of every request, for a gateway in between; their values are secrets.",
    )

    def hint_of_query(self) -> str | None:
        return "'api_version' for that of Azure"

    def lint(self, tell: Teller) -> None:
        """Tell a key that is given twice as well."""
        super().lint(tell)
        for name in self.headers if self.key is not None else ():
            if name.lower() in _KEYS:
                tell(("headers", name), f"'{name}' beside 'key'", "one of them", key=True)

    def annotator(self, means: AskingMeans) -> Annotator:
        headers = {name: secret.value for name, secret in self.headers.items()}
        if self.key is not None and self.api_version is not None:
            headers["api-key"] = self.key.value
        elif self.key is not None:
            headers["Authorization"] = f"Bearer {self.key.value}"
        exchange = self.exchange(address(self.at, self.api_version), headers, means)
        return self.conversing(ChatCompletions(self.model, exchange), means)


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a service takes, as far as it has said so."""

    form: int = 0  # of `_FORMS`
    limit: str | None = "max_tokens"
    temperature: bool = True

    def parameters(self) -> dict[str, Any]:
        made: dict[str, Any] = {}
        if (form := _FORMS[self.form]) is not None:
            made["response_format"] = form
        if self.limit is not None:
            made[self.limit] = LENGTH if self.limit == "max_tokens" else THINKING
        if self.temperature:
            made["temperature"] = 0
        return made

    def without(self, refused: str) -> Dialect | None:
        """The same without what the words of a refusal name; None if they name nothing of it."""
        said = refused.lower()
        if self.limit is not None and self.limit in said:
            return replace(self, limit="max_completion_tokens" if self.limit == "max_tokens" else None)
        if self.temperature and "temperature" in said:
            return replace(self, temperature=False)
        if _FORMS[self.form] is not None and any(word in said for word in _OF_FORM):
            return replace(self, form=self.form + 1)
        return None


def address(at: str, api_version: str | None = None) -> str:
    """Where questions go, of a base address: Azure has the version of its API behind it."""
    query = f"?{urlencode({'api-version': api_version}, quote_via=quote)}" if api_version else ""
    return f"{at.rstrip('/')}/chat/completions{query}"


class ChatCompletions:
    """A Model."""

    def __init__(self, name: str, exchange: Exchange) -> None:
        self._name = name
        self._exchange = exchange
        self._dialect = Dialect()
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return self._name

    def __repr__(self) -> str:
        return f"ChatCompletions({self._name!r})"

    def reply(self, wording: Wording) -> ModelReply:
        """What it says to a question. Raises QuestionError and AnnotatorError."""
        messages = [{"role": "system", "content": wording.system}, {"role": "user", "content": wording.user}]
        while True:
            dialect = self._dialect
            try:
                return _reply(self._exchange.post({"model": self._name, "messages": messages, **dialect.parameters()}))
            except QuestionError as error:
                fewer = dialect.without(error.words)
                if fewer is None:
                    raise
                with self._lock:
                    if self._dialect == dialect:  # another thread may have learned it meanwhile
                        self._dialect = fewer


def _reply(body: dict[str, Any]) -> ModelReply:
    usage = body.get("usage")
    counts = usage if isinstance(usage, dict) else {}
    tokens = whole(counts.get("total_tokens")) or sum(
        whole(counts.get(name)) for name in ("prompt_tokens", "completion_tokens")
    )
    match body:
        case {"choices": [{"finish_reason": "length"}, *_]}:
            return ModelReply("", tokens, "the reply was cut off at its limit")
        case {"choices": [{"finish_reason": "content_filter"}, *_]}:
            return ModelReply("", tokens, "the service filtered the reply out")
        case {"choices": [{"message": {"refusal": str(refusal)}}, *_]} if refusal:
            return ModelReply("", tokens, "the model refused to answer")
        case {"choices": [{"message": {"content": str(text)}}, *_]}:
            return ModelReply(text, tokens)
        case {"choices": [{"message": {"content": list(parts)}}, *_]}:
            return ModelReply(texts(parts), tokens)
    return ModelReply("", tokens, "the service's reply is malformed")
