"""What every format of report owes its reader. The formats come from the list: a new one is met here by itself."""

from __future__ import annotations

import dataclasses
import re

import pytest

from drift.cli.check import NAMES
from drift.model import CheckReport, Outcome
from drift.reports import PLAIN, REPORTS, Display, Report, named

every_format = pytest.mark.parametrize("entry", REPORTS, ids=[entry.name for entry in REPORTS])


@every_format
def test_the_same_report_gives_the_same_text(entry: Report, sample_report: CheckReport) -> None:
    assert entry.render(sample_report, PLAIN) == entry.render(sample_report, PLAIN)


@every_format
def test_it_ends_with_one_line_end(entry: Report, sample_report: CheckReport) -> None:
    text = entry.render(sample_report, PLAIN)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@every_format
def test_every_divergence_is_told_with_both_values_and_its_place(entry: Report, sample_report: CheckReport) -> None:
    text = entry.render(sample_report, PLAIN)
    for said in ("help/unlock.md", "60 days", "30 days", "postpaid-wait", "https://help.larkspur.example/returns"):
        assert said in text


@every_format
def test_a_blind_article_is_named_with_its_reason(entry: Report, sample_report: CheckReport) -> None:
    text = entry.render(sample_report, PLAIN)
    assert "https://help.larkspur.example/gone" in text
    assert re.search("blind", text, re.IGNORECASE)
    assert "404" in text


@every_format
def test_a_blind_article_never_looks_like_agreement(entry: Report, sample_report: CheckReport) -> None:
    all_blind = tuple(dataclasses.replace(one, verdicts=(), matches=()) for one in sample_report.examined[2:3])
    alone = dataclasses.replace(sample_report, examined=all_blind)
    quiet = dataclasses.replace(sample_report, examined=sample_report.examined[3:])
    assert entry.render(alone, PLAIN) != entry.render(quiet, PLAIN)
    assert re.search("blind", entry.render(alone, PLAIN), re.IGNORECASE)
    assert not re.search("(?<![a-z ] )could not be read", entry.render(quiet, PLAIN))


@every_format
def test_unclear_statements_are_told(entry: Report, sample_report: CheckReport) -> None:
    unclear = [v for one in sample_report.examined for v in one.verdicts if v.outcome is Outcome.UNCLEAR]
    text = entry.render(sample_report, PLAIN)
    assert all(verdict.match.claim.value_text in text for verdict in unclear)
    assert re.search("unclear", text, re.IGNORECASE)


@every_format
def test_a_term_found_nowhere_is_told(entry: Report, sample_report: CheckReport) -> None:
    assert "grace" in entry.render(sample_report, PLAIN)


@every_format
def test_notes_are_told(entry: Report, sample_report: CheckReport) -> None:
    assert "hid nothing in this run" in entry.render(sample_report, PLAIN)


@every_format
@pytest.mark.parametrize("look", [PLAIN, Display(width=60)], ids=["plain", "narrow"])
def test_hostile_text_stays_text(entry: Report, look: Display, hostile_report: CheckReport) -> None:
    text = entry.render(hostile_report, look)
    text.encode("utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert "[red]Refunds[/red]" in text
    assert ":smile:" in text


@every_format
def test_hostile_text_adds_no_escapes_to_our_own_colours(entry: Report, hostile_report: CheckReport) -> None:
    text = re.sub("\x1b\\[[0-9;]*m", "", entry.render(hostile_report, Display(colour=True, width=200)))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


@every_format
def test_a_run_over_nothing_is_a_report(entry: Report, sample_report: CheckReport) -> None:
    assert entry.render(dataclasses.replace(sample_report, examined=(), notes=(), stated={}), PLAIN)


def test_names_are_unique_and_known_to_the_command_line() -> None:
    names = [entry.name for entry in REPORTS]
    assert len(set(names)) == len(names)
    assert names == NAMES
    assert all(named(name).name == name for name in names)


def test_an_unknown_name_is_a_lookup_error() -> None:
    with pytest.raises(LookupError):
        named("yaml")
