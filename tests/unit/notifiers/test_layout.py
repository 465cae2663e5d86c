"""What is told in which order, and where room is made."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from sample_messages import ANNOTATED, ASKED, OPENED, QUESTIONS, RESOLVED, UNREAD, message

from drift.model.alert import Fact
from drift.notifiers import email, layout, slack, written


def quote_of(text: str, value: str, room: int = layout.QUOTE) -> layout.Quote | None:
    return layout.quoted(replace(OPENED, quote=text, value_text=value, value_start=text.index(value)), room)


def test_the_customer_comes_first_and_everything_has_its_place() -> None:
    part = layout.part(OPENED)
    assert part.moment.startswith("A customer who reads")
    assert part.quote == layout.Quote(
        "You can unlock your phone ", "30 days", " after you buy it, wherever you bought it."
    )
    labels = [label for label, _ in part.facts]
    wanted = ["Should be", "Diagnosis", "Harm", "Went wrong", "Before", "Owner", "Front line"]
    assert all(labels.index(first) < labels.index(second) for first, second in pairwise(wanted))
    assert [label for label, _ in part.links] == [
        "Open the page",
        "Read the policy",
        "Edit the page",
        "See the finding",
    ]
    assert (part.name, part.command) == ("F-3f9a1c20", "drift findings show F-3f9a1c20")


def test_what_there_is_not_is_not_told() -> None:
    part = layout.part(UNREAD)
    assert part.quote is None
    assert part.facts == (("Now", UNREAD.news),)
    assert part.name == UNREAD.article


def test_what_is_right_again_is_told_without_what_holds_no_more() -> None:
    part = layout.part(RESOLVED)
    assert part.quote is None
    facts = dict(part.facts)
    assert facts["It said"] == "“You can unlock your phone »30 days« after you buy it, wherever you bought it.”"
    assert not {"Should be", "Diagnosis", "Harm", "Before"} & set(facts)
    assert facts["Now"].endswith("It was wrong for at least 3 hours and at most 5 hours.")
    assert facts["Front line"] == OPENED.guidance
    assert part.command == "drift findings show F-3f9a1c20"


def test_a_page_without_an_address_to_open_is_named() -> None:
    part = layout.part(replace(OPENED, page_link=None, article="docs/unlock.md"))
    assert ("Page", "docs/unlock.md") in part.facts
    assert "Open the page" not in dict(part.links)


@pytest.mark.parametrize(
    ("before", "after"),
    [(40, 40), (5_000, 5_000), (5_000, 0), (0, 5_000), (5_000, 20), (20, 5_000)],
)
def test_a_long_quote_is_shortened_around_its_value(before: int, after: int) -> None:
    text = "word " * (before // 5) + "30 days" + " word" * (after // 5)
    quote = quote_of(text, "30 days")
    assert quote is not None
    assert quote.value == "30 days"
    assert len(quote.before + quote.value + quote.after) <= layout.QUOTE + 2
    assert quote.before.startswith("…") is (before > 600 or (before > 300 and after > 300))
    assert quote.after.endswith("…") is (after > 600 or (after > 300 and before > 300))
    assert set(f"{quote.before}{quote.after}".replace("…", "").split()) <= {"word"}  # words stay whole


def test_a_value_longer_than_its_room_is_whole() -> None:
    quote = quote_of(f"within {'9' * 900} days of it", "9" * 900, room=100)
    assert quote == layout.Quote("…", "9" * 900, "…")


def test_a_value_that_does_not_stand_where_it_should_gives_no_quote() -> None:
    assert layout.quoted(replace(OPENED, value_start=3)) is None


@pytest.mark.parametrize(
    ("before", "expected", "told"),
    [
        ("after 60 days.", "60 days", "after 60 days."),
        ("x" * 5_000, "60 days", "too long to be told here"),
    ],
)
def test_what_the_page_said_before(before: str, expected: str, told: str) -> None:
    assert layout.before(replace(OPENED, before=before, expected=expected)) == told


def test_what_a_long_page_said_before_keeps_its_value() -> None:
    text = "word " * 400 + "60 days" + " word" * 400
    told = layout.before(replace(OPENED, before=text, expected="60 days"))
    assert "60 days" in told
    assert len(told) < 650


def test_a_long_title_is_shortened_where_it_makes_the_moment_long() -> None:
    title = "Unlock " * 300
    told = replace(
        OPENED, title=title, moment=f'A customer who reads "{title}" is told 30 days. The policy is 60 days.'
    )
    moment = layout.moment(told)
    assert len(moment) < 300
    assert moment.endswith("is told 30 days. The policy is 60 days.")


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://help.larkspur.example/a?b=1&c=2#d", "https://help.larkspur.example/a?b=1&c=2#d"),
        ('https://help.larkspur.example/<b> "c"|d\n', "https://help.larkspur.example/%3Cb%3E%20%22c%22%7Cd%0A"),
        ("https://help.larkspur.example/ü%20ü", "https://help.larkspur.example/%C3%BC%20%C3%BC"),
        (f"https://help.larkspur.example/a#:~:text={'b' * 3_000}", "https://help.larkspur.example/a"),
        (f"https://help.larkspur.example/{'b' * 3_000}", None),
        ("javascript:alert(1)", None),
        ("docs/unlock.md", None),
        ("https://[", None),
        ("", None),
        (None, None),
    ],
)
def test_links_open_pages(address: str | None, link: str | None) -> None:
    assert layout.link(address) == link


@pytest.mark.parametrize(
    ("shown", "left_out", "link", "said"),
    [
        (1, 0, None, ""),
        (1, 4, "https://drift.larkspur.example/", "And 4 more, less important."),
        (1, 4, None, "And 4 more, less important; `drift findings list` shows all."),
        (0, 0, "https://drift.larkspur.example/", "And 1 finding."),
    ],
)
def test_what_is_left_out_is_counted(shown: int, left_out: int, link: str | None, said: str) -> None:
    assert layout.rest(message(OPENED, left_out=left_out, link=link), shown) == said


def test_a_sample_says_that_it_is_one() -> None:
    assert layout.heading(message(OPENED, sample=True)).startswith("Sample, nothing of it is true: ")


def test_everything_is_one_line() -> None:
    told: Fact = replace(OPENED, guidance="one\ntwo\r\nthree\u2028four", news="\x1b[31m\u202e")
    assert dict(layout.part(told).facts)["Front line"] == "one two three four"
    assert dict(layout.part(told).facts)["Now"] == "\\x1b[31m\\u202e"


def test_what_no_person_confirmed_is_said_in_full_in_a_line_and_in_a_notification() -> None:
    said = ANNOTATED.unconfirmed
    both = message(ANNOTATED, ANNOTATED, ANNOTATED)
    part = layout.part(ANNOTATED)
    assert part.unconfirmed == said
    assert said in written.whole(part)
    assert said in written.line(part)
    assert email.html(both).count(said) == 3
    payload = slack.payload(both)
    assert payload["text"].count("Annotated by llama3.1:8b, not confirmed by a person") == 3
    assert str(payload["blocks"]).count("not confirmed by a person") == 3
    bare = layout.part(replace(ANNOTATED, unconfirmed="Annotated by m: drift review"))
    assert bare.unconfirmed == "Annotated by m: drift review."
    assert layout.part(OPENED).unconfirmed == ""


def test_a_question_that_an_annotator_affirms_says_so() -> None:
    asked = replace(QUESTIONS, asked=(replace(ASKED, annotated="llama3.1:8b"), ASKED))
    first, second = layout.part(asked).items
    assert first.words.endswith(' On "Unlock your phone". llama3.1:8b says that it states this rule.')
    assert second.words.endswith(' On "Unlock your phone".')
