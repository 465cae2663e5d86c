"""For each kind of notifier a real receiver on loopback, what arrived there, and how to make it fail."""

from __future__ import annotations

import html.parser
import json
import re
import ssl
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_network
from typing import Any, Protocol

import block_kit
import pytest
from receiver import Receiver, Reply
from sample_messages import NOON
from slack_standin import PATH, SlackStandIn
from smtp_standin import SmtpStandIn
from waiting import PATIENCE

from drift.fetch.gate import Gate
from drift.fetch.poster import Poster
from drift.files.secret import Secret
from drift.model.ports import Http
from drift.model.responses import START, Response
from drift.model.watch_ports import Notifier
from drift.notifiers import NotifierMeans
from drift.notifiers.apprise import AppriseConfig
from drift.notifiers.email import Email, EmailConfig
from drift.notifiers.slack import SlackConfig
from drift.notifiers.webhook import WebhookConfig

SOON = 1.0  # seconds after which a test gives up a receiver that does not answer
LATER = 2 * PATIENCE
KEY = "k3y-of-the-s1gnature"
PASSWORD = "pa55-w0rd-of-mail"
HOST = "hooks.larkspur.example"
_BIDI = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Patient:
    """An Http that waits for so many seconds, whatever a notifier allows."""

    def __init__(self, http: Http, patience: float) -> None:
        self._http = http
        self._patience = patience

    def post(
        self, url: str, body: bytes, headers: Mapping[str, str], _timeout: float, *, most: int = START
    ) -> Response:
        return self._http.post(url, body, headers, self._patience, most=most)


def poster(at_once: int = 4) -> Poster:
    """A real Poster that finds every host on loopback and may go there."""
    gate = Gate(allow=(ip_network("127.0.0.0/8"),), resolve=lambda _host, _port: ["127.0.0.1"])
    return Poster(lambda: NOON, gate=gate, tls=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), at_once=at_once)


def hidden(value: str) -> Secret:
    """A secret that was looked up."""
    return Secret(env="HIDDEN").holding(value)


def means(patience: float = PATIENCE) -> NotifierMeans:
    return NotifierMeans(Patient(poster(), patience), lambda: NOON)


class Bench(Protocol):
    """What the contract needs of a kind. Faults are named by what they are; see `test_notifiers.FAULTS`."""

    @property
    def notifier(self) -> Notifier: ...
    @property
    def secrets(self) -> tuple[str, ...]: ...
    @property
    def exact(self) -> bool:
        """Whether it can tell why something did not arrive."""

    def fail(self, fault: str) -> None: ...
    def arrived(self) -> list[str]: ...
    def check(self, arrived: str) -> None: ...
    def close(self) -> None: ...


HTTP_FAULTS: dict[str, Reply] = {
    "throttled": Reply(429, b"slow down", {"Retry-After": "7"}),
    "server error": Reply(503, b"closed for repairs"),
    "slow": Reply(after=LATER),
    "reset": Reply(reset=True),
    "refused": Reply(400, b"invalid_payload"),
    "forbidden": Reply(403, b"action_prohibited"),
    "not found": Reply(404, b"no_service"),
    "gone": Reply(410, b"channel_is_archived"),
    "elsewhere": Reply(302, b"", {"Location": "https://evil.example/"}),
}


class _OverHttp:
    """What the kinds that speak HTTP have in common."""

    exact = True
    receiver: Receiver

    def fail(self, fault: str) -> None:
        if fault == "nobody there":
            self.receiver.close()
        else:
            self.receiver.replies.append(HTTP_FAULTS[fault])

    def close(self) -> None:
        if not self.receiver.released.is_set():
            self.receiver.close()


class SlackBench(_OverHttp):
    def __init__(self, patience: float = PATIENCE) -> None:
        self.slack = SlackStandIn()
        self.receiver = self.slack.receiver
        self.secrets = (self.slack.url, PATH, PATH.rpartition("/")[2])
        self.notifier = SlackConfig(kind="slack", webhook=hidden(self.slack.url)).notifier("content", means(patience))

    def arrived(self) -> list[str]:
        assert self.slack.refusals == []
        return [json.dumps(payload, indent=1, ensure_ascii=False) + "\n" for payload in self.slack.messages]

    def check(self, arrived: str) -> None:
        payload = json.loads(arrived)
        assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", payload["text"])
        assert payload["mrkdwn"] is False
        for text in (payload["text"], *_texts(payload["blocks"])):
            assert not _BIDI.search(text)
            assert not re.search(r":[a-z0-9_+'-]+:", text)
            assert "://" not in text
        assert '"mrkdwn"' not in arrived.replace('"mrkdwn": false', "")


def _texts(blocks: list[dict[str, Any]]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        found += [block["text"]] if "text" in block else []
        found += _texts(block.get("elements", []))
    return found


class WebhookBench(_OverHttp):
    def __init__(self, patience: float = PATIENCE) -> None:
        self.receiver = Receiver()
        url = f"http://{HOST}:{self.receiver.port}/in/t0ken-of-the-address?key=an0ther-one"
        self.secrets = (url, "t0ken-of-the-address", "an0ther-one", KEY)
        config = WebhookConfig(kind="webhook", url=hidden(url), key=hidden(KEY))
        self.notifier = config.notifier("desk", means(patience))

    def arrived(self) -> list[str]:
        return [json.dumps(json.loads(request.body), indent=1) + "\n" for request in self.receiver.requests]

    def check(self, arrived: str) -> None:
        assert arrived.isascii()
        assert len(arrived) < 300_000
        links = [value for alert in json.loads(arrived)["alerts"] for name, value in alert.items() if "_link" in name]
        assert all(link is None or re.fullmatch(r"https?://[!-~]+", link) for link in links)


class AppriseBench(_OverHttp):
    exact = False

    def __init__(self, patience: float = PATIENCE) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it imports what Python will drop
            pytest.importorskip("apprise").Apprise().add("json://localhost")
        self.receiver = Receiver()
        path = "in/t0ken-of-the-address"
        url = f"json://user:pa55word-of-it@127.0.0.1:{self.receiver.port}/{path}?cto={patience}&rto={patience}"
        self.secrets = (url, "t0ken-of-the-address", "pa55word-of-it")
        self.notifier = AppriseConfig(kind="apprise", url=hidden(url)).notifier("everybody", means(patience))

    def fail(self, fault: str) -> None:
        if fault == "elsewhere":
            pytest.skip("apprise goes where it is sent")
        super().fail(fault)

    def arrived(self) -> list[str]:
        sent = [json.loads(request.body) for request in self.receiver.requests]
        return [f"{each['title']}\n\n{each['message']}\n" for each in sent]

    def check(self, arrived: str) -> None:
        assert len(arrived) < 2_200
        assert not _BIDI.search(arrived)


SMTP_FAULTS: dict[str, tuple[str, str]] = {
    "throttled": ("RCPT", "450 slow down"),
    "server error": ("MESSAGE", "451 closed for repairs"),
    "slow": ("DATA", "SILENCE"),
    "reset": ("DATA", "RESET"),
    "refused": ("MESSAGE", "554 too much of it"),
    "forbidden": ("AUTH", f"535 no, {PASSWORD} is wrong"),
    "not found": ("RCPT", "550 no such mailbox"),
    "gone": ("RCPT", "551 moved away"),
}


class EmailBench:
    exact = True

    def __init__(self, patience: float = PATIENCE) -> None:
        self.server = SmtpStandIn(login=f"drift:{PASSWORD}")
        self.secrets = (PASSWORD,)
        self.closed = False
        config = EmailConfig.model_validate(
            {
                "kind": "email",
                "host": "127.0.0.1",
                "port": str(self.server.port),
                "security": "none",
                "user": "drift",
                "password": hidden(PASSWORD),
                "from": "drift@larkspur.example",
                "to": ["content@larkspur.example", "desk@larkspur.example"],
            }
        )
        self.notifier: Notifier = Email("mail", config, lambda: NOON, timeout=patience)

    def fail(self, fault: str) -> None:
        if fault == "nobody there":
            self.close()
        elif fault not in SMTP_FAULTS:
            pytest.skip("a mail server sends nobody elsewhere")
        else:
            self.server.says.update([SMTP_FAULTS[fault]])

    def arrived(self) -> list[str]:
        return [_read(mail.body) for mail in self.server.mails]

    def check(self, arrived: str) -> None:
        assert not _BIDI.search(arrived)
        head, _, body = arrived.partition("\n\n")
        assert [line.partition(":")[0] for line in head.split("\n")] == list(HEADERS)
        _OnlyText().feed(body.partition("<!doctype html>")[2])

    def close(self) -> None:
        if not self.closed:
            self.server.close()
        self.closed = True


HEADERS = ("From", "To", "Subject", "Message-ID", "Auto-Submitted", "Date")


def _read(raw: bytes) -> str:
    """A mail as its reader's program has it: the headers that we set, the text, the HTML."""
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    assert set(mail.keys()) == {*HEADERS, "MIME-Version", "Content-Type"}
    text, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert page is not None
    head = "\n".join(f"{name}: {mail[name]}" for name in HEADERS)
    return f"{head}\n\n{text.get_content()}\n{page.get_content()}".replace("\r\n", "\n")


class _OnlyText(html.parser.HTMLParser):
    """Fails on any tag or attribute but those that we write."""

    tags = frozenset(
        {"html", "head", "meta", "title", "body", "h1", "h2", "p", "a", "table", "tr", "th", "td"}
        | {"blockquote", "mark", "code", "ol", "li"}
    )
    attributes = frozenset({"lang", "charset", "href", "align"})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in self.tags
        assert {name for name, _ in attrs} <= self.attributes
        assert all((value or "").startswith(("https://", "http://")) for name, value in attrs if name == "href")


@dataclass(frozen=True, slots=True)
class Made:
    """A kind of the list, as tests have it."""

    bench: Callable[[float], Bench]  # by the seconds for which it waits for an answer
    suffix: str  # of its golden files


BENCHES: dict[str, Made] = {
    "slack": Made(SlackBench, "json"),
    "webhook": Made(WebhookBench, "json"),
    "email": Made(EmailBench, "txt"),
    "apprise": Made(AppriseBench, "txt"),
}


def picture(payload: str) -> str:
    """What a golden message looks like in Slack."""
    return block_kit.shown(json.loads(payload)).replace("\u2060", "")
