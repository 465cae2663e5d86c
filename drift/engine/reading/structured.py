"""JSON-LD: what a page tells machines, as sentences a reader could have read.

Only what states a promise is taken: answered questions, prices, returns, delivery, warranty. The language of the page
says how they are phrased.
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
from drift.model import Language, Passage, Zone
from drift.model.values import Kind

MOST_NODES = 20_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_BREAKING = frozenset(("p", "br", "li", "ul", "ol", "div", "tr", "h1", "h2", "h3", "h4", "table"))
_UNITS = {"DAY": "day", "HUR": "hour", "WEE": "week", "MON": "month", "ANN": "year", "MIN": "minute"}
_PERIOD = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_TIME = Kind("duration")
_DECIMAL = re.compile(r"\d+\.\d+")
_PERIOD_UNITS = ("year", "month", "week", "day", "hour", "minute")

Node = dict[str, Any]


@dataclass(slots=True)
class Facts:
    """What the JSON-LD of a page says: (question or subject, sentence) pairs, and when the page was changed."""

    said: list[tuple[str, str]] = field(default_factory=list)
    modified: datetime | None = None


def read(scripts: list[str], language: Language) -> Facts:
    """The facts in JSON-LD scripts, phrased in a language. What is no JSON says nothing."""
    facts = Facts()
    for script in scripts:
        for node in _nodes(script):
            _read_node(facts, node, language)
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


def _read_node(facts: Facts, node: Node, language: Language) -> None:
    facts.modified = facts.modified or moment(node.get("dateModified"))
    kinds = node.get("@type")
    for kind in kinds if isinstance(kinds, list) else [kinds]:
        reader = _READERS.get(kind.rsplit("/", 1)[-1]) if isinstance(kind, str) else None
        if reader is not None:
            subject = _text(node.get("name"))
            facts.said += [(subject, said) for said in reader(node, language) if said]
    for key, reader in _UNTYPED.items():
        for inner in _each(node.get(key)):
            if "@type" not in inner:
                facts.said += [("", said) for said in reader(inner, language) if said]


def _answers(node: Node, _: Language) -> Iterator[str]:
    for key in ("acceptedAnswer", "suggestedAnswer"):
        for answer in _each(node.get(key)):
            yield _text(answer.get("text"))


def _product(node: Node, language: Language) -> Iterator[str]:
    name = _text(node.get("name"))
    for offer in _each(node.get("offers")):
        price, currency = offer.get("price"), _text(offer.get("priceCurrency"))
        if name and isinstance(price, str | int | float) and currency:
            yield language.sentences.price.format(name=name, amount=_written(price, currency, language))


def _returns(node: Node, language: Language) -> Iterator[str]:
    sentences = language.sentences
    category = _text(node.get("returnPolicyCategory")).rsplit("/", 1)[-1]
    days = node.get("merchantReturnDays")
    if category == "MerchantReturnNotPermitted":
        yield sentences.no_returns
    elif isinstance(days, str | int) and str(days).strip().isdigit():
        yield sentences.returns.format(span=_counted(str(days), "day", language))
    fees = _text(node.get("returnFees")).rsplit("/", 1)[-1]
    if fees == "FreeReturn":
        yield sentences.free_returns
    if amount := _amount(node.get("returnShippingFeesAmount"), language):
        yield sentences.return_shipping.format(amount=amount)
    restocking = node.get("restockingFee")
    if isinstance(restocking, int | float) and not isinstance(restocking, bool):
        yield sentences.restocking.format(amount=_written(restocking, "%", language))
    elif amount := _amount(restocking, language):
        yield sentences.restocking.format(amount=amount)


def _shipping(node: Node, language: Language) -> Iterator[str]:
    if amount := _amount(node.get("shippingRate"), language):
        yield language.sentences.shipping.format(amount=amount)
    for times in _each(node.get("deliveryTime")):
        for key, words in (("handlingTime", language.sentences.handling), ("transitTime", language.sentences.delivery)):
            for span in _each(times.get(key)):
                if said := _span(span, language):
                    yield words.format(span=said)


def _warranty(node: Node, language: Language) -> Iterator[str]:
    for span in _each(node.get("durationOfWarranty")):
        if said := _span(span, language):
            yield language.sentences.warranty.format(span=said)
    if isinstance(text := node.get("durationOfWarranty"), str) and (said := _period(text, language)):
        yield language.sentences.warranty.format(span=said)


_READERS: dict[str, Callable[[Node, Language], Iterator[str]]] = {
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


def _amount(thing: object, language: Language) -> str:
    for amount in _each(thing):
        value, currency = amount.get("value"), _text(amount.get("currency"))
        if isinstance(value, str | int | float) and currency:
            return _written(value, currency, language)
    return ""


def _written(amount: object, unit: str, language: Language) -> str:
    """'4.90 EUR', with the language's mark before the decimals."""
    digits = str(amount)
    if _DECIMAL.fullmatch(digits):
        digits = digits.replace(".", language.decimal)
    return f"{digits}{unit}" if unit == "%" else f"{digits} {unit}"


def _span(thing: Node, language: Language) -> str:
    unit = _UNITS.get(_text(thing.get("unitCode")).upper(), "")
    low, high = thing.get("minValue", thing.get("value")), thing.get("maxValue", thing.get("value"))
    if not unit or not all(isinstance(end, int | float | str) for end in (low, high)):
        return ""
    most = _counted(str(high), unit, language)
    return most if low == high else language.sentences.range.format(low=low, high=most)


def _period(text: str, language: Language) -> str:
    match = _PERIOD.fullmatch(text)
    counts = match.groups() if match else ()
    spans = zip(counts, _PERIOD_UNITS, strict=False)
    return " ".join(_counted(count, unit, language) for count, unit in spans if count)


def _counted(count: str, unit: str, language: Language) -> str:
    """'1 day', '2 days': the file lists the word for one first, then that for several where it is another."""
    words = language.units[_TIME][unit]
    return f"{count} {words[0] if count == '1' else words[min(1, len(words) - 1)]}"
