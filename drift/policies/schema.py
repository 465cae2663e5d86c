"""The files of a registry as models: what keys there are, what they mean to an editor, and what they may hold.

The models say what a file looks like; what its parts mean together (values, timelines, scopes, names) is checked by
the modules that read it.

Annotations are objects here, not text as elsewhere: pydantic would read each of them again.
"""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Discriminator, Field, Tag, WithJsonSchema
from pydantic_core import PydanticKnownError

from drift.engine import kinds
from drift.files.fields import CONFIG, AnOwner, Name, Nothing, Text, about, schema_of
from drift.files.spelling import nearest
from drift.model import Severity
from drift.model.values import Kind

_UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}


def _day(written: object) -> object:
    """A date as text of the one form that everybody reads alike; pydantic alone would also take timestamps."""
    if isinstance(written, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", written, re.ASCII):
        try:
            return date.fromisoformat(written)
        except ValueError as error:
            raise ValueError(f"'{written}' is no day of the calendar", "YYYY-MM-DD") from error
    raise ValueError(f"'{written}' is not a date", "YYYY-MM-DD")


def _ordinal(written: object) -> object:
    if isinstance(written, str) and re.fullmatch(r"[1-9]\d{0,5}", written, re.ASCII):
        return int(written)
    raise ValueError(f"'{written}' is not a number", "a whole number from 1")


def _days(written: object) -> object:
    """A time between reviews in days; a reminder need not be exact, so that a month is 30 of them."""
    number, _, unit = written.partition(" ") if isinstance(written, str) else ("", "", "")
    digits = re.fullmatch(r"[1-9]\d{0,3}", number, re.ASCII)
    days = _UNITS.get(unit.removesuffix("s"))
    if digits and days:
        return int(number) * days
    near = nearest(unit, [f"{name}s" for name in _UNITS]) if unit else "days"
    hint = f"{number} {near}" if digits and near else None
    raise ValueError(f"'{written}' is no time between reviews", "one like 180 days", hint)


ValueText = Annotated[Text, WithJsonSchema({"type": ["string", "number"], "minLength": 1})]
Day = Annotated[date, BeforeValidator(_day)]


class _PolicyEntry(BaseModel):
    model_config = CONFIG


class ReviewEntry(_PolicyEntry):
    """When the policy was last looked at, and how often it has to be."""

    last: Annotated[Day, about("The day of the last review: 2026-06-01.")]
    every: Annotated[
        int,
        BeforeValidator(_days),
        WithJsonSchema({"type": "string", "pattern": r"^[1-9][0-9]{0,3} (day|week|month|year)s?$"}),
        about("How long a review holds: 180 days, 6 months, 1 year."),
    ]


class SpanEntry(_PolicyEntry):
    """A value and the days on which it holds, both included."""

    is_: ValueText = Field(alias="is", description="The value in this time.")
    from_: Day | Nothing = Field(
        default=None, alias="from", description="The first day it holds; since always where there is none."
    )
    until: Annotated[Day | Nothing, about("The last day it holds; for good where there is none.")] = None


class ExamplesEntry(_PolicyEntry):
    """Sentences that are tests of a term."""

    states: Annotated[list[Text], about("Sentences that state this rule.")] = []
    silent: Annotated[list[Text], about("Sentences that do not, though they may look like it.")] = []


def _known(name: str) -> Kind:
    """A name of a kind. Raises pydantic's own error of a list for any other."""
    if name not in kinds.names():
        raise PydanticKnownError("literal_error", {"expected": " or ".join(map(repr, kinds.names()))})
    return Kind(name)


KindName = Annotated[Kind, AfterValidator(_known), WithJsonSchema({"type": "string", "enum": list(kinds.names())})]


def _form(written: Any) -> str:
    return "timeline" if isinstance(written, list) else "text"


class TermEntry(_PolicyEntry):
    """One rule with one value. `says` and `value` are all it must have."""

    term: Annotated[Name | Nothing, about("The name of the rule, in kebab-case and unique within the policy.")] = None
    says: Annotated[Text, about("The rule in plain words, as a colleague would say it.")]
    value: Annotated[
        Annotated[ValueText, Tag("text")] | Annotated[list[SpanEntry], Tag("timeline"), Field(min_length=1)],
        Discriminator(_form),
        about(
            "The value the rule fixes, or a list of values with the days they hold.",
            examples=["60 days", "USD 35", "15%", "5 business days..7 business days", "18 years", "free"],
        ),
    ]
    kind: Annotated[
        KindName | Nothing, about("The kind of value, where the value leaves it open: 16 years as age or duration.")
    ] = None
    bound: Annotated[Literal["exactly", "at least", "at most", "between"], about("Which way the value limits.")] = (
        "exactly"
    )
    scope: dict[Text, Text] = Field(
        default={}, examples=[{"plan": "postpaid"}], description="For whom the rule holds: dimension and value."
    )
    topics: list[Text] = Field(
        default=[], examples=[["unlock your phone", "SIM lock"]], description="Phrases by which articles name the rule."
    )
    not_topics: Annotated[list[Text], about("A claim near one of these phrases is about another rule.")] = []
    must: Annotated[list[Text], about("Phrases all of which stand in or around every claim about this rule.")] = []
    published_at: list[Text] = Field(
        default=[],
        examples=[["https://help.larkspur.example/wireless/unlock#postpaid"]],
        description="Addresses where the rule is known to stand; `*` and `**` stand for any part, `#` names a section.",
    )
    also: list[ValueText] = Field(
        default=[], examples=[["two months"]], description="Other wordings of the value that the owner accepts."
    )
    customer_prefers: Annotated[
        Literal["less", "more"] | Nothing,
        about("Which way customers like the value better: it tells whom a wrong article hurts."),
    ] = None
    guidance: Annotated[Text | Nothing, about("What to tell customers until a wrong article is mended.")] = None
    examples: ExamplesEntry = Field(default_factory=ExamplesEntry, description="Sentences that are tests.")


class ExceptionEntry(_PolicyEntry):
    """A value that stands on some articles, for a reason and until a day, where the term's value does not."""

    term: Annotated[Text, about("The name of the term.")]
    article: Annotated[Text, about("The address of the articles; `*` and `**` stand for any part.")]
    value: Annotated[ValueText, about("The value that may stand there.")]
    reason: Annotated[Text, about("Why.")]
    by: Annotated[Text, about("Who allowed it.")]
    until: Annotated[Day, about("The last day it holds.")]


class PolicyHeader(_PolicyEntry):
    """A policy whose terms and exceptions are read one by one, so that a bad one does not hide the others."""

    policy: Annotated[Name, about("The name of the policy, in kebab-case and unique in the registry.")]
    title: Annotated[Text | Nothing, about("What people call it; the name in plain words where there is none.")] = None
    owner: Annotated[
        AnOwner,
        about(
            "Who answers for it: an e-mail address, or team, email and slack.",
            examples=["wireless-policy@larkspur.example"],
        ),
    ]
    source: Annotated[Text | Nothing, about("Where the canonical document stands.")] = None
    severity: Annotated[Severity, about("How much a wrong article matters.")] = Severity.MEDIUM
    review: Annotated[ReviewEntry | Nothing, about("When it was last looked at, and how often it has to be.")] = None
    applies_to: list[Text] = Field(
        default=[],
        examples=[["https://help.larkspur.example/wireless/**"]],
        description="Addresses of the articles it is held against; all where there are none.",
    )
    terms: list[Any] = Field(min_length=1)
    exceptions: list[Any] = []


class PolicyEntry(PolicyHeader):
    """A policy of the registry: a topic with an owner, and its terms."""

    terms: list[TermEntry] = Field(min_length=1, description="The rules.")
    exceptions: Annotated[list[ExceptionEntry], about("Values that may stand on some articles for a time.")] = []


class ScopesFile(_PolicyEntry):
    """`scopes.yaml`: the language of a registry, and the dimensions of scope with their values and spellings."""

    language: Annotated[
        Text | Nothing,
        about("The language in which the whole registry is written, by its tag: `fr`. `en` where none is named."),
    ] = None
    scopes: Annotated[
        dict[Text, dict[Text, Any]] | Nothing,
        about(
            "Dimension, then value, then the list of its spellings; `default` names the value of texts that name none.",
            examples=[{"plan": {"default": "postpaid", "postpaid": ["postpaid", "pay monthly"], "prepaid": []}}],
        ),
    ] = None


class AnswerEntry(_PolicyEntry):
    """What a person answered once about a sentence."""

    article: Annotated[Text, about("The address of the article.")]
    sentence: Annotated[Text, about("The sentence as it was read.")]
    term: Annotated[Text | None, about("The term that it states, or null: it states none.")]
    nth: Annotated[int, BeforeValidator(_ordinal), about("Which value of the sentence, where it has several.")] = 1
    by: Annotated[Text | Nothing, about("Who answered.")] = None
    on: Annotated[Day | Nothing, about("The day of the answer.")] = None


class ReviewedFile(_PolicyEntry):
    """`reviewed.yaml`: the answers."""

    reviewed: list[Any]


def schema() -> dict[str, Any]:
    """The JSON schema of a policy file, for editors (draft 2020-12)."""
    return schema_of(PolicyEntry, "drift policy")
