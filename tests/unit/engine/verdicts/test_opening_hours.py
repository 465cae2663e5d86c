"""One time of day, and hours of days off, held against a rule that keeps its hours as one span."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from drift.model import Examined

TERM = """\
- term: hours
  says: {says}
  value: "06:00..23:00"
  topics: [gym hours, opening hours]
  published_at: ["**/article"]
"""
SENTENCES = [
    ("The gym is open until 11pm.", "agrees"),
    ("The gym is open until 10pm.", "diverges"),
    ("The gym opens at 6am.", "agrees"),
    ("The gym opens at 7am.", "diverges"),
    ("The gym is open from 6am until 11pm.", "agrees"),
    ("The gym is open from 6am until 10pm.", "diverges"),
    ("The gym is closed until 10am.", "unclear"),
    ("Gym hours: Sat 8am-8pm", "unclear"),
    ("The gym is open 8am-6pm on Saturdays.", "unclear"),
    ("Gym hours: Mon-Sun 8am-8pm", "diverges"),
]


@pytest.mark.parametrize(("sentence", "said"), SENTENCES)
def test_hours_of_a_rule_for_no_day(examined: Callable[..., Examined], sentence: str, said: str) -> None:
    page = examined(TERM.format(says="The gym is open from 6:00 to 23:00."), f"# Gym hours\n\n{sentence}\n")

    assert [verdict.outcome.value for verdict in page.verdicts] == [said]


def test_a_rule_of_every_day_speaks_of_days_off_too(examined: Callable[..., Examined]) -> None:
    rule = TERM.format(says="The gym is open every day from 6:00 to 23:00.")
    page = examined(rule, "# Gym hours\n\nGym hours: Sat 8am-8pm\n")

    assert [verdict.outcome.value for verdict in page.verdicts] == ["diverges"]


MUSEUM = """
- {term: opens, says: "The museum opens at 9:00.", value: "09:00", topics: [opening hours, opens]}
- {term: closes, says: "The museum closes at 22:00.", value: "22:00", topics: [opening hours, closes]}
"""


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("The museum closes at 21:00.", "diverges"),
        ("We close at 21:00.", "diverges"),
        ("Our café closes at 21:00.", "suspect"),
        ("The reception closes at 21:00.", "suspect"),
        ("The pool is always closed at 21:00.", "suspect"),
        ("## Café\n\nOpening hours: closes at 21:00", "suspect"),
        ("## Opening hours of the museum\n\nOpening hours: closes at 21:00", "diverges"),
    ],
)
def test_the_hours_of_something_in_the_house_are_a_question_at_most(
    examined: Callable[..., Examined], text: str, outcome: str
) -> None:
    found = examined(MUSEUM, f"# Opening hours\n\n{text}\n").verdicts
    assert [one.outcome.value for one in found] == [outcome]
