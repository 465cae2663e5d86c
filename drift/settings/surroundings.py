"""Warnings of what the settings name and the disk does not have: it may still come, so nothing here is an error."""

from __future__ import annotations

import glob
import shutil
from contextlib import suppress
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from drift.files.yamlfile import Document
from drift.settings.annotators import AnnotatorEntry, AnthropicEntry, CommandEntry, OpenAIEntry, RecordedEntry
from drift.settings.schema import FilesEntry, SettingsEntry, WebEntry

_LOOPBACK = "127.0.0.0/8"


def look_around(written: SettingsEntry, document: Document) -> None:
    """Warn of folders and files that are not there now, and of what the gate keeps closed."""
    folder = Path(document.file).parent
    if not (folder / written.policies).is_dir():
        message = f"there is no folder '{folder / written.policies}'"
        document.tell(("policies",), message, "the policies; 'drift init' writes a first one", warning=True)
    opened = [name.strip().lower().strip("[]") for name in written.fetching.allow_private]
    for number, source in enumerate(written.sources):
        for index, address in enumerate(source.at if isinstance(source, WebEntry) else ()):
            if network := _closed(address, opened):
                message = "this is on this machine or a private network, which is not opened: nothing there is read"
                expected = f'fetching: {{allow_private: ["{network}"]}}'
                document.tell(("sources", number, "at", index), message, expected, warning=True)
        for index, path in enumerate(source.at if isinstance(source, FilesEntry) else ()):
            if not glob.has_magic(path) and not (folder / path).exists():
                message = f"there is no '{folder / path}'"
                document.tell(("sources", number, "at", index), message, "files to read", warning=True)
    if written.annotator is not None:
        _annotator(written.annotator, folder, opened, document)


def _annotator(annotator: AnnotatorEntry, folder: Path, opened: list[str], document: Document) -> None:
    if isinstance(annotator, (OpenAIEntry, AnthropicEntry)) and (network := _closed(annotator.at, opened)):
        message = "this is on this machine or a private network, which is not opened: nothing is asked there"
        expected = f'fetching: {{allow_private: ["{network}"]}}'
        document.tell(("annotator", "at"), message, expected, warning=True)
    elif isinstance(annotator, RecordedEntry) and not (folder / annotator.file).exists():
        document.tell(
            ("annotator", "file"), f"there is no '{folder / annotator.file}'", "answers to read", warning=True
        )
    elif isinstance(annotator, CommandEntry):
        program = annotator.program[0]
        found = (folder / program).exists() if "/" in program else shutil.which(program) is not None
        if not found:
            document.tell(("annotator", "program", 0), f"there is no program '{program}'", "one to run", warning=True)


def _closed(address: str, opened: list[str]) -> str | None:
    """What has to be opened for an address of loopback or a private network that no entry of `allow_private` opens.

    Of another network the one host: how much of it is to be opened is not ours to say. None where nothing is closed.
    """
    host = (urlsplit(address).hostname or "").rstrip(".")
    if host in opened:
        return None
    try:
        number = ip_address("127.0.0.1" if host == "localhost" or host.endswith(".localhost") else host)
    except ValueError:
        return None  # what a name means is asked when it is fetched
    if not (number.is_private or number.is_loopback or number.is_link_local):
        return None
    for name in opened:
        with suppress(ValueError):
            if number in ip_network(name):
                return None
    return _LOOPBACK if number in ip_network(_LOOPBACK) else str(number)
