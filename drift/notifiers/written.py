"""A message as plain text, for mail and for whatever takes a text."""

from __future__ import annotations

from drift.model.alert import Message
from drift.notifiers import layout
from drift.notifiers.layout import MessagePart

_LABEL = 17  # characters of the column of labels


def text(message: Message, *, room: int, in_full: int) -> str:
    """The message in at most `room` characters: the first `in_full` things in full, a line each for the others.

    What there is no room for is left out, the least important first, and counted.
    """
    pieces: list[str] = []
    room -= len(layout.heading(message)) + len(tail(message, 0)) + 8
    shown = 0
    for told in message.tolds:
        part = layout.part(told)
        forms = (*((whole(part),) if shown < in_full else ()), line(part), named(part))
        piece = next((form for form in forms if len(form) + 2 <= room), None)
        if piece is None:
            break
        pieces.append(piece)
        room -= len(piece) + 2
        shown += 1
    return "\n\n".join(part for part in (layout.heading(message), *pieces, tail(message, shown)) if part)


def whole(part: MessagePart) -> str:
    """One thing in full: the customer's moment, the quote, the facts and the links, a line each."""
    rows = [part.moment]
    if part.quote:
        rows.append(f"  {layout.spelled(part.quote)}")
    for number, item in enumerate(part.items, start=1):
        said = f"{layout.spelled(item.quote)} " if item.quote else ""
        rows.append(f"  {number}. {said}{item.words}")
        rows += [f"     {item.address}"] if item.address else []
    rows += [f"  {part.more}"] if part.more else []
    rows += [f"  {part.unconfirmed}"] if part.unconfirmed else []
    rows += [f"  {label + ':':<{_LABEL}}{words}" for label, words in (*part.facts, *part.links)]
    if part.command:
        rows.append(f"  {part.called + ':':<{_LABEL}}{part.command}")
    return "\n".join(rows)


def line(part: MessagePart) -> str:
    told = f"- {part.moment} {part.unconfirmed}".rstrip()
    return f"{told} ({part.name})" if part.name else told


def named(part: MessagePart) -> str:
    return f"- {part.name or 'It'} is too long to be told here whole."


def tail(message: Message, shown: int) -> str:
    """What was left out, and where all of it is."""
    address = layout.link(message.link)
    return "\n".join(row for row in (layout.rest(message, shown), f"See all: {address}" if address else "") if row)
