"""A label and its value in neighbouring inline elements are two words; a word or a price in parts is one."""

from __future__ import annotations

import pytest

from drift.engine.reading import read
from drift.model import Page, Snapshot


def text(inner: str, media: str = "text/html") -> str:
    html = (
        inner if media == "text/markdown" else f"<html><body><h1>Fees</h1><p>{inner}</p><p>The end.</p></body></html>"
    )
    article = read(Snapshot(Page("fees"), html.encode(), media))
    return article.passages[0 if media == "text/markdown" else 1].text


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<span>Late fee</span><span>$9</span>", "Late fee $9"),
        ("<strong>Late fee</strong>$9", "Late fee $9"),
        ("<label>Late fee</label><strong>$9</strong>", "Late fee $9"),
        ("<a href='/f'><span>Trial</span><b>14 days</b></a>", "Trial 14 days"),
        ("<span id='a'>14 days</span><span id='b'>Trial</span>", "14 days Trial"),
        ("<b>14</b><span>days</span>", "14 days"),
        ("<b>Late fee:</b>$9", "Late fee: $9"),
        ("<b>Trial:</b>14 days", "Trial: 14 days"),
        ("<span>Fee (late)</span><span>$9</span>", "Fee (late) $9"),
        ("<span>Refundable</span><span>Yes</span>", "Refundable Yes"),
        ("<span>Plan 5</span><span>$9</span>", "Plan 5 $9"),
        ("Caf&eacute; d&eacute;p&ocirc;t<b>12 h</b>", "Café dépôt 12 h"),
        ("<code>wait</code><kbd>30 days</kbd>", "wait 30 days"),
        ("FEE<b>$9</b>", "FEE $9"),
        ("<span>Check-in</span><span>3:00 PM</span>", "Check-in 3:00 PM"),
        ("<span>Up to</span><span>5 days</span>", "Up to 5 days"),
    ],
)
def test_set_apart_by_a_style_sheet(inner: str, expected: str) -> None:
    assert text(inner) == expected


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("un<b>lock</b>able", "unlockable"),
        ("<b>W</b>elcome", "Welcome"),
        ("i<i>Phone</i>", "iPhone"),
        ("$<b>19</b>.<b>50</b>", "$19.50"),
        ("$.<b>60</b>", "$.60"),
        ("1,<b>000</b> and 10:<b>30</b>", "1,000 and 10:30"),
        ("30<b>GB</b>", "30GB"),
        ("<b>30</b>-day", "30-day"),
        ("<span>5</span><span>th</span>", "5th"),
        ("3<sup>rd</sup>, H<sub>2</sub>O", "3rd, H2O"),
        ("US<b>$9</b>, A<b>$5</b>", "US$9, A$5"),
        ("MP<b>3</b>, v<b>2</b>", "MP3, v2"),
        ("(<b>9</b>) “<b>9</b>”", "(9) “9”"),
        ("<i></i>Trial<i></i>s", "Trials"),
        ("<b>$</b><b>19</b>.<sup>50</sup>", "$19.50"),
        ("9<wbr>days", "9days"),
    ],
)
def test_left_whole(inner: str, expected: str) -> None:
    assert text(inner) == expected


def test_blocks_are_no_seams() -> None:
    article = read(Snapshot(Page("fees"), b"<h1>T</h1><p>Trial</p><p><b>14 days</b> it is</p>", "text/html"))
    assert [passage.text for passage in article.passages] == ["T", "Trial", "14 days it is"]


def test_markdown_has_seams_too() -> None:
    assert text("**Late fee**$9 and un**lock**able", "text/markdown") == "Late fee $9 and unlockable"
