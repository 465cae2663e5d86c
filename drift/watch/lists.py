"""The lists of the desk: findings and pages, chosen, ordered and cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from drift.model import Owner, Registry, Severity, statement_wording, wording
from drift.model.desk import FindingList, FindingQuery, FindingRow, Leaf, Listed, PageKind, PageList, PageQuery, PageRow
from drift.model.desk_ports import ListedStore
from drift.model.finding import Finding, PageState, State

LEAF = 50  # rows of a list shown at once
STANDING, ALL = "standing", "all"

_SEVERITY = {severity: number for number, severity in enumerate(reversed(Severity))}
_STATE = {state: (not state.stands, not state.live) for state in State}

Order = Callable[[FindingRow], tuple[object, ...]]
SORTS: Mapping[str, Order] = {
    "severity": lambda row: (*_STATE[row.state], _SEVERITY[row.severity], row.since, row.id),
    "oldest": lambda row: (row.since, row.id),
    "newest": lambda row: (-row.since.timestamp(), row.id),
    "page": lambda row: ((row.title or row.article).casefold(), row.article, row.id),
    "rule": lambda row: (row.policy, row.term, _SEVERITY[row.severity], row.id),
}

PageOwner = Callable[[PageState], Owner | None]


def chosen(rows: Iterable[FindingRow], query: FindingQuery, registry: Registry | None) -> list[FindingRow]:
    """The rows for which all that is asked holds but for their state, in the order that is asked for.

    A severity, source, policy or owner that nobody has chooses nothing; an unknown order is that of severity.
    """
    owners = owners_of(registry)
    says = {term.full_name: term.says for term in registry.terms} if registry is not None and query.words else {}
    words = query.words.casefold().split()

    def wanted(row: FindingRow) -> bool:
        if (query.policy and query.policy != row.policy) or (query.severity and query.severity != row.severity):
            return False
        if (query.source and query.source != row.source) or (query.owner and query.owner != owners.get(row.policy, "")):
            return False
        if not words:
            return True
        text = f"{row.title or ''} {row.article} {row.full_name} {says.get(row.full_name, '')}".casefold()
        return all(word in text for word in words)

    return sorted(filter(wanted, rows), key=SORTS.get(query.sort, SORTS["severity"]))


def of_state(rows: Sequence[FindingRow], state: str) -> list[FindingRow]:
    """Those of a state, of all that stand, or all."""
    if state == ALL:
        return list(rows)
    if state == STANDING:
        return [row for row in rows if row.state.stands]
    return [row for row in rows if row.state == state]


def owners_of(registry: Registry | None) -> dict[str, str]:
    """Who answers for each policy, as people are told it."""
    return {policy.name: wording.owner(policy.owner) for policy in registry.policies} if registry is not None else {}


def finding_rows(store: ListedStore, query: FindingQuery, registry: Registry | None) -> list[Listed]:
    """All findings that are asked for, whatever page of the list."""
    everything = store.listing.findings(titled=_by_title(query))
    return listed(store, of_state(chosen(everything, query, registry), query.state), registry)


def finding_list(store: ListedStore, query: FindingQuery, registry: Registry | None) -> FindingList:
    """One page of the findings that are asked for, with what else could be asked for."""
    everything = store.listing.findings(titled=_by_title(query))
    rows = chosen(everything, query, registry)
    states = {state.value: 0 for state in State}
    for row in rows:
        states[row.state.value] += 1
    states = {STANDING: sum(states[state.value] for state in State if state.stands), **states, ALL: len(rows)}
    found = of_state(rows, query.state)
    leaf = leaf_of(query.page, len(found))
    owners = owners_of(registry)
    policies = {row.policy for row in everything}
    return FindingList(
        query=query,
        listed=tuple(listed(store, found[start_of(leaf) :][:LEAF], registry)),
        leaf=leaf,
        states=states,
        policies=tuple(sorted(policies)),
        owners=tuple(sorted({owners[policy] for policy in policies if policy in owners})),
        sources=tuple(sorted({row.source for row in everything if row.source is not None})),
        ever=bool(everything),
    )


def _by_title(query: FindingQuery) -> bool:
    return bool(query.words) or query.sort == "page"


def listed(store: ListedStore, rows: Sequence[FindingRow], registry: Registry | None) -> list[Listed]:
    """Rows with what their pages say and what is right."""
    whole = store.listing.whole([row.id for row in rows])
    titles = store.listing.titles(list({row.page for row in rows if row.page is not None}))
    owners = owners_of(registry)
    bounds = {term.full_name: term.bound for term in registry.terms} if registry is not None else {}

    def one(row: FindingRow, finding: Finding) -> Listed:
        said = finding.statement
        right = statement_wording.right(said, bounds.get(row.full_name))
        row = row._replace(title=titles.get(row.page) if row.page is not None else None)
        return Listed(row, statement_wording.told(said), right, owners.get(row.policy, ""))

    return [one(row, whole[row.id]) for row in rows if row.id in whole]


def page_list(store: ListedStore, query: PageQuery, blind_after: int, owner_of: PageOwner) -> PageList:
    """One page of the pages that are asked for; a kind that there is not lists all."""
    kind = next((each for each in PageKind if each.value == query.kind), None)
    counts = store.listing.counts(blind_after, source=query.source, words=query.words)
    leaf = leaf_of(query.page, counts[kind])
    rows = store.listing.pages(
        kind, blind_after, source=query.source, words=query.words, start=start_of(leaf), most=LEAF
    )
    return PageList(
        query=query,
        rows=rows,
        leaf=leaf,
        kinds={each.value if each is not None else "": count for each, count in counts.items()},
        sources=store.listing.sources(),
        owners=_owners(rows, owner_of),
    )


def _owners(rows: Iterable[PageRow], owner_of: PageOwner) -> dict[int, Owner]:
    found = {row.id: owner_of(row.state) for row in rows}
    return {number: owner for number, owner in found.items() if owner is not None}


def leaf_of(asked: int, total: int) -> Leaf:
    """The page of a list that is asked for, or the nearest that there is."""
    leaves = max(1, -(-total // LEAF))
    return Leaf(min(max(1, asked), leaves), leaves, total)


def start_of(leaf: Leaf) -> int:
    """The first row of a page of a list."""
    return (leaf.number - 1) * LEAF
