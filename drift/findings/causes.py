"""Which of the three made a change: the page, the policy, or our own reader."""

from __future__ import annotations

from drift.model.finding import Finding, Reading
from drift.model.statement import Cause, Statement


def of_going_wrong(last: Reading | None, before: Statement | None, reading: Reading, now: Statement) -> Cause:
    """Why a statement diverges that did not in the last good reading; `before` is what it said there.

    The first reading of a page has nothing to be held against: what is wrong in it the page says.
    """
    if last is None:
        return Cause.PAGE
    same_text = reading.stored or reading.text == last.text
    return _cause(same_text, reading.reader == last.reader, reading.policies == last.policies, before, now)


def of_a_change(finding: Finding, last: Reading | None, reading: Reading, now: Statement | None) -> Cause:
    """Why a finding closes, or diverges otherwise than before; `now` is what the page says, None where nothing."""
    read_again = last is not None and last.stored and last.text == reading.text
    same_text = reading.stored or read_again or reading.text == finding.text
    same_policies = reading.policies == finding.policies
    return _cause(same_text, reading.reader == finding.reader, same_policies, finding.statement, now)


def _cause(
    same_text: bool, same_reader: bool, same_policies: bool, before: Statement | None, now: Statement | None
) -> Cause:
    """With the same text the page is out of it, and the rule is what changed wherever another value is right now.

    What is right also changes on a day, without any edit of the registry: that is the policy too. Where nothing of the
    three changed, it is what other pages of the source say: that was published as well.
    """
    other_rule = before is not None and now is not None and before.expected != now.expected
    if same_text and same_reader and same_policies and not other_rule:
        return Cause.PAGE
    if same_text:
        return Cause.POLICY if other_rule or same_reader else Cause.READER
    if before is None or now is None:
        return Cause.PAGE
    if before.published == now.published and other_rule:
        return Cause.POLICY
    if before.quote == now.quote and not same_reader:
        return Cause.READER  # the text differs only as another version of the reader takes it
    return Cause.PAGE
