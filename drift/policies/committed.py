"""The policy files as git has them: what an edit that is not yet committed is held against.

Git is asked for the files by name and content, not for an archive, which may leave files out or rewrite them.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from drift.model.errors import InputError, Place

COMMIT = "HEAD"
_PATIENCE = 60.0  # seconds for one answer of git
_ADVICE = "name the folder of the policies before the edit with --before"
# A hook is run with these set, and they would move what the folder is relative to.
_OF_HOOKS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")


@contextmanager
def committed(folder: Path) -> Iterator[Path]:
    """A folder, there for as long as the block runs, with the YAML files of `folder` as of the last commit.

    Raises InputError where there is no git, no checkout or no committed file of the folder. An InputError out of the
    block names the files as git does: 'HEAD:policies/returns.yaml'.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder")
    with TemporaryDirectory(prefix="drift-") as name:
        copy = Path(name)
        if not _write(folder, copy):
            raise InputError(f"{folder}: no policy file of it is committed to git; {_ADVICE}")
        try:
            yield copy
        except InputError as error:
            places = [_renamed(problem.place, copy, folder) for problem in error.problems]
            problems = [replace(one, place=at) for one, at in zip(error.problems, places, strict=True)]
            raise (InputError(problems) if problems else error) from error


def _write(folder: Path, copy: Path) -> int:
    """Write the committed YAML files of a folder, symbolic links left out; gives how many there are."""
    written = 0
    for entry in _git(folder, "ls-tree", "-r", "-z", COMMIT).split(b"\0"):
        about, _, name = entry.partition(b"\t")
        path = PurePosixPath(os.fsdecode(name))
        if not about.startswith(b"100") or path.suffix not in (".yaml", ".yml") or ".." in path.parts:
            continue
        target = copy / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_git(folder, "cat-file", "blob", os.fsdecode(about.split()[2])))
        written += 1
    return written


def _git(folder: Path, *arguments: str) -> bytes:
    environment = {name: value for name, value in os.environ.items() if name not in _OF_HOOKS}
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, env=environment, check=False)
    except FileNotFoundError:
        raise InputError(f"{folder}: git is not installed; {_ADVICE}") from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InputError(f"{folder}: git does not answer ({error}); {_ADVICE}") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise InputError(f"{folder}: git gives no committed policies ({said}); {_ADVICE}")
    return done.stdout


def _renamed(place: Place, copy: Path, folder: Path) -> Place:
    inside = Path(place.file)
    if not inside.is_relative_to(copy):
        return place
    return place._replace(file=f"{COMMIT}:{(folder / inside.relative_to(copy)).as_posix()}")
