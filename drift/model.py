"""The nouns of drift, in the order of the path.

    source -> page -> snapshot -> article -> claims -> matches -> verdicts

Frozen, slotted, picklable: a snapshot goes in and verdicts come out, in this process or in another. All spans
are half-open offsets into the text of the passage they belong to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fnmatch import fnmatchcase

from drift.errors import BlindReason, Place
from drift.values import Bound, Kind, Value

# --- languages -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """How one language says numbers, units, bounds and stances: the content of `languages/<code>.yaml`.

    Compared by identity, so that what is compiled from it can be cached by it. Words are lower case.
    """

    code: str  # BCP 47 primary tag: 'en'
    name: str
    decimal: str  # '.' or ','
    thousands: tuple[str, ...]
    numbers: Mapping[str, Decimal]  # 'thirty' -> 30, 'a dozen' -> 12, 'half' -> 0.5
    units: Mapping[Kind, Mapping[str, tuple[str, ...]]]  # kind -> canonical unit -> spellings
    bounds: Mapping[Bound, tuple[str, ...]]
    phrases: Mapping[str, tuple[str, ...]]  # further closed word lists, by name (months, age cues, 'or', 'per')
    stances: Mapping[str, tuple[str, ...]]  # stance -> cue phrases or patterns
    stop_words: frozenset[str]


# --- page, snapshot ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """One address. `address` is the path or URL as given; `published_as` the URL it is published under."""

    address: str
    published_as: str | None = None

    @property
    def public(self) -> str:
        """The address by which `applies_to`, `published_at`, exceptions and reviewed answers know the page."""
        return self.published_as or self.address

    def lies_under(self, glob: str) -> bool:
        """Whether a glob means this page: a fragment, a query or a final slash of an address make no other page."""
        bare = self.public.partition("#")[0]
        forms = (self.public, bare, bare.partition("?")[0].rstrip("/"))
        return any(fnmatchcase(form, wanted) for form in forms for wanted in (glob, glob.rstrip("/")))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Bytes as fetched or read from a file.

    `media` is the media type without parameters ('text/html', 'text/markdown', 'text/plain'), `charset` what
    the transport said, `final_url` where redirects led.
    """

    page: Page
    body: bytes
    media: str
    charset: str | None = None
    status: int | None = None
    final_url: str | None = None
    fetched_at: datetime | None = None


# --- article -------------------------------------------------------------------------------------------------


class Zone(StrEnum):
    """What a passage is within its article."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list
    CELL = "cell"  # of a table
    QUESTION = "question"
    ANSWER = "answer"
    DEFINITION = "definition"  # the dd of a dl; `defines` holds its dt
    CAPTION = "caption"
    CODE = "code"
    ALT = "alt"  # image alternative text
    META = "meta"  # the meta description
    STRUCTURED = "structured"  # JSON-LD


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of an article, with what a reader sees around it.

    `text` is visible text with runs of white space folded to one space and no markup; a block with hard line
    breaks keeps them as '\\n'. Context is text in the same form.
    """

    text: str
    zone: Zone
    headings: tuple[str, ...] = ()  # outermost first, without the article's title
    lead_in: str | None = None  # the sentence that introduces the list ('Refunds take:'), outer items included
    question: str | None = None  # of a FAQ or accordion
    row: tuple[str, ...] = ()  # row headers of a cell
    column: tuple[str, ...] = ()  # column headers of a cell, spans expanded: all that stand over it
    caption: str | None = None  # of the table, or the tab's label
    defines: str | None = None
    visible: bool = True  # False in tab panels, closed accordions, meta and structured data
    anchor: str | None = None  # nearest id at or before the block
    block: int = 0  # passages of one table, or of one list, share this number; otherwise unique
    table_row: int | None = None  # 0-based row within the table
    lines: tuple[tuple[int, int], ...] = ()  # (offset in text, 1-based source line), ascending; empty if unknown

    def line_at(self, offset: int) -> int | None:
        """The 1-based source line of a character of `text`, or None where the reader cannot know it."""
        at = bisect_right(self.lines, offset, key=lambda line: line[0])
        return self.lines[at - 1][1] if at else None


@dataclass(frozen=True, slots=True)
class Article:
    """What was read out of a snapshot: passages in the order of the source."""

    page: Page
    title: str | None
    language: str | None  # primary tag the page declares, None where it declares none
    passages: tuple[Passage, ...]
    canonical: str | None = None
    description: str | None = None
    modified: datetime | None = None
    links: tuple[str, ...] = ()  # absolute where the page's URL is known
    reader: str = ""  # which reader made it, with its version: 'html/1'


# --- claims --------------------------------------------------------------------------------------------------


class Stance(StrEnum):
    """How the article stands to a value. Only CURRENT is judged; the others are kept and shown."""

    CURRENT = "current"
    FORMER = "former"
    UPCOMING = "upcoming"
    EXAMPLE = "example"
    QUESTION = "question"
    HYPOTHETICAL = "hypothetical"
    THIRD_PARTY = "someone else's"
    NEGATED = "negated"


@dataclass(frozen=True, slots=True)
class Found:
    """A value found in a text by a kind: what `kinds.find` gives.

    `text[start:end]` is the value with everything that restates it ('thirty (30) days'), without the words of
    its bound; those are `text[bound_start:start]` where they stand before it. `weak` marks a value that prose
    often uses loosely ('a year', 'the first month').
    """

    value: Value
    start: int
    end: int
    bound: Bound = Bound.EXACTLY
    bound_start: int | None = None
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that a passage asserts, with where it stands and how the article stands to it.

    All spans are into `passage.text`: `value_text == text[start:end]`, `quote == text[slice(*sentence)]`;
    `segment` is the part of the sentence the value owns, between the neighbouring values of its kind.
    """

    passage: Passage
    value: Value
    start: int
    end: int
    sentence: tuple[int, int]
    segment: tuple[int, int]
    bound: Bound = Bound.EXACTLY
    stance: Stance = Stance.CURRENT
    stance_why: str | None = None  # the cue, in words: "'previously'"
    previous: str = ""  # the sentence before, in the passage or the one before it under the same heading
    weak: bool = False
    ordinal: int = 1  # 1-based among the values of its sentence
    as_from: date | None = None  # of an upcoming one: the day it begins to hold, where its cue names it
    bound_start: int | None = None  # where the words of its bound begin, if they stand before it

    @property
    def value_text(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def quote(self) -> str:
        return self.passage.text[self.sentence[0] : self.sentence[1]]

    @property
    def own(self) -> str:
        """The text of the segment."""
        return self.passage.text[self.segment[0] : self.segment[1]]

    def asserted_on(self, day: date) -> bool:
        """Whether the article asserts the value on a day: now, or from a day that has come."""
        if self.stance is Stance.UPCOMING:
            return self.as_from is not None and self.as_from <= day
        return self.stance is Stance.CURRENT


# --- registry ------------------------------------------------------------------------------------------------


class Severity(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who answers for a policy. At least one of the three is given."""

    team: str | None = None
    email: str | None = None
    slack: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A term's value over a stretch of days; both ends are inside it, None is open."""

    value: Value
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Examples:
    states: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One rule of a policy, with one value at a time."""

    policy: str
    name: str
    says: str
    timeline: tuple[Period, ...]  # ascending, without overlap; gaps are lint errors
    bound: Bound = Bound.EXACTLY
    scope: tuple[tuple[str, str], ...] = ()  # (dimension, value), sorted
    topics: tuple[str, ...] = ()
    not_topics: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    published_at: tuple[str, ...] = ()  # addresses or globs, with an optional #anchor
    also: tuple[Value, ...] = ()
    customer_prefers: str | None = None  # 'less' | 'more'
    guidance: str | None = None
    examples: Examples = Examples()
    place: Place | None = None

    @property
    def full_name(self) -> str:
        return f"{self.policy}/{self.name}"

    @property
    def kind(self) -> Kind:
        return self.timeline[0].value.kind

    def on(self, day: date) -> Period | None:
        """The period in force on a day, or None before the first and after the last."""
        for period in self.timeline:
            if (period.start is None or period.start <= day) and (period.end is None or day <= period.end):
                return period
        return None


@dataclass(frozen=True, slots=True)
class PolicyException:
    """A value that stands, for a reason and until a day, on articles where the term's value does not."""

    policy: str
    term: str
    article: str  # glob
    value: Value
    reason: str
    by: str
    until: date
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Review:
    last: date
    every_days: int


@dataclass(frozen=True, slots=True)
class Policy:
    """A topic with an owner."""

    name: str
    title: str
    owner: Owner
    terms: tuple[Term, ...]
    source: str | None = None
    severity: Severity = Severity.MEDIUM
    review: Review | None = None
    applies_to: tuple[str, ...] = ()  # globs; empty is everywhere
    exceptions: tuple[PolicyException, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension of scope: its values with the ways articles spell them."""

    name: str
    values: Mapping[str, tuple[str, ...]]
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said once about a sentence: it states `term` (full name), or none of the terms (None)."""

    article: str  # address, path or glob
    sentence: str
    term: str | None
    nth: int = 1  # 1-based among the values of the sentence
    by: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Registry:
    """Everything the owners keep: policies in order of name, scopes, and the reviewed answers."""

    policies: tuple[Policy, ...]
    dimensions: tuple[Dimension, ...] = ()
    answers: tuple[Answer, ...] = ()
    dollars: str = "USD"  # what a bare '$' means here

    @property
    def terms(self) -> tuple[Term, ...]:
        return tuple(term for policy in self.policies for term in policy.terms)


# --- matches, verdicts ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence for or against a match: its name, its weight in the score, and its reason in words."""

    name: str
    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A term a claim may be about, with its value-blind score and the evidence."""

    term: Term
    score: float  # log-odds
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Which term a claim is about: the best candidate, or none; rivals in order of score."""

    claim: Claim
    term: Term | None
    score: float
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    reviewed: bool = False
    pinned: bool = False  # the term's `published_at` says that it stands here
    limited_otherwise: bool = False  # reviewed, and its words limit the value in another way than when it was


class Outcome(StrEnum):
    AGREES = "agrees"
    DIVERGES = "diverges"
    UNCLEAR = "unclear"


class Diagnosis(StrEnum):
    """Why a divergence is one, in the order of telling."""

    STALE = "stale"  # it equals an earlier value of the term
    EARLY = "early"  # it equals a coming one
    COPIED = "copied"  # it equals the value of another scope or of a sibling term
    BOUND = "bound"  # right number, wrong direction
    UNIT = "unit"  # right number, wrong unit
    WRONG = "wrong"  # none of these


class Harm(StrEnum):
    GENEROUS = "generous"  # the page promises the customer more than the policy
    HARSH = "harsh"  # less


@dataclass(frozen=True, slots=True)
class Verdict:
    """What we say of a claim. `because` is in words; `settle` says what would decide an unclear one."""

    match: Match
    outcome: Outcome
    expected: Value | None
    diagnosis: Diagnosis | None = None
    harm: Harm | None = None
    confidence: float = 0.0  # 0..1
    because: str = ""
    settle: str | None = None
    exception: PolicyException | None = None  # the exception that made it agree


# --- a run ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Examined:
    """One page after the whole path: its article and verdicts, or why it is blind."""

    page: Page
    title: str | None = None
    blind: BlindReason | None = None
    detail: str = ""  # more about `blind`, for people
    claims: int = 0
    verdicts: tuple[Verdict, ...] = ()
    matches: tuple[Match, ...] = ()  # every claim, judged or not: for `explain`
    gone: tuple[Answer, ...] = ()  # reviewed sentences that the article no longer has
    language: str | None = None  # primary tag it was read in; None where it is blind


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What one run of `check` found, articles in the order given."""

    checked_at: datetime
    as_of: date
    registry: Registry
    examined: tuple[Examined, ...]
    notes: tuple[str, ...] = ()  # said to people: unused exceptions, terms whose applies_to excludes every article
    stated: Mapping[str, int] = field(default_factory=dict)  # full term name -> statements found, 0 included


# --- a review ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence that a person may say of which term it states, or that it states none.

    `id` is made of the article, the sentence with its values masked and the ordinal: it holds for as long as they do.
    `sentence` and `nth` are as an Answer has them; `doubt` goes from 0 (the words leave none) to 1.
    """

    id: str
    page: Page
    claim: Claim
    sentence: str
    nth: int
    proposed: Term | None
    verdict: Verdict | None
    doubt: float
    terms: tuple[Term, ...]  # all that the value could be about, the best-fitting first


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """The questions of some articles, most doubtful and most harmful first."""

    registry: Registry
    examined: tuple[Examined, ...]
    questions: tuple[Question, ...]
