"""What is sent to people: why, about what, and in which words.

    transition -> event -> message

An event is something that happened and is said once; a message is what one notifier sends at once, of one event or
many. Frozen and without I/O. What is told is spelled when it happens, so that what is sent hours later is what was
true then. All text that came from a page is text: whoever sends it makes it inert.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from drift.model.registry import Owner, Severity
from drift.model.verdict import Diagnosis, Harm


class Reason(StrEnum):
    """Why an alert is sent."""

    OPENED = "opened"
    CHANGED = "changed"  # another wrong value
    REGRESSED = "regressed"
    ESCALATED = "escalated"  # open longer than its severity allows
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"  # its rule left the registry
    BLIND = "blind"  # a page or a source was not read for too long
    EXPIRED = "expired"  # a silence or an exception ended, and it still diverges
    REVIEW = "review"  # a policy is past its review date
    QUESTIONS = "questions"  # sentences that may contradict the policies of one owner, once a week
    FAILED = "failed"  # alerts could not be delivered
    TROUBLE = "trouble"  # something is wrong with drift itself
    DIGEST = "digest"  # one message a day in place of many
    BASELINE = "baseline"  # what the first run on a source found, in one message


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a digest: what a page says, and the rule that it may contradict.

    `value_text` stands in `quote` from `value_start` on.
    """

    finding: str  # id
    policy: str
    term: str  # short name
    article: str  # public address
    title: str | None
    severity: Severity
    quote: str
    value_text: str
    value_start: int
    published: str  # as a person says it
    expected: str
    page_link: str | None = None  # opens the page at the sentence
    annotated: str | None = None  # the model that says that it states the rule, too unsure or too little trusted


@dataclass(frozen=True, slots=True)
class Fact:
    """The facts of one event, as they were when it happened.

    The words are plain text: `moment` is the customer's moment and comes first ('A customer who reads "Unlock your
    phone" is told 30 days. The policy is 60 days.'), `news` why it is told now. `value_text` stands in `quote` from
    `value_start` on. Where no finding is told of (a page that cannot be read, a policy to be reviewed), all that
    belongs to one is empty or None, and `moment` and `news` say it.
    """

    reason: Reason
    at: datetime
    severity: Severity
    moment: str
    news: str = ""
    source: str = ""  # name of the source of the article
    finding: str | None = None  # id
    policy: str | None = None
    policy_title: str | None = None
    term: str | None = None  # short name
    article: str | None = None  # public address
    title: str | None = None  # of the article
    quote: str = ""
    value_text: str = ""
    value_start: int = 0
    published: str = ""  # as a person says it: '3 to 5 days'
    expected: str = ""
    diagnosis: Diagnosis | None = None
    harm: Harm | None = None
    diagnosed: str = ""  # in words: 'This was the value until 31 March 2026.'
    harms: str = ""  # in words, who is hurt which way
    since: str = ""  # when it went wrong, in words; see drift.findings.exposure
    wrong_for: timedelta | None = None  # for certain
    regressions: int = 0  # how many times it came back
    before: str | None = None  # the sentence when it last agreed
    owner: Owner | None = None  # of the policy
    article_owner: Owner | None = None
    guidance: str | None = None
    page_link: str | None = None  # opens the page at the sentence
    policy_link: str | None = None  # the canonical document
    finding_link: str | None = None  # on the dashboard
    edit_link: str | None = None
    command: str | None = None  # that shows it: 'drift findings show F-3f9a1c20'
    says: str | None = None  # the rule, in its owner's words
    row: tuple[str, ...] = ()  # of a cell of a table: its headers, the outermost first
    column: tuple[str, ...] = ()
    caption: str | None = None  # of the table, or the label of the tab
    question: str | None = None  # of a FAQ
    defines: str | None = None  # what a list of definitions explains there
    waiting: int = 0  # how many questions wait for the owner
    asked: tuple[Asked, ...] = ()  # the worst of them, the worst first
    asked_of: tuple[str, ...] = ()  # the policies of all of them, by name
    annotated: str | None = None  # the model that said which term it states, where no person confirmed it
    annotated_agreed: tuple[int, int] | None = None  # with 97 of 100 answers given by people
    unconfirmed: str = ""  # in words, that only an annotator says so, and what settles it


@dataclass(frozen=True, slots=True)
class Event:
    """Something to be said once, and to whom. Two events of one key are the same one: the second is not said.

    `subject` is what it is about (the id of a finding, 'page ADDRESS', 'source NAME' ...): a route hears the events of
    one subject in their order. `route` is '' where nobody hears it because `silence` holds it back.
    """

    key: str  # 'F-3f9a1c20/opened/1'
    subject: str
    told: Fact
    route: str = ""
    notifiers: tuple[str, ...] = ()  # names
    first_run: int | None = None  # the first run on the source, where it was found by that: told when the run is over
    silence: str | None = None  # id of the one that holds it back


@dataclass(frozen=True, slots=True)
class Message:
    """What one notifier sends at once to one route.

    `tolds` has the most important first and at least one. A message that is sent again, because nobody knows whether it
    arrived, has the same `key`, and says the same.
    """

    key: str  # 'M-5d2c...': idempotency key
    route: str
    reason: Reason  # of all of `tolds`, or DIGEST or BASELINE
    heading: str  # plain words
    tolds: tuple[Fact, ...]
    at: datetime  # when the newest of it happened
    left_out: int = 0  # how many more there are, less important than those told
    link: str | None = None  # to all of it
    sample: bool = False  # a try: nothing of it is true

    @property
    def count(self) -> int:
        """How many things it is about, those left out included."""
        return len(self.tolds) + self.left_out


class DeliveryState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"  # given up: `drift alerts retry` begins anew


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event on its way to one notifier: a row of the outbox."""

    id: int  # ascending in the order of events
    event: Event
    notifier: str
    state: DeliveryState
    attempts: int = 0
    next_attempt: datetime | None = None  # None if it was never tried
    first_attempt: datetime | None = None
    message: str | None = None  # key of the message it was put into, once it was tried
    message_reason: Reason | None = None  # of that message
    sent_at: datetime | None = None
    failure: str = ""  # the last one, in words
    held: bool = False  # until the first run that found it is over
