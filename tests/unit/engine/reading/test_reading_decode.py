"""Bytes become text once, and the form of a text is known from its media, its name or itself."""

from __future__ import annotations

import codecs

import pytest

from drift.engine.reading import read
from drift.engine.reading.decode import decode
from drift.model import Page, Snapshot
from drift.model.errors import BlindReason, ReadingError

FRENCH = "Le délai de remboursement est de 30 jours à compter de la réception. L’été, 5 € de frais s’appliquent. "


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (FRENCH.encode(), None),
        (FRENCH.encode(), "iso-8859-1"),  # well-formed UTF-8 is UTF-8
        (FRENCH.encode(), "utf-16"),  # a wrong declaration
        (FRENCH.encode(), "no-such-charset"),
        (FRENCH.encode(), "rot13"),
        (codecs.BOM_UTF8 + FRENCH.encode(), "iso-8859-1"),
        (codecs.BOM_UTF16_LE + FRENCH.encode("utf-16-le"), None),
        (FRENCH.encode("utf-16-be"), None),
        (FRENCH.encode("utf-16-le"), "utf-16le"),
        (FRENCH.encode("cp1252"), "windows-1252"),
        (FRENCH.encode("cp1252"), "iso-8859-1"),  # as browsers read it
    ],
)
def test_text_is_decoded_whatever_was_declared(body: bytes, charset: str | None) -> None:
    assert decode(body, charset).startswith(FRENCH)


def test_an_undeclared_charset_is_guessed_from_the_bytes() -> None:
    assert "Le délai de remboursement est de 30 jours" in decode(FRENCH.encode("cp1252") * 20)


def test_a_meta_element_declares_the_charset() -> None:
    body = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"><p>Zwrot w 30 dni, łącznie</p>'
    assert "łącznie" in decode(body.encode("iso-8859-2"))
    body = '<meta charset="shift_jis"><p>返金は30日以内です</p>'
    assert "返金は30日以内です" in decode(body.encode("shift_jis"))


def test_a_few_broken_bytes_do_not_blind_a_page() -> None:
    assert "30 jours" in decode(FRENCH.encode() * 9 + b"\xff\xc3", "utf-8")


def test_marks_of_the_reader_do_not_come_from_outside() -> None:
    assert decode("3\ufdd00\ufdd1 d&#xFDD2;ays\0".encode()) == "30 days"


@pytest.mark.parametrize(
    ("address", "media", "body", "reader"),
    [
        ("a.md", "text/markdown", "# Title\n\ntext", "markdown/1"),
        ("a.md", "text/plain", "text", "markdown/1"),
        ("a.md", "text/markdown", "<!DOCTYPE html>\n<html><body><p>text", "html/1"),
        ("a.md", "text/markdown", "<h1>Title</h1>\n\n**text**", "markdown/1"),
        ("a.htm", "application/octet-stream", "<p>text", "html/1"),
        ("a.txt", "text/plain", "* text", "text/1"),
        ("a.txt", "text/plain", "<html><body>text", "html/1"),
        ("a", "text/html", "# Title\n\ntext", "markdown/1"),
        ("a", "text/html", "just text", "text/1"),
        ("https://help.larkspur.example/a?b=c.md", "text/html", "<p>text</p>", "html/1"),
        ("-", "", "<section>text</section>", "html/1"),
        ("-", "", "text\n\n- item", "markdown/1"),
    ],
)
def test_the_form_of_a_text(address: str, media: str, body: str, reader: str) -> None:
    assert read(Snapshot(Page(address), body.encode(), media)).reader == reader


@pytest.mark.parametrize("media", ["application/pdf", "image/png", "application/json"])
def test_other_media_are_not_text(media: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read(Snapshot(Page("a"), b"text", media))
    assert caught.value.reason is BlindReason.NOT_TEXT
