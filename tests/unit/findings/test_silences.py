"""Which findings a silence hides, and when."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from drift.findings import hides
from drift.model.finding import Finding, Silence


@pytest.fixture
def finding(made: Any) -> Finding:
    return made.remembered(made.read(0, made.statement("30 days"))).findings[0]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("fields", "hidden"),
    [
        ({}, False),  # it names nothing
        ({"policy": "unlock"}, True),
        ({"policy": "returns"}, False),
        ({"policy": "unlock", "term": "wait"}, True),
        ({"policy": "unlock", "term": "handling"}, False),
        ({"article": "https://help.larkspur.example/*"}, True),
        ({"article": "https://help.larkspur.example/unlock/"}, True),
        ({"article": "https://help.larkspur.example/returns"}, False),
        ({"policy": "unlock", "article": "https://help.larkspur.example/returns"}, False),
        ({"finding": "F-00000000"}, False),
    ],
)
def test_all_that_a_silence_names_must_hold(made: Any, finding: Finding, fields: dict[str, str], hidden: bool) -> None:
    silence = Silence("S-1", "ana", "moving house", made.hours(0), made.hours(9), **fields)  # type: ignore[arg-type]
    assert hides([silence], finding, made.hours(1)) == (silence if hidden else None)


def test_a_silence_has_a_beginning_and_an_end(made: Any, finding: Finding) -> None:
    silence = Silence("S-1", "ana", "moving house", made.hours(1), made.hours(9), finding=finding.id)
    heard = [hides([silence], finding, made.hours(at)) is None for at in (0, 1, 8, 9, 10)]
    assert heard == [True, False, False, True, True]


def test_of_several_the_one_that_ends_last_counts(made: Any, finding: Finding) -> None:
    short = Silence("S-1", "ana", "moving house", made.hours(0), made.hours(2), finding=finding.id)
    long = replace(short, id="S-2", until=made.hours(9))
    assert hides([long, short], finding, made.hours(1)) is long
