"""Labelled claims: the documents of a labelled set read by drift, with each claim's term as a person saw it.

A label names a value by its offsets in the raw text; a claim knows its source line. They are brought together by
value and nearest line. Used for training and for studies; the gate itself runs the sets' own scorer.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import corpus
import yaml
from corpus import ROOT

from drift import policies as registry_room
from drift.engine import claims, kinds, languages, reading
from drift.engine.languages.telling import tell
from drift.model import Article, Claim, Language, Page, Registry, Snapshot, Stance
from drift.model.values import Comparison, Value

HTML = (".html", ".htm", ".php", ".cfm", ".liquid")  # what pages are called in repositories


@dataclass(frozen=True, slots=True)
class Labelled:
    """One version of a document: its claims, and for each the labelled term names; `maybe` are debatable ones."""

    case: str
    company: str
    name: str
    registry: Registry
    language: Language
    page: str  # versions of one page are never each other's context
    article: Article
    claims: tuple[Claim, ...]
    terms: tuple[frozenset[str], ...]  # by claim
    maybe: tuple[frozenset[str], ...]  # by claim
    missed: tuple[tuple[str, str, int], ...]  # (term, value, offset) of labels that no claim fits


def load(folder: Path) -> Iterator[Labelled]:
    """Every version of every case in a language that is read, in order of file name."""
    for path in sorted(folder.glob("*.yaml")):
        yield from _case(yaml.safe_load(path.read_text(encoding="utf-8")), folder)


def policies_of(case: dict[str, Any]) -> Registry:
    """A case's registry, loaded from policy YAML as an owner would have it."""
    keys = ("term", "says", "bound", "topics", "scope")
    terms = [{**{k: t[k] for k in keys if t.get(k)}, "value": str(t["value"])} for t in case["registry"]]
    policy = {"policy": case["case"], "title": case["company"], "owner": "owner@larkspur.example", "terms": terms}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "policy.yaml").write_text(yaml.safe_dump(policy, allow_unicode=True), encoding="utf-8")
        return registry_room.load(Path(folder), language=languages.load)


def _case(case: dict[str, Any], folder: Path) -> Iterator[Labelled]:
    held = policies_of(case)
    versions = (
        case["versions"]
        + [dict(quiet, statements=None) for quiet in case.get("quiet") or [] if isinstance(quiet, dict)]
        + (case.get("mutations") or [])
    )
    versions = [version for version in versions if version.get("statements") is not None]
    for index, version in enumerate(versions):
        path = folder / version["file"]
        one = _version(case, f"v{index}", path, version, held)
        if one is not None:
            yield one


def _version(case: dict[str, Any], name: str, path: Path, version: dict[str, Any], held: Registry) -> Labelled | None:
    """A version with its labels put to its claims; None in a language without a file."""
    raw = path.read_text(encoding="utf-8")
    text, html = raw, path.suffix in HTML
    if "insert" in version:
        text = text[: version["start"]] + version["insert"] + text[version["end"] :]
    if (version.get("path") or "").endswith(".json"):
        page = json.loads(raw)
        text = f"# {page['title']}\n\n{page['content']}\n"
    article = reading.read(Snapshot(Page(name), text.encode(), "text/html" if html else "text/markdown"))
    try:
        language = languages.load(article.language or tell((p.text for p in article.passages), languages.load, "en"))
    except LookupError:
        return None
    found = claims.extract(article, language, dollars=held.dollars)
    terms: list[set[str]] = [set() for _ in found]
    maybe: list[set[str]] = [set() for _ in found]
    missed = []
    values = {term.name: term.kind for term in held.terms}
    for label in version["statements"]:
        at = _claim_of(label, text, found, values)
        if at is None:
            if not label.get("optional"):
                missed.append((label["term"], str(label["value"]), label.get("start") or -1))
            continue
        (maybe if label.get("optional") else terms)[at].add(label["term"])
        for other, claim in enumerate(found):  # a value said again may state the term again: nobody labelled it
            if other != at and _same(claim.value, found[at].value):
                maybe[other].add(label["term"])
    return Labelled(
        case["case"],
        case["company"],
        name,
        held,
        language,
        version.get("path") or version["file"],
        article,
        found,
        tuple(map(frozenset, terms)),
        tuple(frozenset(maybe_here - terms_here) for maybe_here, terms_here in zip(maybe, terms, strict=True)),
        tuple(missed),
    )


def _claim_of(label: dict[str, Any], text: str, found: tuple[Claim, ...], values: dict[str, Any]) -> int | None:
    """The claim of the label's value nearest to it: by line where lines are known, else by the words around."""
    try:
        wanted = kinds.parse(str(label["value"]), kind=values.get(label["term"]))
    except ValueError:
        return None
    start = label.get("start")
    if start is None:
        return None
    line = text[:start].count("\n") + 1
    around = set(text[max(0, start - 200) : label["end"] + 200].lower().split())
    best: tuple[float, int] | None = None
    for at, claim in enumerate(found):
        if not _same(claim.value, wanted) or claim.stance is not Stance.CURRENT:
            continue
        here = claim.passage.line_at(claim.start)
        words = set(claim.quote.lower().split())
        alike = len(words & around) / max(1, len(words))
        distance = abs(here - line) if here is not None else 0.0 if alike > 0.5 else 99.0
        if distance <= 2 or (here is None and distance < 99):
            rank = (distance - alike, at)
            if best is None or rank < best:
                best = rank
    return best[1] if best else None


def _same(value: Value, wanted: Value) -> bool:
    return kinds.compare(value, wanted) is Comparison.SAME


def from_corpus(root: Path = ROOT) -> Iterator[Labelled]:
    """The project's own labelled pages in the same form; a topic stands for a company."""
    language = languages.load("en")
    for case in corpus.load(root):
        held = registry_room.load(root / case.topic / "policies", language=languages.load)
        media = "text/html" if case.fmt == "html" else "text/markdown"
        article = reading.read(Snapshot(Page(case.name), case.page.encode(), media))
        found = claims.extract(article, language, dollars=held.dollars)
        terms: list[set[str]] = [set() for _ in found]
        maybe: list[set[str]] = [set() for _ in found]
        missed = []
        for label in case.labels:
            fits = [
                at
                for at, claim in enumerate(found)
                if claim.stance is Stance.CURRENT
                and _same(claim.value, label.value)
                and (label.text in claim.value_text or claim.value_text in label.text)
            ]
            for at in fits:
                (maybe if label.optional else terms)[at].add(label.term)
            if not fits and not label.optional:
                missed.append((label.term, kinds.show(label.value), -1))
        yield Labelled(
            f"{case.topic}/{case.name}",
            case.topic,
            case.name,
            held,
            language,
            case.name,
            article,
            found,
            tuple(map(frozenset, terms)),
            tuple(map(frozenset, maybe)),
            tuple(missed),
        )
