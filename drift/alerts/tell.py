"""The facts of an event, gathered and spelled as they are when it happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from urllib.parse import quote

from drift.alerts import render
from drift.alerts.context import AlertContext
from drift.engine.kinds import show
from drift.findings import exposure, replaced_en_masse, share_replaced, share_unanswered
from drift.model import Diagnosis, Owner, Policy, PolicyException, Severity, Term, foreign, statement_wording, wording
from drift.model.alert import Asked, Fact, Reason
from drift.model.finding import Finding, PageState, Silence, State, Transition
from drift.model.statement import Statement

ASKED = 5  # questions that a digest shows, which a person reads at a glance; the others are counted


def of_finding(
    scene: AlertContext,
    finding: Finding,
    reason: Reason,
    at: datetime,
    *,
    transition: Transition | None = None,
    ended: PolicyException | Silence | None = None,
) -> Fact:
    """What is told of a finding. `transition` is the step that made it happen, `ended` what hid it until now."""
    statement = finding.statement
    policy, term = scene.policy(finding.policy), scene.term(finding.policy, finding.term)
    live = exposure(finding)
    title = _title(scene, finding)
    closed = reason is Reason.RESOLVED and transition is not None
    withdrawn = reason is Reason.WITHDRAWN
    refuted = transition is not None and transition.after is State.DISMISSED
    return Fact(
        reason,
        at,
        statement.severity if policy is None or statement.hidden else policy.severity,
        _moment(title, finding, reason, transition, term),
        news=_news(finding, reason, at, transition, ended),
        source=scene.source,
        finding=finding.id,
        policy=finding.policy,
        policy_title=policy.title if policy is not None else None,
        term=finding.term,
        article=finding.article,
        title=scene.titles.get(finding.article),
        quote=statement.quote,
        value_text=statement.value_text,
        value_start=statement.value_start,
        published=statement_wording.told(statement),
        expected=statement_wording.right(statement, term.bound if term is not None else None),
        diagnosis=statement.diagnosis,
        harm=statement.harm,
        diagnosed=render.diagnosed(statement, term, _until(statement, term, at.date())),
        harms=wording.harm(statement.harm) if statement.harm is not None else "",
        since="" if refuted else live.began(),
        wrong_for=None if refuted else live.least if closed or withdrawn else at - live.by,
        regressions=finding.regressions,
        before=finding.before.quote if finding.before is not None else None,
        owner=policy.owner if policy is not None else None,
        article_owner=scene.article_owner(finding.article),
        guidance=term.guidance if term is not None else None,
        page_link=(None if closed else statement.link) or _web(finding.article),  # the sentence is no longer there
        policy_link=_web(policy.source) if policy is not None and policy.source else None,
        finding_link=f"{scene.dashboard.rstrip('/')}/findings/{finding.id}" if scene.dashboard else None,
        edit_link=_edit(scene, finding.article),
        command=f"drift findings show {finding.id}",
        says=term.says if term is not None else None,
        row=statement.row,
        column=statement.column,
        caption=statement.caption,
        question=statement.question,
        defines=statement.defines,
        annotated=statement.annotated or None,
        annotated_agreed=statement.annotated_agreed,
        unconfirmed=render.unconfirmed(statement, over=closed or withdrawn),
    )


def of_page(scene: AlertContext, state: PageState, at: datetime) -> Fact:
    """What is told of a page that was not read for too long."""
    assert state.blind is not None
    assert state.blind_since is not None
    article = state.page.public
    title = scene.titles.get(article)
    return Fact(
        Reason.BLIND,
        at,
        Severity.MEDIUM,
        render.unread(title or article),
        news=render.unread_since(state.blind_since, state.failures, wording.blind(state.blind)),
        source=scene.source,
        article=article,
        title=title,
        since=f"since {render.instant(state.blind_since)}",
        article_owner=scene.article_owner(article),
        page_link=_web(article),
        edit_link=_edit(scene, article),
    )


def of_source(scene: AlertContext, at: datetime, since: datetime, why: str) -> Fact:
    """What is told of a source that could not be read for too long: worse than any page of it."""
    news = render.source_unread_since(since, why)
    words = render.source_unread(scene.source)
    return Fact(Reason.BLIND, at, Severity.HIGH, words, news, scene.source, since=f"since {render.instant(since)}")


def of_hidden(scene: AlertContext, at: datetime, since: datetime, counts: Mapping[str, int]) -> Fact:
    """What is told of a source at many of whose addresses another text stands, or for which its server is down."""
    if replaced_en_masse(counts, scene.patience):
        news = render.source_replaced_since(since, *share_replaced(counts))
        words = render.source_replaced(scene.source)
    else:
        news = render.source_unanswered_since(since, *share_unanswered(counts))
        words = render.source_unanswered(scene.source)
    return Fact(Reason.BLIND, at, Severity.HIGH, words, news, scene.source, since=f"since {render.instant(since)}")


def of_policy(scene: AlertContext, policy: Policy, by: date, at: datetime) -> Fact:
    """What is told of a policy past its review date."""
    assert policy.review is not None
    return Fact(
        Reason.REVIEW,
        at,
        Severity.LOW,
        render.review(policy.title, by),
        news=render.reviewed_last(policy.review.last),
        source=scene.source,
        policy=policy.name,
        policy_title=policy.title,
        owner=policy.owner,
        policy_link=_web(policy.source) if policy.source else None,
    )


def of_questions(scene: AlertContext, owner: Owner, asked: Sequence[Finding], at: datetime) -> Fact:
    """What is asked of the owner of policies; `asked` has at least one finding, the worst first."""
    return Fact(
        Reason.QUESTIONS,
        at,
        asked[0].statement.severity,
        render.questions(len(asked)),
        news=render.why_asked(),
        source=scene.source,
        owner=owner,
        command="drift review",
        waiting=len(asked),
        asked=tuple(_asked(scene, finding) for finding in asked[:ASKED]),
        asked_of=tuple(sorted({finding.policy for finding in asked})),
    )


def _asked(scene: AlertContext, finding: Finding) -> Asked:
    statement, term = finding.statement, scene.term(finding.policy, finding.term)
    return Asked(
        finding.id,
        finding.policy,
        finding.term,
        finding.article,
        scene.titles.get(finding.article),
        statement.severity,
        statement.quote,
        statement.value_text,
        statement.value_start,
        statement_wording.told(statement),
        statement_wording.right(statement, term.bound if term is not None else None),
        statement.link or _web(finding.article),
        statement.annotated or None,
    )


def of_notifier(name: str, why: str, at: datetime, dead: int) -> Fact:
    """What the operator is told of a notifier that does not work; `why` holds no secret."""
    words = render.notifier_fails(name)
    return Fact(Reason.FAILED, at, Severity.HIGH, words, render.notifier_why(why, dead), command="drift alerts list")


def of_trouble(code: str, words: str, source: str, at: datetime) -> Fact:
    """What the operator is told of drift itself; of `words`, which may hold a trace, the first line."""
    news = words.partition("\n")[0]
    moment = render.trouble(code, source)
    return Fact(Reason.TROUBLE, at, Severity.HIGH, moment, news, source, command="drift status")


def _moment(title: str, finding: Finding, reason: Reason, transition: Transition | None, term: Term | None) -> str:
    if reason is Reason.WITHDRAWN:
        return render.unruled(title, finding)
    if transition is not None and transition.after is State.DISMISSED:
        return render.refuted(title, finding)
    if reason is Reason.RESOLVED and transition is not None:
        return render.mended(title, finding, transition)
    return render.moment(title, finding.statement, term)


def _news(
    finding: Finding,
    reason: Reason,
    at: datetime,
    transition: Transition | None,
    ended: PolicyException | Silence | None,
) -> str:
    if isinstance(ended, Silence):
        return render.silence_over(ended)
    if ended is not None:
        return render.exception_over(ended)
    if reason is Reason.WITHDRAWN:
        return render.withdrawn(finding)
    if reason is Reason.ESCALATED or transition is None:
        return render.escalated(finding, at)
    if reason is Reason.CHANGED:
        return render.changed(transition.cause)
    if reason is Reason.REGRESSED:
        return render.came_back(finding.regressions)
    if transition.after is State.DISMISSED:
        return render.why_refuted()
    if reason is Reason.RESOLVED:
        return render.resolved(transition, exposure(finding))
    if transition.before is State.WITHDRAWN:
        return render.ruled_again(finding)
    return render.opened(finding.cause, agreed=finding.last_agreed is not None)


def _title(scene: AlertContext, finding: Finding) -> str:
    """What a customer knows the article by: its title, else the heading over the sentence, else its address."""
    heading = finding.statement.heading
    return scene.titles.get(finding.article) or (heading[0] if heading else finding.article)


def _until(statement: Statement, term: Term | None, today: date) -> date | None:
    """The last day on which a stale value was right."""
    if term is None or statement.diagnosis is not Diagnosis.STALE:
        return None
    ends = [period.end for period in term.timeline if period.end and show(period.value) == statement.published]
    return max((end for end in ends if end < today), default=None)


def _edit(scene: AlertContext, article: str) -> str | None:
    if scene.edit_link is None or _web(article) is None:
        return None
    parts = foreign.parts(article)
    path = parts.path if parts else ""
    return scene.edit_link.replace("{path}", path.lstrip("/")).replace("{url}", quote(article, safe=""))


def _web(address: str) -> str | None:
    """An address that a browser opens; None for anything else, a script's above all."""
    return address if foreign.on_the_web(address) else None
