"""Sentences that could be taken for one another: an answer never goes to another rule's sentence.

Each row is a later version of a page whose every value was answered for. Told is what is said with certainty; where it
is open which sentence is which, nothing is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drift import policies as registry_room
from drift.engine import languages
from drift.engine.matching.writing import Writing
from drift.engine.pipeline import Standard, examine
from drift.model import Answer, Examined, Page, Registry, Snapshot

DAY = date(2026, 11, 21)
HERE = "https://help.larkspur.example/shop"
POLICY = """
policy: shop
owner: shop@larkspur.example
terms:
- {term: returns, says: Goods come back within 30 days., value: 30 days}
- {term: repairs, says: A repair takes 60 days., value: 60 days}
- {term: storage, says: Storing a parcel costs USD 5 per parcel and week., value: USD 5 per parcel per week}
- {term: courier, says: The courier costs USD 9., value: USD 9}
"""
Told = list[tuple[str, str, str]]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    folder: Path = tmp_path_factory.mktemp("policies")
    (folder / "shop.yaml").write_text(POLICY, encoding="utf-8")
    return registry_room.load(folder, language=languages.load)


def examined(held: Registry, text: str, answers: Sequence[Answer] = ()) -> Examined:
    whole = Registry(held.policies, held.dimensions, tuple(answers), held.dollars)
    return examine(Snapshot(Page(HERE), text.encode(), "text/markdown"), Standard(whole, DAY, languages.load))


def reviewed(held: Registry, text: str, terms: Sequence[str | None]) -> tuple[Answer, ...]:
    """The answers to every value of a page, in their order; sorted as a file has them."""
    claims = [match.claim for match in examined(held, text).matches]
    places = Writing(languages.load("en"), "USD").places(claims)
    answers = [
        Answer(HERE, place.sentence, f"shop/{term}" if term else None, place.nth)
        for place, term in zip(places, terms, strict=True)
    ]
    return tuple(sorted(answers, key=lambda answer: (answer.sentence, answer.nth)))


def told(seen: Examined) -> Told:
    return [
        (v.match.claim.value_text, v.outcome.value, v.match.term.name if v.match.term else "")
        for v in seen.verdicts
        if v.match.reviewed
    ]


ANSWER = "Whatever you write to us about it will be answered within {}."
ONCE = "Whatever you write to us about it will at once be answered within {}."
SHOP, WORKSHOP = "## Shop\n\n", "## Workshop\n\n"
ROWS: list[tuple[str, str, list[str | None], str, Told]] = [
    (
        "another rule's sentence of the same words comes in before",
        ANSWER.format("30 days"),
        ["returns"],
        f"{SHOP}{ANSWER.format('14 days')}\n\n{WORKSHOP}{ANSWER.format('30 days')}",
        [("30 days", "agrees", "returns")],
    ),
    (
        "one comes in and the known one changed too: either may be it",
        ANSWER.format("30 days"),
        ["returns"],
        f"{SHOP}{ANSWER.format('14 days')}\n\n{WORKSHOP}{ANSWER.format('45 days')}",
        [],
    ),
    (
        "two of the same words, one of them changed",
        f"{SHOP}{ANSWER.format('30 days')}\n\n{WORKSHOP}{ANSWER.format('60 days')}",
        ["returns", None],
        f"{SHOP}{ANSWER.format('14 days')}\n\n{WORKSHOP}{ANSWER.format('60 days')}",
        [("14 days", "diverges", "returns")],
    ),
    (
        "two of the same words, the other one changed",
        f"{SHOP}{ANSWER.format('30 days')}\n\n{WORKSHOP}{ANSWER.format('60 days')}",
        ["returns", None],
        f"{SHOP}{ANSWER.format('30 days')}\n\n{WORKSHOP}{ANSWER.format('90 days')}",
        [("30 days", "agrees", "returns")],
    ),
    (
        "two of the same words in the other order",
        f"{SHOP}{ANSWER.format('30 days')}\n\n{WORKSHOP}{ANSWER.format('60 days')}",
        ["returns", "repairs"],
        f"{WORKSHOP}{ANSWER.format('60 days')}\n\n{SHOP}{ANSWER.format('30 days')}",
        [("60 days", "agrees", "repairs"), ("30 days", "agrees", "returns")],
    ),
    (
        "both reworded, values as they were, the page's order not that of the file",
        f"{SHOP}{ANSWER.format('6 days')}\n\n{WORKSHOP}{ANSWER.format('30 days')}",
        [None, "returns"],
        f"{SHOP}{ONCE.format('6 days')}\n\n{WORKSHOP}{ONCE.format('30 days')}",
        [("30 days", "agrees", "returns")],
    ),
    (
        "both reworded and one changed",
        f"{SHOP}{ANSWER.format('6 days')}\n\n{WORKSHOP}{ANSWER.format('30 days')}",
        [None, "returns"],
        f"{SHOP}{ONCE.format('6 days')}\n\n{WORKSHOP}{ONCE.format('45 days')}",
        [("45 days", "diverges", "returns")],
    ),
    (
        "both changed: the longer one is the longer one still",
        f"{SHOP}{ANSWER.format('30 days')}\n\n{WORKSHOP}{ANSWER.format('60 days')}",
        ["returns", "repairs"],
        f"{SHOP}{ANSWER.format('14 days')}\n\n{WORKSHOP}{ANSWER.format('90 days')}",
        [("14 days", "diverges", "returns"), ("90 days", "diverges", "repairs")],
    ),
    (
        "both changed to the same: it makes no difference which is which",
        f"{SHOP}{ANSWER.format('30 days')}\n\n{WORKSHOP}{ANSWER.format('60 days')}",
        ["returns", None],
        f"{SHOP}{ANSWER.format('45 days')}\n\n{WORKSHOP}{ANSWER.format('45 days')}",
        [("45 days", "diverges", "returns")],
    ),
    (
        "repeats that state two rules, both changed, beside a third that did not",
        f"{SHOP}{ANSWER.format('30 days')}\n\n{WORKSHOP}{ANSWER.format('30 days')}\n\n{ANSWER.format('6 days')}",
        ["returns", "repairs", None],
        f"{SHOP}{ANSWER.format('14 days')}\n\n{WORKSHOP}{ANSWER.format('20 days')}\n\n{ANSWER.format('6 days')}",
        [("14 days", "diverges", "returns"), ("20 days", "diverges", "repairs")],
    ),
    (
        "one is gone and the other changed: which one is open",
        f"{SHOP}{ANSWER.format('30 days')}\n\n{WORKSHOP}{ANSWER.format('60 days')}",
        ["returns", None],
        ANSWER.format("45 days"),
        [],
    ),
    (
        "one is gone, and the other states another rule's value",
        f"{SHOP}{ANSWER.format('30 days')}\n\n{WORKSHOP}{ANSWER.format('60 days')}",
        ["returns", None],
        ANSWER.format("60 days"),
        [],
    ),
    (
        "of two that say the very same one is gone",
        f"{SHOP}{ANSWER.format('60 days')}\n\n{WORKSHOP}{ANSWER.format('60 days')}",
        ["returns", None],
        ANSWER.format("60 days"),
        [],
    ),
    (
        "the value is spelled in another way and its words change",
        f"{SHOP}{ANSWER.format('6 days')}\n\n{WORKSHOP}{ANSWER.format('30 days')}",
        [None, "returns"],
        f"{SHOP}{ONCE.format('six (6) days')}\n\n{WORKSHOP}{ONCE.format('thirty (30) days')}",
        [("thirty (30) days", "agrees", "returns")],
    ),
    (
        "the values of one sentence change places",
        "Everything from the shop can be brought back to us within 30 days by post or within 60 days in person.",
        ["returns", "repairs"],
        "Everything from the shop can be brought back to us within 60 days in person or within 30 days by post.",
        [("60 days", "agrees", "repairs"), ("30 days", "agrees", "returns")],
    ),
    (
        "a number comes in before the value",
        "Goods come back to the shop within 30 days and the workshop repairs them in 60 days.",
        ["returns", None],
        "Of any 5 orders goods come back to the shop within 30 days and the workshop repairs them in 60 days.",
        [("30 days", "agrees", "returns")],
    ),
    (
        "the sentence moves under another heading",
        f"{SHOP}{ANSWER.format('30 days')}",
        ["returns"],
        f"{WORKSHOP}{ANSWER.format('30 days')}",
        [("30 days", "agrees", "returns")],
    ),
    (
        "the sentence is taken out and one of another rule stays",
        f"{ANSWER.format('30 days')}\n\nThe workshop has every bicycle ready for you in 60 days.",
        ["returns", None],
        "The workshop has every bicycle ready for you in 60 days.",
        [],
    ),
]


@pytest.mark.parametrize(("before", "terms", "after", "expected"), [row[1:] for row in ROWS], ids=[r[0] for r in ROWS])
def test_no_answer_goes_to_another_rule(
    held: Registry, before: str, terms: list[str | None], after: str, expected: Told
) -> None:
    assert told(examined(held, after, reviewed(held, before, terms))) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Storage is $5 per box per week.", "Storage is $5 per box per week.", [("$5 per box per week", "agrees")]),
        ("Storage is $5 per box per week.", "Storage is $5 per box per month.", [("$5 per box per month", "diverges")]),
        ("Storage is $5 per box per week.", "Storage is $5 per item per week.", [("$5 per item per week", "diverges")]),
        (
            "Storage is $5 per box per month.",
            "Storage is $5 per box per month.",
            [("$5 per box per month", "diverges")],
        ),
    ],
)
def test_what_a_price_is_for_may_be_called_otherwise_and_its_time_may_not(
    held: Registry, before: str, after: str, expected: list[tuple[str, str]]
) -> None:
    seen = examined(held, after, reviewed(held, before, ["storage"]))
    assert [row[:2] for row in told(seen)] == expected


@given(st.lists(st.sampled_from([6, 14, 30, 45, 60]), min_size=1, max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_a_page_decides_nothing(held: Registry, days: list[int], random: object) -> None:
    lines = [ANSWER.format(f"{day} days") for day in dict.fromkeys(days)]
    terms: list[str | None] = ["returns" if day == 30 else None for day in dict.fromkeys(days)]
    answers = reviewed(held, "\n\n".join(lines), terms)
    random.shuffle(lines)  # type: ignore[attr-defined]
    expected = [("30 days", "agrees", "returns")] if 30 in days else []
    assert told(examined(held, "\n\n".join(lines), answers)) == expected
