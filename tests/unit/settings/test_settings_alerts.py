"""Routes that lead nowhere, and what nothing leads to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from drift.settings import LoadedSettings

Read = Callable[..., LoadedSettings]

ALERTS = """
alerts:
  notifiers:
    content: {kind: slack, webhook: {env: SLACK}}
  routes:
    - {name: urgent, to: [content], when: {severity: [high]}}
    - {name: everyone, to: [content]}
  default: everyone
  escalation: {high: [{after: 4 hours, route: everyone}]}
"""


def warnings_and_errors(read: LoadedSettings) -> tuple[list[str], list[str]]:
    told: tuple[list[str], list[str]] = ([], [])
    for problem in read.problems:
        told[not problem.warning].append(problem.message)
    return told


@pytest.mark.parametrize(
    ("before", "after", "error"),
    [
        ("to: [content]", "to: [contents]", "no notifier is named 'contents'"),
        ("default: everyone", "default: everone", "no route is named 'everone'"),
        ("default: everyone", "operator: everone", "no route is named 'everone'"),
        ("default: everyone", "default: everyone\n  questions: everone", "no route is named 'everone'"),
        ("route: everyone", "route: anyone", "no route is named 'anyone'"),
        ("default: everyone", "dashboard: https://drift.larkspur.example", "'default' is missing"),
        ("{name: everyone,", "{name: urgent,", "the name 'urgent' is given twice"),
        ("severity: [high]", "severity: [urgent]", "an item of 'severity' is 'urgent'"),
        ("severity: [high]", "reason: [open]", "an item of 'reason' is 'open'"),
        ("severity: [high]", "source: [hlep]", "no source is named 'hlep'"),
        ("{high:", "{hgih:", "unknown key 'hgih'"),
        ("after: 4 hours", "after: 0 hours", "'0 hours' is no time at all"),
        ("kind: slack", "kind: slak", "'kind' is 'slak'"),
        ("    content:", "    Content:", "'Content' is not a name"),
        ("e, to", "e, quiet: {from: '22:00', until: '22:00'}, to", "quiet hours that end when they begin"),
        ("e, to", "e, digest: {at: '9:00'}, to", "'9:00' is no time of day"),
        ("e, to", "e, digest: {at: '09:00', days: [Monday]}, to", "'Monday' is no weekday"),
        ("yone}]}", "yone}, {after: 2 hours, route: everyone}]}", "'2 hours' is not later than the step before"),
    ],
)  # fmt: skip
def test_alerts_that_are_wrong(before: str, after: str, error: str, reading: Read) -> None:
    assert ALERTS.count(before)
    _, errors = warnings_and_errors(reading(ALERTS.replace(before, after, 1), {"SLACK": "https://h.example"}))
    assert error in errors


def test_a_route_that_nothing_leads_to(reading: Read) -> None:
    text = ALERTS.replace("  default:", "    - {name: lost, to: [content]}\n  default:")
    assert warnings_and_errors(reading(text)) == ([], ["nothing leads to the route 'lost'"])


def test_a_route_behind_one_that_takes_everything(reading: Read) -> None:
    text = ALERTS.replace("  routes:", "  routes:\n    - {name: all, to: [content], when: {}}")
    warnings, errors = warnings_and_errors(reading(text, {"SLACK": "https://h.example"}))
    assert (warnings, errors) == (["nothing reaches this route: 'all' before it takes everything"], [])


def test_a_notifier_that_no_route_goes_to(reading: Read) -> None:
    text = ALERTS.replace("  routes:", "    spare: {kind: slack, webhook: {env: SLACK}}\n  routes:")
    warnings, errors = warnings_and_errors(reading(text, {"SLACK": "https://h.example"}))
    assert (warnings, errors) == (["no route goes to 'spare'"], [])


def test_sources_are_named_by_globs_too(reading: Read) -> None:
    text = ALERTS.replace("severity: [high]", "source: [hel*]")
    assert warnings_and_errors(reading(text, {"SLACK": "https://h.example"})) == ([], [])


MAIL = "alerts: {notifiers: {mail: {kind: email, host: h, from: a@h.example, to: b@h.example, %s}}}"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("user: drift", "'user' without 'password'"),
        ("password: {env: A}", "'password' without 'user'"),
        ("user: drift, password: {env: A}, security: none", "the password travels in clear"),
        ("port: 70000", "'port' is 70000"),
    ],
)
def test_mail(more: str, message: str, reading: Read) -> None:
    assert message in [problem.message for problem in reading(MAIL % more, {"A": "secret"}).problems]
