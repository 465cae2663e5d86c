"""What only looks wrong: told with the day and the language it takes, and no hindrance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from drift import policies as registry_room
from drift.engine import languages
from drift.model import Language

HEAD = "policy: p\nowner: policy@larkspur.example\n"


def told(
    folder: Path, text: str, today: date | None = None, language: Callable[[str], Language] | None = None
) -> list[str]:
    (folder / "p.yaml").write_text(HEAD + text, encoding="utf-8")
    problems, read = registry_room.lint(folder, today=today, language=language)
    assert read is not None
    assert all(problem.warning for problem in problems)
    return [problem.message for problem in problems]


@pytest.mark.parametrize(
    ("today", "messages"),
    [
        (None, []),
        (date(2026, 6, 29), []),
        (date(2026, 6, 30), []),
        (date(2026, 7, 1), ["the review of policy 'p' was due on 2026-06-30"]),
    ],
)
def test_a_review_past_its_day(tmp_path: Path, today: date | None, messages: list[str]) -> None:
    text = "review: {last: 2026-01-01, every: 180 days}\nterms: [{term: a, says: It takes days., value: 5 days}]"
    assert told(tmp_path, text, today) == messages


@pytest.mark.parametrize(
    ("today", "messages"),
    [
        (None, []),
        (date(2026, 6, 30), []),
        (date(2026, 7, 1), ["the exception of 'a' ended on 2026-06-30"]),
    ],
)
def test_an_exception_past_its_end(tmp_path: Path, today: date | None, messages: list[str]) -> None:
    text = (
        "terms: [{term: a, says: It takes days., value: 5 days}]\n"
        'exceptions: [{term: a, article: "**", value: 6 days, reason: old plan, by: ana, until: 2026-06-30}]'
    )
    assert told(tmp_path, text, today) == messages


@pytest.mark.parametrize(
    ("term", "message"),
    [
        ("says: It takes five days., value: 5 days", None),
        ("says: It takes 48 hours., value: 2 days", None),
        ("says: It takes some days., value: 5 days", None),
        ("says: It takes 5 to 7 days., value: 5 days..7 days", None),
        ("says: It takes 6 days., value: 5 days", "'says' of 'a' names 6 days, its value is 5 days"),
        ("says: It takes 6 days., value: 5 days, also: [6 days]", None),
        ("says: It takes 6 days or 5 days., value: 5 days", None),
        ("says: 'It costs $6 for five days.', value: 5 days", None),
        ("says: 'It costs $6 for five days.', value: USD 5", "'says' of 'a' names USD 6, its value is USD 5"),
    ],
)
def test_says_against_the_value(tmp_path: Path, term: str, message: str | None) -> None:
    text = f"terms: [{{term: a, {term}}}]"
    assert told(tmp_path, text, language=languages.load) == ([message] if message else [])
    assert told(tmp_path, text) == []


def test_says_is_held_against_the_value_of_the_day(tmp_path: Path) -> None:
    spans = "[{is: 6 months, until: 2026-03-31}, {is: 12 months, from: 2026-04-01}]"
    text = f"terms: [{{term: a, says: It takes twelve months., value: {spans}}}]"
    assert told(tmp_path, text, date(2026, 4, 1), languages.load) == []
    early = told(tmp_path, text, date(2026, 3, 31), languages.load)
    assert early == ["'says' of 'a' names 12 months, its value is 6 months"]


@pytest.mark.parametrize(
    "other",
    [
        "topics: [refund]",
        "topics: [unlock], scope: {plan: prepaid}",
        "topics: [unlock], must: [tablet]",
        "topics: [unlock], not_topics: [phone]",
    ],
)
def test_terms_that_something_tells_apart(tmp_path: Path, other: str) -> None:
    text = (
        f"terms: [{{term: a, says: x, value: 5 days, topics: [unlock]}}, {{term: b, says: y, value: 6 days, {other}}}]"
    )
    assert told(tmp_path, text) == []


def test_a_sound_file_is_warned_of_beside_a_faulty_one(tmp_path: Path) -> None:
    (tmp_path / "faulty.yaml").write_text("policy: f\nterms: [{term: a, says: It takes 3 days.}]\n", encoding="utf-8")
    text = f"{HEAD}terms: [{{term: a, says: It takes four days., value: 5 days}}]\n"
    (tmp_path / "sound.yaml").write_text(text, encoding="utf-8")
    problems, read = registry_room.lint(tmp_path, language=languages.load)
    assert read is None
    assert [problem.message for problem in problems if problem.warning] == [
        "'says' of 'a' names 4 days, its value is 5 days"
    ]
