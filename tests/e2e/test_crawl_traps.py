"""Sites that would keep a crawl from its articles: calendars without end, session ids, wrong canonical links."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

RIGHT = "You can return unused goods within 30 days of delivery."
WRONG = "You can return unused goods within 14 days of delivery."
LONG = (
    " Bring the box, the receipt and everything that came with it to any of our shops, and we do the rest for you." * 3
)


class Made(dict[str, Any]):
    """Pages by path; those that are not there are made by `make`, which gives None where there is none."""

    def __init__(self, site: Any, make: Callable[[str], None]) -> None:
        super().__init__()
        self._make = make
        site.pages = self

    def get(self, path: str, default: Any = None) -> Any:
        if path not in self:
            self._make(path)
        return super().get(path, default)


def calendar(site: Any) -> None:
    """Months that lead to the next and the last month and year, each with a page for its days: without end."""

    def make(path: str) -> None:
        found = re.fullmatch(r"/hc/calendar/(\d+)/(\d+)(?:/(\d+))?", path)
        if found is None:
            return
        year, month = int(found[1]), int(found[2])
        months = [(year + (month + step - 1) // 12, (month + step - 1) % 12 + 1) for step in (-1, 1, -12, 12)]
        links = [f"/hc/calendar/{y}/{m}" for y, m in months]
        days = [f"/hc/calendar/{year}/{month}/{day}" for day in range(1, 29)] if not found[3] else []
        site.says(path, f"There is nothing on in {path.removeprefix('/hc/calendar/')}.", links=[*links, *days])

    Made(site, make)


def test_a_calendar_without_end_keeps_nobody_from_a_new_article(site: Any, watching: Callable[..., Any]) -> None:
    calendar(site)
    first = ["/hc/calendar/2026/11", "/hc/a"]
    site.says("/hc/", RIGHT, links=first)
    site.says("/hc/a", RIGHT)
    watch = watching(f"kind: crawl, at: ['{site.url('/hc/')}'], pages: 300")
    passes = [watch.crawls() for _ in range(3)]
    assert passes[0]["pages"] < 300
    assert [counts["pages"] for counts in passes] == [passes[0]["pages"]] * 3  # it does not grow from pass to pass
    assert passes[0]["trapped"] > 0
    assert any("their addresses only count on (/hc/calendar/#): " in words for words in watch.told)

    site.says("/hc/", RIGHT, links=[*first, "/hc/new"])
    site.says("/hc/new", WRONG)
    site.asked.clear()
    assert watch.crawls()["open"] == 1
    asked = list(site.counted())
    assert asked.index("/hc/new") < 10  # nearest first: before all but a few of the calendar
    assert watch.lives == [("/hc/new", "open", "14 days")]


def test_a_source_that_is_full_has_room_for_what_is_near(site: Any, watching: Callable[..., Any]) -> None:
    words = ["".join(chr(97 + (number // 26**place) % 26) for place in range(3)) for number in range(200)]
    deep = {word: [f"/hc/{after}" for after in words[at * 3 + 1 : at * 3 + 4]] for at, word in enumerate(words)}
    for word, links in deep.items():
        site.says(f"/hc/{word}", f"{RIGHT} This one is about {word}.", links=links)
    site.says("/hc/", RIGHT, links=["/hc/aaa"])
    watch = watching(f"kind: crawl, at: ['{site.url('/hc/')}'], pages: 60")
    assert watch.crawls()["pages"] == 60
    site.says("/hc/", RIGHT, links=["/hc/aaa", "/hc/new"])
    site.says("/hc/new", WRONG)
    counts = watch.crawls()
    assert watch.lives == [("/hc/new", "open", "14 days")]
    assert counts["pages"] <= 63  # a twentieth more in a pass, at most
    assert any("the crawl is limited to 60 pages: " in words for words in watch.told)


ARTICLES = {"returns": WRONG, "unlock": f"Ask us in the shop. {WRONG}", "fees": RIGHT}


@dataclass
class Sessions:
    """A site every answer of which begins a session: all links on it name it. Ended ones are found no more."""

    site: Any
    place: str  # of the id: 'query' or 'path'
    said: dict[str, str] = field(default_factory=lambda: dict(ARTICLES))
    more: str = LONG
    ended: set[str] = field(default_factory=set)
    begun: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        Made(self.site, self.make)

    def address(self, name: str, session: str) -> str:
        return f"/hc/{name}?ssn={session}" if self.place == "query" else f"/hc/s/{session}/{name}"

    def make(self, path: str) -> None:
        found = re.fullmatch(r"/hc/(\w+)\?ssn=(\w+)" if self.place == "query" else r"/hc/s/(\w+)/(\w+)", path)
        name, session = (found.groups() if self.place == "query" else found.groups()[::-1]) if found else ("", "")
        if path != "/hc/" and (name not in self.said or session in self.ended):
            return
        fresh = secrets.token_hex(10)
        self.begun.append(fresh)
        text = self.said.get(name, "Find your article here.")
        self.site.says(path, f"{name} {text}{self.more}", links=[self.address(each, fresh) for each in self.said])
        made = self.site.pages.pop(path)
        self.site.pages[path] = lambda handler: self.answer(handler, path, made)

    def answer(self, handler: Any, path: str, body: bytes) -> None:
        del self.site.pages[path]  # made anew the next time
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)


@pytest.mark.parametrize("more", [LONG, ""])
@pytest.mark.parametrize("place", ["query", "path"])
def test_session_ids_multiply_no_finding(site: Any, watching: Callable[..., Any], place: str, more: str) -> None:
    Sessions(site, place, more=more)
    watch = watching(f"kind: crawl, at: ['{site.url('/hc/')}']")
    for _ in range(4):
        counts = watch.crawls()
        assert [state for _, state, _ in watch.lives] == ["open", "open"]
        assert counts["pages"] < 40
        assert counts["duplicates"] >= 3
        assert counts["trapped"] > 0
    assert any("others like them said the same" in words for words in watch.told)
    assert len(watch.store.pages.states()) < 40
    (finding, _) = watch.store.findings.find()
    assert len(watch.store.pages.duplicates(finding.article)) >= 1


@pytest.mark.parametrize("place", ["query", "path"])
def test_a_session_that_ends_moves_its_articles_and_closes_nothing(
    site: Any, watching: Callable[..., Any], place: str
) -> None:
    sessions = Sessions(site, place)
    watch = watching(f"kind: crawl, at: ['{site.url('/hc/')}']")
    watch.crawls()
    before = {one.id: one for one in watch.store.findings.find()}
    for _ in range(3):
        sessions.ended.update(sessions.begun)
        counts = watch.crawls()
        assert counts["moved"] == 3
        assert not {"open", "gone", "regressed", "resolved"} & set(counts)
    after = {one.id: one for one in watch.store.findings.find()}
    assert {name: one.opened for name, one in after.items()} == {name: one.opened for name, one in before.items()}
    assert all(one.article != before[name].article for name, one in after.items())
    assert all(len(watch.store.findings.history(name)) == 1 for name in after)
    assert {one.kind.value for name in after for one in watch.store.findings.notes(article=after[name].article)} == {
        "moved"
    }
    assert len(watch.store.pages.states()) < 60

    sessions.said = dict.fromkeys(ARTICLES, RIGHT)
    watch.crawls()
    assert {state for _, state, _ in watch.lives} == {"resolved"}


def test_the_same_words_are_two_articles_where_a_rule_means_one_of_them(
    site: Any, watching: Callable[..., Any], policies: Any
) -> None:
    policy = policies / "returns.yaml"
    given = policy.read_text(encoding="utf-8")
    policy.write_text(given.replace("owner:", "applies_to: ['*/us/*']\nowner:"), encoding="utf-8")
    site.says("/hc/", "Find your article here.", links=["/hc/ca/returns", "/hc/us/returns"])
    for country in ("ca", "us"):
        site.says(f"/hc/{country}/returns", WRONG + LONG)
    watch = watching(f"kind: crawl, at: ['{site.url('/hc/')}']")
    watch.crawls()
    assert watch.lives == [("/hc/us/returns", "open", "14 days")]
    policy.write_text(given, encoding="utf-8")  # now the rule is for both, which are one article from now on or two
    watch.crawls()
    assert ("/hc/ca/returns", "open", "14 days") in watch.lives


def test_a_page_that_was_a_duplicate_is_judged_once_it_says_something_else(
    site: Any, watching: Callable[..., Any]
) -> None:
    site.says("/hc/", "Find your article here.", links=["/hc/a", "/hc/b"])
    for name in ("a", "b"):
        site.says(f"/hc/{name}", RIGHT + LONG)
    watch = watching(f"kind: crawl, at: ['{site.url('/hc/')}']")
    assert watch.crawls()["duplicates"] == 1
    assert watch.crawls() == {"pages": 3, "unchanged": 2, "duplicates": 1}
    site.says("/hc/b", WRONG + LONG)
    watch.crawls()
    assert watch.lives == [("/hc/b", "open", "14 days")]


def test_an_address_that_says_something_else_for_once_opens_no_second_finding(
    site: Any, watching: Callable[..., Any]
) -> None:
    site.says("/hc/", "Find your article here.", links=["/hc/a", "/hc/b"])
    for name in ("a", "b"):
        site.says(f"/hc/{name}", WRONG + LONG)
    watch = watching(f"kind: crawl, at: ['{site.url('/hc/')}']")
    watch.crawls()
    assert watch.lives == [("/hc/a", "open", "14 days")]
    site.says("/hc/a", f"We are busy with something new. {LONG}")
    counts = watch.crawls()
    assert (counts["moved"], watch.lives) == (1, [("/hc/b", "open", "14 days")])
    site.says("/hc/a", WRONG + LONG)
    for _ in range(2):
        assert watch.crawls()["duplicates"] == 1
        assert watch.lives == [("/hc/b", "open", "14 days")]
    policy = watch.settings.policies / "returns.yaml"  # what is stored of a duplicate is not judged again
    policy.write_text(
        policy.read_text(encoding="utf-8").replace("send back goods", "send goods back"), encoding="utf-8"
    )
    watch.crawls()
    del site.pages["/hc/b"]
    assert watch.crawls()["moved"] == 1
    assert watch.lives == [("/hc/a", "open", "14 days")]
    assert len(watch.store.findings.history(watch.store.findings.find()[0].id)) == 1


def canonical(address: str) -> str:
    return f'<link rel="canonical" href="{address}">'


@pytest.mark.parametrize("kind", ["missing", "redirect back", "another article", "home", "elsewhere", "loop", "shared"])
def test_a_canonical_link_that_is_wrong_hides_no_page(site: Any, watching: Callable[..., Any], kind: str) -> None:
    named = {
        "missing": site.url("/hc/nowhere"),
        "redirect back": site.url("/hc/short"),
        "another article": site.url("/hc/other"),
        "home": site.url("/hc/"),
        "elsewhere": "https://www.larkspur.example/hc/returns",
        "loop": site.url("/hc/more"),
        "shared": site.url("/hc/template"),
    }[kind]
    site.says("/hc/", f"Find your article here.{LONG}", links=["/hc/returns", "/hc/more"])
    site.says("/hc/returns", WRONG + LONG, head=canonical(named))
    back = site.url("/hc/returns") if kind == "loop" else named
    site.says("/hc/more", f"Something else. {WRONG}{LONG}", head=canonical(back))
    site.says("/hc/other", RIGHT + LONG)
    site.says("/hc/template", f"This is the template of all pages.{LONG}")
    site.answers("/hc/short", 302, Location="/hc/returns")
    watch = watching(f"kind: crawl, at: ['{site.url('/hc/')}']")
    for _ in range(2):
        watch.crawls()
        assert watch.lives == [("/hc/more", "open", "14 days"), ("/hc/returns", "open", "14 days")]


def test_a_canonical_link_is_believed_where_the_same_article_answers(site: Any, watching: Callable[..., Any]) -> None:
    site.says("/hc/", "Find your article here.", links=["/hc/returns?from=home", "/hc/more"])
    head = canonical(site.url("/hc/returns"))
    for path in ("/hc/returns", "/hc/returns?from=home"):
        site.says(path, WRONG, head=head)
    site.says("/hc/more", "Something else.", links=["/hc/returns?from=more"])
    site.says("/hc/returns?from=more", WRONG, head=head)
    watch = watching(f"kind: crawl, at: ['{site.url('/hc/')}']")
    for _ in range(2):
        watch.crawls()
        assert watch.lives == [("/hc/returns", "open", "14 days")]
    finding = watch.store.findings.find()[0]
    other = {page.address.removeprefix(site.address) for page in watch.store.pages.duplicates(finding.article)}
    assert other == {"/hc/returns?from=home", "/hc/returns?from=more"}


def test_a_canonical_link_that_goes_wrong_later_closes_nothing(site: Any, watching: Callable[..., Any]) -> None:
    site.says("/hc/", "Find your article here.", links=["/hc/returns"])
    site.says("/hc/returns", WRONG)
    watch = watching(f"kind: crawl, at: ['{site.url('/hc/')}']")
    watch.crawls()
    site.says("/hc/returns", WRONG, head=canonical(site.url("/hc/nowhere")))
    watch.crawls()
    assert watch.lives == [("/hc/returns", "open", "14 days")]
