"""Documents that an earlier version wrote are read, and what is written is read back whole."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sample_messages import ANNOTATED, OPENED, QUESTIONS
from told_page import findings, tolds

from drift.model.values import Bound
from drift.store import spelling, told

NEWER = ("published_text", "expected_text", "bound", "row", "column", "caption", "question", "defines")


@pytest.mark.parametrize("term", ["pay-monthly", "business", "engineer-visit"])
def test_what_is_written_is_read_back(term: str) -> None:
    statement, said = findings()[term].statement, tolds()[term]
    assert spelling.statement(json.loads(json.dumps(spelling.statement_document(statement)))) == statement
    assert told.told_of(json.loads(json.dumps(told.told_document(said)))) == said


def test_a_statement_of_an_earlier_version_has_no_place_and_no_spelling() -> None:
    statement = findings()["pay-monthly"].statement
    document = spelling.statement_document(statement)
    old = spelling.statement({name: value for name, value in document.items() if name not in NEWER})
    assert old == replace(
        statement, published_text="", expected_text="", bound=Bound.EXACTLY, row=(), column=(), caption=None
    )


def test_what_an_earlier_version_had_to_tell_is_told() -> None:
    document = told.told_document(OPENED)
    for name in ("says", "row", "column", "caption", "question", "defines"):
        del document[name]
    assert told.told_of(json.loads(json.dumps(document))) == OPENED


def test_what_an_annotator_said_is_read_back_and_leaves_no_trace_where_it_said_nothing() -> None:
    statement = findings()["pay-monthly"].statement
    assert not any(name.startswith("annotated") for name in spelling.statement_document(statement))
    said = replace(statement, annotated="m", annotated_sure=0.9, annotated_why="it says so", annotated_agreed=(97, 100))
    assert spelling.statement(json.loads(json.dumps(spelling.statement_document(said)))) == said
    asked = replace(QUESTIONS, asked=tuple(replace(one, annotated="m") for one in QUESTIONS.asked))
    for each in (ANNOTATED, asked):
        assert told.told_of(json.loads(json.dumps(told.told_document(each)))) == each
