"""Where statements stand on a page as we read it: real pages, read and judged the whole way."""

from __future__ import annotations

from dataclasses import replace

import told_page

from drift.engine import reading
from drift.model import Page, Passage, Snapshot, Zone
from drift.model.statement import Statement
from drift.watch.as_read import marked


def passages() -> tuple[Passage, ...]:
    body = (told_page.FOLDER / "fees.html").read_bytes()
    return reading.read(Snapshot(Page("fees.html", told_page.ADDRESS), body, "text/html")).passages


def statements() -> dict[str, Statement]:
    return {name: finding.statement for name, finding in told_page.findings().items()}


def test_every_statement_stands_once_with_its_value_in_the_passage_it_was_read_in() -> None:
    told = statements()
    found = [
        (around.passage, text, statement)
        for around in marked(passages(), told.values())
        for text, statement in around.pieces
        if statement is not None
    ]
    assert sorted(statement.term for _, _, statement in found) == sorted(told)
    for passage, text, statement in found:
        assert text == statement.value_text
        assert (passage.headings, passage.row, passage.column) == (statement.heading, statement.row, statement.column)


def test_pieces_are_the_passage_and_nothing_is_lost_between_them() -> None:
    shown = list(marked(passages(), statements().values()))
    assert ["".join(text for text, _ in around.pieces) for around in shown] == [around.passage.text for around in shown]
    assert [around.passage for around in shown] == [each for each in passages() if each.zone is not Zone.TITLE]


def test_two_statements_of_one_sentence_stand_side_by_side() -> None:
    text = "It takes 3 days, and 3 days more by post."
    one = replace(
        statements()["engineer-visit"], quote=text, value_text="3 days", value_start=9, heading=(), row=(), column=()
    )
    other = replace(one, value_start=21, term="by-post")
    (around,) = marked([Passage(text, Zone.PARAGRAPH)], [other, one])
    assert [(piece, said.term if said else None) for piece, said in around.pieces] == [
        ("It takes ", None),
        ("3 days", "engineer-visit"),
        (", and ", None),
        ("3 days", "by-post"),
        (" more by post.", None),
    ]


def test_the_same_sentence_under_another_heading_is_found_where_it_is_the_only_one() -> None:
    said = replace(statements()["engineer-visit"], heading=("Elsewhere",))
    assert any(piece is said for around in marked(passages(), [said]) for _, piece in around.pieces)
    nowhere = replace(said, quote="It is not there.")
    assert all(piece is None for around in marked(passages(), [nowhere]) for _, piece in around.pieces)
