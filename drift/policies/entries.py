"""Entries of policy files, with what is said of their keys."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel

from drift.files import validation
from drift.files.validation import KeyHelp, Read
from drift.files.yamlfile import Document, Steps

E = TypeVar("E", bound=BaseModel)

_WORDS = KeyHelp(
    examples={
        "policy": "policy: device-unlock", "owner": "owner: unlock-team@example.com",
        "slack": 'slack: "#unlock-team"', "terms": "terms: [{says: ..., value: ...}]", "term": "term: postpaid-wait",
        "says": "says: A phone can be unlocked after 60 days.", "value": "value: 60 days", "is": "is: 60 days",
        "from": "from: 2026-04-01", "until": "until: 2027-01-31", "last": "last: 2026-06-01",
        "every": "every: 180 days", "article": "article: https://help.example.com/**",
        "reason": "reason: grandfathered plan", "by": "by: ana@example.com",
        "scopes": "scopes: {plan: {postpaid: [postpaid, pay monthly]}}", "on": "on: 2026-11-21",
        "reviewed": "reviewed: [{article: ..., sentence: ..., term: ...}]", "sentence": "sentence: and its words",
    },
    forms={
        "owner": "an e-mail address, or a mapping with team, email or slack",
        "value": "a value, or a list of {is, from, until}",
        "scope": "a mapping like {plan: postpaid}", "review": "a mapping like {last: 2026-06-01, every: 180 days}",
    },
    stand_ins={
        "policy": "unnamed", "owner": {"team": "nobody"}, "terms": ["unread"], "term": "unnamed", "says": "nothing",
        "value": "none", "article": "**", "reason": "none", "by": "nobody", "until": "9999-12-31",
        "sentence": "nothing",
    },
    meant={
        "bound": {
            **dict.fromkeys(("min", "minimum", "from", "not less than", "no less than", ">="), "at least"),
            **dict.fromkeys(("max", "maximum", "up to", "within", "not more than", "no more than", "<="), "at most"),
            **dict.fromkeys(("exact", "equal", "equals", "="), "exactly"),
            "range": "between",
        }
    },
)  # fmt: skip


def read_entry(
    model: type[E], document: Document, path: Steps, data: Any, *, apart: frozenset[str] = frozenset()
) -> Read[E] | None:
    """The entry at a path of a document, as `validation.read_entry` reads it."""
    return validation.read_entry(model, document, path, data, _WORDS, apart=apart)
