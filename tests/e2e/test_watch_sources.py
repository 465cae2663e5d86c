"""What sources do to a pass: pages that come and go, lists that cannot be read, versions, resumed runs."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from drift.model.errors import InputError
from drift.settings import load
from drift.store import check

RIGHT = "You can return unused goods within 30 days of delivery."
WRONG = "You can return unused goods within 14 days of delivery."


@pytest.fixture
def listed(site: Any, watching: Callable[..., Any]) -> Any:
    """A watch over a sitemap of three pages, one of them wrong, after its first pass."""
    for path, text in (("/a", RIGHT), ("/b", WRONG), ("/c", RIGHT)):
        site.says(path, text)
    site.lists("/a", "/b", "/c")
    watch = watching(f"kind: sitemap, at: ['{site.url('/sitemap.xml')}']")
    watch.crawls()
    site.asked.clear()
    return watch


def test_new_pages_are_added_and_pages_named_no_more_are_told(site: Any, listed: Any) -> None:
    site.says("/d", WRONG)
    site.lists("/a", "/d")
    counts = listed.crawls()
    assert (counts["pages"], counts["unlisted"], counts["open"], counts["unchanged"]) == (4, 2, 1, 3)
    assert listed.lives == [("/b", "open", "14 days"), ("/d", "open", "14 days")]
    del site.pages["/b"]
    counts = listed.crawls()
    assert (counts["gone"], counts["gone pages"], counts["unlisted"]) == (1, 1, 2)
    assert listed.crawls() == {"pages": 3, "unchanged": 3, "unlisted": 1}


@pytest.mark.parametrize("how", ["vanished", "broken", "empty", "forbidden"])
def test_a_sitemap_that_cannot_be_read_makes_nothing_gone_and_nothing_unseen(site: Any, listed: Any, how: str) -> None:
    before = listed.store.findings.find()
    if how == "vanished":
        del site.pages["/sitemap.xml"]
    elif how == "forbidden":
        site.answers("/sitemap.xml", 403)
    elif how == "broken":
        site.answers("/sitemap.xml", 200, b"<urlset><url><loc>", Content_Type="application/xml")
    else:
        site.lists()
    site.says("/c", WRONG)
    counts = listed.crawls()
    assert (counts["pages"], counts["open"], "unlisted" in counts, "gone" in counts) == (3, 1, False, False)
    assert [state for _, state, _ in listed.lives] == ["open", "open"]
    assert listed.store.runs.last(1)[0].failure
    assert listed.store.findings.find()[0].opened == before[0].opened


def test_a_version_that_is_the_same_costs_no_reading(site: Any, listed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("drift.engine.reading.read", None)
    assert listed.crawls() == {"pages": 3, "unchanged": 3}
    assert [versioned for path, versioned, _ in site.asked if path in ("/a", "/b", "/c")] == [True] * 3


def test_after_a_while_a_page_is_read_whole_whatever_its_server_says(site: Any, listed: Any) -> None:
    read_whole = listed.state(site.url("/a")).full_read_at
    listed.crawls(hours=24 * 7 - 1)
    assert listed.state(site.url("/a")).full_read_at == read_whole
    site.asked.clear()
    assert listed.crawls(hours=1) == {"pages": 3, "unchanged": 3}
    assert not any(versioned for path, versioned, _ in site.asked)
    assert listed.state(site.url("/a")).full_read_at == listed.now


def test_other_bytes_with_the_same_text_are_no_version(site: Any, listed: Any) -> None:
    for path, text in (("/a", RIGHT), ("/b", WRONG), ("/c", RIGHT)):
        site.says(path, text, noise="window.built = 2")
    before = [listed.store.pages.versions(site.url(path)) for path in ("/a", "/b", "/c")]
    assert listed.crawls() == {"pages": 3, "unchanged": 3}
    after = [listed.store.pages.versions(site.url(path)) for path in ("/a", "/b", "/c")]
    assert [[one.id for one in each] for each in after] == [[one.id for one in each] for each in before]
    assert {one.last_seen for (one,) in after} == {listed.now}
    site.asked.clear()
    listed.crawls()
    assert all(versioned for path, versioned, _ in site.asked if path in ("/a", "/b", "/c"))


def test_a_page_taken_off_a_list_is_read_no_more(site: Any, watching: Callable[..., Any]) -> None:
    site.says("/a", WRONG)
    site.says("/b", RIGHT)
    both = watching(f"kind: urls, at: ['{site.url('/a')}', '{site.url('/b')}']")
    both.crawls()
    one = watching(f"kind: urls, at: ['{site.url('/b')}']")
    one.now = both.now
    site.asked.clear()
    assert one.crawls() == {"pages": 2, "unchanged": 1, "gone": 1, "gone pages": 1}
    assert site.counted() == {"/b": 1}
    assert one.crawls() == {"pages": 1, "unchanged": 1}
    both.now = one.now
    both.crawls()
    assert both.lives == [("/a", "regressed", "14 days")]


def test_what_is_excluded_afterwards_is_read_no_more(site: Any, watching: Callable[..., Any]) -> None:
    site.says("/hc/", RIGHT, links=["/hc/old"])
    site.says("/hc/old", WRONG)
    source = f"kind: crawl, at: ['{site.url('/hc/')}']"
    every = watching(source)
    every.crawls()
    assert every.lives == [("/hc/old", "open", "14 days")]
    fewer = watching(f"{source}, exclude: ['*/old']")
    fewer.now = every.now
    site.asked.clear()
    fewer.crawls()
    assert (site.counted(), fewer.lives) == ({"/hc/": 1}, [("/hc/old", "gone", "14 days")])


def test_pages_named_for_their_links_are_no_articles(site: Any, watching: Callable[..., Any]) -> None:
    site.says("/hc/", WRONG, links=["/hc/topic", "/hc/copy"])
    site.says("/hc/topic", WRONG, links=["/hc/article-1"])
    site.says("/hc/article-1", WRONG)
    site.says("/hc/copy", WRONG, head=f'<link rel=canonical href="{site.url("/hc/article-1")}">')
    watch = watching(f"kind: crawl, at: ['{site.url('/hc/')}'], include: ['*/article-*', '*/copy']")
    for _ in range(2):
        counts = watch.crawls()
        assert (counts["pages"], counts["duplicates"], counts["listed only"]) == (2, 1, 2)
        assert watch.lives == [("/hc/article-1", "open", "14 days")]
    del site.pages["/hc/copy"]
    site.says("/hc/article-1", RIGHT, head=f'<link rel=canonical href="{site.url("/hc/topic")}">')
    watch.crawls()
    assert watch.lives == [("/hc/article-1", "resolved", "14 days")]  # a canonical link that is not believed


def test_a_crawl_goes_on_from_pages_that_did_not_change(site: Any, watching: Callable[..., Any]) -> None:
    site.says("/hc/", RIGHT, links=["/hc/a"])
    site.says("/hc/a", RIGHT)
    watch = watching(f"kind: crawl, at: ['{site.url('/hc/')}']")
    assert watch.crawls()["pages"] == 2
    site.says("/hc/a", RIGHT, links=["/hc/b"])  # the same text, another link
    site.says("/hc/b", WRONG)
    assert watch.crawls()["pages"] == 3
    assert watch.lives == [("/hc/b", "open", "14 days")]
    assert watch.store.pages.links(site.url("/hc/a")) == (site.url("/hc/b"),)


@pytest.mark.parametrize("after", [1, 2, 5])
def test_a_crawl_that_was_stopped_goes_on_where_it_was(site: Any, watching: Callable[..., Any], after: int) -> None:
    site.says("/hc/", RIGHT, links=["/hc/0"])
    for number in range(8):
        site.says(f"/hc/{number}", WRONG, links=[f"/hc/{number + 1}"])
    watch = watching(f"kind: crawl, at: ['{site.url('/hc/')}'], depth: 20")
    visited: list[str] = []
    watch.crawls(on_visited=lambda at: visited.append(at.page.address), stopped=lambda: len(visited) >= after)
    assert watch.store.runs.unfinished("help", "crawl") is not None
    first = site.counted()
    counts = watch.crawls()
    second = site.counted()
    assert counts["done before"] == len(visited)
    assert counts["done before"] + counts["pages"] == 10  # the start, 8 articles, and one that is missing
    assert not set(second) & {address.removeprefix(site.address) for address in visited}
    assert set(first) | set(second) == {"/hc/", *(f"/hc/{number}" for number in range(9))}
    assert len(watch.lives) == 8
    assert watch.store.runs.unfinished("help", "crawl") is None


def test_a_run_that_was_left_days_ago_is_not_resumed(site: Any, listed: Any) -> None:
    visited: list[str] = []
    listed.crawls(on_visited=lambda at: visited.append(at.page.address), stopped=lambda: bool(visited))
    site.says("/a", WRONG)
    counts = listed.crawls(hours=48)
    assert (counts["pages"], "done before" in counts, len(listed.lives)) == (3, False, 2)


def test_a_page_of_two_sources_is_remembered_as_one(site: Any, watching: Callable[..., Any]) -> None:
    site.says("/a", WRONG)
    first = watching(f"kind: urls, at: ['{site.url('/a')}']")
    first.crawls()
    file = first.settings.file
    file.write_text(file.read_text(encoding="utf-8").replace("name: help", "name: other"), encoding="utf-8")
    first.watch.settings = load(file, {})
    first.now = first.at(5)
    runs = first.watch.crawl("other")
    assert runs[-1].counts == {"pages": 1, "unchanged": 1}
    (found,) = first.store.findings.find()
    assert (found.opened, found.last_diverged) == (first.at(1), first.at(5))


def test_a_site_published_elsewhere_is_known_by_its_public_address(site: Any, watching: Callable[..., Any]) -> None:
    site.says("/hc/a", WRONG)
    site.says("/hc/b", WRONG)
    site.lists("/hc/a", "/hc/b")
    source = f"kind: sitemap, at: ['{site.url('/sitemap.xml')}'], published_as: 'https://help.larkspur.example'"
    watch = watching(f"{source}, include: ['https://help.larkspur.example/hc/a']")
    watch.crawls()
    assert [one.article for one in watch.store.findings.find()] == ["https://help.larkspur.example/hc/a"]


def test_the_language_of_a_source_is_that_of_pages_that_name_none(site: Any, watching: Callable[..., Any]) -> None:
    site.pages["/a"] = f"<html><title>A</title><body><main><p>{WRONG}</p></main></body></html>".encode()
    watch = watching(f"kind: urls, at: ['{site.url('/a')}'], language: fr")
    watch.crawls()
    assert watch.lives == []
    english = watching(f"kind: urls, at: ['{site.url('/a')}'], language: en")
    english.now = watch.now
    english.crawls()
    assert english.lives == [("/a", "open", "14 days")]


def test_a_folder_that_is_not_there_is_told_and_leaves_no_run_open(watching: Callable[..., Any]) -> None:
    watch = watching("kind: files, at: [articles]")
    with pytest.raises(InputError):
        watch.crawls()
    assert watch.store.runs.unfinished("help", "crawl") is None
    assert watch.store.runs.last(1)[0].failure


def test_a_file_that_was_removed_is_gone(watching: Callable[..., Any]) -> None:
    watch = watching("kind: files, at: [articles]")
    folder = watch.settings.file.parent / "articles"
    folder.mkdir()
    for name, text in (("a.md", RIGHT), ("b.md", WRONG)):
        (folder / name).write_text(f"# Goods\n\n{text}\n", encoding="utf-8")
    watch.crawls()
    (folder / "b.md").unlink()
    counts = watch.crawls()
    assert (counts["gone"], counts["unchanged"]) == (1, 1)
    assert [state for _, state, _ in watch.lives] == ["gone"]


@pytest.mark.parametrize("published", ["", ", published_as: 'https://help.larkspur.example'"])
@pytest.mark.parametrize("name", [b"caf\xe9.md", b"\xff\xfe.md", "café.md".encode(), b"a\\udce9.md", b"100%25.md"])
def test_a_file_is_known_again_whatever_its_name(
    watching: Callable[..., Any], policies: Path, name: bytes, published: str
) -> None:
    help_centre = policies.parent / "help"
    help_centre.mkdir()
    path = os.path.join(os.fsencode(help_centre), name)

    def says(text: str) -> None:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    says(RIGHT)
    watch = watching(f"kind: files, at: help/{published}")
    assert watch.crawls() == {"pages": 1, "changed": 1}
    assert watch.crawls() == {"pages": 1, "unchanged": 1}
    says(WRONG)
    assert watch.crawls()["open"] == 1
    (finding,) = watch.store.findings.find(source="help")
    assert finding.last_agreed == watch.at(2)
    assert len(watch.store.pages.versions(finding.article)) == 2
    says(RIGHT)
    assert watch.crawls()["resolved"] == 1
    os.remove(path)
    (help_centre / "other.md").write_text(RIGHT, encoding="utf-8")
    assert watch.crawls()["gone pages"] == 1
    assert not check(watch.settings.store.address).problems


LONG = f"/help/{'x' * 3_000}"


@pytest.mark.parametrize("kind", ["urls", "sitemap", "crawl"])
def test_a_page_with_an_address_that_nobody_could_keep_is_told_and_ends_no_run(
    site: Any, watching: Callable[..., Any], kind: str
) -> None:
    site.says("/help/a.html", WRONG, links=["/help/b", LONG])
    site.says("/help/b", RIGHT)
    site.says(LONG, WRONG)
    site.lists("/help/a.html", "/help/b", LONG)
    at = {"urls": [site.url(path) for path in ("/help/a.html", "/help/b", LONG)], "sitemap": [site.url("/sitemap.xml")]}
    watch = watching(f"kind: {kind}, at: {at.get(kind, [site.url('/help/a.html')])}")
    assert watch.crawls()["pages"] == 2
    assert watch.lives == [("/help/a.html", "open", "14 days")]
    assert LONG not in site.counted()
    assert any("too long" in words or f"its address has {len(site.url(LONG)):,} bytes" in words for words in watch.told)


def test_a_file_with_a_path_that_nobody_could_keep_is_told(watching: Callable[..., Any], policies: Path) -> None:
    folder = policies.parent / "help"
    deep = folder.joinpath(*["x" * 200] * 11)
    deep.mkdir(parents=True)
    (folder / "a.md").write_text(RIGHT, encoding="utf-8")
    (deep / "b.md").write_text(WRONG, encoding="utf-8")
    watch = watching("kind: files, at: help/")
    assert watch.crawls() == {"pages": 1, "changed": 1, "unread": 1}
    assert "not read: " in watch.told[0]
    assert " bytes; at most 2,000 can be kept" in watch.told[0]
