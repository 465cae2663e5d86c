"""What is wrong with a registry, and what only looks wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from drift.engine import kinds
from drift.model import Language, Policy, Registry, Term
from drift.model.errors import Place, Problem
from drift.model.values import Comparison, Value
from drift.policies.load import in_order, read_folder
from drift.policies.terms import SPELLED_IN


def lint(
    folder: Path, *, today: date | None = None, language: Callable[[str], Language] | None = None
) -> tuple[tuple[Problem, ...], Registry | None]:
    """Every problem and warning of a folder in order of place, and the registry where no problem forbids one.

    Without `today` nothing is said of reviews and exceptions past their day, nor of values not in force; without
    `language` (as of `load`) `says` is not held against the value. A file with a problem is warned of when it has none:
    what stands in it may not be what was read of it.
    """
    reading = read_folder(folder, language=language)
    faulty = {problem.place.file for problem in reading.problems if not problem.warning}
    policies = (policy for policy in reading.registry.policies if policy.place and policy.place.file not in faulty)
    whole = replace(reading.registry, policies=tuple(policies))
    told = [*reading.problems, *_warnings(whole, today, language(whole.language) if language else None)]
    return in_order(told), reading.registry if reading.sound else None


def _warnings(registry: Registry, today: date | None, language: Language | None) -> Iterator[Problem]:
    for policy in registry.policies:
        if today:
            yield from _past(policy, today)
        for term in policy.terms:
            yield from _says(term, registry.dollars, today, language)
            yield from _unreadable(term, registry.dollars, language)
    yield from _same(registry)


def _past(policy: Policy, today: date) -> Iterator[Problem]:
    review = policy.review
    if review and review.due < today:
        yield _warning(policy.place, f"the review of policy '{policy.name}' was due on {review.due}", "a newer 'last'")
    if review and review.last > today:
        message = f"the last review of policy '{policy.name}' is on {review.last}, which is still to come"
        yield _warning(policy.place, message, "the day on which it was reviewed")
    for exception in policy.exceptions:
        if exception.until < today:
            message = f"the exception of '{exception.term}' ended on {exception.until}"
            yield _warning(exception.place, message, "a later 'until', or no exception")
    for term in policy.terms:
        if term.on(today) is None:
            yield _warning(term.place, f"no value of '{term.name}' is in force on {today}", "a value for today")


def _says(term: Term, dollars: str, today: date | None, language: Language | None) -> Iterator[Problem]:
    """Whether the words name the value: those of another kind of thing say nothing for or against."""
    period = term.on(today) if today else term.timeline[-1]
    if language is None or period is None:
        return
    named = [
        found.value
        for found in kinds.find(term.says, language, dollars=dollars)
        if kinds.comparable(found.value, period.value)
    ]
    if named and not any(_agrees(value, (period.value, *term.also)) for value in named):
        message = f"'says' of '{term.name}' names {kinds.show(named[0])}, its value is {kinds.show(period.value)}"
        yield _warning(term.place, message, "the same in both")


def _unreadable(term: Term, dollars: str, language: Language | None) -> Iterator[Problem]:
    """A value that no page could be found to state: written out as a page would, it is not read back.

    Written out is the canonical spelling, which only pages in its language have.
    """
    if language is None or language.code != SPELLED_IN:
        return
    for period in term.timeline:
        value, spelled = period.value, kinds.show(period.value)
        if not kinds.of(value).tellable or value.is_range or value.alternatives:
            continue
        found = kinds.find(f"It is {spelled}.", language, dollars=dollars)
        read = [one.value for one in found if kinds.comparable(one.value, value)]
        if not any(kinds.compare(one, value) is Comparison.SAME for one in read):
            message = f"no page can be found to state '{spelled}' of '{term.name}'"
            yield _warning(term.place, message, "a unit, a noun or a currency that pages are read for")


def _agrees(named: Value, accepted: tuple[Value, ...]) -> bool:
    return any(kinds.compare(named, value) in (Comparison.SAME, Comparison.INSIDE) for value in accepted)


def _same(registry: Registry) -> Iterator[Problem]:
    """Terms that no article could tell apart."""
    first: dict[object, Term] = {}
    for term in registry.terms:
        if not term.topics:
            continue
        looks = (frozenset(topic.lower() for topic in term.topics), term.scope, term.kind, term.must, term.not_topics)
        other = first.setdefault(looks, term)
        if other is not term:
            message = f"'{term.name}' has the topics, scope and kind of value of '{other.full_name}'"
            yield _warning(term.place, message, "something that tells them apart")


def _warning(place: Place | None, message: str, expected: str) -> Problem:
    return Problem(place or Place("registry"), message, expected, warning=True)
