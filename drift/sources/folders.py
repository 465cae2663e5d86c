"""A docs repository: files and folders on this machine, read again and again."""

from __future__ import annotations

import glob
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal, Self

from drift.files.config import Teller, from_folder
from drift.files.fields import about
from drift.files.keys import Texts
from drift.model import Page, wording
from drift.sources.config import SourceConfig, SourceMeans
from drift.sources.files import FileSource
from drift.sources.selection import EVERYTHING, ListedSource, Selection


class FilesConfig(SourceConfig):
    """Articles in files, such as the repository of a help centre."""

    kind: Literal["files"]
    at: Annotated[Texts, about("Files, folders or globs, from the folder of drift.yaml.", ["help/"])]

    def look(self, tell: Teller) -> None:
        for index, path in enumerate(self.at):
            if not glob.has_magic(path) and not (tell.folder / path).exists():
                tell(("at", index), f"there is no '{tell.folder / path}'", "files to read", warning=True)

    def placed(self, folder: Path) -> Self:
        """Its globs too, where the articles have no address and are named by their paths."""
        placed = {"at": tuple(from_folder(folder, path) for path in self.at)}
        if self.published_as is not None:
            return self.model_copy(update=placed)
        globs = {key: tuple(from_folder(folder, each) for each in getattr(self, key)) for key in ("include", "exclude")}
        owners = {from_folder(folder, each): owner for each, owner in self.owners.items()}
        return self.model_copy(update={**placed, **globs, "owners": owners})

    def source(self, means: SourceMeans) -> Folders:  # noqa: ARG002 - files list themselves
        return Folders(self.at, published_as=self.published_as, selection=Selection(self.include, self.exclude))


class Folders(ListedSource):
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
            source = FileSource(place, self._published_as)
            yield from source.pages()
            left_out.update(one.why for one in source.left_out())
        for why, count in left_out.most_common():
            self._notes.append(f"left out: {wording.counted(count, 'file')} ({why})")
