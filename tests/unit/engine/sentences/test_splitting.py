from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from drift.engine import languages
from drift.engine.sentences import LONGEST, split

_FIXTURES = Path(__file__).parents[4] / "fixtures" / "sentences"


def _cases() -> list[tuple[str, list[str]]]:
    return [
        (table.stem, sentences)
        for table in sorted(_FIXTURES.glob("*.yaml"))
        for sentences in yaml.safe_load(table.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(("code", "sentences"), _cases(), ids=lambda part: part[0] if isinstance(part, list) else part)
def test_joined_sentences_come_apart_where_they_were_joined(code: str, sentences: list[str]) -> None:
    text = " ".join(sentences)

    assert [text[start:end] for start, end in split(text, languages.load(code))] == sentences


def test_a_hard_break_ends_a_sentence() -> None:
    text = "Monthly plans: 30 days\nannual plans: 60 days\n\n and that is all"

    found = [text[start:end] for start, end in split(text, languages.load("en"))]

    assert found == ["Monthly plans: 30 days", "annual plans: 60 days", "and that is all"]


def test_inline_bullets_part_fragments() -> None:
    text = "Fees • activation $35 • late payment $10"

    assert [text[slice(*span)] for span in split(text, languages.load("en"))] == [
        "Fees",
        "• activation $35",
        "• late payment $10",
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u00a0"])
def test_blank_text_has_no_sentences(text: str) -> None:
    assert split(text, languages.load("en")) == ()


@given(st.text(alphabet=st.sampled_from("aB1 .!?\n•()\"'\u00a0…"), max_size=80) | st.text(max_size=60))
def test_sentences_are_ordered_trimmed_and_lose_nothing(text: str) -> None:
    spans = split(text, languages.load("en"))

    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(text.split())


@pytest.mark.parametrize("text", ["word " * 3000, "x" * 10_000])
def test_no_sentence_is_endless(text: str) -> None:
    spans = split(text, languages.load("en"))

    assert max(end - start for start, end in spans) <= LONGEST
    assert sum(end - start for start, end in spans) >= len(text.strip()) - len(spans)
