"""Tells apart a help centre from a site that makes up pages without end: calendars, filters, session ids, loops."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

# What is no article whatever it answers: asking for it would only cost. PDF will have a reader of its own one day.
_FILES = tuple(
    """
    .7z .apk .avi .bmp .bz2 .css .csv .dmg .doc .docx .eot .exe .gif .gz .ico .ics .jpeg .jpg .js .json .m4a .mov
    .mp3 .mp4 .msi .otf .pdf .png .ppt .pptx .rar .rss .svg .tar .tgz .tif .tiff .ttf .wav .webm .webp .woff .woff2
    .xls .xlsx .xml .zip
""".split()  # noqa: SIM905 - a list of words
)
DEEPEST = 12  # folders; help centres have 3 to 6
REPEATED = 3  # times one folder may stand in a path: '/a/b/a/b/a' is a loop of relative links

# A help centre whose articles are named by numbers leads to them from the start in a category, a section, an article:
# a number only counts on where both are exceeded, and a date, which names no article by itself, where one of them is.
STEPS = 3  # from one address to the next of the same pattern
MANY = 50  # addresses of one pattern that only others of it lead to
FIRST = 3  # addresses of one pattern that are asked for before one of them said something of its own

# Of letters and digits: an id, a session's perhaps.
_TOKEN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[a-z]*[0-9])[0-9a-z]{8,}", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]+")
_NUMBERS = re.compile(r"#(?:[-_.,:/]*#)*")
_DATE = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?:[-_/.]?(?:0?[1-9]|1[0-2])(?![0-9])|$|(?=[/?&]))")


@dataclass(frozen=True, slots=True)
class Pattern:
    """What addresses have in common that differ only in numbers and ids: '/calendar/#', '/s/*/returns', '/list?page=#'.

    `dated` says that the numbers are a date.
    """

    text: str
    dated: bool


def pattern(address: str) -> Pattern | None:
    """The pattern of an address, None if it holds neither a number nor an id."""
    parts = urlsplit(address)
    folders = _NUMBERS.sub("#", "/".join(map(_masked, parts.path.split("/"))))  # '/2026/11/03' is one number
    values = "&".join(f"{name}={_masked(value)}" for name, value in parse_qsl(parts.query, keep_blank_values=True))
    text = f"{folders}?{values}" if values else folders
    if "#" not in text and "*" not in text:
        return None
    return Pattern(text, _DATE.search(f"{parts.path}?{parts.query}") is not None)


def alike(one: str, other: str) -> bool:
    """Whether two addresses differ in nothing that names a page: in queries, ids, and folders that are numbers."""
    return _bare(one) == _bare(other)


def _bare(address: str) -> tuple[str, ...]:
    parts = urlsplit(address)
    *folders, last = parts.path.rstrip("/").split("/")
    named = [folder for folder in folders if (masked := _masked(folder)) != "#" and "*" not in masked]
    return parts.netloc, *named, _TOKEN.sub(_id, last)


def _masked(text: str) -> str:
    return _NUMBERS.sub("#", _DIGITS.sub("#", _TOKEN.sub(_id, text)))


def _id(match: re.Match[str]) -> str:
    return match[0] if match[0].isdigit() else "*"


class Traps:
    """What it lets pass of a site, so that the first of what has no end are read and the rest are not.

    Refused for good are loops of folders, further queries of one path, and addresses of a pattern that lead from one to
    the next: they only count on. Others of one pattern are let pass a few at a time, as long as what they say is new:
    where it is the same again, what differs in their addresses means nothing, as a session id does.
    """

    def __init__(self, variants: int) -> None:
        """`variants` is how many queries of one path are read."""
        self._variants = variants
        self._queries: dict[str, int] = defaultdict(int)
        self._patterns: dict[str, Pattern | None] = {}  # by address
        self._steps: dict[str, int] = {}  # by address: how many of its pattern one after another led to it
        self._led: Counter[str] = Counter()  # by pattern: addresses that only others of it lead to
        self._room: dict[str, int] = {}  # by pattern: how many more are let pass for now
        self._held: dict[str, list[str]] = defaultdict(list)  # by pattern: those that wait
        self.endless: dict[str, str] = {}  # by address: the pattern in which it only counts on

    def refuses(self, address: str) -> bool:
        """Whether an address is none of a page, or one of too many queries of it."""
        parts = urlsplit(address)
        folders = [folder for folder in parts.path.split("/") if folder]
        if parts.path.lower().endswith(_FILES) or len(folders) > DEEPEST:
            return True
        if any(folders.count(folder) >= REPEATED for folder in folders):
            return True
        if parts.query:
            self._queries[parts.path] += 1
            return self._queries[parts.path] > self._variants
        return False

    def counts_on(self, address: str, linked_from: str) -> bool:
        """Whether an address only counts on from the one that leads to it."""
        self.endless.pop(address, None)
        mine = self._patterns[address] = pattern(address)
        if mine is None:
            return False
        if linked_from not in self._patterns:
            self._patterns[linked_from] = pattern(linked_from)
        theirs = self._patterns[linked_from]
        if theirs is None or theirs.text != mine.text:
            self._steps[address] = 0
            return False
        self._steps[address] = self._steps.get(linked_from, STEPS) + 1
        far, many = self._steps[address] > STEPS, self._led[mine.text] >= MANY
        if (far or many) if mine.dated else (far and many):
            self.endless[address] = mine.text
            return True
        self._led[mine.text] += 1
        return False

    def holds(self, address: str) -> bool:
        """Whether an address has to wait until others of its pattern said something new."""
        mine = self._patterns.get(address)
        if mine is None:
            return False
        room = self._room.setdefault(mine.text, FIRST)
        if room <= 0:
            self._held[mine.text].append(address)
            return True
        self._room[mine.text] = room - 1
        return False

    def released(self, address: str) -> list[str]:
        """Those that need not wait any longer, since an address said something new: two of its pattern for each."""
        mine = self._patterns.get(address)
        if mine is None:
            return []
        held = self._held.get(mine.text, [])
        free, held[:2] = held[:2], []
        self._room[mine.text] = self._room.get(mine.text, FIRST) + 2 - len(free)
        return free

    @property
    def counting(self) -> dict[str, int]:
        """By pattern, how many addresses only count on."""
        return dict(Counter(self.endless.values()).most_common())

    @property
    def waiting(self) -> dict[str, int]:
        """By pattern, how many addresses wait: at the end of a pass, those that would have said the same again."""
        waiting = Counter({text: len(held) for text, held in self._held.items() if held})
        return dict(waiting.most_common())
