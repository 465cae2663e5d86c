"""A docs repository: files and folders on this machine, read again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from drift.model import Page, wording
from drift.sources.files import Files
from drift.sources.selection import EVERYTHING, Listing, Selection


class Folders(Listing):
    """The articles of some files, folders and globs, named and published as `drift check` names them.

    A folder that is missing, that cannot be listed, or that holds no article is wrong input, and no empty source.
    """

    name = "files"
    closed = True

    def __init__(
        self, places: Iterable[str], *, published_as: str | None = None, selection: Selection = EVERYTHING
    ) -> None:
        super().__init__(selection)
        self._places = tuple(places)
        self._published_as = published_as

    def _listed(self) -> Iterator[Page]:
        left_out = Counter[str]()
        for place in self._places:
            source = Files(place, self._published_as)
            yield from source.pages()
            left_out.update(one.why for one in source.left_out())
        for why, count in left_out.most_common():
            self._notes.append(f"left out: {wording.counted(count, 'file')} ({why})")
