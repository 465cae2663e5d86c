"""One question to a service over HTTP and its reply, tried again where that may help.

What is wrong with a service ends everything that is asked of it: AnnotatorError. What may be about one question alone
is that question's failure: a text that a service chokes on would otherwise keep all others from being asked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from drift.model.errors import AnnotatorError, DeliveryError, DeliveryFailure, DriftError
from drift.model.ports import Http, Sleep
from drift.model.repeated import repeated
from drift.model.responses import Body, Response

MOST = 262_144  # bytes of a reply; one takes 1,000 to 5,000, and those that think aloud ten times that
TRIES = 3  # of one question in one run
LATE = 2  # of one that is not answered in time: each costs the whole of it
FIRST = 1.0  # seconds until the second try, and twice as many until each further one
PATIENCE = 60.0  # seconds that a service may ask for at most; who asks for more is left for another run
_MOMENT = frozenset((408, 409, 425, 429))  # the 4xx that are about this moment
_QUESTION = frozenset((400, 413, 422))  # and those that may be about what was asked
_SPENT = "insufficient_quota"  # of a 429 that no waiting mends

Dice = Callable[[], float]  # 0..1


class QuestionError(DriftError):
    """One question got no reply; why, in words that hold no secret.

    `words` are the service's own where it refused what was sent; they may repeat anything, and are not shown. `spent`
    says that a reply came, and is of no use; `late` that none came in time.
    """

    def __init__(self, why: str, *, words: str = "", spent: bool = False, late: bool = False) -> None:
        super().__init__(why)
        self.words = words
        self.spent = spent
        self.late = late


@dataclass(frozen=True, slots=True)
class Exchange:
    """A service at an address. `headers` hold a key; neither they nor the address are in any error or `repr`."""

    http: Http
    url: str
    headers: Mapping[str, str]
    secrets: tuple[str, ...]
    timeout: float  # seconds, of one try
    sleep: Sleep
    dice: Dice

    def __repr__(self) -> str:
        return "Exchange(***)"

    def post(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """The JSON object that the service replied with. Raises QuestionError and AnnotatorError."""
        sent = json.dumps(body).encode("ascii")
        tried = 0
        while True:
            tried += 1
            failure, asked = self._once(sent)
            if isinstance(failure, Response):
                return self._object(failure)
            if isinstance(failure, AnnotatorError) and not failure.transient:
                raise failure
            if asked is not None and asked > PATIENCE:
                raise AnnotatorError(f"{failure}; it asks for {asked:.0f} seconds", transient=True, retry_after=asked)
            late = isinstance(failure, QuestionError) and failure.late
            if tried >= (LATE if late else TRIES):
                raise failure
            own = FIRST * 2.0 ** (tried - 1) * (1 + self.dice()) / 2
            self.sleep(max(own, asked or 0.0))

    def _once(self, sent: bytes) -> tuple[Response | QuestionError | AnnotatorError, float | None]:
        """A whole answer of status 200, or what is to be raised if no further try helps and how long to wait for it.

        Raises QuestionError where no try helps.
        """
        headers = {"Content-Type": "application/json", "Accept": "application/json", **self.headers}
        try:
            response = self.http.post(self.url, sent, headers, self.timeout, most=MOST)
        except DeliveryError as error:
            if error.failure is DeliveryFailure.TIMEOUT:
                return QuestionError("it was not answered in time", late=True), None
            return AnnotatorError(f"the annotator cannot be asked: {error}", transient=error.transient), None
        if not 200 <= response.status < 300:
            return self._refusal(response), response.retry_after
        if response.read is Body.LONGER:
            raise QuestionError("the reply is far too long", spent=True)
        if response.read is Body.BROKEN_OFF:
            return QuestionError("the reply broke off"), None
        return response, None

    def _refusal(self, response: Response) -> QuestionError | AnnotatorError:
        status = response.status
        said = said_of(response.body)
        words = repeated(said, self.secrets)
        told = f"HTTP {status}: {words}" if words else f"HTTP {status}"
        if status == 401:  # what is said of a key may hold a part of it
            return AnnotatorError("the key was refused (HTTP 401): annotator.key", transient=False)
        if status in (403, 407):
            return AnnotatorError(f"the key may not do this: annotator.key, annotator.model; {told}", transient=False)
        if status in (404, 405, 410):
            return AnnotatorError(
                f"there is no such model or no such service: annotator.model, annotator.at; {told}", transient=False
            )
        if status == 429 and _SPENT in response.body.decode("utf-8", errors="replace"):
            return AnnotatorError(f"what was paid for is used up; {told}", transient=False)
        if status == 429:
            return AnnotatorError(
                f"it was asked too much at once: annotator.at_once; {told}",
                transient=True,
                retry_after=response.retry_after,
            )
        if status in _MOMENT or status >= 500:
            return QuestionError(f"the annotator failed; {told}")
        if status in _QUESTION:
            raise QuestionError(f"the annotator refused the question; {told}", words=said)
        if status < 400:
            return AnnotatorError(
                f"{told}: it sends us elsewhere, where nothing is sent to: annotator.at", transient=False
            )
        return AnnotatorError(f"the annotator refused; {told}", transient=False)

    def _object(self, response: Response) -> dict[str, Any]:
        try:
            found = json.loads(response.body)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise QuestionError("the service's reply is malformed", spent=True)
        return found


def said_of(body: bytes) -> str:
    """What an error says of itself, of the forms that services have: {"error": {"message": ...}}, {"error": ...}."""
    text = body.decode("utf-8", errors="replace")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return text
    for key in ("error", "message", "detail"):
        if isinstance(found, dict) and found.get(key):
            found = found[key]
    return found if isinstance(found, str) else text


def whole(number: object) -> int:
    """A count of tokens as a service gives it, 0 where it is none."""
    return number if isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 10**9 else 0


def texts(parts: Iterable[object]) -> str:
    """The text of a content that comes in parts."""
    return "".join(part["text"] for part in parts if isinstance(part, dict) and isinstance(part.get("text"), str))
