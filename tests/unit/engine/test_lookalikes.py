"""Digits and letters that look like others are judged as those, and quoted as they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drift.engine.claims import extract
from drift.engine.kinds import show
from drift.engine.languages import load
from drift.engine.lookalikes import plain
from drift.engine.reading import read
from drift.model import Page, Snapshot


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("within ３０ days", "within 30 days"),
        ("１，０００％ ＵＳＤ", "1,000% USD"),
        ("٣٠ days, ۳۰ days, ३० days, ๓๐ days", "30 days, 30 days, 30 days, 30 days"),
        ("٣٫٥٪", "3.5%"),
        ("𝟯𝟬 𝗱𝗮𝘆𝘀", "30 days"),
        ("30 d\u0430ys", "30 days"),
        ("30 d\u0430\u0443\u0455", "30 days"),
        ("\u0440\u0430\u0443 at \u03bfnce", "pay at once"),
        ("\u0421ancel", "Cancel"),
        ("naïve café – 30 days", "naïve café – 30 days"),
        ("5 µg, 5 μg", "5 µg, 5 μg"),
        ("возврат в течение 30 дней, оса", "возврат в течение 30 дней, оса"),
        ("επιστροφή εντός 30 ημερών ή ποτέ", "επιστροφή εντός 30 ημερών ή ποτέ"),
        ("x² ½ ①", "x² ½ ①"),
    ],
)
def test_read_as_what_it_is_taken_for(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(st.text())
def test_every_character_keeps_its_place(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    "words",
    ["３０ days", "٣٠ days", "𝟯𝟬 days", "30 d\u0430ys", "30 ｄａｙｓ"],
)
def test_a_claim_quotes_what_the_page_holds(words: str) -> None:
    html = f"<h1>Returns</h1><p>You can return it within {words} of delivery.</p>"
    article = read(Snapshot(Page("returns"), html.encode(), "text/html", "utf-8"))
    (claim,) = extract(article, load("en"))
    assert claim.value_text == words
    assert claim.quote == f"You can return it within {words} of delivery."
    assert show(claim.value) == "30 days"
