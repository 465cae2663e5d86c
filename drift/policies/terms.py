"""Entries of policy files into terms and exceptions: values, bounds, scopes, addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from drift.engine import kinds
from drift.files.addresses import check_addresses
from drift.files.spelling import kebab, nearest, one_of
from drift.files.validation import Read
from drift.files.yamlfile import Document, Steps
from drift.model import Examples, Language, PolicyException, Preference, Term
from drift.model.values import Bound, Kind, Value
from drift.policies.schema import ExceptionEntry, TermEntry
from drift.policies.timeline import WrittenPeriod, timeline

SPELLED_IN = "en"  # the language of the canonical spellings of values
_NAME_WORDS = 6  # of `says`, for a term without a name


class TermContext(NamedTuple):
    """What the reading of one term needs to know of the rest."""

    dollars: str = "USD"
    language: Language | None = None  # of `says`; without one, years are an age only where `kind` says so
    scopes: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None  # the closed lists, None without scopes.yaml


def read_term(read: Read[TermEntry], policy: str, document: Document, path: Steps, context: TermContext) -> Term:
    """The term of an entry. What is wrong in it is told; the term is then of use for further checks only."""
    entry, faulty = read.entry, read.faulty
    name = entry.term or _name_from(entry.says)
    kind = entry.kind or _open_kind(entry, name, context)
    spans = [] if "value" in faulty else _spans(entry, kind, document, (*path, "value"), context)
    bound = Bound(entry.bound)
    if "bound" not in faulty:
        for span in spans:
            _check_bound(bound, span.value, document, span.path)
    _check_scope(entry.scope, document, (*path, "scope"), context)
    check_addresses(entry.published_at, document, (*path, "published_at"), anchors=True)
    return Term(
        policy=policy,
        name=name,
        says=entry.says,
        timeline=timeline(spans, document),
        bound=bound,
        scope=tuple(sorted(entry.scope.items())),
        topics=tuple(entry.topics),
        not_topics=tuple(entry.not_topics),
        must=tuple(entry.must),
        published_at=tuple(entry.published_at),
        also=tuple(_accepted(entry, spans, document, (*path, "also"), context)),
        customer_prefers=Preference(entry.customer_prefers) if entry.customer_prefers else None,
        guidance=entry.guidance,
        examples=Examples(tuple(entry.examples.states), tuple(entry.examples.silent)),
        place=document.place((*path, "term")) if entry.term else document.place(path),
    )


def read_exception(
    read: Read[ExceptionEntry],
    policy: str,
    terms: Mapping[str, Term],
    document: Document,
    path: Steps,
    context: TermContext,
) -> PolicyException | None:
    """The exception of an entry, or None if its term or value cannot be known."""
    entry, faulty = read.entry, read.faulty
    name = entry.term.removeprefix(f"{policy}/")
    if "article" not in faulty:
        check_addresses([entry.article], document, (*path, "article"))
    term = terms.get(name)
    if term is None and "term" not in faulty:
        near = nearest(name, terms) if document.hinted else None
        document.tell((*path, "term"), f"this policy has no term '{name}'", None, near)
    if "value" in faulty:
        return None
    kind = _asked(term.timeline[0].value) if term and term.timeline else None
    value = _value(entry.value, kind, document, (*path, "value"), context)
    if term is None or value is None:
        return None
    if term.timeline:
        _check_kind(value, term.timeline[0].value, document, (*path, "value"))
    return PolicyException(
        policy, name, entry.article, value, entry.reason, entry.by, entry.until, document.place(path)
    )


def _spans(
    entry: TermEntry, kind: Kind | None, document: Document, path: Steps, context: TermContext
) -> list[WrittenPeriod]:
    if isinstance(entry.value, str):
        value = _value(entry.value, kind, document, path, context)
        return [WrittenPeriod(value, None, None, path)] if value else []
    spans: list[WrittenPeriod] = []
    for index, span in enumerate(entry.value):
        value = _value(span.is_, kind, document, (*path, index, "is"), context)
        if value:
            if spans:
                _check_kind(value, spans[0].value, document, (*path, index, "is"))
            spans.append(WrittenPeriod(value, span.from_, span.until, (*path, index)))
    return spans


def _value(written: str, kind: Kind | None, document: Document, path: Steps, context: TermContext) -> Value | None:
    try:
        return _read(written, kind, context)
    except ValueError as error:
        document.tell(path, str(error))
        return None


def _read(written: str, kind: Kind | None, context: TermContext) -> Value:
    """The value of a registry's spelling, or of its language's ('30 jours', which counts no thing called 'jour').

    Raises ValueError where it is neither, with what may have been meant.
    """
    language = context.language
    said = _whole(written, language, context.dollars) if language and language.code != SPELLED_IN else None
    try:
        value = _parse(written, kind, context.dollars)
    except ValueError:
        if said is None:
            raise
        if kind in (None, said.kind) or kinds.of(said).worded:
            return said
        asked = replace(said, kind=kind)
        if not kinds.comparable(asked, said):  # as '16 ans' are an age, and '30 jours' are none
            raise
        return asked
    return said if said and kind is None and kinds.of(value).named else value


def _accepted(
    entry: TermEntry, spans: list[WrittenPeriod], document: Document, path: Steps, context: TermContext
) -> Iterator[Value]:
    """The values of `also`, spelled as a registry does or as prose does ('two months')."""
    kind = _asked(spans[0].value) if spans else None
    for index, written in enumerate(entry.also):
        value = _in_prose(written, context) or _value(written, kind, document, (*path, index), context)
        if value:
            if spans:
                _check_kind(value, spans[0].value, document, (*path, index))
            yield value


def _in_prose(written: str, context: TermContext) -> Value | None:
    """The value that a wording is as a whole, where it starts like prose and not with digits or a code."""
    if context.language is None or not written[:1].islower():
        return None
    return _whole(written, context.language, context.dollars)


@lru_cache(maxsize=1024)  # registries say the same few values again and again
def _parse(written: str, kind: Kind | None, dollars: str) -> Value:
    return kinds.parse(written, kind=kind, dollars=dollars)


@lru_cache(maxsize=1024)
def _whole(written: str, language: Language, dollars: str) -> Value | None:
    found = kinds.find(written, language, dollars=dollars)
    return found[0].value if len(found) == 1 and found[0].end - found[0].start == len(written) else None


def _open_kind(entry: TermEntry, name: str, context: TermContext) -> Kind | None:
    """The kind that makes a value its own by the words around it: 16 years of age. None if no kind does."""
    first = entry.value if isinstance(entry.value, str) else entry.value[0].is_
    try:
        value = _read(first, None, context)
    except ValueError:
        return None  # told when it is read
    if context.language is None:
        return None
    words = " ".join((entry.says, *entry.topics, name.replace("-", " "))).lower()
    return kinds.taking(value, words, context.language)


def _asked(value: Value) -> Kind | None:
    """The kind of a term's value, where a further one of it would be of another kind unless it is asked for."""
    return value.kind if kinds.of(value).asked else None


def _check_kind(value: Value, first: Value, document: Document, path: Steps) -> None:
    if value.kind != first.kind and not (kinds.of(value).worded or kinds.of(first).worded):
        message = f"'{kinds.show(value)}' ({value.kind}) and '{kinds.show(first)}' ({first.kind}) are not of one kind"
        document.tell(path, message, "values of one kind in a term")


def _check_bound(bound: Bound, value: Value, document: Document, path: Steps) -> None:
    if bound is Bound.BETWEEN and not value.is_range:
        document.tell(path, f"'{kinds.show(value)}' has no two ends for 'bound: between'", "a range: low..high")
    elif bound in (Bound.AT_LEAST, Bound.AT_MOST) and (value.is_range or kinds.of(value).worded):
        message = f"'{kinds.show(value)}' is no single limit for 'bound: {bound}'"
        document.tell(path, message, "one amount", warning=True)


def _check_scope(scope: Mapping[str, str], document: Document, path: Steps, context: TermContext) -> None:
    if context.scopes is None:
        return
    for dimension, value in scope.items():
        values = context.scopes.get(dimension)
        if values is None:
            near = nearest(dimension, context.scopes) if document.hinted else None
            document.tell((*path, dimension), f"unknown dimension '{dimension}'", _of(context.scopes), near, key=True)
        elif value not in values:
            near = _meant(value, values) if document.hinted else None
            document.tell((*path, dimension), f"unknown {dimension} '{value}'", _of(values), near)


def _meant(value: str, values: Mapping[str, tuple[str, ...]]) -> str | None:
    """The value of a scope that has this spelling, or one near it."""
    spelled = (name for name, spellings in values.items() if value.lower() in map(str.lower, spellings))
    return next(spelled, None) or nearest(value, values)


def _of(names: Iterable[str]) -> str:
    return f"{one_of(tuple(names))} (scopes.yaml)"


def _name_from(says: str) -> str:
    """A name for a term that has none: its first words without numbers, so that a new value keeps it."""
    words = [word for word in kebab(says).split("-") if not any(character.isdigit() for character in word)]
    return "-".join(words[:_NAME_WORDS]) or "rule"
