"""A link that opens a page at a sentence: a text fragment (`#:~:text=`), read by the current browsers.

A fragment that is not found does no harm: the page opens at its anchor, or at its top.
"""

from __future__ import annotations

from urllib.parse import quote

from drift import foreign
from drift.model import Claim, Page, Zone

_WHOLE = 120  # characters up to which a sentence stands in the link as a whole
_ENDS = 6  # words that name the start and the end of a longer one
_UNSEEN = (Zone.META, Zone.STRUCTURED, Zone.ALT)  # no text of the page that a browser could find


def to_claim(page: Page, claim: Claim) -> str | None:
    """The link to a claim's sentence, or None where the page has no http(s) address."""
    if not foreign.on_the_web(page.public):
        return None
    address, _, anchor = page.public.partition("#")
    anchor = claim.passage.anchor or anchor
    directive = "" if claim.passage.hidden or claim.passage.zone in _UNSEEN else f":~:text={_directive(claim)}"
    fragment = quote(anchor, safe="-._~!$'()*+,;=:@/?%") + directive
    return f"{address}#{fragment}" if fragment else address


def _directive(claim: Claim) -> str:
    if claim.passage.zone is Zone.CELL and claim.passage.row:
        # A cell is often the value alone, which a page holds many times: from its row's header to it.
        return f"{_encode(claim.passage.row[-1])},{_encode(_short(claim))}"
    text = _short(claim)
    words = text.split()
    if len(text) <= _WHOLE or len(words) <= 2 * _ENDS:
        return _encode(text)
    return f"{_encode(' '.join(words[:_ENDS]))},{_encode(' '.join(words[-_ENDS:]))}"


def _short(claim: Claim) -> str:
    """The quote, or only the line of it that holds the value: a fragment does not match across line breaks."""
    start, end = claim.sentence
    before = claim.passage.text[start : claim.start].rpartition("\n")[2]
    after = claim.passage.text[claim.end : end].partition("\n")[0]
    return f"{before}{claim.value_text}{after}".strip()


def _encode(text: str) -> str:
    """Percent-encoded; '-', ',' and '&' too, which have a meaning of their own in a text directive."""
    return quote(text, safe="", errors="replace").replace("-", "%2D")
