"""What an answer to a message says: that it arrived, or why it did not and whether to try again."""

from __future__ import annotations

from collections.abc import Iterable

from drift.model.errors import DeliveryError, DeliveryFailure
from drift.model.repeated import repeated
from drift.model.responses import Response

_FAILURES = {
    401: DeliveryFailure.FORBIDDEN,
    403: DeliveryFailure.FORBIDDEN,
    404: DeliveryFailure.GONE,
    407: DeliveryFailure.FORBIDDEN,
    408: DeliveryFailure.TIMEOUT,
    410: DeliveryFailure.GONE,
    425: DeliveryFailure.THROTTLED,
    429: DeliveryFailure.THROTTLED,
}
_TRY_AGAIN = frozenset({408, 425, 429})  # the 4xx that are about this moment


def refusal(response: Response, reason: str) -> DeliveryError | None:
    """Why a message did not arrive; None if it did. `reason` is the receiver's own, '' where it gives none."""
    status = response.status
    if 200 <= status < 300:
        return None
    words = f"HTTP {status}: {reason}" if reason else f"HTTP {status}"
    if status >= 500:
        failure, transient = DeliveryFailure.SERVER_ERROR, True
    elif status >= 400:
        failure, transient = _FAILURES.get(status, DeliveryFailure.REFUSED), status in _TRY_AGAIN
    else:
        failure, transient = DeliveryFailure.ADDRESS, False
        words = f"HTTP {status}: it sends us elsewhere, and what is meant for one receiver goes to no other"
    return DeliveryError(failure, words, transient=transient, retry_after=response.retry_after)


def own_words(response: Response, secrets: Iterable[str]) -> str:
    """The first line of what a receiver says, without the secrets that it may have been told and repeats."""
    return repeated(response.body.decode("utf-8", errors="replace"), secrets)
