"""A message laid out: what stands in it in which order, for every notifier that people read.

The customer's moment comes first. All text leaves here inert: one line each, without anything that a terminal would
obey or that turns the direction of writing. Escaping what a channel takes for markup is left to its notifier.

Where room is short it is made by leaving out what is less important, and around a value, never of a value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote as percent

from drift.model import foreign, wording
from drift.model.alert import Asked, Fact, Message, Reason
from drift.model.escaping import inert
from drift.model.values import Bound

QUOTE = 600  # characters of a quote: sentences of help articles have 20 to 300
ITEM = 200  # of a quote in a list
WORDS = 300  # of guidance, of a diagnosis
NAME = 200  # of a title, an owner, an address
LINK = 2_000  # of a link; browsers and channels take longer ones, some mail programs do not
_KEPT = "%/:?#[]@!$&'()*+,;=-._~"  # what stands in a link as it is
_MARK = "…"
_BOUND = re.compile(rf"\A(?:{'|'.join(Bound)}) ")  # how a rule limits its value: a page may say that otherwise
_ENCODED = re.compile(r"=(?=\s*\?)")  # how an encoded word begins, also for a program that drops spaces


@dataclass(frozen=True, slots=True)
class Quote:
    """What is published, in three parts: the value, and as much around it as there is room for."""

    before: str
    value: str
    after: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a digest: what a page says, what the rule is, and the address that opens the page at it."""

    quote: Quote | None
    words: str
    address: str | None


@dataclass(frozen=True, slots=True)
class MessagePart:
    """One thing that is told, ready to be written down. `facts` and `links` are pairs of a label and its text."""

    moment: str
    quote: Quote | None
    facts: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    name: str  # by which it is asked for: an id, an address; '' where it has none
    command: str
    items: tuple[Item, ...] = ()
    more: str = ""  # what is said of the items that are not shown
    unconfirmed: str = ""  # that no person confirmed it, where that is so

    @property
    def called(self) -> str:
        """What stands before its command."""
        return self.name or "Run"


def heading(message: Message) -> str:
    """What a message is about, in one line."""
    return f"{'Sample, nothing of it is true: ' if message.sample else ''}{shortened(message.heading, NAME)}"


def subject(message: Message) -> str:
    """The heading for a header of a mail, where programs decode what looks encoded (RFC 2047: `=?utf-8?q?...?=`).

    Nothing in it does: what would begin such a word is spelled out, whatever a program does with folds and spaces, and
    however often it decodes.
    """
    return _ENCODED.sub(r"\\x3d", heading(message))


def part(told: Fact) -> MessagePart:
    """One thing that is told, in full."""
    over = told.reason in (Reason.RESOLVED, Reason.WITHDRAWN)
    quote, facts = (None, _facts_once_over(told)) if over else (quoted(told), _facts(told))
    left = told.waiting - len(told.asked)
    return MessagePart(
        moment(told),
        quote,
        facts,
        _links(told),
        _name(told),
        inert(told.command or ""),
        tuple(map(_item, told.asked)),
        f"And {left} more, less important." if left > 0 and told.asked else "",
        unconfirmed(told),
    )


def moment(told: Fact) -> str:
    """The customer's moment, with a title in it shortened where that is what makes it long. Values stay whole."""
    words = told.moment
    if told.title and len(told.title) > NAME:
        words = words.replace(told.title, shortened(told.title, NAME))
    return inert(words).strip()


def unconfirmed(told: Fact) -> str:
    """That no person confirmed it, where that is so, as a sentence of its own."""
    words = shortened(told.unconfirmed, WORDS)
    return words if not words or words.endswith((".", _MARK)) else f"{words}."


def _item(asked: Asked) -> Item:
    """A question. A sentence in which the value is not where it should be is told by the value alone."""
    quote = quoted(asked, ITEM)
    said = "" if quote else f"{inert(asked.published)}. "
    rule = f"The policy is {inert(asked.expected)} ({inert(asked.policy)}/{inert(asked.term)})."
    where = f"On {wording.quoted(inert(asked.title or asked.article))}."
    says = f" {shortened(asked.annotated, NAME)} says that it states this rule." if asked.annotated else ""
    return Item(quote, f"{said}{rule} {where}{says}", link(asked.page_link))


def quoted(told: Fact | Asked, room: int = QUOTE) -> Quote | None:
    """The quote of a finding, if it has one, shortened around the value to about `room` characters."""
    start, end = told.value_start, told.value_start + len(told.value_text)
    if not told.quote or told.quote[start:end] != told.value_text:
        return None
    return _around(told.quote, start, end, room)


def before(told: Fact, room: int = QUOTE) -> str:
    """What the page said when it last agreed. One that is too long is told only where its value is surely whole."""
    text = told.before or ""
    if len(text) <= room:
        return inert(text).strip()
    value = _BOUND.sub("", told.expected)
    at = text.find(value) if value else -1
    if at < 0:
        return "too long to be told here"
    quote = _around(text, at, at + len(value), room)
    return quote.before + quote.value + quote.after


def shortened(text: str, room: int) -> str:
    """The beginning of a text that holds no value to be kept, with a mark where something is missing."""
    return _start(inert(text).strip(), room)


def rest(message: Message, shown: int) -> str:
    """What is said of those that are not shown; '' where all are."""
    left = message.count - shown
    if left <= 0:
        return ""
    more = f"{left} more, less important" if shown else wording.counted(left, "finding")
    return f"And {more}." if message.link else f"And {more}; `drift findings list` shows all."


def link(address: str | None) -> str | None:
    """An address that can be opened, percent-encoded where it has to be; None if there is no such address."""
    if not address or not foreign.on_the_web(address):
        return None
    whole = percent(address, safe=_KEPT, errors="replace")
    if len(whole) > LINK:
        whole = whole.partition("#")[0]
    return whole if len(whole) <= LINK else None


def spelled(quote: Quote) -> str:
    """A quote for where nothing can be emphasised: its value stands between two marks."""
    return f"“{quote.before}»{quote.value}«{quote.after}”"


def _around(text: str, start: int, end: int, room: int) -> Quote:
    """A text with a value in it; what one side does not need of the room is the other's."""
    before, value, after = inert(text[:start]), inert(text[start:end]), inert(text[end:])
    each = max(room - len(value), 0) // 2
    room_before = max(each, 2 * each - len(after))
    room_after = max(each, 2 * each - len(before))
    if len(before) > room_before:
        before = _MARK + re.sub(r"^\S+(?=\s)", "", before[len(before) - room_before :])
    return Quote(before.lstrip(), value, _start(after, room_after).rstrip())


def _start(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    return re.sub(r"(?<=\s)\S*$", "", text[:room]).rstrip() + _MARK


def _facts(told: Fact) -> tuple[tuple[str, str], ...]:
    found = (
        ("Now", shortened(told.news, WORDS)),
        ("Should be", inert(told.expected)),
        ("Diagnosis", shortened(told.diagnosed, WORDS)),
        ("Harm", shortened(told.harms, WORDS)),
        ("Wrong" if told.since.startswith("since") else "Went wrong", shortened(told.since, NAME)),
        ("Before", before(told)),
        *_whose(told),
    )
    return tuple((label, words) for label, words in found if words)


def _facts_once_over(told: Fact) -> tuple[tuple[str, str], ...]:
    """What is still worth knowing of what is right again: those who read it then may come with it now."""
    quote = quoted(told)
    found = (
        ("Now", shortened(told.news, WORDS)),
        ("It said", spelled(quote) if quote else ""),
        ("Wrong" if told.since.startswith("since") else "Went wrong", shortened(told.since, NAME)),
        *_whose(told),
    )
    return tuple((label, words) for label, words in found if words)


def _whose(told: Fact) -> tuple[tuple[str, str], ...]:
    """Whose policy and whose page it is, and what the front line is to say."""
    return (
        ("Policy", _policy(told)),
        ("Rule", shortened(told.says or "", WORDS)),
        ("Owner", shortened(wording.owner(told.owner), NAME) if told.owner else ""),
        ("Page owner", shortened(wording.owner(told.article_owner), NAME) if told.article_owner else ""),
        ("Front line", shortened(told.guidance or "", WORDS)),
        ("Page", "" if _page(told) else shortened(told.article or "", NAME)),
    )


def _policy(told: Fact) -> str:
    """'Device unlock (device-unlock/postpaid-wait), high severity': what is told of a term has a severity."""
    name = "/".join(part for part in (told.policy, told.term) if part)
    title = told.policy_title or ""
    named = shortened(f"{title} ({name})" if title and name else title or name, NAME)
    return f"{named}, {told.severity.value} severity" if told.term else named


def _links(told: Fact) -> tuple[tuple[str, str], ...]:
    found = (
        ("Open the page", _page(told)),
        ("Read the policy", link(told.policy_link)),
        ("Edit the page", link(told.edit_link)),
        ("See the finding", link(told.finding_link)),
    )
    return tuple((label, address) for label, address in found if address)


def _page(told: Fact) -> str | None:
    return link(told.page_link) or link(told.article)


def _name(told: Fact) -> str:
    return shortened(told.finding or told.article or told.policy or told.source, NAME)
