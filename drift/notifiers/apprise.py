"""Everything else, through the library apprise: an extra, which speaks to its services by itself.

It says little of why something did not arrive: a status where it met one. What is not known is tried again.
"""

from __future__ import annotations

import logging
import re
from typing import Annotated, Any, Literal

from drift.files.fields import about
from drift.files.secret import Secret
from drift.model.alert import Message
from drift.model.errors import DeliveryError, DeliveryFailure
from drift.model.responses import Response
from drift.notifiers import layout, written
from drift.notifiers.config import NotifierConfig, NotifierMeans
from drift.notifiers.refusals import refusal

ROOM = 1_800  # characters: chats take 2,000 and more; apprise cuts what is too long, wherever that is
IN_FULL = 1
_STATUS = re.compile(r"\berror=(\d{3})\b")  # how its services write down a status


class AppriseConfig(NotifierConfig):
    """Whatever the library apprise knows: `pip install 'drift[apprise]'`."""

    kind: Literal["apprise"]
    url: Annotated[Secret, about("Its address as apprise writes it, which is a secret.", [{"env": "APPRISE_URL"}])]

    def notifier(self, name: str, means: NotifierMeans) -> Apprise:  # noqa: ARG002 - apprise speaks for itself
        return Apprise(name, self.url.value)


class Apprise:
    """A Notifier. Its address is a secret and stands in no error and in no `repr`."""

    def __init__(self, name: str, url: str) -> None:
        self._name = name
        self._url = url

    @property
    def name(self) -> str:
        return self._name

    def __repr__(self) -> str:
        return f"Apprise({self._name!r})"

    def send(self, message: Message) -> None:
        """Send a message. Raises DeliveryError."""
        library = _library()
        sender = library.Apprise()
        if not sender.add(self._url):
            raise DeliveryError(DeliveryFailure.ADDRESS, "apprise does not know an address of this kind")
        body = written.text(message, room=ROOM, in_full=IN_FULL)
        with library.LogCapture(level=logging.WARNING) as said:
            arrived = sender.notify(body=body, title=layout.subject(message), body_format=library.NotifyFormat.TEXT)
            status = _STATUS.search(said.getvalue())
        if not arrived:
            raise _failure(int(status[1]) if status else None)


def _library() -> Any:
    """The library, kept from writing down what it sends where: addresses are secrets. Raises DeliveryError."""
    try:
        import apprise  # an extra, which need not be there
    except ImportError:
        words = "apprise is not installed: pip install 'drift[apprise]'"
        raise DeliveryError(DeliveryFailure.ADDRESS, words) from None
    for name in ("apprise", "urllib3"):
        logging.getLogger(name).setLevel(logging.WARNING)
    return apprise


def _failure(status: int | None) -> DeliveryError:
    told = refusal(Response(status, b"", {}), "") if status else None
    return told or DeliveryError(DeliveryFailure.UNREACHABLE, "apprise could not send it", transient=True)
