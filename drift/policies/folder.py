"""The files of a folder of policies: which there are, and what of the folder cannot be read.

A rule that is not read is a rule that nothing is held against. So whatever might be a policy file and cannot be opened
is a problem with its path: nothing is passed over because a link leads nowhere or a subfolder refuses us.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from drift.model.errors import Place, Problem

_SUFFIXES = (".yaml", ".yml")
MOST = 50_000  # files and folders; a registry has hundreds, and '/' with its links has no end
_Identity = tuple[int, int]  # of a file or folder, whatever it is called


def files_of(folder: Path) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """The YAML files of a folder and its subfolders in order, hidden ones left out, and what cannot be read there.

    Links are followed, to files and to folders; one that leads nowhere, or back to a folder it lies in, is a problem.
    """
    found: list[Path] = []
    problems: list[Problem] = []
    waiting: list[tuple[Path, frozenset[_Identity]]] = [(folder, frozenset())]
    met = 0
    while waiting:
        path, around = waiting.pop()
        met += 1
        if met > MOST:
            message = f"holds more than {MOST:,} files and folders, links followed"
            return (), (Problem(Place(str(folder)), message, "a folder of policies, no disk"),)
        try:
            told = path.stat()
            identity = told.st_dev, told.st_ino
            names = [entry.name for entry in os.scandir(path)] if stat.S_ISDIR(told.st_mode) else None
        except OSError as error:
            problems.append(_unread(path, error))
            continue
        if identity in around:
            problems.append(Problem(Place(str(path)), "leads back to a folder that it lies in", "a link to elsewhere"))
        elif names is not None:
            inner = around | {identity}
            waiting += [(path / name, inner) for name in names if not name.startswith(".")]
        elif not path.name.lower().endswith(_SUFFIXES):
            continue
        elif stat.S_ISREG(told.st_mode):
            found.append(path)
        else:
            problems.append(Problem(Place(str(path)), "neither a file nor a folder", "a policy file"))
    return tuple(sorted(found)), tuple(problems)


def _unread(path: Path, error: OSError) -> Problem:
    if os.path.islink(path) and error.errno in (errno.ENOENT, errno.ELOOP):
        return Problem(Place(str(path)), "a link that leads nowhere", "a link to a file or a folder")
    return Problem(Place(str(path)), f"cannot be opened: {error.strerror}", "what this user may read")
