"""Statements of an earlier version of a page, known again on this one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drift.engine import sentences
from drift.engine.matching.aligning import aligned
from drift.engine.matching.pairing import gathered, pairs
from drift.engine.matching.recognised import Recognised
from drift.engine.matching.writing import Writing
from drift.model import Followed, Written


def follow(known: Recognised, followed: Sequence[Followed], written: Sequence[Written], writing: Writing) -> Recognised:
    """What is known, with the claims that make statements of an earlier version again; `written` is by claim.

    All sentences of both versions are paired, also those that state nothing: a sentence that stood beside a statement
    is never taken for it.
    """
    before = gathered(writing, ((one.sentence, one.nth, one) for one in followed))
    now = gathered(writing, ((one.sentence, one.nth, at) for at, one in enumerate(written)))
    found: dict[int, Followed] = {}
    reworded: set[int] = set()
    for sentence, there in pairs(before, now):
        for ordinal, at in aligned(sentence, there):
            if sentence.held[ordinal].term is not None:
                found[at] = sentence.held[ordinal]
                if sentences.likeness(sentence.masked, there.masked) < 1:
                    reworded.add(at)
    return replace(known, followed=found, reworded=frozenset(reworded))
