"""Messages as they are sent: each reason once, and what a hostile page would have us send."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from drift.alerts.headings import heading
from drift.alerts.render import questions, why_asked
from drift.model import Diagnosis, Harm, Owner, Severity
from drift.model.alert import Asked, Fact, Message, Reason

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PAGE = "https://help.larkspur.example/wireless/unlock"
DASHBOARD = "https://drift.larkspur.example/findings"
QUOTE = "You can unlock your phone 30 days after you buy it, wherever you bought it."

OPENED = Fact(
    reason=Reason.OPENED,
    at=NOON,
    severity=Severity.HIGH,
    moment='A customer who reads "Unlock your phone" is told 30 days. The policy is 60 days.',
    news="The page changed: it was right before.",
    source="help-centre",
    finding="F-3f9a1c20",
    policy="device-unlock",
    policy_title="Device unlock",
    term="postpaid-wait",
    article=PAGE,
    title="Unlock your phone",
    quote=QUOTE,
    value_text="30 days",
    value_start=QUOTE.index("30 days"),
    published="30 days",
    expected="at least 60 days",
    diagnosis=Diagnosis.STALE,
    harm=Harm.GENEROUS,
    diagnosed="This was the value until 31 March 2026.",
    harms="The page promises customers more than the policy gives: they will ask for what they read.",
    since="between 22 November 2026 09:00 and 22 November 2026 10:00 UTC",
    before="You can unlock your phone 60 days after you buy it, wherever you bought it.",
    owner=Owner("Wireless policy", "wireless-policy@larkspur.example", "#policy-wireless"),
    article_owner=Owner(team="Help centre"),
    guidance="Honour 30 days for anyone who activated while the article said so; use code UNL-30.",
    page_link=f"{PAGE}#:~:text=You%20can%20unlock%20your%20phone%2030%20days",
    policy_link="https://policies.larkspur.example/DU-7",
    finding_link=f"{DASHBOARD}/F-3f9a1c20",
    edit_link="https://cms.larkspur.example/edit?page=unlock&lang=en",
    command="drift findings show F-3f9a1c20",
)
ANNOTATED = replace(
    OPENED,
    annotated="llama3.1:8b",
    annotated_agreed=(97, 100),
    unconfirmed="Annotated by llama3.1:8b, not confirmed by a person: one answer settles it: drift review. "
    "This annotator agreed with 97 of 100 answers given by people.",
)
RESOLVED = replace(
    OPENED,
    reason=Reason.RESOLVED,
    moment='A customer who reads "Unlock your phone" is told 60 days, as the policy says.',
    news="The page is right again. It was wrong for at least 3 hours and at most 5 hours.",
    wrong_for=timedelta(hours=3),
    page_link=PAGE,
)
UNREAD = Fact(
    reason=Reason.BLIND,
    at=NOON,
    severity=Severity.MEDIUM,
    moment='Nobody knows what a customer reads at "Unlock your phone": we cannot read it, so nothing in it is checked.',
    news="Not read since 21 November 2026 12:00 UTC, 4 times in a row: it refuses us.",
    source="help-centre",
    article=PAGE,
    title="Unlock your phone",
    page_link=PAGE,
)
REVIEW = Fact(
    reason=Reason.REVIEW,
    at=NOON,
    severity=Severity.LOW,
    moment='The policy "Device unlock" was to be reviewed by 1 November 2026.',
    policy="device-unlock",
    policy_title="Device unlock",
    owner=Owner(email="wireless-policy@larkspur.example"),
)

ASKED = Asked(
    finding="F-3f9a1c20",
    policy="device-unlock",
    term="postpaid-wait",
    article=PAGE,
    title="Unlock your phone",
    severity=Severity.HIGH,
    quote=QUOTE,
    value_text="30 days",
    value_start=QUOTE.index("30 days"),
    published="30 days",
    expected="at least 60 days",
    page_link=f"{PAGE}#:~:text=You%20can%20unlock%20your%20phone%2030%20days",
)
QUESTIONS = Fact(
    reason=Reason.QUESTIONS,
    at=NOON,
    severity=Severity.HIGH,
    moment=questions(7),
    news=why_asked(),
    owner=Owner("Wireless policy", "wireless-policy@larkspur.example", "#policy-wireless"),
    command="drift review",
    waiting=7,
    asked=(
        ASKED,
        replace(ASKED, finding="F-00c0ffee", article=f"{PAGE}-abroad", title=None, quote="", page_link=None),
    ),
    asked_of=("device-unlock",),
)


def message(*tolds: Fact, reason: Reason | None = None, **changes: object) -> Message:
    """A message of some things, with the heading that it gets."""
    why = reason or tolds[0].reason
    made = Message("M-5d2c07e1", "content", why, heading(why, tolds), tolds, NOON)
    return replace(made, **changes)  # type: ignore[arg-type]


# What a page may hold that a channel, a terminal or a mail program could take for more than text.
HOSTILE = (
    "<!channel> <!here|here> <!everyone> <!subteam^S1>",
    "<@U1> <#C1|general> @channel @here",
    "<http://evil.example|policy> https://evil.example/x [policy](https://evil.example)",
    "`code` ```block``` *bold* _it_ ~gone~ > quote\n> more",
    ":smile: :+1: :rotating_light:",
    "&lt;!channel&gt; &amp; & < >",
    "\u202edays 03\u202c \u2066left\u2069 \u200fright\u200e \u061c",
    "\x1b[31mred\x1b[0m\x00\x07\x7f\x9b soft\u00adhyphen \u200b\ufeff",
    "half \ud83d a character \udc00",
    "line\nline\r\nBcc: everyone@evil.example\r\n\r\nbody\u2028more\u2029end\t",
    "</td></table><script>alert(1)</script><img src=http://evil.example/x.png onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "ünïcode 日本語 👩‍👧 ا ب ת",
    "long " * 2_000,
    "x" * 10_000,
    "日" * 10_000,
    "{{ 7 * 7 }} ${7*7} %s {0} \\u0000 \\n",
    ".\r\n.\r\nQUIT\r\n",
)


def hostile(number: int, text: str) -> Fact:
    """A finding with a text everywhere a page, a policy or a person may have put it."""
    quote = f"{text} 30 days {text}"
    return replace(
        OPENED,
        moment=f'A customer who reads "{text}" is told 30 days. The policy is 60 days.',
        finding=f"F-{number:08x}",
        title=text,
        policy_title=text,
        source=text,
        quote=quote,
        value_start=len(text) + 1,
        news=text,
        before=text,
        owner=Owner(text, text, text),
        article_owner=Owner(team=text),
        guidance=text,
        article=f"https://help.larkspur.example/{text}",
        page_link=f"https://help.larkspur.example/{text}#:~:text={text}",
        policy_link=f"javascript:{text}",
        edit_link=f"https://cms.larkspur.example/?page={text}",
        finding_link=f"{DASHBOARD}/F-{number:08x}",
        command=f"drift findings show F-{number:08x}",
        annotated=text,
        annotated_agreed=(97, 100),
        unconfirmed=text,
        waiting=3,
        asked=(
            replace(
                ASKED,
                title=text,
                quote=quote,
                value_start=len(text) + 1,
                page_link=f"javascript:{text}",
                annotated=text,
            ),
            replace(ASKED, article=text, title=None, quote=text),
        ),
    )


def thousand() -> tuple[Fact, ...]:
    """A thousand findings, each hostile text among them many times."""
    return tuple(hostile(number, HOSTILE[number % len(HOSTILE)]) for number in range(1_000))
