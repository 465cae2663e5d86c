"""One policy file into a Policy: its header here, its terms and exceptions by `terms`."""

from __future__ import annotations

from drift.files.addresses import check_addresses
from drift.files.fields import SHOWN_LOGIN, OwnerEntry
from drift.files.yamlfile import Document, Steps
from drift.model import Owner, Policy, PolicyException, Review, Severity, Term, foreign
from drift.policies.entries import read_entry
from drift.policies.schema import ExceptionEntry, PolicyHeader, TermEntry
from drift.policies.terms import TermContext, read_exception, read_term

_APART = frozenset(("terms", "exceptions"))


def read_policy(document: Document, policies: dict[str, Policy], context: TermContext) -> None:
    """Add the policy of a file to those read before it; everything wrong in the file is told.

    A policy whose header cannot be read is not added, but its terms and exceptions are checked all the same.
    """
    if document.data is None:
        document.tell((), "the file is empty", "a policy, or no file")
        return
    read = read_entry(PolicyHeader, document, (), document.data, apart=_APART)
    if read is None:
        return
    header = read.entry
    terms = _terms(header.policy, document, context)
    exceptions = _exceptions(header.policy, terms, document, context)
    if "applies_to" not in read.faulty:
        check_addresses(header.applies_to, document, ("applies_to",))
    if header.source is not None and foreign.has_login(header.source):
        document.tell(("source",), SHOWN_LOGIN, "an address without one", private=True)
    policy = Policy(
        name=header.policy,
        title=header.title or header.policy.replace("-", " ").capitalize(),
        owner=_owner(header.owner, document),
        terms=tuple(terms.values()),
        source=header.source,
        severity=Severity(header.severity),
        review=Review(header.review.last, header.review.every) if header.review else None,
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


def _terms(policy: str, document: Document, context: TermContext) -> dict[str, Term]:
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
    policy: str, terms: dict[str, Term], document: Document, context: TermContext
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
