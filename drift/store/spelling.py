"""Nouns as rows and documents, and back."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import Row

from drift.model import Diagnosis, Followed, Harm, Outcome, Page, Severity
from drift.model.errors import BlindReason
from drift.model.finding import Finding, Note, NoteKind, PageState, Reading, Seen, Silence, State, Transition, Voice
from drift.model.memory import Run
from drift.model.statement import Cause, Statement
from drift.model.values import Bound

Values = dict[str, Any]

_STATEMENT = tuple(each.name for each in fields(Statement))
_ANNOTATED = "annotated"  # what the fields of an annotation begin with
_statement = attrgetter(*_STATEMENT)
_FINDING = tuple(each.name for each in fields(Finding) if each.name != "text")
_SILENCE = tuple(each.name for each in fields(Silence))
_RUN = tuple(each.name for each in fields(Run))
_PAGE = tuple(each.name for each in fields(PageState) if each.name not in ("page", "text"))
_TRANSITION = tuple(each.name for each in fields(Transition))
_NOTE = tuple(each.name for each in fields(Note))
# Columns whose nouns have names that a database keeps for itself.
_TRANSITION_COLUMNS = {"before": "state_before", "after": "state_after", "by": "made_by"}
_NOTE_COLUMNS = {"before": "was", "after": "became"}


def page_values(state: PageState, run: int | None) -> Values:
    """The row of a page."""
    page = state.page
    values: Values = {name: getattr(state, name) for name in _PAGE}
    values.update(
        article=page.public, address=page.address, published_as=page.published_as, text_hash=state.text, run_id=run
    )
    return values


def page_state(row: Row[Any]) -> PageState:
    """A page from a row with the columns of `pages`."""
    held = row._mapping
    values: Values = {name: held[name] for name in _PAGE}
    values["blind"] = BlindReason(held["blind"]) if held["blind"] is not None else None
    return PageState(Page(held["address"], held["published_as"]), text=held["text_hash"], **values)


def statement_document(statement: Statement) -> Values:
    """A statement as JSON has it."""
    document = {
        name: value
        for name, value in zip(_STATEMENT, _statement(statement), strict=True)
        if value or not name.startswith(_ANNOTATED)  # so that what was written before it was kept has its digest
    }
    document["agreed_at"] = statement.agreed_at.isoformat() if statement.agreed_at is not None else None
    return document


def statement(document: Mapping[str, Any]) -> Statement:
    """A statement from its document. A field that the model no longer has is passed over."""
    values = {name: document[name] for name in _STATEMENT if name in document}
    values["outcome"] = Outcome(values["outcome"])
    values["severity"] = Severity(values["severity"])
    for name in ("heading", "row", "column"):
        values[name] = tuple(values.get(name, ()))
    values["bound"] = Bound(values.get("bound", Bound.EXACTLY))
    values["diagnosis"] = Diagnosis(values["diagnosis"]) if values["diagnosis"] is not None else None
    values["harm"] = Harm(values["harm"]) if values["harm"] is not None else None
    agreed = values.get("annotated_agreed")
    values["annotated_agreed"] = (agreed[0], agreed[1]) if agreed is not None else None
    agreed_at = values.get("agreed_at")
    values["agreed_at"] = datetime.fromisoformat(agreed_at) if agreed_at is not None else None
    return Statement(**values)


def reading_values(page_id: int, reading: Reading, stated: Sequence[Values]) -> Values:
    """The row of a good reading; `stated` are the documents of its statements, which have rows of their own."""
    document = _sentences(reading)
    return {
        "page_id": page_id,
        "at": reading.at,
        "text_hash": reading.text,
        "policies": reading.policies,
        "reader": reading.reader,
        "title": reading.title,
        "claims": reading.claims,
        "document": document,
        "digest": _digest(reading, document, stated),
        "said": [_said_document(one) for one in reading.said],
    }


def _digest(reading: Reading, document: Values, stated: Sequence[Values]) -> str:
    """A hash of all that a reading says, but not of when it said so."""
    told: list[Any] = [reading.text, reading.policies, reading.reader, reading.title, reading.claims, document, stated]
    if reading.said:  # so that what was written before it was kept has its digest
        told.append([_said_document(one) for one in reading.said])
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def said(document: Sequence[Any] | None) -> tuple[Voice, ...]:
    """What a page says of each term from its document; nothing where it was not kept."""
    return tuple(
        Voice(
            term,
            _score(best),
            _score(agreeing),
            (_score(beside[0]), _score(beside[1])) if beside else None,
            bool(asks),
        )
        for term, best, agreeing, beside, *asks in document or ()
    )


def _said_document(said: Voice) -> list[Any]:
    beside = [_finite(score) for score in said.beside] if said.beside is not None else None
    return [said.term, _finite(said.best), _finite(said.agreeing), beside, *([True] if said.asks else [])]


def _finite(score: float) -> float | None:
    """A score as JSON has it: null for minus infinity, which is that of nothing."""
    return score if math.isfinite(score) else None


def _score(written: float | None) -> float:
    return -math.inf if written is None else written


def reading(row: Row[*tuple[Any, ...]], page: Page, statements: tuple[Statement, ...]) -> Reading:
    held = row._mapping
    document = held["document"]
    return Reading(
        page,
        held["at"],
        text=held["text_hash"],
        policies=held["policies"],
        reader=held["reader"],
        title=held["title"],
        statements=statements,
        unjudged=tuple(document["unjudged"]),
        denied=tuple(document.get("denied", ())),  # stores that knew of no questions have none
        doubted=tuple(document.get("doubted", ())),
        others=tuple((sentence, nth) for sentence, nth in document["others"]),
        likely=tuple(Followed(**each) for each in document["likely"]),
        claims=held["claims"],
        said=said(held["said"]),
        stored=document["stored"],
    )


def _sentences(reading: Reading) -> Values:
    return {
        "unjudged": reading.unjudged,
        **({"denied": reading.denied} if reading.denied else {}),  # so that what was written before has its digest
        **({"doubted": reading.doubted} if reading.doubted else {}),
        "others": reading.others,
        "likely": [asdict(each) for each in reading.likely],
        "stored": reading.stored,
    }


def statement_values(page_id: int, position: int, document: Values) -> Values:
    """The row of a statement that was written as a document."""
    named = {name: document[name] for name in ("policy", "term", "outcome")}
    return {"page_id": page_id, "position": position, **named, "document": document}


def finding_values(finding: Finding) -> Values:
    values = {name: getattr(finding, name) for name in _FINDING}
    values["statement"] = statement_document(finding.statement)
    values["before"] = statement_document(finding.before) if finding.before is not None else None
    values["text_hash"] = finding.text
    values["severity"] = finding.statement.severity
    return values


def finding(row: Row[Any]) -> Finding:
    values = {name: row._mapping[name] for name in _FINDING}
    values["state"] = State(values["state"])
    values["cause"] = Cause(values["cause"])
    values["statement"] = statement(values["statement"])
    values["before"] = statement(values["before"]) if values["before"] is not None else None
    return Finding(text=row._mapping["text_hash"], **values)


def transition_values(transition: Transition) -> Values:
    return {_TRANSITION_COLUMNS.get(name, name): getattr(transition, name) for name in _TRANSITION}


def transition(row: Row[Any]) -> Transition:
    values = {name: row._mapping[_TRANSITION_COLUMNS.get(name, name)] for name in _TRANSITION}
    values["before"] = State(values["before"]) if values["before"] is not None else None
    values["after"] = State(values["after"])
    values["seen"] = Seen(values["seen"]) if values["seen"] is not None else None
    values["cause"] = Cause(values["cause"]) if values["cause"] is not None else None
    return Transition(**values)


def note_values(note: Note) -> Values:
    return {_NOTE_COLUMNS.get(name, name): getattr(note, name) for name in _NOTE}


def note(row: Row[Any]) -> Note:
    values = {name: row._mapping[_NOTE_COLUMNS.get(name, name)] for name in _NOTE}
    values["kind"] = NoteKind(values["kind"])
    return Note(**values)


def silence_values(silence: Silence) -> Values:
    return {name: getattr(silence, name) for name in _SILENCE}


def silence(row: Row[Any]) -> Silence:
    return Silence(**{name: row._mapping[name] for name in _SILENCE})


def run_values(run: Run) -> Values:
    """The row of a run, without its id, which the database gives."""
    return {name: getattr(run, name) for name in _RUN if name != "id"}


def run(row: Row[Any]) -> Run:
    return Run(**{name: row._mapping[name] for name in _RUN})
