"""For property tests of flows, each example of which wants a store of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from drift.model.watch_ports import Store
from drift.store import open_store

NewStore = Callable[[], AbstractContextManager[Store]]


@pytest.fixture(scope="session")
def new_store(tmp_path_factory: pytest.TempPathFactory) -> NewStore:
    """A context that gives a new store: a copy of an empty one."""
    empty = tmp_path_factory.mktemp("empty") / "drift.db"
    open_store(f"sqlite:///{empty}").close()

    @contextmanager
    def made() -> Iterator[Store]:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "drift.db"
            shutil.copyfile(empty, file)
            with open_store(f"sqlite:///{file}") as store:
                yield store

    return made
