"""A link that opens a page at a sentence: a text fragment (`#:~:text=`), read by the current browsers.

A fragment that is not found does no harm: the page opens at its anchor, or at its top.
"""

from __future__ import annotations

from urllib.parse import quote

from drift.model import Claim, Page, Zone, foreign

_WHOLE = 120  # characters up to which a sentence stands in the link as a whole
_ENDS = 6  # words that name the start and the end of a longer one
_BESIDE = 4  # words of what stands beside it by which a text is told from others like it
_ROOM = 60  # characters of them
_UNSEEN = (Zone.META, Zone.STRUCTURED, Zone.ALT)  # no text of the page that a browser could find


def to_claim(page: Page, claim: Claim) -> str | None:
    """The link to a claim's sentence, or None if the page has no http(s) address."""
    if not foreign.on_the_web(page.public):
        return None
    address, _, anchor = page.public.partition("#")
    anchor = claim.passage.anchor or anchor
    directive = "" if claim.passage.hidden or claim.passage.zone in _UNSEEN else f":~:text={_directive(claim)}"
    fragment = quote(anchor, safe="-._~!$'()*+,;=:@/?%") + directive
    return f"{address}#{fragment}" if fragment else address


def _directive(claim: Claim) -> str:
    before, text, after = _line(claim)
    if claim.beside == ("", "") and claim.passage.zone is Zone.CELL and claim.passage.row:
        # Nothing else is known by which to find a cell: from its row's header to it.
        return f"{_encode(claim.passage.row[-1])},{_encode(text)}"
    words = text.split()
    whole = len(text) <= _WHOLE or len(words) <= 2 * _ENDS
    found = _encode(text) if whole else f"{_encode(' '.join(words[:_ENDS]))},{_encode(' '.join(words[-_ENDS:]))}"
    if claim.beside == ("", ""):
        return found
    prefix = _words((before or claim.beside[0]).rpartition("\n")[2].split()[::-1])[::-1]
    suffix = _words((after or claim.beside[1]).partition("\n")[0].split())
    return (
        (f"{_encode(' '.join(prefix))}-," if prefix else "")
        + found
        + (f",-{_encode(' '.join(suffix))}" if suffix else "")
    )


def _line(claim: Claim) -> tuple[str, str, str]:
    """The quote, or only the line of it that holds the value, with the rest of its passage around it.

    A fragment does not match across line breaks.
    """
    text = claim.passage.text
    start, end = claim.sentence
    start = max(start, text.rfind("\n", 0, claim.start) + 1)
    stop = text.find("\n", claim.end, end)
    end = end if stop < 0 else stop
    return text[:start].rstrip(), text[start:end].strip(), text[end:].lstrip()


def _words(words: list[str]) -> list[str]:
    """The first words of a neighbour, as many as a link has room for; a word that is longer than that is none."""
    kept: list[str] = []
    for word in words[:_BESIDE]:
        if sum(map(len, kept)) + len(word) > _ROOM:
            break
        kept.append(word)
    return kept


def _encode(text: str) -> str:
    """Percent-encoded; '-', ',' and '&' too, which have a meaning of their own in a text directive."""
    return quote(text, safe="", errors="replace").replace("-", "%2D")
