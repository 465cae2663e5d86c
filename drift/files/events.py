"""The events of a YAML text in their order: what comes before a parser's complaint is told before it.

A parser reads ahead, since only a ':' further on tells that a word was a key, and complains of what it met there
before it has told what came first. libyaml 0.2.6 also has limits of its own. So what stood before a complaint is
parsed once more by itself, and whoever takes the events judges by limits and words of its own, whichever parser and
whichever version is underneath.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import yaml

Loader = type[Any]  # of PyYAML, which has no common base for its two parsers

FASTEST: Loader = getattr(yaml, "CLoader", yaml.Loader)  # ten times as fast where libyaml is built in


def events(text: str, loader: Loader = FASTEST) -> Iterator[yaml.Event]:
    """The events of a text. Raises MarkedYAMLError after the last one that stands wholly before the fault."""
    told = 0
    try:
        for event in _parsed(text, loader):
            yield event
            told += 1
    except yaml.MarkedYAMLError as complaint:
        mark = complaint.problem_mark or complaint.context_mark
        if mark is not None:
            yield from _held_back(text[: mark.index], told, loader)
        raise


def _held_back(before: str, told: int, loader: Loader) -> Iterator[yaml.Event]:
    """The events of a text after those that were told. What touches its end may have been cut there, and is left."""
    try:
        for event in islice(_parsed(before, loader), told, None):
            if event.end_mark is None or event.end_mark.index >= len(before):
                return
            yield event
    except yaml.MarkedYAMLError:
        return


def _parsed(text: str, loader: Loader) -> Iterator[yaml.Event]:
    """As `yaml.parse`, but whatever the parser trips over is raised as MarkedYAMLError."""
    event: yaml.Event | None = None
    try:
        for event in yaml.parse(text, Loader=loader):
            yield event
    except (ValueError, OverflowError) as error:  # the parser in Python makes characters and numbers of any digits
        complaint = yaml.MarkedYAMLError(problem="invalid Unicode character escape")
        complaint.problem_mark = event.end_mark if event else None  # type: ignore[assignment]  # either parser's mark
        raise complaint from error
