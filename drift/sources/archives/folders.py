"""Dated folders: `FOLDER/<ISO date or time>/<path>`, one folder for each time somebody copied the site."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path, PurePath
from urllib.parse import quote

from drift.fetch.files import FileFetcher
from drift.model import Page
from drift.model.archive import Kept
from drift.model.errors import BlindReason, FetchError, InputError, Place, Problem
from drift.sources.addresses import too_long
from drift.sources.archives.moments import EXPECTED, moment
from drift.sources.files import articles_under

MOST_PROBLEMS = 20  # told of one folder; more are the same mistake


class DatedFolders:
    """An Archive of dated folders. A page is known by its path within them, or by that path under `published_as`.

    What counts as an article is what counts in a folder that is checked. A page that a folder lacks was not copied
    that day: nothing follows from it.
    """

    def __init__(self, folder: Path, now: datetime, published_as: str | None = None) -> None:
        """Raises InputError with every entry that is no dated folder, and every path that leads out of the folder."""
        self._folder = folder
        self._published_as = published_as.rstrip("/") if published_as else None
        self._dates = _dated(folder, now)
        self.notes: tuple[str, ...] = ()
        self.total = self._count()

    def kept(self) -> Iterator[Kept]:
        """Every article of every date, the earliest date first, each date in the order of its paths."""
        for at, day in self._dates:
            files = FileFetcher(partial(_given, at))
            for path in articles_under(day):
                yield self._read(files, path, self._page(day, path), at)

    def _page(self, day: str, path: str) -> Page:
        relative = PurePath(os.path.relpath(path, day)).as_posix()
        if self._published_as is None:
            return Page(os.fsencode(relative).decode("utf-8", "backslashreplace"))  # as a store can remember it
        return Page(relative, f"{self._published_as}/{quote(relative, errors='surrogateescape')}")

    def _read(self, files: FileFetcher, path: str, page: Page, at: datetime) -> Kept:
        try:
            return Kept(page, at, path, replace(files.fetch(Page(path)), page=page))
        except FetchError as error:
            if error.reason is BlindReason.MISSING:  # a link to nothing: no word of the page itself
                error = FetchError(BlindReason.UNREADABLE, "a link to nothing")
            return Kept(page, at, path, failure=error)

    def _count(self) -> int:
        """How many articles there are. Raises InputError for each that leads out or cannot be kept, and for none."""
        inside = os.path.realpath(self._folder)
        problems: list[Problem] = []
        total = 0
        for _, day in self._dates:
            for path in articles_under(day):
                total += 1
                if why := too_long(self._page(day, path)):
                    problems.append(Problem(Place(path), why))
                if os.path.islink(path) and not _within(path, inside):
                    problems.append(_leads_out(path))
        _refuse(problems)
        if not total:
            raise InputError([Problem(Place(str(self._folder)), "no articles in the dated folders")])
        return total


def _dated(folder: Path, now: datetime) -> list[tuple[datetime, str]]:
    """The folders with their dates, the earliest first."""
    try:
        names = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError as error:
        message = f"this folder cannot be listed: {error.strerror}"
        raise InputError([Problem(Place(str(folder)), message)]) from error
    inside = os.path.realpath(folder)
    found: dict[datetime, str] = {}
    problems = []
    for name in names:
        path, at = os.path.join(folder, name), moment(name)
        if at is None:
            problems.append(Problem(Place(path), "its name is no date", expected=EXPECTED))
        elif not os.path.isdir(path):
            problems.append(Problem(Place(path), "no folder", expected="a folder with what the site said that day"))
        elif not _within(path, inside):
            problems.append(_leads_out(path))
        elif at > now:
            problems.append(Problem(Place(path), "lies in the future", expected="a day that has been"))
        elif at in found:
            problems.append(Problem(Place(path), f"means the same moment as {found[at]}", expected="one of the two"))
        else:
            found[at] = path
    _refuse(problems)
    if not found:
        message = "nothing is dated here"
        raise InputError([Problem(Place(str(folder)), message, expected=f"folders, each named by {EXPECTED}")])
    return sorted(found.items())


def _within(path: str, inside: str) -> bool:
    return os.path.commonpath((os.path.realpath(path), inside)) == inside


def _leads_out(path: str) -> Problem:
    return Problem(Place(path), "leads out of the folder that is replayed", expected="a file of its own, no link")


def _refuse(problems: list[Problem]) -> None:
    if len(problems) > MOST_PROBLEMS:
        more = len(problems) - MOST_PROBLEMS
        problems = [*problems[:MOST_PROBLEMS], Problem(problems[MOST_PROBLEMS].place, f"and {more} more like these")]
    if problems:
        raise InputError(problems)


def _given(at: datetime) -> datetime:
    return at
