"""Pages of real size and registries of any size, made from the project's own fixtures.

    python tests/bench/make_pages.py FOLDER [--pages 200] [--terms 50 500 5000]

Real help-centre pages weigh 150-200 kB of which about a tenth is visible text: the rest is inline state, styles, icons
and menus. Each page here is an article of the sample help centre in its own chrome, made longer with sections of other
articles until it states 12 to 15 values, then with their value-free sentences until the visible text is a tenth, and
filled up with what such pages carry. The same arguments make the same bytes.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import lxml.html
import yaml
from lxml import etree

from drift.engine import claims, languages, reading
from drift.model import Page, Snapshot

HERE = Path(__file__).resolve().parent
HELP_CENTRE = HERE.parents[1] / "fixtures" / "help-centre"
POLICIES = HERE.parents[1] / "policies"

SMALLEST, LARGEST = 150_000, 200_000  # bytes
VISIBLE = 0.10  # share of visible characters
FEWEST_VALUES, MOST_VALUES = 12, 15  # that a page states
MENU_LINKS = 180
MENU_WORDS = ("phone", "plan", "bill", "return", "refund", "device", "repair", "order", "account", "parcel", "number")
ICONS = 60
FIRST_NAMES = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron", "iris", "jasper", "kestrel")
SECOND_NAMES = ("router", "camera", "tablet", "watch", "tracker", "speaker", "console", "modem", "beacon", "dongle")
TERM_KEYS = ("term", "value", "kind", "bound", "scope", "customer_prefers")
VALUE = re.compile(
    r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|ninety|hundred|half"
    r"|dozen|free|no|nothing|unlimited|included|an? (day|week|month|year|hour|minute))\b",
    re.IGNORECASE,
)
VISIBLE_TEXT = "//body//text()[not(ancestor::script or ancestor::style or ancestor::svg)]"


def make_pages(folder: Path, count: int) -> list[Path]:
    """Write `count` pages into a folder and return their paths in order."""
    sources = [path for path in sorted(HELP_CENTRE.rglob("*.html")) if "</article>" in path.read_text(encoding="utf-8")]
    articles = [_article(path) for path in sources]
    sources = [path for path, article in zip(sources, articles, strict=True) if _folded(article.itertext())]
    loud = {section: _values(section) for article in articles for section in _sections(article)}
    calm = [sentence for article in articles for sentence in _sentences(article) if not VALUE.search(sentence)]
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for index in range(count):
        path = folder / f"page-{index:03}.html"
        path.write_text(_page(index, sources[index % len(sources)], loud, calm), encoding="utf-8")
        paths.append(path)
    return paths


def visible_text(page: bytes) -> str:
    """The text a person could see, menus included, with white space folded."""
    pieces = lxml.html.document_fromstring(page).xpath(VISIBLE_TEXT)
    return _folded(pieces if isinstance(pieces, list) else [])


def _values(markup: str) -> int:
    """How many values a page or a part of one states."""
    page = markup if "</article>" in markup else f"<html><body><article>{markup}</article></body></html>"
    article = reading.read(Snapshot(Page("page.html"), page.encode(), "text/html"))
    return len(claims.extract(article, languages.load("en")))


def _article(path: Path) -> etree._Element:
    article = lxml.html.document_fromstring(path.read_bytes()).find(".//article")
    assert article is not None, f"no article in {path}"
    return article


def _sections(article: etree._Element) -> list[str]:
    """The sections of an article as markup: each a second-level heading with what follows it."""
    sections: list[list[str]] = []
    for element in article:
        if element.tag == "h2":
            sections.append([])
        if sections:
            sections[-1].append(lxml.html.tostring(element, encoding="unicode"))
    return ["".join(parts) for parts in sections]


def _sentences(article: etree._Element) -> list[str]:
    """The sentences of its paragraphs, as text."""
    return [
        sentence
        for paragraph in article.iter("p")
        for sentence in re.split(r"(?<=[.?!]) ", _folded(paragraph.itertext()))
        if sentence.endswith(".")
    ]


def _text(markup: str) -> str:
    return _folded(lxml.html.fragment_fromstring(markup, create_parent=True).itertext())


def _folded(pieces: Iterable[object]) -> str:
    return " ".join(" ".join(str(piece) for piece in pieces).split())


def _page(index: int, source: Path, loud: Mapping[str, int], calm: list[str]) -> str:
    dice = random.Random(index)
    size = SMALLEST + (LARGEST - SMALLEST) * (index * 37 % 100) // 100
    page = source.read_text(encoding="utf-8")
    chosen = _chosen(_values(page), dice, loud)
    page = page.replace("</header>", _icons(dice) + _menu(dice) + "</header>", 1)
    page = page.replace("</article>", _longer(page, int(size * VISIBLE), dice, chosen, calm) + "</article>", 1)
    missing = max(0, size - len(page.encode()))
    page = page.replace("</head>", _styles(dice, missing // 4) + "</head>", 1)
    return page.replace("</body>", _state(dice, missing - missing // 4) + "</body>", 1)


def _chosen(values: int, dice: random.Random, loud: Mapping[str, int]) -> list[str]:
    """Sections that bring a page of some values to as many as it is to state."""
    wanted = dice.randint(FEWEST_VALUES, MOST_VALUES)
    chosen = []
    for section in dice.sample(list(loud), len(loud)):
        if 0 < loud[section] <= wanted - values:
            chosen.append(section)
            values += loud[section]
    return chosen


def _longer(page: str, wanted: int, dice: random.Random, chosen: list[str], calm: list[str]) -> str:
    """The chosen sections, and such as state no value, that bring the visible text of the page to a length."""
    length = len(visible_text(page.encode())) + sum(len(_text(section)) for section in chosen)
    while length < wanted:
        chosen.append(_calm_section(dice, calm))
        length += len(_text(chosen[-1]))
    dice.shuffle(chosen)
    return "".join(
        f'<div class="hc-section hc-section--rich" data-block="{dice.getrandbits(64):016x}">'
        f'<div class="hc-section__inner">{section}</div></div>\n'
        for section in chosen
    )


def _calm_section(dice: random.Random, calm: list[str]) -> str:
    """A heading and two paragraphs of sentences that state no value."""
    heading = f"<h2>About your {dice.choice(MENU_WORDS)} and {dice.choice(MENU_WORDS)}</h2>"
    paragraphs = (html.escape(" ".join(dice.sample(calm, 5))) for _ in range(2))
    return heading + "".join(f'<p class="hc-text hc-text--body">{paragraph}</p>' for paragraph in paragraphs)


def _menu(dice: random.Random) -> str:
    links = "".join(
        f'<li class="hc-nav__item hc-nav__item--level-{dice.randint(1, 3)}"><a class="hc-nav__link" data-track="menu" '
        f'data-id="{dice.getrandbits(48):012x}" href="/{dice.choice(MENU_WORDS)}/{dice.getrandbits(32):08x}">'
        f'<svg class="hc-icon"><use href="#i{dice.randrange(ICONS)}"/></svg>'
        f'<span class="hc-nav__label">{dice.choice(MENU_WORDS).title()} and {dice.choice(MENU_WORDS)}</span></a></li>\n'
        for _ in range(MENU_LINKS)
    )
    return f'<nav class="hc-nav" aria-label="All topics"><ul class="hc-nav__list">{links}</ul></nav>'


def _icons(dice: random.Random) -> str:
    def path() -> str:
        return "M" + "".join(f"{dice.randint(0, 999) / 10} {dice.randint(0, 999) / 10}l" for _ in range(30)) + "0 0z"

    symbols = "".join(f'<symbol id="i{n}" viewBox="0 0 24 24"><path d="{path()}"/></symbol>' for n in range(ICONS))
    return f'<svg xmlns="http://www.w3.org/2000/svg" style="display:none" aria-hidden="true">{symbols}</svg>'


def _styles(dice: random.Random, length: int) -> str:
    rule = ".c{:06x}{{margin:{}px;padding:{}px {}px;color:#{:06x};transition:all 150ms}}"
    rules: list[str] = []
    written = 0
    while written < length:
        spaces = (dice.randint(0, 48) for _ in range(3))
        rules.append(rule.format(dice.getrandbits(24), *spaces, dice.getrandbits(24)))
        written += len(rules[-1])
    return f"<style>{''.join(rules)}</style>"


def _state(dice: random.Random, length: int) -> str:
    entries: list[dict[str, object]] = []
    written = 0
    while written < length:
        ident = f"{dice.getrandbits(64):016x}"
        entries.append(
            {"id": ident, "title": f"Return within {dice.randint(1, 90)} days", "votes": dice.randint(0, 999)}
        )
        written += len(json.dumps(entries[-1])) + 2
    return f"<script>window.__STATE__={json.dumps(entries)}</script>"


def make_registry(folder: Path, count: int) -> None:
    """Write a registry of `count` terms: the sample policies, then the same rules again for products that do not exist.

    So the words of every rule ('refund', 'days after delivery') are shared by many, as in a large company.
    """
    folder.mkdir(parents=True, exist_ok=True)
    samples = [yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader) for path in sorted(POLICIES.glob("*.yaml"))]
    samples = [sample for sample in samples if "policy" in sample]
    (folder / "scopes.yaml").write_text((POLICIES / "scopes.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    round_, left = 0, count
    while left:
        for sample in samples:
            policy = _variant(sample, round_, left)
            left -= len(policy["terms"])
            if policy["terms"]:
                text = yaml.safe_dump(policy, sort_keys=False, allow_unicode=True)
                (folder / f"{policy['policy']}.yaml").write_text(text, encoding="utf-8")
        round_ += 1


def _variant(sample: dict[str, Any], round_: int, most: int) -> dict[str, Any]:
    """One sample policy as it is (round 0), or for the product of a round; at most `most` of its terms."""
    product = _product(round_) if round_ else ""
    policy = {
        "policy": f"{sample['policy']}-{round_}" if round_ else sample["policy"],
        "title": f"{sample['title']} {product}".strip(),
        "owner": sample["owner"],
        "terms": [],
    }
    for term in sample["terms"][:most]:
        kept = {key: term[key] for key in TERM_KEYS if key in term}
        kept["says"] = f"{product.title()}: {term['says']}" if product else term["says"]
        kept["topics"] = [f"{topic} {product}".strip() for topic in term.get("topics", [])]
        policy["terms"].append({key: value for key, value in kept.items() if value})
    return policy


def _product(number: int) -> str:
    return f"{FIRST_NAMES[number % len(FIRST_NAMES)]} {SECOND_NAMES[number // len(FIRST_NAMES) % len(SECOND_NAMES)]}"


def main() -> None:
    """Write pages and registries into a folder."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--pages", type=int, default=200)
    ask.add_argument("--terms", type=int, nargs="*", default=[50, 500, 5000])
    args = ask.parse_args()
    make_pages(args.folder / "pages", args.pages)
    for count in args.terms:
        make_registry(args.folder / f"policies-{count}", count)


if __name__ == "__main__":
    main()
