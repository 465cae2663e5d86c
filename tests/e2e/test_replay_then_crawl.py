"""The past of a site replayed into the store of its watch: a page that has one address is one page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from drift.assembly.replay import ReplayOptions, replay

RIGHT = "You can return unused goods within 30 days of delivery."
WRONG = "You can return unused goods within 14 days of delivery."


def past(folder: Path, date: str, path: str, text: str) -> None:
    file = folder / date / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"<html lang=en><title>/returns</title><main><h1>Goods</h1><p>{text}</p></main></html>")


def replayed(watch: Any, folder: Path, policies: Path, published_as: str) -> dict[str, int]:
    options = ReplayOptions(folder, policies, watch.settings.store.address, published_as)
    return dict(replay(options, lambda: watch.now).run.counts)


def test_a_replay_into_the_store_of_a_watch_is_the_past_of_its_pages(
    site: Any, watching: Callable[..., Any], policies: Path, tmp_path: Path
) -> None:
    for date, text in (("2026-01-06", RIGHT), ("2026-02-03", WRONG), ("2026-03-03", WRONG)):
        past(tmp_path / "past", date, "returns.html", text)
    site.says("/returns.html", WRONG)
    watch = watching(f"kind: urls, at: [{site.url('/returns.html')}]")
    assert replayed(watch, tmp_path / "past", policies, site.address)["open"] == 1
    assert watch.crawls() == {"pages": 1, "unchanged": 1}
    (finding,) = watch.store.findings.find(source="help")
    days = datetime(2026, 1, 6, tzinfo=UTC), datetime(2026, 2, 3, tzinfo=UTC), watch.now
    assert (finding.last_agreed, finding.first_diverged, finding.last_diverged) == days
    assert list(watch.store.pages.states()) == [site.url("/returns.html")]
    site.says("/returns.html", RIGHT)
    assert watch.crawls()["resolved"] == 1


def test_copies_older_than_what_a_watch_has_seen_change_nothing(
    site: Any, watching: Callable[..., Any], policies: Path, tmp_path: Path
) -> None:
    past(tmp_path / "past", "2026-01-06", "returns.html", WRONG)
    site.says("/returns.html", RIGHT)
    watch = watching(f"kind: urls, at: [{site.url('/returns.html')}]")
    watch.crawls()
    assert replayed(watch, tmp_path / "past", policies, site.address)["known already"] == 1
    assert watch.store.findings.find() == ()
    assert watch.crawls() == {"pages": 1, "unchanged": 1}
