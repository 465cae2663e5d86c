"""Files, folders and globs on this machine."""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from pathlib import PurePath
from urllib.parse import quote

from drift.model import LeftOut, Page, wording
from drift.model.errors import InputError, Place, Problem
from drift.sources.leaving import why_left_out

ARTICLE_SUFFIXES = (".md", ".markdown", ".mdx", ".html", ".htm", ".xhtml", ".txt", ".rst")
SKIPPED_FOLDERS = frozenset({"node_modules"})  # besides everything hidden: copies of other people's documentation
_HOST_FIRST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(:\d+)?(/|$)")  # an address without https://
EXPECTED = f"articles ending in {' '.join(ARTICLE_SUFFIXES)}"


class FileSource:
    """A file, a folder with everything under it, or a glob (`**` crosses folders).

    A named file may have any suffix. Of a folder the files with a suffix of `ARTICLE_SUFFIXES` count; hidden files
    and folders and `node_modules` are skipped, links to folders are not followed; `left_out` are the other files that
    may hold an article (`leaving` says which). A folder inside that cannot be
    listed is a page of its own, so that it is reported and not passed over. A file's address is
    `<folder as given>/<relative path>`, in the order of the relative paths.

    `published_as` is the URL of a single file. Under a folder, and under the fixed part of a glob, a file is
    published as that URL, '/', and its relative path, suffix included.
    """

    name = "files"

    def __init__(self, text: str, published_as: str | None = None) -> None:
        self._text = text
        self._published_as = published_as

    @staticmethod
    def accepts(text: str) -> bool:
        return bool(text)

    def pages(self) -> Iterator[Page]:
        """The pages. Raises InputError where nothing has that name, or nothing under it is an article."""
        if _is_folder(self._text):
            yield from self._under(self._text, articles_under(self._text))
        elif os.path.lexists(self._text):
            yield Page(self._text, self._published_as)
        elif glob.has_magic(self._text):
            yield from self._under(_fixed_part(self._text), _expand(self._text))
        else:
            raise InputError([_no_such(self._text)])

    def left_out(self) -> Iterator[LeftOut]:
        """The files of the folder, or among what the glob matches, that may hold an article and are not read."""
        if os.path.lexists(self._text) and not os.path.isdir(self._text):
            return
        if os.path.isdir(self._text):
            paths: Iterable[str] = files_under(self._text)
        elif glob.has_magic(self._text):
            paths = [] if _spells_suffix(self._text) else _matches(self._text, files_under)
        else:
            return
        for path in paths:
            if not path.lower().endswith(ARTICLE_SUFFIXES) and (why := why_left_out(path)):
                yield LeftOut(Page(path), why)

    def _under(self, folder: str, paths: Iterable[str]) -> Iterator[Page]:
        found = False
        for path in paths:
            found = True
            yield Page(path, self._public(folder, path))
        if not found:
            message = "nothing matches" if glob.has_magic(self._text) else "no articles in this folder"
            if others := sum(1 for _ in self.left_out()):
                message = f"no articles that are read, and {wording.counted(others, 'file')} of other forms"
            raise InputError([Problem(Place(self._text), message, expected=EXPECTED)])

    def _public(self, folder: str, path: str) -> str | None:
        if self._published_as is None:
            return None
        relative = PurePath(os.path.relpath(path, folder or ".")).as_posix()
        return f"{self._published_as.rstrip('/')}/{quote(relative, errors='surrogateescape')}"


def _is_folder(path: str) -> bool:
    """Whether it is a folder that can be listed. Raises InputError where it is one that cannot."""
    try:
        with os.scandir(path):
            return True
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        if os.path.isdir(path):
            message = f"this folder cannot be listed: {error.strerror}"
            raise InputError([Problem(Place(path), message)]) from error
        return False


def articles_under(folder: str) -> Iterator[str]:
    """The articles under a folder, and the folders that cannot be listed, in order of their relative paths."""
    top = folder.rstrip("/")
    unlisted: list[str] = []
    found = [path for path in _walked(folder, unlisted) if path.lower().endswith(ARTICLE_SUFFIXES)]
    for parts in sorted(PurePath(os.path.relpath(path, folder)).parts for path in (*found, *unlisted)):
        yield "/".join((top, *parts))


def files_under(folder: str) -> Iterator[str]:
    """All files under a folder that are not hidden, in order of their relative paths."""
    top = folder.rstrip("/")
    for parts in sorted(PurePath(os.path.relpath(path, folder)).parts for path in _walked(folder, [])):
        yield "/".join((top, *parts))


def _walked(folder: str, unlisted: list[str]) -> Iterator[str]:
    for here, folders, files in os.walk(folder, onerror=lambda error: unlisted.append(str(error.filename))):
        folders[:] = [name for name in folders if not _skipped(name)]
        yield from (os.path.join(here, name) for name in files if not _skipped(name))


def _skipped(name: str) -> bool:
    return name.startswith(".") or name in SKIPPED_FOLDERS


def _expand(pattern: str) -> list[str]:
    """What a glob matches, folders entered as if they had been named, each file once, in order.

    A pattern that spells a suffix ('*.rst') means every match; one that does not means the articles among them.
    """
    every = _spells_suffix(pattern)
    paths = _matches(pattern, articles_under)
    return (
        paths if every else [path for path in paths if path.lower().endswith(ARTICLE_SUFFIXES) or os.path.isdir(path)]
    )


def _spells_suffix(pattern: str) -> bool:
    suffix = PurePath(pattern).suffix
    return bool(suffix) and not glob.has_magic(suffix)


def _matches(pattern: str, within: Callable[[str], Iterator[str]]) -> list[str]:
    """The files that a glob matches, and what is `within` the folders it matches, each once, in order."""
    found: set[str] = set()
    for path in glob.iglob(pattern, recursive=True):
        if any(part in SKIPPED_FOLDERS for part in PurePath(path).parts):
            continue
        if stat.S_ISDIR(_mode(path)):
            found.update(within(path))
        else:
            found.add(path)
    return sorted(found, key=lambda path: PurePath(path).parts)


def _mode(path: str) -> int:
    try:
        return os.stat(path).st_mode
    except OSError:
        return 0


def _fixed_part(pattern: str) -> str:
    """The folder before the first part of a glob that holds a wildcard; '' where that is the first part."""
    parts = pattern.split("/")
    wild = next(index for index, part in enumerate(parts) if glob.has_magic(part))
    return "/".join(parts[:wild]) or ("/" if pattern.startswith("/") else "")


def _no_such(path: str) -> Problem:
    hint = _nearest(path)
    if hint is None and _HOST_FIRST.match(path) and not path.lower().endswith(ARTICLE_SUFFIXES):
        hint = f"https://{path}"
    return Problem(Place(path or "''"), "no such file or folder", hint=hint)


def _nearest(path: str) -> str | None:
    """The existing path spelled most alike: the first part that does not exist, put right."""
    parts = path.split("/")
    for index, part in enumerate(parts):
        before = "/".join(parts[:index])
        if not part or os.path.lexists("/".join(parts[: index + 1])):
            continue
        try:
            names = sorted(os.listdir(before or ("/" if path.startswith("/") else ".")))
        except OSError:
            return None
        close = get_close_matches(part, names, n=1)
        if not close:
            return None
        right = "/".join([*parts[:index], close[0]])
        whole = "/".join([right, *parts[index + 1 :]])
        return whole if os.path.lexists(whole) else right
    return None
