"""Which sentences of two versions may be one: all pairs where they are few, those with the same rare words else."""

from __future__ import annotations

import pytest

from drift.engine import sentences
from drift.engine.matching import nearness
from drift.engine.matching.nearness import near

LEAST, APART = 0.75, 0.02


def name(at: int) -> str:
    """A word of its own for each number, of which no two begin alike."""
    return "".join(chr(ord("a") + at // 26**place % 26) for place in range(4)) + "opia"


KNOWN = [f"For calls to {name(at)} the fee we ask is 5 dollars a minute." for at in range(6)]
HERE = [f"For calls to {name(at)} the price we ask is 5 dollars a minute." for at in range(6)]


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any two sentences are too many to hold each against each, so that what is rare decides."""
    monkeypatch.setattr(nearness, "MOST_PAIRS", 0)


def test_few_are_all_held_against_each_other() -> None:
    found = near(KNOWN, HERE, LEAST, APART)
    alike = {(a, b) for a in KNOWN for b in HERE if sentences.likeness(a, b) >= LEAST}
    assert {(one, other) for _, one, other in found.ranked} == alike
    assert len(alike) > len(KNOWN)
    assert found.sure is None  # nothing was left out


def test_the_likest_come_first_and_each_is_found_beside_both() -> None:
    found = near(KNOWN, HERE, LEAST, APART)
    assert found.ranked == sorted(found.ranked)
    beside = found.beside()
    assert [rank[1] for rank in beside[HERE[0]] if rank[2] == HERE[0]] == [rank[1] for rank in beside[HERE[0]]]
    assert all(rank in beside[rank[1]] and rank in beside[rank[2]] for rank in found.ranked)


@pytest.mark.usefixtures("many")
def test_of_many_each_is_held_against_those_with_its_rarest_words() -> None:
    many = [f"For calls to {name(at)} the fee we ask is 5 dollars a minute." for at in range(60)]
    there = [sentence.replace("fee", "price") for sentence in many]
    found = near(many, there, LEAST, APART)
    assert [(one, other) for _, one, other in found.ranked] == sorted(zip(many, there, strict=True))


@pytest.mark.usefixtures("many")
def test_a_pair_is_sure_only_where_what_it_shares_outweighs_what_another_could() -> None:
    telling = "Tariff opalescent marzipan quadrangle voyager: ask us."
    known = [telling, *(f"We ask a fee of 5 dollars at {name(at)}." for at in range(60))]
    here = [telling.replace("ask", "tell"), *(f"We ask a fee of 6 dollars at {name(at)}." for at in range(100, 160))]
    found = near(known, here, LEAST, APART)
    assert found.sure is not None
    assert (known[0], here[0]) in found.sure
    likeness = {(one, other): -rank for rank, one, other in found.ranked}
    for one, other in found.sure:  # no pair that was left out comes as near
        left_out = [b for b in here if (one, b) not in likeness] + [a for a in known if (a, other) not in likeness]
        nearest = max(
            max(sentences.likeness(one, b) for b in here if b != other),
            max(sentences.likeness(a, other) for a in known if a != one),
        )
        assert left_out
        assert nearest <= likeness[one, other] - APART


@pytest.mark.usefixtures("many")
def test_many_sentences_in_nearly_the_same_words_are_left_to_their_words() -> None:
    known = [f"The fee of {name(at)} is 5 dollars a month." for at in range(60)]
    here = [f"The fee of {name(at)} is 5 dollars a month." for at in range(100, 160)]
    found = near(known, here, LEAST, APART)
    assert max(sentences.likeness(a, b) for a in known for b in here) >= LEAST  # each could be any of them
    assert found.sure == frozenset()


def test_nothing_is_near_nothing() -> None:
    assert near([], HERE, LEAST, APART).ranked == []
    assert near(KNOWN, [], LEAST, APART).ranked == []


def test_long_ones_are_not_compared_by_more_letters_than_there_is_time_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "MOST_LETTERS", 10)
    assert near(KNOWN, HERE, LEAST, APART).sure is not None
