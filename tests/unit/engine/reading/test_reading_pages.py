"""The pages of fixtures/reading, each against the passages written beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from drift.engine.reading import read
from drift.model import Article, Page, Passage, Snapshot

FIXTURES = Path(__file__).parents[4] / "fixtures" / "reading"
MEDIA = {".html": "text/html", ".md": "text/markdown", ".txt": "text/plain", ".rst": "text/x-rst"}
MEDIA[".mdx"] = MEDIA[".md"]
PAGES = sorted(path for path in FIXTURES.iterdir() if path.suffix in MEDIA and path.name != "README.md")


def read_page(path: Path) -> Article:
    page = Page(path.name, published_as=f"https://help.larkspur.example/wireless/{path.stem}")
    return read(Snapshot(page, path.read_bytes(), MEDIA[path.suffix]))


def written(passage: Passage) -> str:
    """One passage as the golden files hold it."""
    context = {
        "headings": " > ".join(passage.headings),
        "lead-in": passage.lead_in,
        "question": passage.question,
        "row": " + ".join(passage.row),
        "column": " + ".join(passage.column),
        "caption": passage.caption,
        "defines": passage.defines,
        "hidden": "" if passage.visible else "for good" if passage.hidden else "yes",
        "names its row": "yes" if passage.names_row else "",
        "anchor": passage.anchor,
        "table row": "" if passage.table_row is None else str(passage.table_row),
        "lines": " ".join(f"{offset}:{line}" for offset, line in passage.lines),
    }
    lines = [f"{passage.zone}: {passage.text.replace(chr(10), ' / ')}"]
    return "\n".join(lines + [f"    {key}: {value}" for key, value in context.items() if value])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_page_is_read_into_its_passages(path: Path) -> None:
    expected = path.with_name(path.name + ".passages").read_text("utf-8")
    assert "\n".join(map(written, read_page(path).passages)) + "\n" == expected


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_lines_are_those_of_the_source(path: Path) -> None:
    source = path.read_text("utf-8").split("\n")
    for passage in read_page(path).passages:
        for offset, line in passage.lines:
            first_word = passage.text[offset:].split()[0].strip(".,:")
            assert first_word in source[line - 1], (passage.text, offset, line)


def test_passages_of_one_table_or_list_share_a_block() -> None:
    passages = read_page(FIXTURES / "table-spans-and-two-header-rows.html").passages
    assert len({passage.block for passage in passages if passage.zone == "cell"}) == 1
    passages = read_page(FIXTURES / "nested-lists-and-lead-ins.html").passages
    first, *_, last = (passage.block for passage in passages if passage.zone == "item")
    assert first != last
    assert [p.block for p in passages if p.zone == "item"].count(first) == 5


def test_head_facts_are_read() -> None:
    article = read_page(FIXTURES / "chrome-is-not-content.html")
    assert article.title == "Unlock your phone"
    assert article.language == "en"
    assert article.description == "When and how we unlock your phone."
    assert article.canonical == "https://help.larkspur.example/wireless/unlock"
    assert article.modified is not None
    assert article.modified.isoformat() == "2026-05-04T08:30:00+00:00"
    assert "https://help.larkspur.example/plans" in article.links
    assert "https://help.larkspur.example/fees" in article.links
    assert "https://shop.larkspur.example/" in article.links
    assert article.reader == "html/1"


def test_front_matter_facts_are_read() -> None:
    article = read_page(FIXTURES / "front-matter-and-anchors.md")
    assert (article.title, article.language) == ("Unlocking", "en")
    assert article.description == "How we unlock phones, in 60 days."
    assert article.modified is not None
    assert article.modified.date().isoformat() == "2026-03-01"
    assert article.links == ("https://help.larkspur.example/forms/travel",)
