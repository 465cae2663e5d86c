"""What every stage costs on n of something and on 2n: linear is twice as much.

    python tests/bench/bench_growth.py [--stage NAME] [--half 0] [--json]

One process, CPU time, the garbage collector off; of a figure the quickest of several counts, unless it is long, and a
stage that seems to grow too fast is measured again: what else a machine does only ever takes time away. Memory is the
peak of what Python holds, measured apart, with nothing put by from what ran before.
"""

from __future__ import annotations

import argparse
import gc
import json
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from drift import policies as registry_room
from drift.engine import claims, kinds, languages, pipeline, reading, sentences
from drift.engine.pipeline import Standard
from drift.findings import Memory, followed, take
from drift.model import Article, Page, Passage, Snapshot, Zone
from drift.model.errors import InputError, ReadingError
from drift.reports import diff
from drift.sources import sitemap_xml
from drift.watch.readings import reading_of

Work = Callable[[], object]

MOST = 2.6  # times from n to 2n
TRIES = 4
QUICKEST = 2  # of so many measurements
LONG_SECONDS = 0.1  # above, one measurement is enough: noise is a few milliseconds
LEAST_SECONDS = 0.006  # below, a figure is noise
DOUBLINGS = 5  # of n at most, until a figure stands above it
LEAST_BYTES = 200_000
ENGLISH = languages.load("en")
AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
POLICY = """\
policy: fees
owner: fees@larkspur.example
terms:
  - {term: monthly, says: The monthly fee of a plan is $5., value: $5 per month, topics: [monthly fee, fee]}
  - {term: return, says: A phone can be returned within 30 days., value: 30 days, topics: [return a phone]}
"""


@dataclass(frozen=True, slots=True)
class Grown:
    """One stage on one pattern: seconds and bytes with n and with 2n characters, sentences or entries."""

    stage: str
    pattern: str
    n: int
    seconds: tuple[float, float]
    memory: tuple[int, int]

    @property
    def by(self) -> float:
        """How many times more time or memory 2n takes, the larger of both; 2.0 where both are too little to tell."""
        times = self.seconds[1] / self.seconds[0] if self.seconds[1] > LEAST_SECONDS else 2.0
        room = self.memory[1] / self.memory[0] if self.memory[1] > LEAST_BYTES else 2.0
        return max(times, room)


def name(number: int) -> str:
    """A word of letters for a number, another for each."""
    letters = ""
    number += 700
    while number:
        number, rest = divmod(number, 26)
        letters += chr(ord("a") + rest)
    return f"{letters}o"


def standard() -> Standard:
    """A registry of two terms."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "fees.yaml").write_text(POLICY, encoding="utf-8")
        return Standard(registry_room.load(Path(folder), language=languages.load), date(2026, 11, 21), languages.load)


STANDARD = standard()


def article(texts: list[str]) -> Article:
    """An article of paragraphs."""
    return Article(
        Page("https://help.larkspur.example/a"), None, "en", tuple(Passage(t, Zone.PARAGRAPH) for t in texts)
    )


def read(media: str) -> Callable[[str], Work]:
    """The stage that reads a page of a media type; one that is too large or empty is told so, which counts as read."""

    def work(text: str) -> Work:
        snapshot = Snapshot(Page("a"), text.encode(), media)

        def once() -> object:
            try:
                return reading.read(snapshot)
            except ReadingError as error:
                return error

        return once

    return work


# A row of one thing, with a value at its beginning and at its end: each alone may be what a pattern is slow on.
PROSE = {
    "words": "the customer may bring a phone ", "numbers": "1 1 1 1 days ", "values": "$5 a month, ", "units": "days ",
    "marks": "; ( ) ", "full stops": ".", "open brackets": "( ", "abbreviations": "Mr. ", "times": "5 p.m. ",
    "initials": "A. ", "unbroken": "x", "digits": "1", "hyphens": "a-", "addresses": "https://a.example/1 ",
    "quotes": '" ', "white space": "\t", "exceptions": "except for plans, which ", "number words": "one hundred and ",
    "sentences": "You can return a phone within 30 days. ", "lines": "A line of 5 days\n", "names": "Google Play ",
}  # fmt: skip
MARKDOWN = {
    "tables": "| a | 5 days |\n", "lists": "- a\n", "loose lists": "- a\n\n", "headings": "## a\n\n", "quotes": "> a\n",
    "links": "[a](b) ", "open links": "[a](", "images": "![", "emphasis": "*a* ", "open emphasis": "**a ",
    "code": "`a ", "tags": "<b>", "open tags": "<a ", "comments": "<!-- ", "entities": "&amp; ", "templates": "{{ ",
    "wiki links": "[[a", "notes": "[^", "escapes": "\\*", "pipes": "|", "introductions": "(a) foo:\n\n1. bar:\n\n",
}  # fmt: skip
HTML = {
    "paragraphs": "<p>You pay $5 a month.</p>", "open paragraphs": "<p>a", "nested blocks": "<div class=card>a",
    "nested inline": "<b>", "nested links": "<a href=b>c", "line breaks": "a<br>", "lists": "<ul><li>a</ul>",
    "nested lists": "<ul><li>a", "tables": "<table><tr><td>a<td>5</table>",
    "nested tables": "<table><tr><td>a<td>",
    "rows": "<tr><td>a<td>$5", "cells": "<td>$5", "reaching cells": "<tr><td rowspan=0>a<td>b",
    "headings": "<h2>a</h2>",
    "definitions": "<dl><dt>a<dd>", "details": "<details><summary>a</summary>b", "entities": "&amp; ", "marks": "&<",
    "comments": "<!-- ", "scripts": "<script>", "templates": "{{ {% ", "components": "<x-a>b</x-a> ",
    "raised": "<sup>", "tabs": "<div role=tab>c</div>", "introductions": "<p>(a) foo:</p><p>1. bar:</p>",
    "facts": '<script type="application/ld+json">{"@type":"Product","name":"a"}</script>',
}  # fmt: skip
PLAIN = {
    "lists": "- a\n\n",
    "lines": "a line\n",
    "paragraphs": "a\n\n",
    "capitals": "FEES AND TERMS\n\n",
    "numbers": "1. a\n",
}


def examined(texts: list[str], memory: Memory | None = None) -> Memory:
    """What is remembered of a page once it says `texts`."""
    memory = memory or Memory()
    judged = pipeline.judge(article(texts), STANDARD, followed(memory))
    said = reading_of(
        judged, AT, STANDARD.registry, STANDARD.as_of, text=str(hash(tuple(texts))), policies="p", reader="r"
    )
    return memory.after(take(memory, said), said)


def follows(before: Callable[[int], str], after: Callable[[int], str]) -> Callable[[int], Work]:
    """The stage that follows the sentences of a page from one version to the next."""

    def make(n: int) -> Work:
        memory = examined([before(at) for at in range(n)])
        texts = [after(at) for at in range(n)]
        return lambda: examined(texts, memory)

    return make


def changes(n: int) -> Work:
    """Every line of a text edited by a word."""
    old, new = ([f"The fee in {name(at)} is {price} dollars." for at in range(n)] for price in (5, 6))
    return lambda: sum(1 for _ in diff.lines(old, new))


def facts(n: int) -> Work:
    """One script of JSON-LD with many answers."""
    said = [{"@type": "Question", "name": "a?", "acceptedAnswer": {"text": f"&lt;p&gt; {name(at)}"}} for at in range(n)]
    return read("text/html")(f'<html><p>a 5</p><script type="application/ld+json">{json.dumps(said)}</script></html>')


def sitemap(n: int) -> Work:
    """The entries of a sitemap."""
    entries = "".join(f"<url><loc>https://a.example/{name(at)}</loc></url>" for at in range(n))
    body = f"<urlset>{entries}</urlset>".encode()
    return lambda: sum(1 for _ in sitemap_xml.entries(body))


def policies(files: dict[str, Callable[[int], str]]) -> Callable[[int], Work]:
    """The stage that loads a registry of these files."""

    def make(n: int) -> Work:
        folder = tempfile.TemporaryDirectory()
        for file, written in files.items():
            Path(folder.name, file).write_text(written(n), encoding="utf-8")

        def once(folder: tempfile.TemporaryDirectory[str] = folder) -> object:
            try:
                return registry_room.load(Path(folder.name), language=languages.load)
            except InputError as error:
                return error

        return once

    return make


def term(at: int) -> str:
    """One term of a policy file."""
    return f"  - {{term: {name(at)}, says: A {name(at)} phone can be returned within 30 days., value: 30 days}}\n"


def header(n: int, entry: Callable[[int], str] = term) -> str:
    """A policy file of n entries."""
    return "policy: a\nowner: a@larkspur.example\nterms:\n" + "".join(map(entry, range(n)))


def answers(n: int) -> str:
    """A file of n answers about terms that there are not."""
    lines = (f"  - {{article: a, sentence: It is {name(at)}., term: {name(at)}}}\n" for at in range(n))
    return "reviewed:\n" + "".join(lines)


REGISTRIES: dict[str, dict[str, Callable[[int], str]]] = {
    "terms": {"a.yaml": header},
    "empty keys": {"a.yaml": lambda n: "".join(f"{name(at)}:\n" for at in range(3 * n)) + header(1)},
    "empty items": {"a.yaml": lambda n: "applies_to:\n" + "  -\n" * 3 * n + header(1)},
    "unknown keys": {"a.yaml": lambda n: "".join(f"{name(at)}: a\n" for at in range(3 * n)) + header(1)},
    "terms twice": {"a.yaml": lambda n: header(n, lambda _: term(0))},
    "unknown terms": {"a.yaml": header, "reviewed.yaml": answers},
}

# What a sentence says before and after: {name} is another word for each, {at} a number.
FOLLOWED = {
    "one word of each": ("For {name} the fee we ask is ${at}.5.", "For {name} the price we ask is ${at}.5."),
    "the values": ("You pay us a fee of ${at}.5 in all for it.", "You pay us a fee of ${at}.75 in all for it."),
    "all words": ("In {name} you pay ${at}.5 for it.", "We ask {other} for a fee of ${at}.5."),
    "the same sentence": ("You pay us a monthly fee of $6 for it.", "You pay us a monthly charge of $6 for it."),
}


def written(form: str) -> Callable[[int], str]:
    """The sentences of a form, by their number."""
    return lambda at: form.format(at=at, name=name(at), other=name(at + 9999))


def cases() -> Iterator[tuple[str, str, int, Callable[[int], Work]]]:
    """(stage, pattern, n, what makes the work of n)."""

    def text(unit: str, stage: Callable[[str], Work], head: str = "", value: str = "") -> Callable[[int], Work]:
        return lambda n: stage(head + value + unit * (n // len(unit)) + value)

    value = "You pay $5 a month for it. "
    for pattern, unit in PROSE.items():
        yield "sentences", pattern, 2_000, text(unit, lambda t: lambda: sentences.split(t, ENGLISH), value=value)
        yield "values", pattern, 300, text(unit, lambda t: lambda: kinds.find(t, ENGLISH), value=value)
        yield "claims", pattern, 300, text(unit, lambda t: lambda: claims.extract(article([t]), ENGLISH), value=value)
        yield (
            "judging",
            pattern,
            2_400 if pattern in ("times", "values") else 300,  # 3.0 to 3.3 from 1,200 on: one sentence, not yet cut
            text(unit, lambda t: lambda: pipeline.judge(article([t]), STANDARD), value=value),
        )
    for pattern, unit in MARKDOWN.items():
        head = "| a | b |\n|---|---|\n" if pattern == "tables" else ""
        yield "Markdown", pattern, 300, text(unit, read("text/markdown"), head, "You pay $5.\n\n" if not head else "")
    for pattern, unit in HTML.items():
        head = "<html><body><p>You pay $5.</p>" + ("<table><tr><th>a<th>b" if unit.startswith(("<tr", "<td")) else "")
        n = 9_600 if pattern == "reaching cells" else 600  # until they fill the widest grid, each row has more of them
        yield "HTML", pattern, n, text(unit, read("text/html"), head)
    for pattern, unit in PLAIN.items():
        yield "plain text", pattern, 300, text(unit, read("text/plain"), value="You pay $5.\n\n")
    yield (
        "front matter",
        "keys",
        500,
        text("key: a\n", lambda t: read("text/markdown")(f"---\ntitle: a\n{t}---\n\nb 5\n")),
    )
    yield (
        "front matter",
        "blocks",
        500,
        text("key: >\n", lambda t: read("text/markdown")(f"---\ntitle: a\n{t}---\n\nb 5\n")),
    )
    for pattern, (before, after) in FOLLOWED.items():
        yield "following", pattern, 250, follows(written(before), written(after))
    yield "versions", "lines edited", 100, changes
    yield "JSON-LD", "answers", 50, facts
    yield "sitemap", "entries", 100, sitemap
    for pattern, files in REGISTRIES.items():
        yield "registry", pattern, 50, policies(files)
    yield "masking", "values", 1_000, lambda n: _masking("$5 a month, " * (n // 12))
    yield "likeness", "words", 1_000, lambda n: _likeness([name(at) for at in range(n // 5)])


def _masking(text: str) -> Work:
    found = kinds.find(text, ENGLISH)
    return lambda: sentences.mask(text, found)


def _likeness(words: list[str]) -> Work:
    return lambda: sentences.likeness(" ".join(words), " ".join(f"{word}s" for word in words))


def measure(stage: str, pattern: str, n: int, make: Callable[[int], Work]) -> Grown:
    """The figures of one stage on one pattern. n is doubled until 2n takes long enough to be told from noise."""
    once = make(n)
    once()  # what is made once a process is made now
    first = _seconds(once)
    for _ in range(DOUBLINGS):
        if first > LEAST_SECONDS:
            break
        n *= 2
        once = make(n)
        first = _seconds(once)
    twice = make(2 * n)
    seconds = (first, _seconds(twice))
    grown = Grown(stage, pattern, n, seconds, (_peak(once), _peak(twice)))
    for _ in range(TRIES - 1):
        if grown.by <= MOST:
            break
        seconds = (min(seconds[0], _seconds(once)), min(seconds[1], _seconds(twice)))
        grown = Grown(stage, pattern, n, seconds, grown.memory)
    return grown


def _seconds(work: Work) -> float:
    found = []
    for _ in range(QUICKEST):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
        if found[-1] > LONG_SECONDS:
            break
    return max(min(found), 1e-6)


def _peak(work: Work) -> int:
    """Bytes at the peak.

    Python puts by up to 2,000 tuples of each length that were let go, and gives them out again without allocating: what
    ran before would hide them, all of n's and few of 2n's. A full collection empties these stocks.
    """
    gc.collect()
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return max(peak, 1)


def table(found: list[Grown]) -> str:
    """The figures as rows of a Markdown table."""
    rows = ["| stage | pattern | n | ms, n | ms, 2n | kB, n | kB, 2n | times |", "| --- " * 8 + "|"]
    rows += [
        f"| {one.stage} | {one.pattern} | {one.n:,} | {one.seconds[0] * 1000:.1f} | {one.seconds[1] * 1000:.1f} "
        f"| {one.memory[0] // 1000:,} | {one.memory[1] // 1000:,} | {one.by:.2f} |"
        for one in found
    ]
    return "\n".join(rows)


def main() -> None:
    """Print the figures."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--stage", help="one stage alone")
    ask.add_argument("--half", type=int, choices=(0, 1), help="every other case: two processes share the work")
    ask.add_argument("--json", action="store_true")
    args = ask.parse_args()
    gc.disable()
    gc.freeze()  # what was loaded stays: a collection need not go over it each time
    found = []
    for at, case in enumerate(cases()):
        if args.stage in (None, case[0]) and args.half in (None, at % 2):
            found.append(measure(*case))
            if not args.json:
                print(table(found[-1:]).splitlines()[-1], flush=True)
    if args.json:
        grown = [asdict(one) | {"by": one.by} for one in found]
        print(json.dumps({"most": MOST, "grown": grown, "table": table(found)}))


if __name__ == "__main__":
    main()
