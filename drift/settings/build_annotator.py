"""From the annotator as written to what it means."""

from __future__ import annotations

from drift.settings import nouns
from drift.settings.annotators import AnnotatorEntry, AnthropicEntry, CommandEntry, OpenAIEntry, RecordedEntry
from drift.settings.fields import duration
from drift.settings.lookup import Lookup


def annotator_of(entry: AnnotatorEntry | None, lookup: Lookup) -> nouns.AnnotatorSettings | None:
    """The annotator of an entry that is sound; a key that is missing is told by the lookup."""
    if entry is None:
        return None
    asking = nouns.Asking(
        ask_twice=entry.ask_twice,
        alarm_from=entry.alarm_from,
        trust=entry.trust,
        questions_a_day=entry.questions_a_day,
        tokens_a_day=entry.tokens_a_day,
        at_once=entry.at_once,
        timeout=duration(entry.timeout),
    )
    if isinstance(entry, OpenAIEntry):
        return nouns.OpenAISettings(
            at=entry.at,
            model=entry.model,
            key=lookup.header(entry.key, ("annotator", "key")) if entry.key is not None else None,
            api_version=entry.api_version,
            headers=tuple(
                (name, lookup.header(secret, ("annotator", "headers", name))) for name, secret in entry.headers.items()
            ),
            asking=asking,
        )
    if isinstance(entry, AnthropicEntry):
        return nouns.AnthropicSettings(entry.at, entry.model, lookup.header(entry.key, ("annotator", "key")), asking)
    if isinstance(entry, CommandEntry):
        return nouns.CommandSettings(tuple(entry.program), lookup.folder, entry.model, asking)
    assert isinstance(entry, RecordedEntry)
    return nouns.RecordedSettings(lookup.folder / entry.file, asking)
