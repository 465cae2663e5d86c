from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from drift.engine.sentences import KNOWN_AGAIN, MASK, likeness

_PAIRS = Path(__file__).parents[4] / "fixtures" / "sentences" / "known" / "pairs.yaml"


@pytest.mark.parametrize(
    "pair", yaml.safe_load(_PAIRS.read_text(encoding="utf-8")), ids=lambda pair: f"{pair['one']} / {pair['other']}"
)
def test_small_edits_leave_a_sentence_known_and_others_do_not(pair: dict[str, Any]) -> None:
    assert (likeness(pair["one"], pair["other"]) >= KNOWN_AGAIN) is pair["known"]


def test_the_ends_of_the_scale() -> None:
    assert likeness("The fee is due.", "the fee  is due") == 1.0
    assert likeness("alpha beta", "gamma delta") == 0.0
    assert likeness("", "something") == 0.0
    assert likeness("", "") == 1.0


_SENTENCES = st.lists(st.sampled_from(["device", "devices", "deviced", "fee", "cancel", "canceled", "cancelled", MASK]))


@given(_SENTENCES, _SENTENCES)
def test_likeness_is_symmetric_and_bounded(one: list[str], other: list[str]) -> None:
    there, back = likeness(" ".join(one), " ".join(other)), likeness(" ".join(other), " ".join(one))

    assert there == back
    assert 0.0 <= there <= 1.0
