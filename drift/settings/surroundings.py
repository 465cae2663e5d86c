"""Warnings of what the settings name and the disk does not have: it may still come, so nothing here is an error."""

from __future__ import annotations

import glob
from pathlib import Path

from drift.settings.schema import FilesEntry, SettingsEntry
from drift.yamlfile import Document


def look_around(written: SettingsEntry, document: Document) -> None:
    """Warn of folders and files that are not there now."""
    folder = Path(document.file).parent
    if not (folder / written.policies).is_dir():
        message = f"there is no folder '{folder / written.policies}'"
        document.tell(("policies",), message, "the policies; 'drift init' writes a first one", warning=True)
    for number, source in enumerate(written.sources):
        for index, path in enumerate(source.at if isinstance(source, FilesEntry) else ()):
            if not glob.has_magic(path) and not (folder / path).exists():
                message = f"there is no '{folder / path}'"
                document.tell(("sources", number, "at", index), message, "files to read", warning=True)
