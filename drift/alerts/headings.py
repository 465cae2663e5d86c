"""What a message is about, in one plain line."""

from __future__ import annotations

from collections.abc import Sequence

from drift.model import wording
from drift.model.alert import Fact, Reason

# Of one thing, and of several, whose number comes before it.
_ONE = {
    Reason.OPENED: "A page contradicts the policy",
    Reason.CHANGED: "A page contradicts the policy in another way",
    Reason.REGRESSED: "A page contradicts the policy again",
    Reason.ESCALATED: "A page still contradicts the policy",
    Reason.EXPIRED: "A page contradicts the policy, and nothing hides it any more",
    Reason.RESOLVED: "Resolved",
    Reason.WITHDRAWN: "A rule is no longer in the registry",
    Reason.BLIND: "Not checked: we cannot read it",
    Reason.REVIEW: "A policy is past its review date",
    Reason.QUESTIONS: "Sentences that may contradict the policies",
    Reason.FAILED: "Alerts do not arrive",
    Reason.TROUBLE: "Drift needs its operator",
}
_MANY = {
    Reason.OPENED: "statements contradict the policy",
    Reason.CHANGED: "statements contradict the policy in another way",
    Reason.REGRESSED: "statements contradict the policy again",
    Reason.ESCALATED: "statements still contradict the policy",
    Reason.EXPIRED: "statements contradict the policy, and nothing hides them any more",
    Reason.RESOLVED: "resolved",
    Reason.WITHDRAWN: "statements whose rules are no longer in the registry",
    Reason.BLIND: "not checked: we cannot read them",
    Reason.REVIEW: "policies are past their review date",
    Reason.QUESTIONS: "owners have sentences that may contradict their policies",
    Reason.FAILED: "notifiers do not work",
    Reason.TROUBLE: "things need the operator of drift",
}


def heading(reason: Reason, tolds: Sequence[Fact]) -> str:
    """The heading of a message about `tolds`, at least one: 'Device unlock: 3 statements contradict the policy'."""
    count = len(tolds)
    about = _about(tolds)
    if reason is Reason.BASELINE:
        of = f" of {tolds[0].source}" if tolds[0].source else ""
        return f"The first run{of} found {wording.counted(count, 'statement')} that contradict the policies"
    if reason is Reason.DIGEST:
        return f"{about}{wording.counted(count, 'alert')} since the last digest"
    if reason is Reason.QUESTIONS and count == 1 and tolds[0].waiting:
        return f"{wording.counted(tolds[0].waiting, 'sentence')} may contradict your policies"
    if count == 1:
        return f"{about}{_ONE[reason]}" if not about else f"{about}{_ONE[reason][0].lower()}{_ONE[reason][1:]}"
    return f"{about}{count} {_MANY[reason]}"


def _about(tolds: Sequence[Fact]) -> str:
    """The policy that all are about, or else the source, before a colon; '' where they have nothing in common."""
    policies = {told.policy_title or told.policy for told in tolds}
    if len(policies) == 1 and None not in policies:
        return f"{policies.pop()}: "
    sources = {told.source for told in tolds}
    return f"{sources.pop()}: " if len(sources) == 1 and "" not in sources else ""
