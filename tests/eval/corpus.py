"""The labelled pages of `fixtures/corpus`, read and checked.

A topic is a folder with a registry (`policies/`) and one YAML file a case; see `fixtures/corpus/README.md`.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from drift.engine import kinds
from drift.model import Diagnosis, Outcome, Stance
from drift.model.values import Value

ROOT = Path(__file__).resolve().parents[2] / "fixtures" / "corpus"

STRUCTURES = ("prose", "list", "table", "faq", "definition list", "tabs", "headings only")
LONG = "long document"  # tag of a version of a long document
CASE_KEYS = {"tags", "fmt", "page", "statements"}
TAG_KEYS = {"structure", "stances", "about"}
LABEL_KEYS = {"term", "value", "value_text", "verdict", "diagnosis", "optional"}


@dataclass(frozen=True, slots=True)
class Label:
    """One statement as a person saw it. `optional` ones are debatable: neither demanded nor counted as false."""

    term: str  # short name, unique in its topic
    value: Value
    text: str  # as it stands on the page
    verdict: Outcome
    diagnosis: Diagnosis | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One page with everything it states about the terms of its topic; what is not labelled is something else."""

    topic: str
    name: str
    fmt: str  # 'md' | 'html'
    page: str
    structure: str
    stances: tuple[str, ...]
    about: tuple[str, ...]  # what makes the case worth having
    labels: tuple[Label, ...]

    @property
    def length(self) -> str:
        """'short pages' or 'long documents': their figures have little to do with one another."""
        return "long documents" if LONG in self.about else "short pages"


def load(root: Path = ROOT) -> tuple[Case, ...]:
    """All cases in order of topic and name. Raises ValueError with everything wrong in any of them."""
    cases: list[Case] = []
    problems: list[str] = []
    for path in sorted(root.glob("*/*.yaml")):
        try:
            cases.append(_case(path))
        except (ValueError, KeyError, yaml.YAMLError) as error:
            problems.append(f"{path.parent.name}/{path.name}: {error}")
    if problems:
        raise ValueError("\n".join(problems))
    return tuple(cases)


def _case(path: Path) -> Case:
    # Every scalar stays a string: '17:00' and 'no' are values here, not numbers and booleans.
    data: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    tags = data["tags"]
    _known(data, CASE_KEYS)
    _known(tags, TAG_KEYS)
    if tags["structure"] not in STRUCTURES:
        raise ValueError(f"structure {tags['structure']!r} is none of {', '.join(STRUCTURES)}")
    if data["fmt"] not in ("md", "html"):
        raise ValueError(f"fmt {data['fmt']!r} is neither md nor html")
    for stance in tags["stances"]:
        Stance(stance)
    text = _folded(data["page"])
    return Case(
        topic=path.parent.name,
        name=path.stem,
        fmt=data["fmt"],
        page=data["page"],
        structure=tags["structure"],
        stances=tuple(tags["stances"]),
        about=tuple(tags["about"]),
        labels=tuple(_label(entry, text) for entry in data["statements"]),
    )


def _label(entry: dict[str, str], text: str) -> Label:
    _known(entry, LABEL_KEYS)
    value = kinds.parse(entry["value"])
    if kinds.show(value) != entry["value"]:
        raise ValueError(f"{entry['term']}: value {entry['value']!r} is spelled {kinds.show(value)!r}")
    if entry["value_text"] not in text:
        raise ValueError(f"{entry['term']}: {entry['value_text']!r} does not stand on the page")
    diagnosis = entry.get("diagnosis")
    return Label(
        term=entry["term"],
        value=value,
        text=entry["value_text"],
        verdict=Outcome(entry["verdict"]),
        diagnosis=Diagnosis(diagnosis) if diagnosis else None,
        optional=entry.get("optional") == "true",
    )


def _known(mapping: dict[str, Any], keys: set[str]) -> None:
    if unknown := set(mapping) - keys:
        raise ValueError(f"unknown keys: {', '.join(sorted(unknown))}")


def _folded(page: str) -> str:
    return " ".join(html.unescape(page).split())
