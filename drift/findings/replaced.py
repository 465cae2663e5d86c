"""Whether what stands at an address is another text than the article that stood there: a maintenance page, a login, an
error that is answered with 200, another article.

Absence is not evidence: a statement is gone where its article was read without it, not where the article is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from drift.findings.memory import Memory
from drift.findings.sketch import Sketch, share
from drift.model.finding import Reading

VANISHED = 0.5  # of its runs of words: less of an article is left where another text stands
MOST = 0.5  # of its runs: an article that moved, or lost its main element, keeps as much
NEARLY_ALL = 0.9  # of its runs: mirrors of one article may come to say the same by an edit
SUBJECT = 0.4  # of the long words that are its own: a rewritten article keeps as many


@dataclass(frozen=True, slots=True)
class Patience:
    """For how long another text is no article yet: until it was read on `visits` visits over a time.

    Where `mass` of the pages of a pass, or more, were replaced or not answered for, it is the site that does not show
    its articles.
    """

    visits: int = 3
    over: timedelta = timedelta(hours=24)
    mass: float = 0.2
    least: int = 3  # pages: of fewer no share says anything of a site


@dataclass(frozen=True, slots=True)
class SharedText:
    """What other pages of the source say: `runs` and `words` that many of them share, and who says the very same."""

    runs: frozenset[int] = frozenset()
    words: frozenset[str] = frozenset()
    also: str | None = None  # the address of another page that says what this one says by now, and did not before


def doubtful(memory: Memory, reading: Reading) -> bool:
    """Whether a reading may be of another text: nothing is compared of one that states what the last one stated."""
    last = memory.last
    if last is None or reading.blind is not None:
        return False
    known = {statement.slot for statement in last.statements}
    known.update(finding.slot for finding in memory.findings if finding.state.live)
    standing = {*reading.unjudged, *(statement.slot for statement in reading.statements)}
    if known - standing or last.title != reading.title:
        return True
    return not known and 2 * reading.claims < last.claims


def stated(memory: Memory, reading: Reading) -> bool:
    """Whether a reading states a rule that the last one stated, in whatever words."""
    terms = {statement.full_name for statement in memory.last.statements} if memory.last else set()
    return any(statement.full_name in terms for statement in reading.statements)


def replaced(before: Sketch, now: Sketch, around: SharedText, *, states: bool) -> str | None:
    """Why `now` is another text than the article that was read `before`, in words; None if it is that article.

    `states` says whether it still states a rule that the article stated.
    """
    own = before.runs - around.runs
    own = own if 2 * len(own) >= len(before.runs) else before.runs  # short articles under much that all pages say
    kept = share(now.runs, own)
    titled = bool(before.title) and before.title == now.title
    if around.also is not None and not (titled and kept >= NEARLY_ALL):
        return f"it says what {around.also} says"
    if cut_off(before, now):
        return "it breaks off in the middle of what it said"
    left = f"{kept:.0%} of its text is left"
    if _moved(before, now) and not (kept >= NEARLY_ALL or (titled and kept >= MOST)):
        return f"it leads to {now.address}, where another text stands: {left}"
    if states and not _moved(before, now):
        return None
    if before.main and not now.main and kept < MOST:
        return f"another text stands there, outside of any main element: {left}"
    if kept < VANISHED and not _same_subject(before, now, around):
        return f"another text stands there: {left}"
    return None


def cut_off(before: Sketch, now: Sketch) -> bool:
    """Whether a page ends in the middle of the article, as an answer that broke off does.

    It lost its end and some of its text; or, where its pages have no end, it is the beginning of the article up to the
    middle of a passage that was not the last.
    """
    if before.whole and not now.whole:
        return bool(before.runs - now.runs) and bool(before.runs & now.runs)
    at = len(now.lines) - 1
    if not 0 <= at < len(before.lines) - 1 or now.lines[:at] != before.lines[:at]:
        return False
    return now.lines[at] != before.lines[at] and before.lines[at].startswith(now.lines[at])


def en_masse(counts: Mapping[str, int], patience: Patience) -> bool:
    """Whether so many articles of a pass were replaced, or not answered for, that it is about their source."""
    hidden = share_replaced(counts)[0] + share_unanswered(counts)[0]
    return _is_mass(hidden, share_replaced(counts)[1], patience)


def replaced_en_masse(counts: Mapping[str, int], patience: Patience) -> bool:
    """Whether those that were replaced are a mass by themselves."""
    return _is_mass(*share_replaced(counts), patience)


def share_replaced(counts: Mapping[str, int]) -> tuple[int, int]:
    """How many articles of a pass were replaced, and how many there are, each counted at one of its addresses.

    What was done before the pass was killed and resumed counts too.
    """
    copies = counts.get("replaced duplicates", 0)
    every = counts.get("pages", 0) - counts.get("duplicates", 0) - copies + counts.get("articles before", 0)
    return counts.get("replaced", 0) - copies + counts.get("replaced before", 0), every


def share_unanswered(counts: Mapping[str, int]) -> tuple[int, int]:
    """The same of those for which the server was down, or too busy."""
    return counts.get("unanswered", 0) + counts.get("unanswered before", 0), share_replaced(counts)[1]


def _is_mass(hidden: int, every: int, patience: Patience) -> bool:
    return hidden >= max(patience.least, patience.mass * every)


def _moved(before: Sketch, now: Sketch) -> bool:
    return bool(before.address and now.address) and _page(before.address) != _page(now.address)


def _page(address: str) -> tuple[str, str]:
    """An address without its scheme, its fragment and a slash at its end."""
    parts = urlsplit(address)
    return parts.netloc.removeprefix("www."), f"{parts.path.rstrip('/')}?{parts.query}"


def _same_subject(before: Sketch, now: Sketch, around: SharedText) -> bool:
    subject = before.words - around.words
    return bool(subject) and share(now.words, subject) >= SUBJECT
