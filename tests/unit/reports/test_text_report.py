"""The report for people: order, wrapping, colour, and long sentences."""

from __future__ import annotations

import dataclasses

from rich.cells import cell_len

from drift.model import CheckReport, Outcome, Page, Passage
from drift.reports import PLAIN, Display
from drift.reports.text import render


def test_divergences_stand_before_unclear_statements(sample_report: CheckReport) -> None:
    text = render(sample_report, PLAIN)
    assert text.index("DIVERGES  device-unlock/postpaid-wait") < text.index("UNCLEAR  device-unlock/handling")


def test_right_articles_are_counted_and_not_listed(sample_report: CheckReport) -> None:
    text = render(sample_report, PLAIN)
    assert "help/about.md" not in text
    assert "1 without a statement of any term" in text
    assert "2 agree (1 by exception)" in text


def test_plain_is_not_wrapped_and_has_no_trailing_spaces(sample_report: CheckReport) -> None:
    lines = render(sample_report, PLAIN).splitlines()
    assert max(map(len, lines)) > 120
    assert all(line == line.rstrip() for line in lines)


def test_a_terminal_is_wrapped_at_its_width_but_links_stay_whole(sample_report: CheckReport) -> None:
    lines = render(sample_report, Display(width=60)).splitlines()
    assert [line for line in lines if cell_len(line) > 60 and "http" not in line] == []
    assert any(line.endswith(":~:text=Returns,30%20days") for line in lines)


def test_colour_only_where_it_was_asked_for(sample_report: CheckReport) -> None:
    assert "\x1b[" not in render(sample_report, Display(width=60))
    coloured = render(sample_report, Display(colour=True, width=100))
    assert "\x1b[1;4m30 days\x1b[0m" in coloured
    assert "**30 days**" not in coloured


def test_a_long_sentence_is_cut_around_its_value(sample_report: CheckReport) -> None:
    examined = sample_report.examined[0]
    verdict = next(v for v in examined.verdicts if v.outcome is Outcome.DIVERGES)
    passage = Passage("so " * 5000 + "30 days" + " and" * 5000, verdict.match.claim.passage.zone)
    start, end = 15000, 15007
    claim = dataclasses.replace(verdict.match.claim, passage=passage, start=start, end=end, sentence=(0, 35007))
    long = dataclasses.replace(verdict, match=dataclasses.replace(verdict.match, claim=claim))
    report = dataclasses.replace(sample_report, examined=(dataclasses.replace(examined, verdicts=(long,)),))
    text = render(report, PLAIN)
    assert "so **30 days** and" in text
    assert len(text) < 4000


def test_terms_found_nowhere_stand_policy_by_policy(sample_report: CheckReport) -> None:
    text = render(dataclasses.replace(sample_report, stated={"device-unlock/handling": 1}), PLAIN)
    assert "Found nowhere in these articles: 3 of 4 terms\n" in text
    assert "  device-unlock  postpaid-wait\n  returns  every term (2): window, grace\n" in text


def test_many_policies_found_nowhere_are_cut_and_counted(sample_report: CheckReport) -> None:
    policy = sample_report.registry.policies[1]
    policies = []
    for number in range(30):
        terms = tuple(dataclasses.replace(term, policy=f"p{number}") for term in policy.terms)
        policies.append(dataclasses.replace(policy, name=f"p{number}", terms=terms))
    many = dataclasses.replace(sample_report.registry, policies=tuple(policies))
    text = render(dataclasses.replace(sample_report, registry=many, stated={}, examined=()), PLAIN)
    assert "Found nowhere in these articles: 60 of 60 terms\n" in text
    assert (
        "  p19  every term (2): window, grace\n  and terms of 10 more policies: --format json lists them all\n" in text
    )


def test_one_of_a_kind_is_said_in_the_singular(sample_report: CheckReport) -> None:
    table = dataclasses.replace(sample_report.examined[1], page=Page("a.md"))
    text = render(dataclasses.replace(sample_report, examined=(table,)), PLAIN)
    assert text.splitlines()[-1].startswith("1 diverges, 1 agrees (1 by exception), 0 unclear in 1 article;")


def test_the_caption_of_a_table_is_shown(sample_report: CheckReport) -> None:
    examined = sample_report.examined[1]
    verdict = examined.verdicts[0]
    passage = dataclasses.replace(verdict.match.claim.passage, caption="Returns by channel")
    match = dataclasses.replace(verdict.match, claim=dataclasses.replace(verdict.match.claim, passage=passage))
    told = dataclasses.replace(examined, verdicts=(dataclasses.replace(verdict, match=match),))
    text = render(dataclasses.replace(sample_report, examined=(told,)), PLAIN)
    assert "    caption    Returns by channel\n" in text
