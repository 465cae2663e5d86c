from __future__ import annotations

from dataclasses import dataclass

from drift.engine.sentences import MASK, mask


@dataclass
class _Span:
    start: int
    end: int


def _at(text: str, value: str) -> _Span:
    start = text.index(value)
    return _Span(start, start + len(value))


def test_every_value_becomes_one_token() -> None:
    text = "Return it within thirty (30) days or pay $35."

    masked = mask(text, [_at(text, "$35"), _at(text, "thirty (30) days")])

    assert masked == f"Return it within {MASK} or pay {MASK}."


def test_masked_sentences_do_not_depend_on_their_values() -> None:
    one, other = "You have 30 days.", "You have ninety days."

    assert mask(one, [_at(one, "30 days")]) == mask(other, [_at(other, "ninety days")])


def test_only_the_part_asked_for_is_given() -> None:
    text = "It costs $5. It takes 3 days. It weighs 2 kg."
    spans = [_at(text, "$5"), _at(text, "3 days"), _at(text, "2 kg")]

    assert mask(text, spans, within=(13, 29)) == f"It takes {MASK}."


def test_text_without_values_stays() -> None:
    assert mask("Nothing here.", []) == "Nothing here."
