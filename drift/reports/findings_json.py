"""Findings for programs: `drift-findings/1`. Fields may be added; none is renamed or removed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from drift.model import Owner, statement_wording, wording
from drift.model.escaping import escape_json
from drift.model.finding import Transition
from drift.model.statement import Statement
from drift.model.views import FindingView, SilenceView
from drift.reports.json_report import instant

FORMAT = "drift-findings/1"
SILENCES = "drift-silences/1"


def render(views: Iterable[FindingView], *, history: bool = False) -> str:
    """The document of some findings, with their history where that is wanted."""
    found = [{**finding(view), **({"history": transitions(view)} if history else {})} for view in views]
    return dumped({"format": FORMAT, "findings": found})


def render_silences(views: Iterable[SilenceView]) -> str:
    """The document of some silences."""
    return dumped({"format": SILENCES, "silences": [silence(view) for view in views]})


def finding(view: FindingView) -> dict[str, Any]:
    """One finding, every field present."""
    known, statement = view.finding, view.finding.statement
    return {
        "id": known.id,
        "policy": known.policy,
        "term": known.term,
        "article": known.article,
        "also_at": list(view.also_at),
        "state": known.state.value,
        "published": statement.published,
        "expected": statement.expected,
        "diagnosis": statement.diagnosis.value if statement.diagnosis else None,
        "harm": statement.harm.value if statement.harm else None,
        "severity": statement.severity.value,
        "cause": known.cause.value,
        "opened": instant(known.opened),
        "last_agreed": moment(known.last_agreed),
        "last_without": moment(known.last_without),
        "first_diverged": instant(known.first_diverged),
        "last_diverged": instant(known.last_diverged),
        "agreed_again": moment(known.agreed_again),
        "resolved": moment(known.resolved),
        "gone": moment(known.gone),
        "regressions": known.regressions,
        "exposure_least": _seconds(view.least),
        "exposure_most": _seconds(view.most) if view.most is not None else None,
        "quote": statement.quote,
        "value_text": statement.value_text,
        "heading": list(statement.heading),
        "line": statement.line,
        "link": statement.link,
        "confidence": round(statement.confidence, 2),
        "because": statement.because,
        "before": _before(known.before),
        "owner": _owner(view.policy.owner if view.policy else None),
        "content_owner": _owner(view.content_owner),
        "guidance": view.term.guidance if view.term else None,
        "source": view.page.source if view.page else None,
        "blind": view.page.blind.value if view.page and view.page.blind else None,
        "silenced_by": view.silence.id if view.silence else None,
        "acknowledged_by": known.acknowledged_by,
        "acknowledged_at": moment(known.acknowledged_at),
        "hidden": statement.hidden,
        "held": known.held,
        "published_text": statement_wording.published(statement),
        "expected_text": statement_wording.expected(statement) or None,
        "bound": statement.bound.value,
        "expected_bound": view.term.bound.value if view.term else None,
        "row": list(statement.row),
        "column": list(statement.column),
        "caption": statement.caption,
        "question": statement.question,
        "defines": statement.defines,
        "says": view.term.says if view.term else None,
        "grounds": statement.grounds.value if known.held else None,
        "annotated": _annotated(statement),
    }


def transitions(view: FindingView) -> list[dict[str, Any]]:
    """The history of a finding, every field of every line present."""
    return [_transition(each) for each in view.history]


def silence(view: SilenceView) -> dict[str, Any]:
    """One silence, every field present."""
    made = view.silence
    return {
        "id": made.id,
        "finding": made.finding,
        "policy": made.policy,
        "term": made.term,
        "article": made.article,
        "author": made.author,
        "reason": made.reason,
        "made_at": instant(made.made_at),
        "until": instant(made.until),
        "holds": view.holds,
        "covers": view.covers,
        "standing": view.standing,
        "hidden": made.hidden,
    }


def dumped(document: dict[str, Any]) -> str:
    """A document as text, with a line end at its end."""
    return escape_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def moment(at: datetime | None) -> str | None:
    return instant(at) if at is not None else None


def _transition(made: Transition) -> dict[str, Any]:
    return {
        "at": instant(made.at),
        "before": made.before.value if made.before else None,
        "after": made.after.value,
        "seen": made.seen.value if made.seen else None,
        "cause": made.cause.value if made.cause else None,
        "published": made.published,
        "expected": made.expected,
        "note": made.note,
        "by": made.by,
    }


def _annotated(statement: Statement) -> dict[str, Any] | None:
    if not statement.annotated:
        return None
    return {
        "model": statement.annotated,
        "term": statement.full_name,
        "probability": round(statement.annotated_sure, 2),
        "why": statement.annotated_why[: wording.LONGEST_WHY],
        "agreed": list(statement.annotated_agreed) if statement.annotated_agreed else None,
    }


def _before(statement: Statement | None) -> dict[str, Any] | None:
    if statement is None:
        return None
    return {
        "published": statement.published,
        "value_text": statement.value_text,
        "quote": statement.quote,
        "heading": list(statement.heading),
    }


def _owner(owner: Owner | None) -> dict[str, str | None] | None:
    return {"team": owner.team, "email": owner.email, "slack": owner.slack} if owner else None


def _seconds(length: timedelta) -> int:
    return int(length.total_seconds())
