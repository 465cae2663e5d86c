"""E-mail through a server (SMTP): a text, and the same as HTML that fetches nothing from anywhere.

The one notifier that speaks to its server by itself and not through the gate: which server that is stands in the
settings and nowhere else.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from typing import Annotated, Literal

from pydantic import Field

from drift.files.config import Teller
from drift.files.fields import Email as Address
from drift.files.fields import Nothing, Text, about
from drift.files.keys import DIGITS, Emails
from drift.files.secret import Secret
from drift.model.alert import Message
from drift.model.errors import DeliveryError, DeliveryFailure
from drift.model.escaping import inert
from drift.model.ports import Clock
from drift.notifiers import layout, written
from drift.notifiers.config import NotifierConfig, NotifierMeans
from drift.notifiers.layout import Item, MessagePart

TIMEOUT = 20.0  # seconds of each step: servers that grey-list answer slowly on purpose
ROOM = 200_000  # characters of a text: mail of a few hundred kilobytes is taken everywhere
IN_FULL = 50
_WORDS = 200  # characters of a server's own reason


class EmailConfig(NotifierConfig):
    """E-mail through a server (SMTP)."""

    kind: Literal["email"]
    host: Annotated[Text, about("The mail server.", ["smtp.larkspur.example"])]
    port: Annotated[int, Field(ge=1, le=65535), DIGITS, about("Its port.")] = 587
    security: Annotated[Literal["starttls", "tls", "none"], about("How the connection is kept private.")] = "starttls"
    user: Annotated[Text | Nothing, about("Who logs in.", ["drift"])] = None
    password: Annotated[Secret | Nothing, about("With which password.", [{"env": "SMTP_PASSWORD"}])] = None
    from_: Address = Field(alias="from", description="The address it is from.", examples=["drift@larkspur.example"])
    to: Annotated[Emails, about("The addresses it goes to.", ["content@larkspur.example"])]

    def lint(self, tell: Teller) -> None:
        """Tell half a login, and warn of one that everybody between here and the server can read."""
        if (self.user is None) != (self.password is None):
            given, missing = ("user", "password") if self.password is None else ("password", "user")
            tell((given,), f"'{given}' without '{missing}'", "both or neither", key=True)
        elif self.password is not None and self.security == "none":
            tell(("security",), "the password travels in clear", "starttls or tls", warning=True)

    def notifier(self, name: str, means: NotifierMeans) -> Email:
        return Email(name, self, means.clock)


class Email:
    """A Notifier. Its password is a secret and stands in no error and in no `repr`."""

    def __init__(
        self,
        name: str,
        config: EmailConfig,
        clock: Clock,
        *,
        tls: ssl.SSLContext | None = None,
        timeout: float = TIMEOUT,
    ) -> None:
        """`tls` is what certificates are verified with, the system's by default."""
        self._name = name
        self._server = (config.host, config.port)
        self._sender = config.from_
        self._to = config.to
        self._clock = clock
        self._security = config.security
        self._login = (config.user, config.password.value if config.password else "") if config.user else None
        self._tls = tls
        self._timeout = timeout

    @property
    def name(self) -> str:
        return self._name

    def __repr__(self) -> str:
        return f"Email({self._name!r})"

    def send(self, message: Message) -> None:
        """Send a message to all. Raises DeliveryError, with the server's own reason where it gives one.

        Where the server takes it for some and not for others it has arrived for those, and the error names the others.
        """
        mail = composed(message, self._sender, self._to)
        mail["Date"] = format_datetime(self._clock())
        with self._told(), self._connected() as server:
            if self._login:
                server.login(*self._login)
            refused = server.send_message(mail, self._sender, list(self._to))
        if refused:
            raise self._of_recipients(refused)

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        host, port = self._server
        secure = self._security
        context = self._tls or (ssl.create_default_context() if secure != "none" else None)
        if secure == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=self._timeout, context=context)
        else:
            server = smtplib.SMTP(host, port, timeout=self._timeout)
        try:
            if secure == "starttls":
                server.starttls(context=context)
            yield server
        finally:
            _leave(server)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Whatever goes wrong, told as a DeliveryError."""
        try:
            yield
        except smtplib.SMTPRecipientsRefused as error:
            raise self._of_recipients(error.recipients) from None
        except smtplib.SMTPAuthenticationError as error:
            raise self._of_code(error.smtp_code, error.smtp_error, DeliveryFailure.FORBIDDEN) from None
        except smtplib.SMTPResponseException as error:
            raise self._of_code(error.smtp_code, error.smtp_error, DeliveryFailure.REFUSED) from None
        except smtplib.SMTPNotSupportedError as error:
            raise DeliveryError(DeliveryFailure.REFUSED, f"the mail server cannot do it: {error}") from None
        except UnicodeEncodeError:
            words = "the user name or the password holds characters that a mail server does not take"
            raise DeliveryError(DeliveryFailure.FORBIDDEN, words) from None
        except ssl.SSLError as error:
            words = getattr(error, "verify_message", "") or (error.reason or "the handshake broke").lower()
            raise DeliveryError(DeliveryFailure.TLS, f"TLS with the mail server: {words}", transient=True) from None
        except (smtplib.SMTPException, OSError) as error:
            raise _of_connection(error) from None

    def _of_recipients(self, refused: dict[str, tuple[int, bytes]]) -> DeliveryError:
        each = ", ".join(f"{address} ({code} {self._words(said)})" for address, (code, said) in refused.items())
        again = any(400 <= code < 500 for code, _ in refused.values())
        words = f"the mail server does not take mail for {each}"
        return DeliveryError(DeliveryFailure.THROTTLED if again else DeliveryFailure.GONE, words, transient=again)

    def _of_code(self, code: int, said: bytes | str, failure: DeliveryFailure) -> DeliveryError:
        """4xx is about this moment (RFC 5321, 4.2.1), 5xx about this mail. A code below is no answer of SMTP."""
        again = code < 500
        words = f"the mail server says {code} {self._words(said)}".rstrip()
        return DeliveryError(DeliveryFailure.SERVER_ERROR if again else failure, words, transient=again)

    def _words(self, said: bytes | str) -> str:
        text = said.decode("utf-8", errors="replace") if isinstance(said, bytes) else said
        for secret in self._secrets():
            text = text.replace(secret, "***")
        return inert(text).strip()[:_WORDS]

    def _secrets(self) -> Iterator[str]:
        """The password as it is, and as it travels."""
        if self._login and self._login[1]:
            user, password = self._login
            yield password
            yield b64encode(password.encode()).decode()
            yield b64encode(f"\0{user}\0{password}".encode()).decode()


def composed(message: Message, sender: str, to: tuple[str, ...]) -> EmailMessage:
    """The mail of a message. One that is sent again has the same Message-ID, by which mailboxes know it."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = ", ".join(to)
    mail["Subject"] = layout.subject(message)
    mail["Message-ID"] = f"<{re.sub('[^A-Za-z0-9.-]', '-', message.key)}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's holiday note answers it
    mail.set_content(written.text(message, room=ROOM, in_full=IN_FULL))
    mail.add_alternative(html(message), subtype="html")
    return mail


def html(message: Message) -> str:
    """The message as HTML. Nothing in it comes from elsewhere, and all text is escaped."""
    pieces: list[str] = []
    room = ROOM
    for told in message.tolds:
        part = layout.part(told)
        forms: tuple[Callable[[MessagePart], str], ...] = (
            (_whole, _line, _named) if len(pieces) < IN_FULL else (_line, _named)
        )
        piece = next((made for made in (form(part) for form in forms) if len(made) <= room), None)
        if piece is None:
            break
        room -= len(piece)
        pieces.append(piece)
    last = [f"<p>{escape(left)}</p>"] if (left := layout.rest(message, len(pieces))) else []
    if address := layout.link(message.link):
        last.append(f"<p>{_anchor('See all', address)}</p>")
    body = "\n".join((f"<h1>{escape(layout.heading(message))}</h1>", *pieces, *last))
    head = '<head><meta charset="utf-8"><title>drift</title></head>'
    return f'<!doctype html>\n<html lang="en">{head}<body>\n{body}\n</body></html>\n'


def _whole(part: MessagePart) -> str:
    rows = [f"<h2>{escape(part.moment)}</h2>"]
    if part.quote:
        quote = part.quote
        rows.append(
            f"<blockquote>{escape(quote.before)}<mark>{escape(quote.value)}</mark>{escape(quote.after)}</blockquote>"
        )
    if part.items:
        rows += ["<ol>", *(f"<li>{_item(item)}</li>" for item in part.items), "</ol>"]
    if part.more:
        rows.append(f"<p>{escape(part.more)}</p>")
    if part.unconfirmed:
        rows.append(f"<p>{escape(part.unconfirmed)}</p>")
    rows.append("<table>")
    rows += [f'<tr><th align="left">{escape(label)}</th><td>{escape(words)}</td></tr>' for label, words in part.facts]
    rows.append("</table>")
    if part.command:
        rows.append(f"<p>{escape(part.called)}: <code>{escape(part.command)}</code></p>")
    if part.links:
        rows.append(f"<p>{' · '.join(_anchor(label, address) for label, address in part.links)}</p>")
    return "\n".join(rows)


def _item(item: Item) -> str:
    quote = item.quote
    said = f"“{escape(quote.before)}<mark>{escape(quote.value)}</mark>{escape(quote.after)}” " if quote else ""
    opened = f" {_anchor('Open the page', item.address)}" if item.address else ""
    return f"{said}{escape(item.words)}{opened}"


def _line(part: MessagePart) -> str:
    told = f"{part.moment} {part.unconfirmed}".rstrip()
    return f"<p>{escape(told)} {escape(part.name)}</p>"


def _named(part: MessagePart) -> str:
    return f"<p>{escape(part.name or 'It')} is too long to be told here whole.</p>"


def _anchor(label: str, address: str) -> str:
    return f'<a href="{escape(address)}">{escape(label)}</a>'


def _of_connection(error: Exception) -> DeliveryError:
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):  # smtplib wraps it
        words = "the mail server did not answer in time"
        return DeliveryError(DeliveryFailure.TIMEOUT, words, transient=True)
    if isinstance(error, socket.gaierror):
        words = "the name of the mail server does not resolve"
    elif isinstance(error, smtplib.SMTPServerDisconnected):
        words = "the mail server broke the connection"
    else:
        words = f"the mail server cannot be reached: {getattr(error, 'strerror', None) or type(error).__name__}"
    return DeliveryError(DeliveryFailure.UNREACHABLE, words, transient=True)


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye. What was taken is taken, whatever comes of that."""
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        server.close()
