"""Mail: through TLS or not at all where it was asked for, to all of them, with headers that nobody but us writes."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message as Mail
from typing import Any

import pytest
import trustme
from benches import hidden
from hypothesis import given
from hypothesis import strategies as st
from sample_messages import HOSTILE, NOON, OPENED, message
from smtp_standin import SmtpStandIn
from tries import tries
from waiting import PATIENCE

from drift.model.errors import DeliveryError, DeliveryFailure
from drift.notifiers.email import Email, EmailConfig, composed, html

TO = ("content@larkspur.example", "desk@larkspur.example")
PASSWORD = "pa55-w0rd"
Serve = Callable[..., SmtpStandIn]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def serve() -> Iterator[Serve]:
    servers: list[SmtpStandIn] = []

    def start(*args: Any, **options: Any) -> SmtpStandIn:
        servers.append(SmtpStandIn(*args, **options))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def notifier(server: SmtpStandIn, **options: Any) -> Email:
    known = {name: options.pop(name) for name in ("tls", "timeout") if name in options}
    return Email("mail", config(port=str(server.port), **options), lambda: NOON, **{"timeout": PATIENCE, **known})


def config(host: str = "localhost", **options: Any) -> EmailConfig:
    if "password" in options:
        options["password"] = hidden(options["password"])
    given = {"kind": "email", "host": host, "security": "none", "from": "drift@larkspur.example", "to": list(TO)}
    return EmailConfig.model_validate(given | options)


def failure(email: Email) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        email.send(message(OPENED))
    return caught.value


def certified(authority: trustme.CA, name: str = "localhost") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_goes_through_tls(serve: Serve, authority: trustme.CA, security: str) -> None:
    server = serve(certified(authority), wrapped=security == "tls", login=f"drift:{PASSWORD}")
    sender = notifier(server, security=security, user="drift", password=PASSWORD, tls=trusting(authority))
    sender.send(message(OPENED))
    assert server.secure == [True]
    assert server.mails[0].to == TO


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_for_another_name(serve: Serve, authority: trustme.CA, security: str) -> None:
    server = serve(certified(authority, "mail.larkspur.example"), wrapped=security == "tls")
    error = failure(notifier(server, security=security, tls=trusting(authority)))
    assert (error.failure, error.transient) == (DeliveryFailure.TLS, True)
    assert server.mails == []


def test_a_server_without_starttls_gets_nothing(serve: Serve, authority: trustme.CA) -> None:
    server = serve(login=f"drift:{PASSWORD}")
    options: dict[str, Any] = {"security": "starttls", "user": "drift", "password": PASSWORD}
    error = failure(notifier(server, tls=trusting(authority), **options))
    assert (error.failure, error.transient) == (DeliveryFailure.REFUSED, False)
    assert "STARTTLS" in str(error)
    assert server.mails == []


@pytest.mark.parametrize(("user", "password"), [("drift", "wrong-pa55word"), ("drift", "gehäim")])
def test_a_login_that_is_not_known(serve: Serve, user: str, password: str) -> None:
    error = failure(notifier(serve(login=f"drift:{PASSWORD}"), user=user, password=password))
    assert (error.failure, error.transient) == (DeliveryFailure.FORBIDDEN, False)
    assert password not in str(error)


def test_a_server_that_takes_it_for_some_only(serve: Serve) -> None:
    """It has arrived for those: it is not sent again, and the error names the other."""
    server = serve()
    server.says[f"RCPT {TO[1]}"] = "550 no such mailbox"
    error = failure(notifier(server))
    assert len(server.mails) == 1
    assert (error.failure, error.transient) == (DeliveryFailure.GONE, False)
    assert f"{TO[1]} (550 no such mailbox)" in str(error)
    assert TO[0] not in str(error)


@pytest.mark.parametrize(
    ("command", "answer", "failure_class"),
    [
        ("GREETING", "421 too many connections", DeliveryFailure.SERVER_ERROR),
        ("GREETING", "SILENCE", DeliveryFailure.TIMEOUT),
        ("EHLO", "RESET", DeliveryFailure.UNREACHABLE),
        ("MAIL", "452 full", DeliveryFailure.SERVER_ERROR),
        ("AUTH", "454 try later", DeliveryFailure.SERVER_ERROR),
    ],
)
def test_what_may_pass(serve: Serve, command: str, answer: str, failure_class: DeliveryFailure) -> None:
    server = serve()
    server.says[command] = answer
    patience = 0.5 if answer == "SILENCE" else PATIENCE
    error = failure(notifier(server, user="drift", password=PASSWORD, timeout=patience))
    assert (error.failure, error.transient) == (failure_class, True)


def test_a_goodbye_that_fails_takes_nothing_back(serve: Serve) -> None:
    server = serve()
    server.says["QUIT"] = "RESET"
    notifier(server).send(message(OPENED))
    assert len(server.mails) == 1


def test_a_name_that_does_not_resolve() -> None:
    sender = Email("mail", config("mail.larkspur.invalid", port="25"), lambda: NOON)
    error = failure(sender)
    assert (error.failure, error.transient) == (DeliveryFailure.UNREACHABLE, True)


def parsed(text: str) -> Mail:
    made = composed(message(OPENED, heading=text), "drift@larkspur.example", TO)
    return message_from_bytes(made.as_bytes(), policy=policy.default)


@pytest.mark.parametrize("text", HOSTILE, ids=[ascii(text)[1:25] for text in HOSTILE])
def test_no_text_becomes_a_header(text: str) -> None:
    mail = parsed(text)
    assert mail["To"] == ", ".join(TO)
    assert mail["Bcc"] is None
    assert set(mail.keys()) == {
        *("From", "To", "Subject", "Message-ID", "Auto-Submitted", "Content-Type", "MIME-Version")
    }


ENCODED = [
    "=?utf-8?q?x=0D=0AReply-To=3A_mallory=40larkspur.example?= y",
    "=?utf-8?q?x=0D=0A=0D=0A<script>?=",
    "=?utf-8?b?4oCuYWJj?= turned round",
    "é =?utf-8?b?4oCuYWJj?=",
    "=?iso-8859-1?q?=?utf-8?q?=0D=0ABcc:a?=?=",
    "==??utf-8?q?=0D=0ABcc:_a@b?==?=",
    "=?UTF-8*EN?Q?=E2=80=AE?=",
    f"{'long ' * 15}=?utf-8?q?=0D=0ABcc:_a@b?= {'é' * 60} =?utf-8?q?=E2=80=AE?=",
    "= ?utf-8?q?=0D=0ABcc:_a@b?=",
    "=\u200b?utf-8?q?=0D=0ABcc:_a@b?=",
    "=\x00?utf-8?q?=E2=80=AE?=",
    "=\r\n ?utf-8?q?=0D=0ABcc:_a@b?=",
]


def decoded(sent: bytes) -> Iterator[tuple[str, list[str]]]:
    """The subject as several programs show it, each with the names of the headers it sees."""
    for rules in (policy.default, policy.SMTP, policy.SMTPUTF8, policy.strict):
        mail = message_from_bytes(sent, policy=rules)
        yield str(mail["Subject"]), list(mail.keys())
    plain = message_from_bytes(sent, policy=policy.compat32)
    raw = str(plain["Subject"])
    for unfolded in (re.sub(r"\r?\n(?=[ \t])", "", raw), re.sub(r"\r?\n[ \t]", "", raw), re.sub(r"\s", "", raw)):
        once = str(make_header(decode_header(unfolded)))
        yield once, list(plain.keys())
        for again in (once, once.replace(" ", "")):
            yield str(make_header(decode_header(again))), list(plain.keys())


def harmless(sent: bytes) -> None:
    ours = {
        *("From", "To", "Subject", "Message-ID", "Auto-Submitted", "Content-Type", "MIME-Version", "Date"),
        "Content-Transfer-Encoding",
    }
    for subject, names in decoded(sent):
        assert set(names) <= ours
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]", subject)


@pytest.mark.parametrize("text", [*ENCODED, *HOSTILE], ids=lambda text: ascii(text)[1:25])
def test_no_decoder_makes_more_of_a_subject(serve: Serve, text: str) -> None:
    server = serve()
    notifier(server).send(message(OPENED, heading=text))
    harmless(server.mails[0].body)


@tries(50)
@given(
    st.lists(
        st.sampled_from([*ENCODED, "=", "?", "=?", "?=", "utf-8", "q", "b", "=0A", "=E2=80=AE", " ", "é", "x" * 40])
    )
)
def test_no_decoder_makes_more_of_any_subject(pieces: list[str]) -> None:
    harmless(composed(message(OPENED, heading="".join(pieces)), "drift@larkspur.example", TO).as_bytes())


def test_a_message_that_is_sent_again_is_known_by_its_id() -> None:
    first, second = (composed(message(OPENED, key="M-1/a b"), "drift@larkspur.example", TO) for _ in range(2))
    assert first["Message-ID"] == second["Message-ID"] == "<M-1-a-b@larkspur.example>"


def test_html_fetches_nothing() -> None:
    page = html(message(OPENED))
    assert "<mark>30 days</mark>" in page
    assert not [word for word in ("<img", "<link", "<script", "<style", "src=", "url(") if word in page]
