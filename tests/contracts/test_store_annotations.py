"""What annotators answered is kept on both databases, by model and words, and is never lost to an answer of no use."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from drift.model.annotation import Annotation, Unanswered
from drift.store import SqlStore

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
WHO = ("larch-2", "which-rule/1")
ANSWER = Annotation("q-1", "unlock/wait", 0.93, "it says so\0", *WHO, NOON, tokens=400)


def test_an_answer_is_known_to_who_asks_the_same_model_in_the_same_words(store: SqlStore) -> None:
    store.annotations.keep(ANSWER, *WHO, NOON)
    store.annotations.keep(replace(ANSWER, key="q-2", term=None), *WHO, NOON)
    known = store.annotations.known(["q-1", "q-2", "q-3"], *WHO)
    assert known["q-1"] == replace(ANSWER, why="it says so\N{REPLACEMENT CHARACTER}")
    assert (known["q-2"].term, sorted(known)) == (None, ["q-1", "q-2"])
    assert store.annotations.known(["q-1"], "larch-3", WHO[1]) == {}
    assert store.annotations.known(["q-1"], WHO[0], "which-rule/2") == {}


def test_thousands_are_asked_for_at_once(store: SqlStore) -> None:
    store.annotations.keep(ANSWER, *WHO, NOON)
    assert list(store.annotations.known([f"q-{number}" for number in range(5_000)], *WHO)) == ["q-1"]


def test_an_answer_of_no_use_takes_the_place_of_no_other(store: SqlStore) -> None:
    store.annotations.keep(ANSWER, *WHO, NOON)
    store.annotations.keep(Unanswered("q-1", "no JSON", spent=True), *WHO, NOON + HOUR)
    assert "q-1" in store.annotations.known(["q-1"], *WHO)
    store.annotations.keep(Unanswered("q-2", "no JSON", spent=True, tokens=30), *WHO, NOON)
    assert store.annotations.useless(["q-1", "q-2"], *WHO, NOON) == {"q-2"}
    assert store.annotations.useless(["q-2"], *WHO, NOON + HOUR) == frozenset()
    store.annotations.keep(replace(ANSWER, key="q-2"), *WHO, NOON + HOUR)
    assert store.annotations.useless(["q-2"], *WHO, NOON) == frozenset()


def test_what_was_spent_is_counted_from_a_time_on(store: SqlStore) -> None:
    store.annotations.keep(ANSWER, *WHO, NOON)
    store.annotations.keep(Unanswered("q-2", "no JSON", spent=True, tokens=30), *WHO, NOON + HOUR)
    assert store.annotations.spent(NOON) == (2, 430)
    assert store.annotations.spent(NOON + HOUR) == (1, 30)
    assert store.annotations.spent(NOON + 2 * HOUR) == (0, 0)
