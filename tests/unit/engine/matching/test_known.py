"""Reviewed sentences: known again on their article, and judged with certainty."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from drift import policies as registry_room
from drift.engine import claims, languages, reading
from drift.engine.matching.known import Known
from drift.engine.matching.writing import Writing
from drift.engine.pipeline import Standard, examine
from drift.model import Answer, Examined, Page, Snapshot
from drift.policies.reviewed_writer import write_reviewed

DAY = date(2026, 11, 21)
HERE = "https://help.larkspur.example/returns"
POLICY = """
policy: shop
owner: shop@larkspur.example
terms:
- {term: returns, says: Unused goods can be returned within 30 days., value: 30 days, bound: at most}
- {term: refunds, says: Money is paid back within 5 days., value: 5 days, bound: at most}
- {term: seats, says: A family plan has six users., value: 6 users}
"""
Seen = Callable[..., Examined]
Row = tuple[str, str, str | None]


@pytest.fixture
def seen(tmp_path: Path) -> Seen:
    """seen(text, answers...) -> the article examined with these answers."""
    (tmp_path / "shop.yaml").write_text(POLICY, encoding="utf-8")

    def run(text: str, *answers: Answer, address: str = HERE) -> Examined:
        write_reviewed(tmp_path / "reviewed.yaml", answers)
        held = registry_room.load(tmp_path, language=languages.load)
        return examine(Snapshot(Page(address), text.encode(), "text/markdown"), Standard(held, DAY, languages.load))

    return run


def answer(sentence: str, term: str | None, nth: int = 1, article: str = HERE) -> Answer:
    return Answer(article, sentence, f"shop/{term}" if term else None, nth)


def rows(examined: Examined) -> list[Row]:
    """(value, verdict, term) of what is judged with certainty."""
    return [
        (v.match.claim.value_text, v.outcome.value, v.match.term.name if v.match.term else None)
        for v in examined.verdicts
        if v.match.reviewed and v.confidence == 1.0
    ]


SENTENCE = "Everything you bought here may find its way back to us for 30 days after it came."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SENTENCE, [("30 days", "agrees", "returns")]),
        (SENTENCE.replace("30", "14"), [("14 days", "diverges", "returns")]),
        (SENTENCE.replace("came", "arrived").replace("30", "14"), [("14 days", "diverges", "returns")]),
        (SENTENCE.replace("30 days", "$30"), []),  # no time any more: the answer does not hold for a price
        ("Until 2024 everything you bought here could find its way back to us for 14 days after it came.", []),
        ("We answer letters within 14 days.", []),
    ],
)
def test_a_change_of_value_or_of_a_few_words_does_not_hide_a_sentence(
    seen: Seen, text: str, expected: list[Row]
) -> None:
    assert rows(seen(text, answer(SENTENCE, "returns"))) == expected


def test_a_sentence_that_states_none_is_never_judged(seen: Seen) -> None:
    text = "Unused goods can be returned within 14 days."
    assert [v.outcome.value for v in seen(text).verdicts] == ["diverges"]
    assert seen(text, answer("Unused goods can be returned within 30 days.", None)).verdicts == ()


@pytest.mark.parametrize(
    ("article", "known"), [(HERE, True), ("https://help.larkspur.example/**", True), ("help/returns.md", False)]
)
def test_an_answer_holds_for_its_article(seen: Seen, article: str, known: bool) -> None:
    assert bool(rows(seen(SENTENCE, answer(SENTENCE, "returns", article=article)))) is known


def test_an_answer_for_the_article_goes_before_one_for_many(seen: Seen) -> None:
    many = answer(SENTENCE, "refunds", article="https://help.larkspur.example/**")
    assert rows(seen(SENTENCE, many, answer(SENTENCE, "returns"))) == [("30 days", "agrees", "returns")]


def test_twins_take_the_likest_answer_each_one(seen: Seen) -> None:
    twins = (
        "For goods from the yearly catalogue it is {} days.",
        "For goods from the monthly catalogue it is {} days.",
    )
    answers = (answer(twins[0].format(30), "returns"), answer(twins[1].format(5), "refunds"))
    text = f"{twins[1].format(6)}\n\n{twins[0].format(29)}\n"
    assert rows(seen(text, *answers)) == [("6 days", "diverges", "refunds"), ("29 days", "diverges", "returns")]


def test_repeats_of_a_sentence_are_told_apart_by_their_order(seen: Seen) -> None:
    text = f"## Goods\n\n{SENTENCE}\n\n## Money\n\n{SENTENCE}\n"
    examined = seen(text, answer(SENTENCE, "returns"), answer(SENTENCE, None, nth=2))
    assert rows(examined) == [("30 days", "agrees", "returns")]
    assert [match.reviewed for match in examined.matches] == [True, True]


def test_values_of_one_sentence_keep_their_places_when_another_comes_in(seen: Seen) -> None:
    before = "Goods come back to us within 30 days and money goes back to you within 5 days."
    after = "Goods come back to us within 30 days, by post in 40 days, and money goes back to you within 7 days."
    answers = (answer(before, "returns"), answer(before, "refunds", nth=2))
    assert rows(seen(before, *answers)) == [("30 days", "agrees", "returns"), ("5 days", "agrees", "refunds")]
    assert rows(seen(after, *answers)) == [("30 days", "agrees", "returns"), ("7 days", "diverges", "refunds")]


TABLE = "# Help\n\n## Plans\n\n| Plan | Money back |\n|---|---|\n| Basic | {} |\n| Gold | {} |\n"


def test_a_cell_is_known_by_its_headers(seen: Seen) -> None:
    basic, gold = (
        answer("Plans | Basic | Money back: 5 days", "refunds"),
        answer("Plans | Gold | Money back: 5 days", None),
    )
    assert rows(seen(TABLE.format("6 days", "7 days"), basic, gold)) == [("6 days", "diverges", "refunds")]
    moved = TABLE.format("6 days", "7 days").replace("Basic", "x").replace("Gold", "Basic").replace("x", "Gold")
    assert rows(seen(moved, basic, gold)) == [("7 days", "diverges", "refunds")]


def test_what_a_count_counts_may_be_called_otherwise(seen: Seen) -> None:
    sentence = "Each of the 6 members of your family gets an account of their own."
    assert rows(seen(sentence, answer(sentence, "seats"))) == [("6 members", "agrees", "seats")]
    changed = seen(sentence.replace("6", "4"), answer(sentence, "seats"))
    assert rows(changed) == [("4 members", "diverges", "seats")]


def test_words_that_turn_the_rule_round_since_the_answer_diverge(seen: Seen) -> None:
    accepted = "Everything you bought here comes back to us after at least 30 days of owning it."
    assert rows(seen(accepted, answer(accepted, "returns"))) == [("30 days", "agrees", "returns")]
    before = accepted.replace("after at least", "within")
    assert rows(seen(accepted, answer(before, "returns"))) == [("30 days", "diverges", "returns")]


def test_a_sentence_that_is_gone_is_told(seen: Seen) -> None:
    gone = answer(SENTENCE, "returns")
    assert seen("# Returns\n\nAsk us.\n", gone).gone == (gone,)
    assert seen(SENTENCE, gone).gone == ()
    assert seen("# Returns\n\nAsk us.\n", gone, address="https://help.larkspur.example/other").gone == ()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (SENTENCE, SENTENCE),
        (TABLE.format("5 days", "no"), "Plans | Basic | Money back: 5 days"),
        ("# Help\n\n## Refunds\n\nBy card, it takes:\n\n- 5 days\n", "Refunds | By card, it takes: 5 days"),
        ("5 days", "5 days"),
    ],
)
def test_a_sentence_is_written_with_what_it_needs_to_be_known(seen: Seen, text: str, written: str) -> None:
    claims = [match.claim for match in seen(text).matches]
    assert Writing(languages.load("en"), "USD").places(claims[:1])[0].sentence == written


def test_what_was_read_is_forgotten() -> None:
    english = languages.load("en")
    known = Known([Answer("*", SENTENCE, "shop/returns")], english, "USD")
    pages = []
    for page in range(25):
        text = "\n\n".join(f"Order {page}-{line} of goods is on its way for {line + 2} days." for line in range(20))
        article = reading.read(Snapshot(Page(HERE), text.encode(), "text/markdown"))
        pages.append((article, claims.extract(article, english)))
    known.recognise(*pages[0])
    tracemalloc.start()
    try:
        for article, found in pages:
            known.recognise(article, found)
        gc.collect()  # what is only waiting to be collected is forgotten already
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 80_000  # bytes; the 500 sentences would be 200,000
