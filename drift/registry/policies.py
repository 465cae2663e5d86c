"""One policy file into a Policy: its header here, its terms and exceptions by `terms`."""

from __future__ import annotations

import re

from drift.model import Owner, Policy, PolicyException, Review, Severity, Term
from drift.registry.addresses import check_addresses
from drift.registry.entries import read_entry
from drift.registry.names import nearest
from drift.registry.schema import ExceptionEntry, OwnerEntry, PolicyHeader, ReviewEntry, TermEntry
from drift.registry.terms import Context, read_exception, read_term
from drift.yamlfile import Document, Steps

_EVERY = re.compile(r"([1-9]\d{0,3}) (day|week|month|year)s?", re.ASCII)
_UNITS = ("days", "weeks", "months", "years")
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}  # a reminder need not be exact


def read_policy(document: Document, policies: dict[str, Policy], context: Context) -> None:
    """Add the policy of a file to those read before it; everything wrong in the file is told.

    A policy whose header cannot be read is not added, but its terms and exceptions are checked all the same.
    """
    if document.data is None:
        document.tell((), "the file is empty", "a policy, or no file")
        return
    read = read_entry(PolicyHeader, document, (), document.data)
    if read is None:
        return
    header = read.entry
    terms = _terms(header.policy, document, context)
    exceptions = _exceptions(header.policy, terms, document, context)
    if "applies_to" not in read.faulty:
        check_addresses(header.applies_to, document, ("applies_to",))
    policy = Policy(
        name=header.policy,
        title=header.title or header.policy.replace("-", " ").capitalize(),
        owner=_owner(header.owner, document),
        terms=tuple(terms.values()),
        source=header.source,
        severity=Severity(header.severity),
        review=_review(header.review, document) if header.review else None,
        applies_to=tuple(header.applies_to),
        exceptions=exceptions,
        place=document.place(("policy",)),
    )
    if "policy" in read.faulty:
        return
    if policy.name in policies:
        first = policies[policy.name].place
        document.tell(("policy",), f"policy '{policy.name}' is defined already", f"another name than in {first}")
    else:
        policies[policy.name] = policy


def _terms(policy: str, document: Document, context: Context) -> dict[str, Term]:
    terms: dict[str, Term] = {}
    for path, data in _items("terms", document):
        read = read_entry(TermEntry, document, path, data)
        if read is None:
            continue
        term = read_term(read, policy, document, path, context)
        if "term" in read.faulty:
            continue
        if term.name in terms:
            first = terms[term.name].place
            expected = f"another name than in line {first.line}" if first else None
            document.tell((*path, "term"), f"term '{term.name}' is defined already", expected)
        else:
            terms[term.name] = term
    return terms


def _exceptions(
    policy: str, terms: dict[str, Term], document: Document, context: Context
) -> tuple[PolicyException, ...]:
    exceptions = []
    for path, data in _items("exceptions", document):
        read = read_entry(ExceptionEntry, document, path, data)
        exception = read and read_exception(read, policy, terms, document, path, context)
        if exception:
            exceptions.append(exception)
    return tuple(exceptions)


def _items(key: str, document: Document) -> list[tuple[Steps, object]]:
    entries = document.data.get(key) if isinstance(document.data, dict) else None
    return [((key, index), entry) for index, entry in enumerate(entries)] if isinstance(entries, list) else []


def _owner(entry: str | OwnerEntry, document: Document) -> Owner:
    if isinstance(entry, str):
        return Owner(email=entry)
    if not (entry.team or entry.email or entry.slack):
        document.tell(("owner",), "the owner has no name", "at least one of team, email, slack", key=True)
    return Owner(entry.team, entry.email, entry.slack)


def _review(entry: ReviewEntry, document: Document) -> Review | None:
    match = _EVERY.fullmatch(entry.every)
    if match:
        return Review(entry.last, int(match[1]) * _DAYS[match[2]])
    number, _, unit = entry.every.partition(" ")
    near = nearest(unit, _UNITS) if unit else "days" if number.isdigit() else None
    hint = f"{number} {near}" if near and number.isdigit() else None
    document.tell(("review", "every"), f"'{entry.every}' is no time between reviews", "one like 180 days", hint)
    return None
