"""Looking up what a file names: paths from its folder, secrets in the environment and in files."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from drift.files.yamlfile import Document, Steps
from drift.settings.addresses import possible
from drift.settings.naming import SecretEntry
from drift.settings.secret import Environment, Secret, UnavailableError, from_environment, from_file

_NOTHING = Secret("", "nowhere")


ALL = frozenset(("sources", "store", "annotator", "alerts"))  # the sections that have secrets


class Lookup:
    """Finds what one file names; what is missing is told at its place, and `found_all` turns False.

    Only the secrets of the sections `wanted` are looked up: the others are not needed, and so cannot be missing.
    """

    def __init__(self, document: Document, environment: Environment, wanted: Collection[str] = ALL) -> None:
        self.folder = Path(document.file).parent
        self.found_all = True
        self._document = document
        self._environment = environment
        self._wanted = wanted

    def path(self, written: str) -> str:
        """A path or a glob of paths from the folder of the file; one that begins with a wildcard stays as it is."""
        if self.folder == Path() or written.startswith("*"):
            return written
        return str(self.folder / written)

    def secret(self, named: SecretEntry, path: Steps) -> Secret:
        """What is kept where the file says, or an empty stand-in where it is not there or not wanted."""
        if path[0] not in self._wanted:
            return _NOTHING
        try:
            if named.env is not None:
                return from_environment(named.env, self._environment)
            assert named.file is not None
            found, warning = from_file(self.folder / named.file)
        except UnavailableError as error:
            return self._missing((*path, "file" if named.env is None else "env"), str(error), error.expected)
        if warning:
            self._document.tell((*path, "file"), warning, f"'chmod o-r {named.file}'", warning=True)
        return found

    def header(self, named: SecretEntry, path: Steps) -> Secret:
        """A secret that can stand in a header."""
        found = self.secret(named, path)
        if re.search(r"[^\t\x20-\x7e\x80-\xff]", found.value):
            return self._missing(path, f"what {found.origin} holds cannot stand in a header", "one line of text")
        return found

    def address(self, named: SecretEntry, path: Steps) -> Secret:
        """A secret that is an http(s) address."""
        found = self.secret(named, path)
        if found is not _NOTHING and not possible(found.value):
            return self._missing(path, f"what {found.origin} holds is no http(s) address", "https://...")
        return found

    def _missing(self, path: Steps, message: str, expected: str) -> Secret:
        self.found_all = False
        self._document.tell(path, message, expected)
        return _NOTHING
