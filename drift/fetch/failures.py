"""What went wrong, told as a FetchError: of an answer's status, and of a connection's error."""

from __future__ import annotations

import ssl

import httpcore

from drift.fetch import after, bounded
from drift.fetch.answer import NOT_MODIFIED, HttpAnswer
from drift.model import bot_challenges
from drift.model.errors import BlindReason, FetchError
from drift.model.ports import Clock

_OWN_REASON = {
    401: BlindReason.UNAUTHORIZED,
    403: BlindReason.FORBIDDEN,
    404: BlindReason.NOT_FOUND,
    410: BlindReason.GONE,
    429: BlindReason.THROTTLED,
}
_PARTIAL = 206
_TRY_AGAIN = frozenset({408, 425, 429})  # the 4xx that are about this moment
_WALLED = frozenset({403, 405, 429, 503})  # what challenges for robots are sent with
_HEADER_TOO_LARGE = 431  # how h11 marks an answer whose header never ends


def of_answer(answer: HttpAnswer, clock: Clock) -> FetchError | None:
    """The failure that an answer that leads nowhere else tells; None for a page. May read the start of its body."""
    status = answer.status
    detail = f"HTTP {status}"
    if status == _PARTIAL:  # read as a page, it would show that the rest is gone
        return FetchError(BlindReason.REFUSED, f"{detail}: a part of the page, which was not asked for", transient=True)
    if 200 <= status < 300:
        return None
    if status == NOT_MODIFIED:
        return FetchError(BlindReason.REDIRECTS, f"{detail}, which was not asked for")
    if status in _WALLED and (owner := _wall(answer)):
        return FetchError(BlindReason.BOT_WALL, f"a challenge of {owner}, {detail}")
    answer.pass_over()
    return of_status(status, after.seconds(answer.headers.get("retry-after"), clock()))


def of_status(status: int, wait: float | None = None) -> FetchError:
    """The failure that a status of 400 and above tells; `wait` is in how many seconds it asks to be tried again."""
    detail = f"HTTP {status}"
    if 400 <= status < 500:
        reason = _OWN_REASON.get(status, BlindReason.CLIENT_ERROR)
        return FetchError(reason, detail, transient=status in _TRY_AGAIN, retry_after=wait)
    return FetchError(BlindReason.SERVER_ERROR, detail, transient=True, retry_after=wait)


def _wall(answer: HttpAnswer) -> str | None:
    """Whose challenge the page is that came with a refusal; None if it is none."""
    if "html" not in answer.media:
        return None
    try:
        start = bounded.start(answer.chunks(), answer.coding, bot_challenges.LOOKED_AT)
        return bot_challenges.of_refusal(start.decode("latin-1"))
    except FetchError:  # what it is coded in is no page for a browser either
        return None


def of_connection(error: Exception) -> FetchError:
    """The failure that an error of httpcore tells. Everything but TLS and size may be better next time."""
    cause = error.args[0] if error.args else None  # httpcore wraps what it caught, and drops it as the cause
    if isinstance(error, httpcore.TimeoutException):
        return FetchError(BlindReason.TIMEOUT, str(error) or "no answer in time", transient=True)
    if isinstance(error, httpcore.ConnectError) and isinstance(cause, ssl.SSLError):
        return FetchError(BlindReason.TLS, _of_tls(cause))
    if getattr(cause, "error_status_hint", None) == _HEADER_TOO_LARGE:
        return FetchError(BlindReason.TOO_LARGE, "the header of the answer never ends")
    words = getattr(cause, "strerror", None) or str(error) or "the connection broke"
    return FetchError(BlindReason.REFUSED, words, transient=True)


def _of_tls(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    return (error.reason or str(error)).replace("_", " ").lower()
