"""What the keys of the annotator mean together: where page text may go, and how."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import urlsplit

from drift.files.validation import Read
from drift.files.yamlfile import Document
from drift.settings.annotators import AnnotatorEntry, AnthropicEntry, OpenAIEntry

_ADDED = ("/chat/completions", "/messages", "/completions", "/responses")
_KEYS = frozenset(("authorization", "api-key"))


def lint_annotator(read: Read[AnnotatorEntry], allow_private: Collection[str], document: Document) -> None:
    """Tell addresses that are no base, what would travel in clear, and a key that is given twice."""
    annotator = read.entry
    if not isinstance(annotator, (OpenAIEntry, AnthropicEntry)) or "at" in read.faulty:
        return
    parts = urlsplit(annotator.at)
    if parts.query or parts.fragment:
        hint = "'api_version' for that of Azure" if isinstance(annotator, OpenAIEntry) else None
        document.tell(("annotator", "at"), "a base address has nothing behind a '?' or '#'", "its path alone", hint)
    path = parts.path.rstrip("/")
    if added := next((each for each in _ADDED if path.endswith(each)), None):
        base = annotator.at.rstrip("/").removesuffix(added)
        document.tell(("annotator", "at"), f"'{added}' is added to the base address", "the address before it", base)
    if parts.scheme == "http" and not _on_this_machine(host := (parts.hostname or "").rstrip(".")):
        told = "page text would travel in clear, and so would a key"
        own = _is_ours(host, allow_private)
        document.tell(("annotator", "at"), told, "https:// or a service on this machine", warning=own)
    if isinstance(annotator, OpenAIEntry) and annotator.key is not None:
        for name in annotator.headers:
            if name.lower() in _KEYS:
                document.tell(("annotator", "headers", name), f"'{name}' beside 'key'", "one of them", key=True)


def _on_this_machine(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return False


def _is_ours(host: str, allow_private: Collection[str]) -> bool:
    """Whether a host is on a private network by its number, or is named in `allow_private`."""
    if host in (name.strip().lower().strip("[]") for name in allow_private):
        return True
    with suppress(ValueError):
        return ip_address(host).is_private
    return False
