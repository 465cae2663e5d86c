"""The cost of a claim does not grow with the registry, and what is left out does not hang on its order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from drift.engine import claims, languages, reading
from drift.engine.matching import Matcher
from drift.engine.matching.index import ASKED, CANDIDATES, Index, Prepared
from drift.engine.matching.words import words_of
from drift.model import Page, Registry, Snapshot

DAY = date(2026, 11, 21)
THINGS = ["phone", "router", "line", "parcel", "order", "bill", "refund", "plan", "card", "invoice"]
DEEDS = ["unlocked", "returned", "cancelled", "delivered", "repaired"]
PAGE = "# Plans\n\nYou can have the {thing} of the {plan} plan {deed} after 7 days of service.\n"


def name(number: int) -> str:
    """A made-up name of letters, one for each number: 'bedob'."""
    consonants, vowels = "bdfgklmnprtz", "aeiou"
    word = ""
    for _ in range(3):
        number, at = divmod(number, len(consonants))
        word += consonants[at] + vowels[(number + at) % len(vowels)]
    return word + "x" * (1 + number)


def page_about(number: int) -> str:
    return PAGE.format(thing=THINGS[number % 10], plan=name(number), deed=DEEDS[number % 5])


def many(registry_of: Callable[..., Registry], count: int) -> Registry:
    """`count` terms of the same few words, each with one word of its own."""
    terms = [
        f"- {{term: t{n}, says: The {THINGS[n % 10]} of the {name(n)} plan can be {DEEDS[n % 5]} after {n + 1} days.,"
        f" value: {n + 1} days, topics: [{name(n)} plan]}}"
        for n in range(count)
    ]
    return registry_of("\n".join(terms))


def matcher_of(registry: Registry) -> Matcher:
    return Matcher(registry, languages.load("en"), DAY)


def weighed(matcher: Matcher, page: str) -> list[str]:
    """The terms that the one claim of a page is weighed against, best first."""
    article = reading.read(Snapshot(Page("help.md"), page.encode(), "text/markdown"))
    found = claims.extract(article, languages.load("en"))
    assert len(found) == 1
    return [one.fit.prepared.term.name for one in matcher.weigh(found[0], matcher.setting(article, found))]


@pytest.fixture(scope="module")
def large(registry_of: Callable[..., Registry]) -> Registry:
    return many(registry_of, 2000)


@pytest.fixture(scope="module")
def among_many(large: Registry) -> Matcher:
    return matcher_of(large)


def test_few_of_many_terms_are_weighed(registry_of: Callable[..., Registry], among_many: Matcher) -> None:
    among_few = matcher_of(many(registry_of, 50))
    few, many_ = (weighed(matcher, page_about(7)) for matcher in (among_few, among_many))

    assert few[0] == many_[0] == "t7"
    assert len(many_) <= CANDIDATES


def test_words_that_every_term_has_bring_up_few_too(among_many: Matcher) -> None:
    assert len(weighed(among_many, "# Plans\n\nThe service of a plan starts after 3 days.\n")) <= CANDIDATES


def test_those_that_are_left_out_do_not_hang_on_the_order_of_terms(large: Registry, among_many: Matcher) -> None:
    turned = replace(large, policies=tuple(replace(policy, terms=policy.terms[::-1]) for policy in large.policies))

    assert weighed(matcher_of(turned), page_about(7)) == weighed(among_many, page_about(7))


def test_few_are_asked_whether_they_are_allowed(registry_of: Callable[..., Registry]) -> None:
    page = "# Plans\n\nThe phone of a plan can be unlocked after 3 days.\n"
    asked: list[str] = []

    def refuse(prepared: Prepared) -> bool:
        asked.append(prepared.term.name)
        return False

    language = languages.load("en")
    found = claims.extract(reading.read(Snapshot(Page("help.md"), page.encode(), "text/markdown")), language)
    index = Index(many(registry_of, 1000), language, words_of(language), DAY)

    assert index.candidates(found[0].value, {"plan": 1.0, "day": 1.0}, refuse) == []
    assert len(asked) == ASKED


def test_a_word_of_its_own_finds_a_term_among_thousands(among_many: Matcher) -> None:
    for number in (0, 1234, 1999):
        assert weighed(among_many, page_about(number))[0] == f"t{number}"
