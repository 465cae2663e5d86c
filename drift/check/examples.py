"""The examples in a registry, run as tests: what a term states it must be found to state, what is silent must not."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from drift.engine.pipeline import Standard, examine
from drift.model import Examined, Page, Policy, Snapshot, Stance, Term
from drift.model.errors import Place, Problem


def examples(standard: Standard, policies: Collection[str] | None = None) -> tuple[Problem, ...]:
    """Every example that does not do what it says, in the order of the registry. The whole path reads each.

    With `policies` only theirs are read.
    """
    return tuple(
        problem
        for policy in standard.registry.policies
        if policies is None or policy.name in policies
        for term in policy.terms
        for problem in _of_term(policy, term, standard)
    )


def _of_term(policy: Policy, term: Term, standard: Standard) -> Iterator[Problem]:
    place = term.place or Place(policy.name)
    for sentence in term.examples.states:
        examined = _read(sentence, policy, standard)
        if not _states(examined, term):
            message = f"example of {term.full_name} is not found to state it: {sentence!r}"
            yield Problem(place, message, expected=_instead(examined))
    for sentence in term.examples.silent:
        if _states(_read(sentence, policy, standard), term):
            message = f"silent example of {term.full_name} is found to state it: {sentence!r}"
            yield Problem(place, message, expected="a sentence about another rule, or a word of it in `not_topics`")


def _read(sentence: str, policy: Policy, standard: Standard) -> Examined:
    """The sentence as an article of its own, published where the policy applies."""
    where = policy.applies_to[0].replace("**", "example").replace("*", "example") if policy.applies_to else "example"
    return examine(Snapshot(Page("example", where), sentence.encode(), "text/plain"), standard)


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
