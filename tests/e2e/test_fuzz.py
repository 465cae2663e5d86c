"""Whatever a registry, a page or a text holds: wrong input is told, a page is read or blind, and nothing else happens.

What is said of an article is also held against two promises: it does not depend on what else is in the run, and every
quote is of the article's own words.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tries import tries

from drift.assembly import check as check_room
from drift.assembly import registry as registry_room
from drift.assembly.check import CheckOptions
from drift.check.check import check
from drift.engine import kinds
from drift.engine.pipeline import Standard, examine
from drift.model import CheckReport, Examined, Page, Snapshot
from drift.model.errors import InputError
from drift.reports import PLAIN, REPORTS

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
FEW = tries(40)

SAID = """You can unlock your phone|within|30 days|60 days|14 days|up to|at least|$5|5%|per month|for|prepaid|postpaid
or|and|to|from|until|1 May 2026|previously|for example|a year|free|no|not|unlimited|unlike|Refunds|return|restocking fee
activation fee|months|one hundred and|(|)|[|]|,|.|?|;|:|-|–|1|2,000|½|at most|more than|between|number of devices is|GB
18 or older|10 GB|kg|5 p.m.|FarCall's|AutoPay|'|"|%s|{}|İ|ẞ|é|🎉"""
UNSEEN = ["e\u0301", "\u202e", "\u200b", "\ud800", "\x00", "\xa0", "\t", "\n", "\n\n", "\\", "|", " "]
SENTENCES = [
    "You can unlock your phone 30 days after activation.",
    "A postpaid phone can be unlocked once it has had 60 days of paid, active service.",
    "The restocking fee is 10% of the price.",
    "Unused goods can be returned within 30 days of delivery, and opened ones within 14 days.",
]
WORDS = [*SENTENCES, *SAID.replace("\n", "|").split("|"), *UNSEEN]
MARKDOWN = [
    "# ",
    "## ",
    "- ",
    "1. ",
    "> ",
    "| a | b |\n|---|---|\n",
    "```",
    "---\n",
    "**",
    "[x](y)",
    "![z](y)",
    "{% x %}",
]
TAGS = """p /p div /div table /table tr td·colspan=3 th·rowspan=2 th ul li /li /ul dl dt dd details summary /details h1
/h1 h2·id=a a·href=/x b /b br script /script nav main pre del title html·lang=fr html·lang=xx !-- meta·charset=utf-16
script·type="application/ld+json" """
HTML = [f"<{tag}>".replace("·", " ") for tag in TAGS.split()] + ["-->", "&amp;", "&#0;", '{"@type": "FAQPage"}']
TEXTS = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
ARTICLES = st.one_of(
    st.tuples(st.just("txt"), TEXTS),
    st.tuples(st.just("md"), st.lists(st.sampled_from(WORDS + MARKDOWN), max_size=60).map(" ".join)),
    st.tuples(
        st.just("html"),
        st.lists(st.sampled_from(WORDS + HTML), max_size=60).map(" ".join),
    ),
).map(lambda one: (one[0], one[1].encode("utf-8", "surrogatepass")))
BYTES = st.tuples(st.sampled_from(["md", "html", "txt", "bin"]), st.binary(max_size=300))


@lru_cache(maxsize=1)
def sample() -> Standard:
    """The sample registry, which uses every kind of value, on one day."""
    return registry_room.standard(ROOT / "policies", date(2026, 11, 21), lambda: NOW)


def snapshot(article: tuple[str, bytes], name: str = "article") -> Snapshot:
    media = {"md": "text/markdown", "html": "text/html", "txt": "text/plain"}.get(article[0], "")
    return Snapshot(Page(f"{name}.{article[0]}"), article[1], media)


def hold_to_its_words(examined: Examined) -> None:
    """Every span lies inside its passage and in its sentence, and every value prints."""
    for match in examined.matches:
        claim, text = match.claim, match.claim.passage.text
        assert 0 <= claim.sentence[0] <= claim.start < claim.end <= claim.sentence[1] <= len(text)
        assert claim.sentence[0] <= claim.segment[0] <= claim.segment[1] <= claim.sentence[1]
        assert claim.value_text in claim.quote
        assert claim.quote in text
        assert claim.quote == claim.quote.strip()
        assert kinds.show(claim.value)
    told = [id(match) for match in examined.matches]
    assert all(id(verdict.match) in told for verdict in examined.verdicts)


def tell(report: CheckReport) -> None:
    """Write a report in every format."""
    for form in REPORTS:
        form.render(report, PLAIN).encode("utf-8", "backslashreplace")


@FEW
@given(ARTICLES | BYTES)
def test_any_article_is_read_or_blind(article: tuple[str, bytes]) -> None:
    examined = examine(snapshot(article), sample())
    hold_to_its_words(examined)
    tell(CheckReport(NOW, date(2026, 11, 21), sample().registry, (examined,)))


KEYS = """policy owner terms term says value bound scope topics must not_topics also exceptions examples states silent
applies_to published_at customer_prefers kind"""
LEAVES = (
    "60 days,30 days,$5,5%,5..7 days,at most,a@larkspur.example,**,[,],{,},: ,- ,&a ,*a,!!x ,#,',|,>,2026-01-01,(,🎉"
)
YAML = [*(f"{key}: " for key in KEYS.split()), *LEAVES.split(","), '"', "\n", "\n  ", "\n    ", "\\", "\x00"]
GOOD = """\
policy: unlock
owner: a@larkspur.example
terms:
  - term: wait
    says: {says}
    value: {value}
    bound: {bound}
    topics: [{topic}, unlock your phone]
    not_topics: [{silent}]
    scope: {{plan: {scope}}}
    examples: {{silent: [{silent}]}}
"""


def _quoted(text: str) -> str:
    return "'" + "".join(c for c in text if c.isprintable() and not "\ud800" <= c <= "\udfff").replace("'", "''") + "x'"


REGISTRIES = st.one_of(
    st.builds(
        GOOD.format,
        says=TEXTS.map("You can unlock your phone 60 days {}".format).map(_quoted),
        value=st.sampled_from(["60 days", "$5", "5%", "free", "16 years", "10 GB", "1 May", "17:00", "5 devices", "x"]),
        bound=st.sampled_from(["at most", "at least", "exactly"]),
        topic=st.sampled_from(WORDS).map(_quoted),
        silent=TEXTS.map(_quoted),
        scope=st.sampled_from(WORDS).map(_quoted),
    ),
    st.lists(st.sampled_from(YAML), max_size=50).map("".join),
)


@FEW
@given(REGISTRIES, ARTICLES | BYTES)
def test_any_registry_and_article_give_a_report_or_wrong_input(
    tmp_path_factory: pytest.TempPathFactory, registry: str, article: tuple[str, bytes]
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "policies").mkdir()
    (folder / "policies" / "a.yaml").write_text(registry, encoding="utf-8")
    (folder / f"a.{article[0]}").write_bytes(article[1])
    options = CheckOptions((str(folder / f"a.{article[0]}"),), folder / "policies", date(2026, 11, 21))
    try:
        report = check_room.check(options, lambda: NOW)
    except InputError:
        return
    for examined in report.examined:
        hold_to_its_words(examined)
    tell(report)


class Shelf:
    """A Fetcher of articles that are at hand, by name."""

    def __init__(self, articles: list[tuple[str, bytes]]) -> None:
        self._snapshots = {one.page: one for one in (snapshot(a, str(at)) for at, a in enumerate(articles))}
        self.pages = list(self._snapshots)

    def fetch(self, page: Page) -> Snapshot:
        return self._snapshots[page]


@FEW
@given(st.lists(ARTICLES | BYTES, min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_what_is_said_of_an_article_does_not_depend_on_the_order(
    articles: list[tuple[str, bytes]], chance: Random
) -> None:
    shelf = Shelf(articles)
    fresh = Standard(sample().registry, sample().as_of, sample().language)
    first = check(shelf.pages, shelf, fresh, lambda: NOW).examined
    chance.shuffle(shelf.pages)
    then = check(shelf.pages, shelf, sample(), lambda: NOW).examined
    assert {one.page: one for one in then} == {one.page: one for one in first}
