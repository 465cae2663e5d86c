"""Names of terms, and the nearest right spelling."""

from __future__ import annotations

import pytest

from drift.files.spelling import kebab, nearest
from drift.model import Owner, Policy, Registry, Term
from drift.model.errors import InputError
from drift.policies import resolve


def policy(name: str, *terms: str) -> Policy:
    return Policy(name, name, Owner(), tuple(Term(name, term, "says", ()) for term in terms))


REGISTRY = Registry((policy("returns", "window", "fee"), policy("unlock", "wait", "fee"), policy("wait", "unlock")))


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("returns/fee", "returns/fee"),
        ("unlock/fee", "unlock/fee"),
        ("window", "returns/window"),
        ("wait", "unlock/wait"),
    ],
)
def test_a_short_name_resolves_where_one_term_has_it(name: str, full: str) -> None:
    assert resolve(REGISTRY, name).full_name == full


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("fee", "'fee' names 2 terms: returns/fee, unlock/fee"),
        ("windwo", "no term is named 'windwo' (did you mean window?)"),
        ("returns/windows", "no term is named 'returns/windows' (did you mean returns/window?)"),
        ("", "no term is named ''"),
        ("roaming-allowance", "no term is named 'roaming-allowance'"),
    ],
)
def test_other_names_are_told(name: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        resolve(REGISTRY, name)
    assert str(caught.value) == told


@pytest.mark.parametrize(
    ("word", "options", "near"),
    [
        ("titel", ["title", "terms"], "title"),
        ("Severity", ["severity"], "severity"),
        ("postpiad", ["prepaid", "postpaid"], "postpaid"),
        ("colour", ["title", "terms"], None),
        ("x", [], None),
        ("", ["title"], None),
        ("ab", ["bb", "aa"], None),
    ],
)
def test_nearest(word: str, options: list[str], near: str | None) -> None:
    assert nearest(word, options) == nearest(word, reversed(options)) == near


@pytest.mark.parametrize(
    ("words", "name"), [("Device Unlock!", "device-unlock"), ("a_b  c", "a-b-c"), ("été", "t"), ("日本", "")]
)
def test_kebab(words: str, name: str) -> None:
    assert kebab(words) == name
