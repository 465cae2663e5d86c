"""The files of a registry as models: what keys there are, what they mean to an editor, and what they may hold.

The models say what a file looks like; what its parts mean together (values, timelines, scopes, names) is checked by
the modules that read it.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    WithJsonSchema,
)
from pydantic.json_schema import SkipJsonSchema

from drift.model import Severity
from drift.registry.names import nearest
from drift.values import Kind

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


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
ValueText = Annotated[Text, WithJsonSchema({"type": ["string", "number"], "minLength": 1})]
Day = Annotated[date, BeforeValidator(_day)]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+$")]
Nothing = SkipJsonSchema[None]  # a key may be absent, and an editor need not offer null


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class OwnerEntry(_Entry):
    """Who answers for a policy: at least one of team, email, slack."""

    team: Text | Nothing = None
    """The team's name."""
    email: Email | Nothing = None
    """Where the owner is written to."""
    slack: Text | Nothing = None
    """A Slack channel, in quotes: "#policy-wireless"."""


class ReviewEntry(_Entry):
    """When the policy was last looked at, and how often it has to be."""

    last: Day
    """The day of the last review: 2026-06-01."""
    every: Annotated[
        int,
        BeforeValidator(_days),
        WithJsonSchema({"type": "string", "pattern": r"^[1-9][0-9]{0,3} (day|week|month|year)s?$"}),
    ]
    """How long a review holds: 180 days, 6 months, 1 year."""


class SpanEntry(_Entry):
    """A value and the days on which it holds, both included."""

    is_: ValueText = Field(alias="is")
    """The value in this time."""
    from_: Day | Nothing = Field(default=None, alias="from")
    """The first day it holds; since always where there is none."""
    until: Day | Nothing = None
    """The last day it holds; for good where there is none."""


class ExamplesEntry(_Entry):
    """Sentences that are tests of a term."""

    states: list[Text] = []
    """Sentences that state this rule."""
    silent: list[Text] = []
    """Sentences that do not, though they may look like it."""


def _form(written: Any) -> str:
    return "timeline" if isinstance(written, list) else "text"


def _owner_form(written: Any) -> str:
    return "email" if isinstance(written, str) else "owner"


class TermEntry(_Entry):
    """One rule with one value. `says` and `value` are all it must have."""

    term: Name | Nothing = None
    """The name of the rule, in kebab-case and unique within the policy."""
    says: Text
    """The rule in plain words, as a colleague would say it."""
    value: Annotated[
        Annotated[ValueText, Tag("text")] | Annotated[list[SpanEntry], Tag("timeline"), Field(min_length=1)],
        Discriminator(_form),
        Field(examples=["60 days", "USD 35", "15%", "5 business days..7 business days", "18 years", "free"]),
    ]
    """The value the rule fixes, or a list of values with the days they hold."""
    kind: Kind | Nothing = None
    """The kind of value, where the value leaves it open: 16 years as age or duration."""
    bound: Literal["exactly", "at least", "at most", "between"] = "exactly"
    """Which way the value limits."""
    scope: dict[Text, Text] = Field(default={}, examples=[{"plan": "postpaid"}])
    """For whom the rule holds: dimension and value."""
    topics: list[Text] = Field(default=[], examples=[["unlock your phone", "SIM lock"]])
    """Phrases by which articles name the rule."""
    not_topics: list[Text] = []
    """A claim in such words is about another rule."""
    must: list[Text] = []
    """Words without which no claim is about this rule."""
    published_at: list[Text] = Field(default=[], examples=[["https://help.larkspur.example/wireless/unlock#postpaid"]])
    """Addresses where the rule is known to stand; `*` and `**` stand for any part, `#` names a section."""
    also: list[ValueText] = Field(default=[], examples=[["two months"]])
    """Other wordings of the value that the owner accepts."""
    customer_prefers: Literal["less", "more"] | Nothing = None
    """Which way customers like the value better: it tells whom a wrong article hurts."""
    guidance: Text | Nothing = None
    """What to tell customers until a wrong article is mended."""
    examples: ExamplesEntry = ExamplesEntry()
    """Sentences that are tests."""


class ExceptionEntry(_Entry):
    """A value that stands on some articles, for a reason and until a day, where the term's value does not."""

    term: Text
    """The name of the term."""
    article: Text
    """The address of the articles; `*` and `**` stand for any part."""
    value: ValueText
    """The value that may stand there."""
    reason: Text
    """Why."""
    by: Text
    """Who allowed it."""
    until: Day
    """The last day it holds."""


class PolicyHeader(_Entry):
    """A policy whose terms and exceptions are read one by one, so that a bad one does not hide the others."""

    policy: Name
    """The name of the policy, in kebab-case and unique in the registry."""
    title: Text | Nothing = None
    """What people call it; the name in plain words where there is none."""
    owner: Annotated[
        Annotated[Email, Tag("email")] | Annotated[OwnerEntry, Tag("owner")],
        Discriminator(_owner_form),
        Field(examples=["wireless-policy@larkspur.example"]),
    ]
    """Who answers for it: an e-mail address, or team, email and slack."""
    source: Text | Nothing = None
    """Where the canonical document stands."""
    severity: Severity = Severity.MEDIUM
    """How much a wrong article matters."""
    review: ReviewEntry | Nothing = None
    """When it was last looked at, and how often it has to be."""
    applies_to: list[Text] = Field(default=[], examples=[["https://help.larkspur.example/wireless/**"]])
    """Addresses of the articles it is held against; all where there are none."""
    terms: list[Any] = Field(min_length=1)
    exceptions: list[Any] = []


class PolicyEntry(PolicyHeader):
    """A policy of the registry: a topic with an owner, and its terms."""

    terms: list[TermEntry] = Field(min_length=1)
    """The rules."""
    exceptions: list[ExceptionEntry] = []
    """Values that may stand on some articles for a time."""


class ScopesFile(_Entry):
    """`scopes.yaml`: the dimensions of scope, their values, and how articles spell them."""

    scopes: dict[Text, dict[Text, Any]]


class AnswerEntry(_Entry):
    """What a person answered once about a sentence."""

    article: Text
    sentence: Text
    term: Text | None
    nth: Annotated[int, BeforeValidator(_ordinal)] = 1
    by: Text | Nothing = None
    on: Day | Nothing = None


class ReviewedFile(_Entry):
    """`reviewed.yaml`: the answers."""

    reviewed: list[Any]


def schema() -> dict[str, Any]:
    """The JSON schema of a policy file, for editors (draft 2020-12)."""
    made = _without_noise(PolicyEntry.model_json_schema())
    assert isinstance(made, dict)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "drift policy", **made}


def _without_noise(part: Any) -> Any:
    """Without the titles that repeat the key, and the defaults that say only 'nothing'."""
    if isinstance(part, list):
        return [_without_noise(item) for item in part]
    if not isinstance(part, dict):
        return part
    noise = {key for key in ("title",) if isinstance(part.get(key), str)}
    noise |= {key for key in ("default",) if part.get(key) in (None, [], {}, ExamplesEntry().model_dump())}
    return {key: _without_noise(value) for key, value in part.items() if key not in noise}
