"""What went wrong, told as a FetchError: of an answer's status, and of a connection's error."""

from __future__ import annotations

import ssl

import httpcore

from drift.errors import BlindReason, FetchError

_OWN_REASON = {
    401: BlindReason.UNAUTHORIZED,
    403: BlindReason.FORBIDDEN,
    404: BlindReason.NOT_FOUND,
    410: BlindReason.GONE,
    429: BlindReason.THROTTLED,
}
_TRY_AGAIN = frozenset({408, 425, 429})  # the 4xx that are about this moment
_HEADER_TOO_LARGE = 431  # how h11 marks an answer whose header never ends


def of_status(status: int) -> FetchError | None:
    """The failure that a status other than a redirect tells; None for 2xx."""
    if 200 <= status < 300:
        return None
    detail = f"HTTP {status}"
    if 400 <= status < 500:
        reason = _OWN_REASON.get(status, BlindReason.CLIENT_ERROR)
        return FetchError(reason, detail, transient=status in _TRY_AGAIN)
    return FetchError(BlindReason.SERVER_ERROR, detail, transient=True)


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
