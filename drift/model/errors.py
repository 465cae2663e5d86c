"""Everything that can go wrong, as one tree.

    DriftError
    ├── InputError        what the user gave cannot be used; carries every problem found, each with its place
    ├── FetchError        a page could not be fetched; carries the class of failure
    ├── ReadingError      a snapshot could not be read as an article; carries the reason
    ├── StoreError        what is remembered could not be read or written; carries the class of failure
    │   └── BusyError     another process is reading the source: one pass over it at a time
    ├── StoppedError      somebody asked us to stop in the middle of a wait
    └── DeliveryError     a message could not be sent; carries the class of failure

An address or file that could not be fetched or read is **blind**: it is reported as such and never counts
as agreement. `BlindReason` names the classes; they are words of the report format and only ever added to.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class BlindReason(StrEnum):
    """Why an article could not be read (the `why` of a blind article in a report)."""

    DNS = "dns"
    REFUSED = "refused"  # nobody listens, or the connection broke before an answer
    TLS = "tls"
    TIMEOUT = "timeout"
    PRIVATE = "private address"  # the gate does not open networks that --allow-private did not name
    SCHEME = "scheme"  # neither http nor https
    REDIRECTS = "redirect loop"
    UNAUTHORIZED = "401"
    FORBIDDEN = "403"
    NOT_FOUND = "404"
    GONE = "410"
    THROTTLED = "429"
    CLIENT_ERROR = "4xx"
    SERVER_ERROR = "5xx"
    TOO_LARGE = "too large"
    NOT_TEXT = "not text"
    EMPTY = "empty"  # nothing that a reader could see
    SCRIPT_ONLY = "script only"  # the text is made by JavaScript, which we do not run
    LANGUAGE = "language"  # no language file reads it
    UNREADABLE = "unreadable"  # the file cannot be opened, or its bytes are no text
    MISSING = "missing"  # no such file
    ROBOTS = "robots"  # robots.txt forbids the page to us
    ROBOTS_UNREACHABLE = "robots unreachable"  # robots.txt could not be asked for: nothing of the host is fetched
    BOT_WALL = "bot wall"  # a challenge for robots stands where the page should
    SOFT_404 = "soft 404"  # it says that there is no page, and answers 200
    FAULT = "fault of drift"  # we failed on it ourselves: nothing is known of the page
    REPLACED = "replaced"  # another text stands where the article stood: blind until it stays


# What is the server's and no page's: it is down, or too busy.
OF_A_SERVER = frozenset(
    (
        BlindReason.DNS,
        BlindReason.REFUSED,
        BlindReason.TLS,
        BlindReason.TIMEOUT,
        BlindReason.THROTTLED,
        BlindReason.SERVER_ERROR,
        BlindReason.ROBOTS_UNREACHABLE,
    )
)


class Place(NamedTuple):
    """Where something stands in a file: 1-based line and column, or None if the file as a whole is meant."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in an input: where, what, what was expected, and the nearest right spelling.

    `warning` problems do not make the input unusable. The line of a `private` one may hold a secret: it is not shown.
    """

    place: Place
    message: str
    expected: str | None = None
    hint: str | None = None  # 'did you mean ...'
    warning: bool = False
    private: bool = False

    def __str__(self) -> str:
        text = f"{self.place}: {'warning: ' if self.warning else ''}{self.message}"
        if self.expected:
            text += f"; expected {self.expected}"
        if self.hint:
            text += f" (did you mean {self.hint}?)"
        return text


class DriftError(Exception):
    """The root of every error drift raises on purpose."""


class InputError(DriftError):
    """What the user gave cannot be used: exit status 2. Carries all problems found, in order of place."""

    def __init__(self, problems: tuple[Problem, ...] | list[Problem] | str) -> None:
        if isinstance(problems, str):
            self.problems: tuple[Problem, ...] = ()
            super().__init__(problems)
        else:
            self.problems = tuple(problems)
            super().__init__("\n".join(str(problem) for problem in self.problems))


class FetchError(DriftError):
    """A page could not be fetched. `transient` says whether trying again later may help.

    `retry_after` is in how many seconds the server asks to be tried again, None if it does not say.
    """

    def __init__(
        self, reason: BlindReason, detail: str = "", *, transient: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail
        self.transient = transient
        self.retry_after = retry_after


class ReadingError(DriftError):
    """A snapshot could not be read as an article."""

    def __init__(self, reason: BlindReason, detail: str = "") -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail


class StoreFailure(StrEnum):
    """Why a store could not be read or written."""

    ADDRESS = "address"  # the URL names no store that drift knows
    MISSING = "missing"  # there is nothing at that address
    UNREACHABLE = "unreachable"  # no server answers, or it broke off
    FORBIDDEN = "no permission"
    NOT_A_DATABASE = "not a database"
    DAMAGED = "damaged"
    FULL = "disk full"
    LOCKED = "locked"  # another program has been writing for longer than we wait
    OLD = "older than this drift"
    NEW = "newer than this drift"
    CHANGED = "changed meanwhile"  # somebody else changed what was about to be written
    IN_USE = "in use"  # what is about to be replaced is being served, or what is about to be read is being read
    REFUSED = "refused"  # the database would not do it, for none of the reasons above


class StoreError(DriftError):
    """What is remembered could not be read or written. Nothing was half written.

    Never holds a password. `transient` says whether trying again later may help.
    """

    def __init__(self, failure: StoreFailure, message: str) -> None:
        super().__init__(message)
        self.failure = failure

    @property
    def transient(self) -> bool:
        return self.failure in (StoreFailure.UNREACHABLE, StoreFailure.LOCKED, StoreFailure.CHANGED)


class BusyError(StoreError):
    """Another process reads the source, and has it for itself until it has ended. Says which one, and since when."""

    def __init__(self, message: str) -> None:
        super().__init__(StoreFailure.IN_USE, message)


class StoppedError(DriftError):
    """Somebody asked us to stop while we waited: raised by a sleep that was handed in, to end all waiting."""


class DeliveryFailure(StrEnum):
    """Why a message could not be sent."""

    ADDRESS = "address"  # none that could be reached
    PRIVATE = "private address"  # the gate does not open networks that the settings did not name
    UNREACHABLE = "unreachable"  # nobody answers, or the connection broke
    TLS = "tls"
    TIMEOUT = "timeout"  # it may have arrived all the same
    THROTTLED = "throttled"  # too much at once
    SERVER_ERROR = "server error"
    REFUSED = "refused"  # the receiver will not have this message: its form, its size
    FORBIDDEN = "forbidden"  # the receiver does not know us, or no longer
    GONE = "gone"  # there is no such receiver any more
    FAULT = "fault of drift"  # we failed on it ourselves, before or after it was sent


class DeliveryError(DriftError):
    """A message could not be sent, as far as we know. Never holds a secret.

    `transient` says whether trying again later may help; `retry_after` is in how many seconds the receiver asks to be
    tried again, None if it does not say.
    """

    def __init__(
        self, failure: DeliveryFailure, message: str, *, transient: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(message)
        self.failure = failure
        self.transient = transient
        self.retry_after = retry_after


class AnnotatorError(DriftError):
    """An annotator answers no question for now. Never holds a secret.

    `transient` says whether trying again later may help; `retry_after` is in how many seconds it asks to be tried
    again, None if it does not say.
    """

    def __init__(self, message: str, *, transient: bool, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.transient = transient
        self.retry_after = retry_after
