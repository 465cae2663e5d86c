"""The annotator of drift.yaml as models: who is asked which rule a sentence states, how, and how far it is believed.

Annotations are objects here, not text as elsewhere: pydantic would read each of them again.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, Discriminator, Field

from drift.files.fields import CONFIG, Nothing, Text, about
from drift.settings.fields import DIGITS, Address, Flag, Share, SomeTime, Texts
from drift.settings.naming import ASecret, Header

_KIND = "What answers: openai, anthropic, command, recorded."


class AnnotatorEntry(BaseModel):
    """What every annotator has."""

    model_config = CONFIG

    kind: Annotated[str, about(_KIND)]
    ask_twice: Annotated[
        Flag, about("Ask in two wordings, which have to get the same answer: twice the cost, fewer mistakes.")
    ] = False
    alarm_from: Annotated[
        Share, about("How sure it has to be, from 0 to 1, for what it says to count; below, people are asked.")
    ] = 0.6
    trust: Annotated[
        Share,
        about("The share of its answers that people have to agree with, once 30 can be compared; below, it only asks."),
    ] = 0.9
    questions_a_day: Annotated[
        int, Field(ge=1, le=10_000_000), DIGITS, about("Questions asked in any 24 hours, at most.")
    ] = 1_000
    tokens_a_day: Annotated[
        Annotated[int, Field(ge=1, le=999_999_999), DIGITS] | Nothing,
        about(
            "Tokens sent and received in any 24 hours, after which nothing more is asked; no limit where none is given."
        ),
    ] = None
    at_once: Annotated[int, Field(ge=1, le=64), DIGITS, about("Questions on their way at the same time, at most.")] = 4
    timeout: Annotated[SomeTime, about("How long one answer may take.")] = "60 seconds"


class OpenAIEntry(AnnotatorEntry):
    """A service that speaks chat completions: hosted, Azure, vLLM, Ollama, llama.cpp."""

    kind: Annotated[Literal["openai"], about(_KIND)]
    at: Annotated[
        Address,
        about("Its base address, to which /chat/completions is added.", ["http://127.0.0.1:11434/v1"]),
    ]
    model: Annotated[Text, about("The model, as the service calls it.", ["llama3.1:8b"])]
    key: Annotated[ASecret | Nothing, about("The key of the service; a local model needs none.")] = None
    api_version: Annotated[
        Text | Nothing,
        about("The version of the API in the address of a deployment of Azure, whose key goes into `api-key`."),
    ] = None
    headers: dict[Header, ASecret] = Field(
        default={},
        examples=[{"X-Gateway-Token": {"env": "GATEWAY_TOKEN"}}],
        description="More headers of every request, for a gateway in between; their values are secrets.",
    )


class AnthropicEntry(AnnotatorEntry):
    """A service that speaks the messages API of Anthropic."""

    kind: Annotated[Literal["anthropic"], about(_KIND)]
    at: Annotated[Address, about("Its base address, to which /v1/messages is added.")] = "https://api.anthropic.com"
    model: Annotated[Text, about("The model, as Anthropic calls it.")]
    key: Annotated[ASecret, about("The key of the service.")]


class CommandEntry(AnnotatorEntry):
    """A program that reads questions and writes answers, a line of JSON each."""

    kind: Annotated[Literal["command"], about(_KIND)]
    program: Annotated[
        Texts, about("The program and its arguments, run in the folder of drift.yaml.", [["python3", "annotate.py"]])
    ]
    model: Annotated[Text, about("A name for what answers: another name is another annotator.", ["rules-of-ana/2"])]


class RecordedEntry(AnnotatorEntry):
    """A file of answers."""

    kind: Annotated[Literal["recorded"], about(_KIND)]
    file: Annotated[Text, about("The file (drift-annotations/1), from the folder of drift.yaml.", ["answers.jsonl"])]


ANNOTATORS: dict[str, type[AnnotatorEntry]] = {
    "openai": OpenAIEntry,
    "anthropic": AnthropicEntry,
    "command": CommandEntry,
    "recorded": RecordedEntry,
}
AnAnnotator = Annotated[OpenAIEntry | AnthropicEntry | CommandEntry | RecordedEntry, Discriminator("kind")]
