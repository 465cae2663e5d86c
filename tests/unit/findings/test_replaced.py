"""What is another text than the article, where the forty stand-ins and changes do not tell the rules apart."""

from __future__ import annotations

from typing import Any

import pytest

from drift.engine import reading
from drift.findings.replaced import Patience, SharedText, cut_off, doubtful, en_masse, replaced, stated
from drift.findings.sketch import SAMPLE, Sketch, alike, sketch_of
from drift.model import Page, Snapshot

HOME = "https://help.larkspur.example"
SENTENCES = (
    "A courier brings a tested telephone with a charged battery.",
    "Nothing is billed unless you keep it beyond the trial.",
    "Wipe your photos and sign out before the courier comes back.",
    "Our shops lend a hand with the first steps in the evening.",
)
SIBLING = ("A courier brings a tested hotspot with a charged battery.", *SENTENCES[1:])
LOGIN = ("Enter your number and your password.", "Forgotten it? We send another one by text.")


def sketch(
    *sentences: str, title: str = "Try it at home", path: str = "/trial", main: str = "main", end: str = "</html>"
) -> Sketch:
    text = "".join(f"<p>{each}</p>" for each in sentences)
    body = f"<html lang=en><title>{title}</title><body><{main}><h1>{title}</h1>{text}</{main}></body>{end}".encode()
    article = reading.read(Snapshot(Page(f"{HOME}/trial"), body, "text/html", status=200))
    return sketch_of(article, HOME + path, body)


ARTICLE = sketch(*SENTENCES)


@pytest.mark.parametrize(
    ("now", "around", "states", "why"),
    [
        (ARTICLE, SharedText(), False, None),
        (sketch(*LOGIN), SharedText(), False, "another text stands there: 0% of its text is left"),
        (sketch(*LOGIN), SharedText(), True, None),  # it still states the rule, in whatever words
        (sketch(*LOGIN, path="/login"), SharedText(), True, f"it leads to {HOME}/login, where another text stands"),
        (sketch(*SENTENCES, path="/trials"), SharedText(), False, None),
        (sketch(*SENTENCES[:3], path="/trials"), SharedText(), False, None),
        (sketch(*SENTENCES[:3], path="/trials", title="Trials"), SharedText(), False, f"it leads to {HOME}/trials"),
        (sketch(*SENTENCES, path="/trial/"), SharedText(), False, None),
        (sketch(*SIBLING, title="Try a hotspot"), SharedText(also=f"{HOME}/hotspot"), True, "it says what"),
        (
            sketch(*SIBLING, title="Try a hotspot"),
            SharedText(),
            False,
            None,
        ),  # another edition of it, for all that is known
        (ARTICLE, SharedText(also=f"{HOME}/mirror"), False, None),
        (
            sketch(SENTENCES[0], *LOGIN, main="div"),
            SharedText(),
            False,
            "another text stands there, outside of any main",
        ),
        (sketch(*SENTENCES, main="div"), SharedText(), False, None),
    ],
)
def test_what_is_another_text(now: Sketch, around: SharedText, states: bool, why: str | None) -> None:
    told = replaced(ARTICLE, now, around, states=states)
    assert (told is None) if why is None else (told is not None and told.startswith(why))


def test_what_all_pages_say_is_not_left_of_an_article() -> None:
    """A short article above much that stands under every one, and a stand-in above the same."""
    asked = tuple(f"{each} Tell our editors what is missing here, please." for each in ("Helpful?", "Clear?"))
    before, now = sketch(*SENTENCES, *asked), sketch(*LOGIN, *asked, title="Sign in")
    other = sketch("Ships and planes have networks of their own.", *asked, title="Roaming")
    around = SharedText(before.runs & other.runs, before.words & other.words)
    assert replaced(before, now, around, states=False) == "another text stands there: 0% of its text is left"


def test_an_article_without_a_long_word_of_its_own_is_known_by_its_runs_alone() -> None:
    before = sketch("It is up to you.", "Ask us.")
    assert replaced(before, sketch("See you soon."), SharedText(), states=False) is not None
    assert replaced(before, sketch("It is up to you."), SharedText(), states=False) is None


@pytest.mark.parametrize(
    ("lines", "end", "cut"),
    [
        (SENTENCES, "</html>", False),
        (SENTENCES, "", False),  # it was cut behind the article, and nothing of that is missing
        (SENTENCES[:2], "", True),
        (SENTENCES[:2], "</html>", False),  # the last two sentences were taken out
        ((*SENTENCES[:2], "Wipe your pho"), "", True),
        ((*SENTENCES[:2], "Wipe your pho"), "</html>", True),  # where pages have no end, the passage tells
        ((*SENTENCES[:3], "Our shops lend a hand."), "</html>", False),  # the end of the last sentence was taken out
        ((*SENTENCES[:2], "Fatal error in line 7."), "", True),
    ],
)
def test_what_is_the_beginning_of_an_article(lines: tuple[str, ...], end: str, cut: bool) -> None:
    assert cut_off(ARTICLE, sketch(*lines, end=end)) is cut


def test_a_mark_knows_a_text_again_whatever_its_numbers_are() -> None:
    waiting = [sketch(f"Too many requests. Try again in {seconds} seconds.").mark() for seconds in (59, 7)]
    assert waiting[0] == waiting[1]
    long = [" ".join(f"word{chr(97 + n)}{chr(97 + m)}" for n in range(20)) + "." for m in range(20)]
    one, edited, other = (sketch(*long).mark(), sketch(*long[2:]).mark(), sketch(*long[:8], *LOGIN).mark())
    assert len(one) == 8 * SAMPLE
    assert alike(one, edited)
    assert not alike(one, other)
    assert not alike(one, sketch(*LOGIN).mark())
    assert alike("", "")
    assert not alike("", one)


def test_only_a_reading_that_lost_something_is_compared(made: Any) -> None:
    known = made.remembered(made.read(0, made.statement("30 days"), title="Unlock"))
    assert not doubtful(known, made.read(8, made.statement("60 days"), title="Unlock"))
    assert not doubtful(known, made.read(8, unjudged=("s1",), title="Unlock"))
    assert doubtful(known, made.read(8, title="Unlock"))
    assert doubtful(known, made.read(8, made.statement("30 days"), title="Sign in"))
    assert not doubtful(known, made.unread(8))
    assert not doubtful(made.remembered(), made.read(8))
    bare = made.remembered(made.read(0, claims=5, text="five"))
    assert doubtful(bare, made.read(8, claims=2, text="two"))
    assert not doubtful(bare, made.read(8, claims=3, text="three"))


def test_a_rule_in_other_words_is_still_stated(made: Any) -> None:
    known = made.remembered(made.read(0, made.statement("30 days")))
    assert stated(known, made.read(8, made.statement("60 days", slot="")))
    assert not stated(known, made.read(8, made.statement("60 days", term="handling")))


@pytest.mark.parametrize(
    ("pages", "found", "mass"), [(100, 20, True), (100, 19, False), (3, 3, True), (2, 2, False), (0, 0, False)]
)
def test_a_mass_is_a_share_of_the_pages_and_no_handful(pages: int, found: int, mass: bool) -> None:
    assert en_masse({"pages": pages, "replaced": found}, Patience()) is mass
    assert en_masse({"pages": pages, "unanswered": found}, Patience()) is mass
    assert en_masse({"pages": pages, "replaced": found // 2, "unanswered": found - found // 2}, Patience()) is mass
