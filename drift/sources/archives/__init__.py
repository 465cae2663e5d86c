"""What was kept of a site's past, as snapshots with their dates: folders named by a date, and WARC files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from drift.model.errors import InputError, Place, Problem
from drift.model.ports import Archive
from drift.sources.archives.folders import DatedFolders
from drift.sources.archives.warc import Warc
from drift.sources.url import wrong_with

__all__ = ["archive"]


def archive(path: Path, now: datetime, published_as: str | None = None) -> Archive:
    """The archive at a path: dated folders in a folder, or a WARC file, gone through once so that all of it is sound.

    `published_as` is the URL under which what lies in the dated folders was published; a WARC has addresses of its
    own. Raises InputError with everything wrong in it.
    """
    if published_as is not None and (problem := wrong_with(published_as, place="--published-as")):
        raise InputError([problem])
    if path.is_dir():
        return DatedFolders(path, now, published_as)
    if not path.exists():
        raise InputError([Problem(Place(str(path)), "no such file or folder")])
    if published_as is not None:
        message = "a WARC file names the addresses of its pages itself: '--published-as' is for dated folders"
        raise InputError([Problem(Place(str(path)), message)])
    return Warc(path, now)
