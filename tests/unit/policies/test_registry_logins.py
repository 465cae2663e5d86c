"""Addresses in the registry are shown in reports and alerts: one with a password is refused, and never repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from drift import policies as registry_room
from drift.cli.problems import lines

LOGIN = "https://ana:hunter2@help.larkspur.example/unlock"
POLICY = """\
policy: unlock
owner: a@larkspur.example
{header}
terms:
  - term: wait
    says: A phone can be unlocked after 60 days.
    value: 60 days
    {term}
{exceptions}
"""
EXCEPTION = "exceptions: [{term: wait, article: '%s', value: 30 days, reason: r, by: ana, until: 2099-01-01}]"
PLACES = {
    "source": {"header": f"source: {LOGIN}"},
    "applies_to": {"header": f"applies_to: ['{LOGIN}*']"},
    "published_at": {"term": f"published_at: ['{LOGIN}#postpaid']"},
    "exception": {"exceptions": EXCEPTION % LOGIN},
}


@pytest.mark.parametrize("place", PLACES)
def test_a_password_in_an_address_is_refused_and_not_repeated(tmp_path: Path, place: str) -> None:
    text = POLICY.format(**{"header": "", "term": "", "exceptions": "", **PLACES[place]})
    (tmp_path / "unlock.yaml").write_text(text, encoding="utf-8")
    problems, read = registry_room.lint(tmp_path)
    assert read is None
    assert [problem.message for problem in problems] == ["a user name or password in an address would be shown"]
    assert "hunter2" not in "\n".join(line for problem in problems for line in lines(problem))


def test_a_source_that_is_no_address_is_taken_as_it_is(tmp_path: Path) -> None:
    text = POLICY.format(header="source: 'ask ana@larkspur.example: she has it'", term="", exceptions="")
    (tmp_path / "unlock.yaml").write_text(text, encoding="utf-8")
    assert registry_room.lint(tmp_path)[0] == ()
