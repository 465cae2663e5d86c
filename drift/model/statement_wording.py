"""A statement that is kept, and why a finding changed, in plain words."""

from __future__ import annotations

from drift.model import Diagnosis
from drift.model.statement import Cause, Statement
from drift.model.values import Bound
from drift.model.wording import diagnosis, limit, opinion, plain, quoted

_CAUSES = {
    Cause.PAGE: "the page was changed",
    Cause.POLICY: "the policy was changed, and the page was not",
    Cause.READER: "neither changed: this version of drift reads the page otherwise",
}


def annotated(statement: Statement) -> str:
    """The same of a statement that it said to state the term; '' where it did not."""
    if not statement.annotated:
        return ""
    term, sure = statement.full_name, statement.annotated_sure
    return opinion(statement.annotated, term, sure, statement.annotated_why, statement.annotated_agreed)


def cause(value: Cause) -> str:
    """Which of the three made a finding, as a clause: 'the page was changed'."""
    return _CAUSES[value]


def published(statement: Statement) -> str:
    """What a page publishes, as people are told it: '£12'."""
    return statement.published_text or plain(statement.published)


def expected(statement: Statement) -> str:
    """What is right, as people are told it, in the spelling of the page; '' where that is not known."""
    return statement.expected_text or plain(statement.expected or "")


def as_told(shown: str, *statements: Statement | None) -> str:
    """A canonical spelling as people are told it: as a statement of the page has it, where one does."""
    for statement in statements:
        if statement is not None and shown == statement.published:
            return published(statement)
        if statement is not None and shown == statement.expected:
            return expected(statement)
    return plain(shown)


def told(statement: Statement) -> str:
    """What a customer is told: a value that limits the other way round than the rule does, with its bound."""
    if statement.diagnosis is not Diagnosis.BOUND:
        return published(statement)
    return limit(statement.bound, published(statement))


def right(statement: Statement, bound: Bound | None) -> str:
    """What the rule says, with the `bound` of its term, if that is known; '' where the value is not."""
    value = expected(statement)
    return limit(bound, value) if bound is not None and value else value


def turned(statement: Statement, bound: Bound | None) -> str:
    """A diagnosis in words; of a turned bound, what is turned round, where both sides are known."""
    if statement.diagnosis is None:
        return ""
    if statement.diagnosis is not Diagnosis.BOUND or bound is None or statement.bound is Bound.EXACTLY:
        return diagnosis(statement.diagnosis)
    said = f"The page says {told(statement)} where the policy is {right(statement, bound)}"
    return f"{said}: the number is right, and it limits the wrong way."


def place(statement: Statement) -> str:
    """Where on its page a value stands, for those who do not see it: ' in the table "Fees", row "SIM"'; '' in prose.

    Of each name what a reader needs to find it; nothing of what the page wrote is made inert here.
    """
    parts = []
    cell = bool(statement.row or statement.column)
    if statement.caption:
        parts.append(f"{'the table' if cell else 'the part'} {quoted(statement.caption)}")
    for name, headers in (("row", statement.row), ("column", statement.column)):
        if headers:
            parts.append(f"{name if parts else f'the {name}'} {quoted(', '.join(headers))}")
    found = [f"in {', '.join(parts)}"] if parts else []
    if statement.defines:
        found.append(f"for {quoted(statement.defines)}")
    if statement.question:
        found.append(f"in answer to {quoted(statement.question)}")
    return f" {' '.join(found)}" if found else ""
