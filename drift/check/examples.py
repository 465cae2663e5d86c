"""The examples in a registry, run as tests: what a term states it must be found to state, what is silent must not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from drift.check.examiner import Examiner
from drift.engine.pipeline import Standard
from drift.model import Examined, Page, Policy, Snapshot, Stance, Term
from drift.model.errors import Place, Problem
from drift.workers.backlog import Backlog


def examples(
    standard: Standard, policies: Collection[str] | None = None, examining: Callable[[Standard], Examiner] = Examiner
) -> tuple[Problem, ...]:
    """Every example that does not do what it says, in the order of the registry. The whole path reads each.

    With `policies` only theirs are read; `examining` makes who examines them.
    """
    examiner = examining(standard)
    backlog: Backlog[tuple[_Example, Callable[[], Examined]]] = Backlog(examiner.executor)
    problems: list[Problem | None] = []
    with examiner.executor:
        for example in _all(standard, policies):
            backlog.add((example, examiner.examine(example.article())), len(example.sentence))
            problems += [given.problem(examined()) for given, examined in backlog.due()]
        problems += [given.problem(examined()) for given, examined in backlog.rest()]
    return tuple(problem for problem in problems if problem is not None)


class _Example(NamedTuple):
    policy: Policy
    term: Term
    sentence: str
    states: bool  # whether it states the term

    def article(self) -> Snapshot:
        """The sentence as an article of its own, published where the policy applies."""
        under = self.policy.applies_to
        where = under[0].replace("**", "example").replace("*", "example") if under else "example"
        return Snapshot(Page("example", where), self.sentence.encode(), "text/plain")

    def problem(self, examined: Examined) -> Problem | None:
        """What it does not do as it says."""
        if _states(examined, self.term) is self.states:
            return None
        place = self.term.place or Place(self.policy.name)
        if self.states:
            message = f"example of {self.term.full_name} is not found to state it: {self.sentence!r}"
            return Problem(place, message, expected=_instead(examined))
        message = f"silent example of {self.term.full_name} is found to state it: {self.sentence!r}"
        return Problem(place, message, expected="a sentence about another rule, or a word of it in `not_topics`")


def _all(standard: Standard, policies: Collection[str] | None) -> Iterator[_Example]:
    for policy in standard.registry.policies:
        if policies is None or policy.name in policies:
            for term in policy.terms:
                for states, sentences in ((True, term.examples.states), (False, term.examples.silent)):
                    yield from (_Example(policy, term, sentence, states) for sentence in sentences)


def _states(examined: Examined, term: Term) -> bool:
    return any(
        match.term is not None and match.term.full_name == term.full_name and match.claim.stance is Stance.CURRENT
        for match in examined.matches
    )


def _instead(examined: Examined) -> str:
    """What would have to be different for the example to be found."""
    if examined.blind is not None:
        return f"a sentence that can be read ({examined.blind.value})"
    if not examined.matches:
        return "a sentence with a value"
    other = next((match for match in examined.matches if match.claim.stance is not Stance.CURRENT), None)
    if other is not None:
        return f"a sentence that asserts its value now ({other.claim.stance.value}: {other.claim.stance_why})"
    taken = next((match.term.full_name for match in examined.matches if match.term is not None), None)
    if taken is not None:
        return f"words that tell it from {taken}, which it is taken for"
    return "words of the example in `topics`"
