"""Slack, through an incoming webhook: one message of Block Kit for all that is told at once.

Everything is `rich_text`: what stands in an element of type `text` is text there, whatever it looks like, where
`mrkdwn` would have to be escaped and would still find links and formats in it. Limits:
https://docs.slack.dev/reference/block-kit/blocks and, of all blocks together, what people measured who met
`msg_blocks_too_long` (https://github.com/slackapi/bolt-js/issues/2509: about 13,200 characters of text, and 125 fewer
for each further block; https://github.com/slackapi/bolt-js/issues/2867: 11,300 in many small elements).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

from drift.files.fields import about
from drift.files.secret import AddressSecret
from drift.model.alert import Message
from drift.model.errors import DeliveryError, DeliveryFailure
from drift.model.ports import Http
from drift.model.responses import Response
from drift.notifiers import layout
from drift.notifiers.config import NotifierConfig, NotifierMeans
from drift.notifiers.layout import Item, MessagePart
from drift.notifiers.refusals import refusal

BLOCKS = 50  # Slack's limit for one message
CHARACTERS = 10_000  # of all blocks as JSON in ASCII, each counted as EACH more: well below what was ever refused
EACH = 125
TEXT = 3_000  # of the texts of one block: Slack's limit for a section, which it does not name for rich text
FALLBACK = 2_000  # of the text that notifications and screen readers use; Slack cuts it at 40,000
IN_FULL = 2  # as many are told in full, which is what there is room for; of more only the first, the others in a line
TIMEOUT = 10.0
_COUNT = 10  # characters by which the count of those left out may be longer than that of all but one

_REASONS = {
    "action_prohibited": "an administrator of the workspace does not let this webhook post there",
    "channel_is_archived": "the channel is archived",
    "channel_not_found": "there is no such channel",
    "invalid_blocks": "Slack does not take the message: this is a fault of drift",
    "invalid_blocks_format": "Slack does not take the message: this is a fault of drift",
    "invalid_payload": "Slack does not take the message: this is a fault of drift",
    "invalid_token": "the webhook is not valid: make a new one",
    "msg_blocks_too_long": "Slack finds the message too long: this is a fault of drift",
    "msg_too_long": "Slack finds the message too long: this is a fault of drift",
    "no_active_hooks": "the webhook was switched off: make a new one",
    "no_service": "the webhook was removed or switched off: make a new one",
    "no_service_id": "the address of the webhook is not whole",
    "no_team": "there is no such workspace",
    "no_text": "Slack finds nothing in the message: this is a fault of drift",
    "posting_to_general_channel_denied": "only administrators may post in that channel",
    "rate_limited": "too many messages at once",
    "rollup_error": "Slack failed",
    "team_disabled": "the workspace is switched off",
    "too_many_attachments": "Slack finds too much in the message: this is a fault of drift",
    "user_not_found": "there is no such person to write to",
}
_CODE = re.compile(r"[a-z_]{2,60}")
_EMOJI = re.compile(r":(?=[a-z0-9_+'-]+:)")
_ADDRESS = re.compile(r"(?<=[A-Za-z]):(?=//)")
_JOINER = "\u2060"  # a word joiner has no shape and keeps ':smile:' from being one

Block = dict[str, Any]


class SlackConfig(NotifierConfig):
    """An incoming webhook of Slack."""

    kind: Literal["slack"]
    webhook: Annotated[
        AddressSecret,
        about("Its address, which is a secret: who has it can post.", [{"env": "SLACK_WEBHOOK"}]),
    ]

    def notifier(self, name: str, means: NotifierMeans) -> Slack:
        return Slack(name, self.webhook.value, means.http)


class Slack:
    """A Notifier. Its address is a secret and stands in no error and in no `repr`."""

    def __init__(self, name: str, webhook: str, http: Http) -> None:
        self._name = name
        self._webhook = webhook
        self._http = http

    @property
    def name(self) -> str:
        return self._name

    def __repr__(self) -> str:
        return f"Slack({self._name!r})"

    def send(self, message: Message) -> None:
        """Send a message. Raises DeliveryError, with Slack's own reason in words where it gives one."""
        body = json.dumps(payload(message)).encode("ascii")
        response = self._http.post(self._webhook, body, {"Content-Type": "application/json"}, TIMEOUT)
        if failure := refusal(response, _reason(response)):
            raise failure
        if response.headers.get("content-type", "").startswith("text/html"):
            words = "a web page came where Slack says 'ok': something stands in between"
            raise DeliveryError(DeliveryFailure.SERVER_ERROR, words, transient=True)


def payload(message: Message) -> dict[str, Any]:
    """The JSON of a message. It keeps Slack's limits by leaving out what is less important, with a count."""
    return {
        "text": _fallback(message),
        "blocks": list(_blocks(message)),
        "mrkdwn": False,
        "parse": "none",
        "unfurl_links": False,
        "unfurl_media": False,
    }


def _blocks(message: Message) -> Iterator[Block]:
    head = _rich([_section([_text(layout.heading(message), bold=True)])])
    yield head
    room = CHARACTERS - _cost(head) - _COUNT - sum(map(_cost, _last(message, 1)))
    tolds = message.tolds
    shown = 0
    for told in tolds if len(tolds) <= IN_FULL else tolds[:1]:
        whole = _rich(_whole(layout.part(told)))
        cost = _cost(whole) + _cost(_DIVIDER)
        if cost > room or _length(whole) > TEXT:
            break
        yield _DIVIDER
        yield whole
        room -= cost
        shown += 1
    lines = list(_lines(map(layout.part, tolds[shown:]), room - 2 * _cost(_DIVIDER)))
    if lines:
        yield _DIVIDER
        yield _rich([{"type": "rich_text_list", "style": "bullet", "elements": lines}])
    yield from _last(message, shown + len(lines))


def _whole(part: MessagePart) -> Iterator[Block]:
    """One thing that is told, in full."""
    yield _section([_text(part.moment, bold=True)])
    if part.quote:
        texts = (
            _text(part.quote.before),
            _text(part.quote.value, bold=True, code=True),
            _text(part.quote.after),
        )
        yield {"type": "rich_text_quote", "elements": [text for text in texts if text["text"]]}
    if part.items:
        items = [_section(list(_item(item))) for item in part.items]
        yield {"type": "rich_text_list", "style": "ordered", "elements": items}
    if part.more:
        yield _section([_text(part.more)])
    if part.unconfirmed:
        yield _section([_text(part.unconfirmed, italic=True)])
    facts: list[Block] = []
    for label, words in part.facts:
        facts += [_text(f"{label}:", bold=True), _text(f" {words}\n")]
    if part.command:
        facts += [_text(f"{part.called}:", bold=True), _text(" "), _text(part.command, code=True), _text("\n")]
    if facts:
        yield _section(facts)
    links: list[Block] = []
    for label, address in part.links:
        links += [_text(" · "), {"type": "link", "url": address, "text": label}]
    if links:
        yield _section(links[1:])


def _item(item: Item) -> Iterator[Block]:
    if item.quote:
        yield _text(f"“{item.quote.before}")
        yield _text(item.quote.value, bold=True, code=True)
        yield _text(f"{item.quote.after}” ")
    yield _text(item.words)
    if item.address:
        yield _text(" ")
        yield {"type": "link", "url": item.address, "text": "Open the page"}


def _lines(parts: Iterable[MessagePart], room: int) -> Iterator[Block]:
    """One line each, as many as there is room for. One that is too long by itself is named only."""
    length = 0
    for part in parts:
        line = next((line for line in (_line(part), _named(part)) if _length(line) <= TEXT // 2), None)
        if line is None:
            return
        room -= len(json.dumps(line))
        length += _length(line)
        if room < 0 or length > TEXT:
            return
        yield line


def _line(part: MessagePart) -> Block:
    told = f"{part.moment} {part.unconfirmed}".rstrip()
    return _section([_text(f"{told} "), _pointer(part)])


def _named(part: MessagePart) -> Block:
    return _section([_pointer(part), _text(" is too long to be told here whole.")])


def _pointer(part: MessagePart) -> Block:
    """Where to read on: a link that is called by the name of what it is about, or the name."""
    addresses = dict(part.links)
    address = addresses.get("See the finding") or addresses.get("Open the page")
    if not address:
        return _text(part.name or "It", bold=True)
    return {"type": "link", "url": address, "text": _broken(part.name) or "Open"}


def _last(message: Message, shown: int) -> Iterator[Block]:
    said: list[Block] = []
    if left := layout.rest(message, shown):
        said.append(_text(f"{left} "))
    if address := layout.link(message.link):
        said.append({"type": "link", "url": address, "text": "See all"})
    if said:
        yield _DIVIDER
        yield _rich([_section(said)])


def _fallback(message: Message) -> str:
    """What a notification shows: the heading and as many of the moments as there is room for, none of them cut."""
    text, shown = _escaped(layout.heading(message)), 0
    for told in message.tolds:
        said = f"{layout.moment(told)} {layout.unconfirmed(told)}".rstrip()
        more = f"\n{_escaped(said)}"
        if len(text) + len(more) > FALLBACK:
            break
        text += more
        shown += 1
    left = layout.rest(message, shown)
    return f"{text}\n{_escaped(left)}" if left else text


def _escaped(text: str) -> str:
    return _broken(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _broken(text: str) -> str:
    """Text in which nothing is the name of an emoji, nor an address that a client would make a link of."""
    return _ADDRESS.sub(f":{_JOINER}", _EMOJI.sub(f":{_JOINER}", text))


def _text(text: str, **style: bool) -> Block:
    made: Block = {"type": "text", "text": _broken(text)}
    return made | {"style": style} if style else made


def _section(elements: list[Block]) -> Block:
    return {"type": "rich_text_section", "elements": elements}


def _rich(elements: Iterable[Block]) -> Block:
    return {"type": "rich_text", "elements": list(elements)}


_DIVIDER: Block = {"type": "divider"}


def _cost(block: Block) -> int:
    return len(json.dumps(block)) + EACH


def _length(block: Block) -> int:
    """The characters of all texts in a block."""
    return len(block.get("text", "")) + sum(_length(element) for element in block.get("elements", ()))


def _reason(response: Response) -> str:
    """Slack's reason in words, with its own word for it; anything else it may have said stays out."""
    if response.status == 429:
        return _REASONS["rate_limited"]
    code = response.body.decode("ascii", errors="replace").strip()
    if not _CODE.fullmatch(code):
        return ""
    return f"{_REASONS[code]} ({code})" if code in _REASONS else code
