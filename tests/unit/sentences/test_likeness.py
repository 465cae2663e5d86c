from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drift.sentences import KNOWN_AGAIN, MASK, likeness


@pytest.mark.parametrize(
    "edited",
    [
        f"You can unlock your phone {MASK} after activation",
        f"you can unlock your Phone {MASK} after activation!",
        f"You can unlock your phones {MASK} after activation.",
        f"You can now unlock your phone {MASK} after activation.",
        f"You can unlock your phone {MASK} after the activation.",
        f"You may unlock your phone {MASK} after activation.",
    ],
)
def test_a_small_edit_leaves_a_sentence_known(edited: str) -> None:
    assert likeness(f"You can unlock your phone {MASK} after activation.", edited) >= KNOWN_AGAIN


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"Postpaid phones unlock after {MASK}.", f"Prepaid phones unlock after {MASK}."),
        (f"You have {MASK} to return a phone.", f"You have {MASK} to pay a bill."),
        (f"The fee is {MASK}.", f"The late fee is {MASK}."),
        (f"The activation fee is {MASK}.", f"The cancellation fee is {MASK}."),
        (f"Wait {MASK}.", "Nothing of the kind."),
    ],
)
def test_another_sentence_is_not_taken_for_it(one: str, other: str) -> None:
    assert likeness(one, other) < KNOWN_AGAIN


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
