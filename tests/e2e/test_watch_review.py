"""From a question to its answer: a watch suspects, `drift review` asks about what is stored, the next pass knows.

Answers are piped, a line each, as from a terminal without keys. Nothing is fetched while they are given.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from parcels import PARCELS, SUSPECT

from drift.__main__ import main

PLAIN = "Your parcel waits at the depot for 14 days."
Said = pytest.CaptureFixture[str]
Reviews = Callable[[str], str]


@pytest.fixture
def watch(site: Any, policies: Path, watching: Callable[..., Any]) -> Any:
    """A watch over two pages with one doubtful sentence, and one that agrees, after its first pass."""
    (policies / "parcels.yaml").write_text(PARCELS, encoding="utf-8")
    for path, text in (("/lisbon", SUSPECT), ("/porto", SUSPECT), ("/pickup", PLAIN)):
        site.says(path, text)
    addresses = ", ".join(f"'{site.url(path)}'" for path in ("/lisbon", "/porto", "/pickup"))
    made = watching(f"kind: urls, at: [{addresses}]")
    assert made.crawls()["suspected"] == 2
    return made


@pytest.fixture
def reviews(site: Any, capsys: Said, monkeypatch: pytest.MonkeyPatch) -> Reviews:
    """`reviews('y\\n')`: what `drift review` says to these keys. It asks no site."""

    def review(keys: str) -> str:
        monkeypatch.setattr(sys, "stdin", io.StringIO(keys))
        capsys.readouterr()
        site.counted()
        assert main(["review", "--by", "ana"]) == 0
        assert site.counted() == {}
        return capsys.readouterr().out

    return review


def states(watch: Any) -> set[tuple[str, str]]:
    return {(path, state) for path, state, _ in watch.lives}


def test_yes_opens_what_was_suspected_on_every_page_that_says_so(watch: Any, reviews: Reviews) -> None:
    said = reviews("y\nq\n")
    assert "[1 of 2, about 1 minute left]" in said
    assert "may contradict the first rule" in said
    assert "/porto" in said
    assert "1 answered and kept in policies/reviewed.yaml, 1 left for later" in said
    assert states(watch) == {("/lisbon", "suspected"), ("/porto", "suspected")}

    watch.crawls()
    assert states(watch) == {("/lisbon", "open"), ("/porto", "open")}
    assert "[1 of 1, about 1 minute left]" in reviews("")


def test_no_dismisses_it_for_good(watch: Any, reviews: Reviews) -> None:
    reviews("n\n")
    watch.crawls()
    assert states(watch) == {("/lisbon", "dismissed"), ("/porto", "dismissed")}
    assert "may contradict" not in reviews("")
    watch.crawls()
    assert states(watch) == {("/lisbon", "dismissed"), ("/porto", "dismissed")}


def test_what_is_skipped_stays_a_question(watch: Any, reviews: Reviews) -> None:
    assert "0 answered and kept" in reviews("s\nq\n")
    watch.crawls()
    assert states(watch) == {("/lisbon", "suspected"), ("/porto", "suspected")}
    assert "may contradict the first rule" in reviews("q\n")


def test_a_script_reviews_the_store_too(watch: Any, capsys: Said) -> None:
    assert main(["review", "--list", "--format", "json"]) == 0
    questions = json.loads(capsys.readouterr().out)["questions"]
    assert [one["outcome"] for one in questions] == ["suspect", "agrees"]
    assert [len(one["also"]) for one in questions] == [1, 0]
    answers = [{"id": one["id"], "term": one["proposed"]} for one in questions]
    Path("answers.json").write_text(json.dumps({"answers": answers}), encoding="utf-8")
    assert main(["review", "--answers", "answers.json"]) == 0
    assert "2 answers kept in policies/reviewed.yaml, 0 questions left" in capsys.readouterr().out
    watch.crawls()
    assert states(watch) == {("/lisbon", "open"), ("/porto", "open")}


def test_a_page_that_is_no_more_is_not_asked_about(watch: Any, site: Any, reviews: Reviews) -> None:
    site.answers("/lisbon", 404)
    site.answers("/porto", 404)
    watch.crawls()
    assert "may contradict" not in reviews("")


def test_what_the_watch_follows_for_certain_is_not_asked(watch: Any, site: Any, reviews: Reviews) -> None:
    """A page that stated the rule rightly before: nobody has to say that the sentence is about it."""
    site.says("/lisbon", PLAIN)
    site.says("/porto", PLAIN)
    watch.crawls()
    site.says("/pickup", PLAIN.replace("14", "10"))
    watch.crawls()
    assert ("/pickup", "open") in states(watch)
    assert "10 days" not in reviews("s\n" * 9)


def test_pages_are_read_as_their_source_says(
    site: Any, policies: Path, watching: Callable[..., Any], reviews: Reviews
) -> None:
    """Only the element that it keeps articles in; and pages of a source that is watched no more are left out."""
    (policies / "parcels.yaml").write_text(PARCELS, encoding="utf-8")
    notes = f"<div class=notes><p>{SUSPECT}</p></div>"
    page = f"<html lang=en><title>Parcels</title><div class=text><h1>Parcels</h1><p>{PLAIN}</p></div>{notes}</html>"
    site.answers("/parcels", 200, page.encode())
    watching(f"kind: urls, at: ['{site.url('/parcels')}'], content: .text").crawls()
    said = reviews("s\n" * 9)
    assert "14 days" in said
    assert "USD 5" not in said

    settings = policies.parent / "drift.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("name: help", "name: shop"), encoding="utf-8")
    assert main(["review", "--list"]) == 2


def test_a_store_alone_is_reviewed_as_it_lies(watch: Any, policies: Path, reviews: Reviews) -> None:
    """Without settings every page that is remembered is asked about."""
    (policies.parent / "drift.yaml").unlink()
    assert "may contradict the first rule" in reviews("q\n")
    assert states(watch) == {("/lisbon", "suspected"), ("/porto", "suspected")}
