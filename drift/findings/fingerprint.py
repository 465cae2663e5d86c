"""What identifies a finding, a statement of a page and a registry: short hashes that outlive the program.

A fingerprint that is stored is never changed: a new version goes beside it, with a migration.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import count

from drift.engine.sentences.fingerprint import LONG, hashed
from drift.model import Registry
from drift.model.language import DEFAULT_LANGUAGE

CURRENT = 1  # the version that new findings get
_SHORT = 8  # hexadecimal digits, for people to write down: 77,000 findings make it even odds that two share one


def finding_id(full_name: str, article: str, slot: str) -> str:
    """The id of a finding: 'F-3f9a1c20', of its term, the public address of its page and its slot there."""
    return _v1(full_name, article, slot)


def new_slot(words: str, taken: Collection[str], tried: dict[str, int] | None = None) -> str:
    """A slot for a statement that is seen for the first time, by its words with the values masked, unlike any taken.

    `tried` is by words how many slots were taken when one was asked for last. What is taken once stays so: of a
    thousand statements in the same words none goes over the slots of those before it.
    """
    tried = {} if tried is None else tried
    named = ((ordinal, hashed((words, str(ordinal)), _SHORT)) for ordinal in count(tried.get(words, 0) + 1))
    tried[words], slot = next((ordinal, slot) for ordinal, slot in named if slot not in taken)
    return slot


def policies_of(registry: Registry) -> str:
    """Everything in a registry that a verdict may hang on, wherever in its files it stands."""
    policies = tuple(
        replace(
            policy,
            place=None,
            terms=tuple(replace(term, place=None) for term in policy.terms),
            exceptions=tuple(replace(exception, place=None) for exception in policy.exceptions),
        )
        for policy in registry.policies
    )
    other = () if registry.language == DEFAULT_LANGUAGE else (registry.language,)
    return hashed((repr(replace(registry, policies=policies)), *other), LONG)


def _v1(full_name: str, article: str, slot: str) -> str:
    return f"F-{hashed((full_name, article, slot), _SHORT)}"
