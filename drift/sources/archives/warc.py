"""A WARC file as an archive: the pages among its records, each with the date at which it was fetched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from drift.fetch.limits import Limits
from drift.model import Page
from drift.model.archive import Kept
from drift.model.errors import InputError, Place, Problem
from drift.sources.addresses import too_long
from drift.sources.archives import answers
from drift.sources.archives.moments import EXPECTED, moment
from drift.sources.archives.records import CutError, Record, problem, records

_KEEPING = frozenset(("response", "resource", "revisit"))


@dataclass(slots=True)
class _Index:
    """What one way through the headers told: which records keep something, and what is wrong with others."""

    times: dict[str, tuple[datetime, int]] = field(default_factory=dict)  # by address: the last date, and its record
    twice: set[int] = field(default_factory=set)  # numbers of records that repeat the one before, of the same moment
    cut: int | None = None  # number of the record in the middle of which the file ends
    total: int = 0


class Warc:
    """An Archive of one WARC file, packed or not. A page is known by its address."""

    def __init__(self, path: Path, now: datetime, limits: Limits | None = None) -> None:
        """Goes over all headers, so that what is wrong is told before anything is done.

        Raises InputError with the number of the first record that makes the file of no use.
        """
        self._path = path
        self._limits = limits or Limits()
        self._index = self._indexed(now)
        self._passed: Counter[str] = Counter()
        if not self._index.total:
            cut = f" and ends in the middle of record {self._index.cut}" if self._index.cut else ""
            raise InputError([Problem(Place(str(path)), f"keeps no answer for any http(s) address{cut}")])

    @property
    def total(self) -> int:
        return self._index.total

    @property
    def notes(self) -> tuple[str, ...]:
        told = [f"{count:,} records {words}" for words, count in self._passed.items()]
        if self._index.cut is not None:
            told.append(f"the file ends in the middle of record {self._index.cut}, which is left out")
        if self._index.twice:
            first = min(self._index.twice)
            told.append(f"{len(self._index.twice)} kept twice at one moment, the second left out (record {first})")
        return tuple(told)

    def kept(self) -> Iterator[Kept]:
        """The pages, in the order of the file. What is no page is passed over and counted in `notes`."""
        self._passed.clear()
        with suppress(CutError):
            for record in records(self._path):
                if record.number == self._index.cut:
                    return
                about = self._about(record)
                if about is None or record.number in self._index.twice:
                    continue
                if too_long(about[0]):
                    self._passed["have an address that is too long to be kept"] += 1
                    continue
                one = answers.kept(record, *about, self._path, self._limits)
                if one is None:
                    self._passed["keep no page (pictures, styles, scripts ...)"] += 1
                else:
                    yield one

    def _indexed(self, now: datetime) -> _Index:
        index = _Index()
        try:
            for record in records(self._path):
                about = self._about(record)
                if about is not None:
                    self._place(index, record, about[0].address, about[1], now)
        except CutError as cut:
            index.cut = cut.number
        return index

    def _place(self, index: _Index, record: Record, address: str, at: datetime, now: datetime) -> None:
        index.total += 1
        if at > now:
            raise problem(self._path, record.number, f"its date {at:%Y-%m-%d %H:%M} lies in the future")
        before, number = index.times.get(address, (None, 0))
        if before is not None and at < before:
            order = f"is of {at:%Y-%m-%d %H:%M} and stands after record {number} of {before:%Y-%m-%d %H:%M}"
            raise problem(
                self._path, record.number, f"{address} {order}", "the records of one page in the order of their dates"
            )
        if before == at:
            index.twice.add(record.number)
        index.times[address] = (at, record.number)

    def _about(self, record: Record) -> tuple[Page, datetime] | None:
        """The page that a record keeps, and when; None where it keeps none. Raises InputError for no date."""
        address = record.header.get("warc-target-uri", "").strip("<>").partition("#")[0].replace(" ", "%20")
        if record.header.get("warc-type") not in _KEEPING or not address.lower().startswith(("http://", "https://")):
            return None
        told = record.header.get("warc-date", "")
        at = moment(told)
        if at is None:
            raise problem(self._path, record.number, f"its WARC-Date {told[:40]!r} is no date", EXPECTED)
        return Page(address), at
