"""JSON-LD: what a page tells machines, as sentences a reader could have read.

Only what states a promise is taken: answered questions, prices, returns, delivery, warranty. Sentences are phrased
in English, as the property names of schema.org are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from typing import Any

from drift.engine.reading.head import moment
from drift.engine.reading.text import BREAK, fold, scrub
from drift.model import Passage, Zone

MOST_NODES = 20_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_BREAKING = frozenset(("p", "br", "li", "ul", "ol", "div", "tr", "h1", "h2", "h3", "h4", "table"))
_UNITS = {"DAY": "day", "HUR": "hour", "WEE": "week", "MON": "month", "ANN": "year", "MIN": "minute"}
_PERIOD = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_PERIOD_UNITS = ("year", "month", "week", "day", "hour", "minute")

Node = dict[str, Any]


@dataclass(slots=True)
class Facts:
    """What the JSON-LD of a page says: (question or subject, sentence) pairs, and when the page was changed."""

    said: list[tuple[str, str]] = field(default_factory=list)
    modified: datetime | None = None


def read(scripts: list[str]) -> Facts:
    """The facts in JSON-LD scripts. What is no JSON says nothing."""
    facts = Facts()
    for script in scripts:
        for node in _nodes(script):
            _read_node(facts, node)
    return facts


def passages(facts: Facts, known: list[Passage]) -> Iterator[Passage]:
    """The facts as hidden passages, without the answers that the page shows word for word."""
    shown = {passage.text for passage in known}
    for subject, sentence in dict.fromkeys(facts.said):
        if not all(line in shown for line in sentence.split("\n")):
            question = subject if subject.endswith("?") else None
            headings = () if question or not subject else (subject,)
            yield Passage(sentence, Zone.STRUCTURED, headings=headings, question=question, visible=False)


def _nodes(script: str) -> Iterator[Node]:
    """Every object in a JSON-LD script, outer ones first, however deep."""
    try:
        stack: list[Any] = [json.loads(script, strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(MOST_NODES):
        if not stack:
            return
        thing = stack.pop()
        if isinstance(thing, dict):
            yield thing
            stack.extend(reversed([value for value in thing.values() if isinstance(value, dict | list)]))
        elif isinstance(thing, list):
            stack.extend(reversed(thing))


def _read_node(facts: Facts, node: Node) -> None:
    facts.modified = facts.modified or moment(node.get("dateModified"))
    kinds = node.get("@type")
    for kind in kinds if isinstance(kinds, list) else [kinds]:
        reader = _READERS.get(kind.rsplit("/", 1)[-1]) if isinstance(kind, str) else None
        if reader is not None:
            subject = _text(node.get("name"))
            facts.said += [(subject, said) for said in reader(node) if said]
    for key, reader in _UNTYPED.items():
        for inner in _each(node.get(key)):
            if "@type" not in inner:
                facts.said += [("", said) for said in reader(inner) if said]


def _answers(node: Node) -> Iterator[str]:
    for key in ("acceptedAnswer", "suggestedAnswer"):
        for answer in _each(node.get(key)):
            yield _text(answer.get("text"))


def _product(node: Node) -> Iterator[str]:
    name = _text(node.get("name"))
    for offer in _each(node.get("offers")):
        price, currency = offer.get("price"), _text(offer.get("priceCurrency"))
        if name and isinstance(price, str | int | float) and currency:
            yield f"{name} costs {price} {currency}."


def _returns(node: Node) -> Iterator[str]:
    category = _text(node.get("returnPolicyCategory")).rsplit("/", 1)[-1]
    days = node.get("merchantReturnDays")
    if category == "MerchantReturnNotPermitted":
        yield "Return policy: returns are not accepted."
    elif isinstance(days, str | int) and str(days).strip().isdigit():
        yield f"Return policy: you can return items within {days} days."
    fees = _text(node.get("returnFees")).rsplit("/", 1)[-1]
    if fees == "FreeReturn":
        yield "Return policy: returns are free of charge."
    if amount := _amount(node.get("returnShippingFeesAmount")):
        yield f"Return policy: return shipping costs {amount}."
    restocking = node.get("restockingFee")
    if isinstance(restocking, int | float) and not isinstance(restocking, bool):
        yield f"Return policy: the restocking fee is {restocking}%."
    elif amount := _amount(restocking):
        yield f"Return policy: the restocking fee is {amount}."


def _shipping(node: Node) -> Iterator[str]:
    if amount := _amount(node.get("shippingRate")):
        yield f"Shipping costs {amount}."
    for times in _each(node.get("deliveryTime")):
        for key, words in (("handlingTime", "Handling takes"), ("transitTime", "Delivery takes")):
            for span in _each(times.get(key)):
                if said := _span(span):
                    yield f"{words} {said}."


def _warranty(node: Node) -> Iterator[str]:
    for span in _each(node.get("durationOfWarranty")):
        if said := _span(span):
            yield f"The warranty lasts {said}."
    if isinstance(text := node.get("durationOfWarranty"), str) and (said := _period(text)):
        yield f"The warranty lasts {said}."


_READERS: dict[str, Callable[[Node], Iterator[str]]] = {
    "Question": _answers,
    "Product": _product,
    "Service": _product,
    "MerchantReturnPolicy": _returns,
    "OfferShippingDetails": _shipping,
    "WarrantyPromise": _warranty,
}

# Properties that say what they hold where that has no type of its own.
_UNTYPED = {"hasMerchantReturnPolicy": _returns, "shippingDetails": _shipping, "warranty": _warranty}


def _each(thing: object) -> list[Node]:
    things = thing if isinstance(thing, list) else [thing]
    return [one for one in things if isinstance(one, dict)]


def _text(thing: object) -> str:
    """A string of JSON-LD as plain text: markup in it is taken out, and its paragraphs break the line."""
    if not isinstance(thing, str):
        return ""
    plain = _TAG.sub(lambda tag: BREAK if tag[2].lower() in _BREAKING else "", scrub(thing))
    return fold(unescape(plain))


def _amount(thing: object) -> str:
    for amount in _each(thing):
        value, currency = amount.get("value"), _text(amount.get("currency"))
        if isinstance(value, str | int | float) and currency:
            return f"{value} {currency}"
    return ""


def _span(thing: Node) -> str:
    unit = _UNITS.get(_text(thing.get("unitCode")).upper(), "")
    low, high = thing.get("minValue", thing.get("value")), thing.get("maxValue", thing.get("value"))
    if not unit or not all(isinstance(end, int | float | str) for end in (low, high)):
        return ""
    return _counted(str(high), unit) if low == high else f"{low} to {_counted(str(high), unit)}"


def _period(text: str) -> str:
    match = _PERIOD.fullmatch(text)
    counts = match.groups() if match else ()
    return " ".join(_counted(count, unit) for count, unit in zip(counts, _PERIOD_UNITS, strict=False) if count)


def _counted(count: str, unit: str) -> str:
    return f"{count} {unit}" if count == "1" else f"{count} {unit}s"
