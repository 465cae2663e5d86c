"""Addresses and globs by which a registry names articles."""

from __future__ import annotations

from collections.abc import Sequence

from drift.files.fields import SHOWN_LOGIN
from drift.files.spelling import nearest
from drift.files.yamlfile import Document, Steps
from drift.model import foreign

_SCHEMES = ("https", "http")


def check_addresses(addresses: Sequence[str], document: Document, path: Steps, *, anchors: bool = False) -> None:
    """Tell what no article can match: `path` leads to one address, or to the list of them."""
    for index, address in enumerate(addresses):
        where = (*path, index)
        scheme, separator, rest = address.partition("://")
        if foreign.has_login(address):
            document.tell(where, SHOWN_LOGIN, "an address without one", private=True)
        elif any(character.isspace() for character in address):
            document.tell(where, f"'{address}' holds a space", "an address, with %20 for a space")
        elif separator and scheme not in _SCHEMES:
            near = nearest(scheme, _SCHEMES)
            document.tell(where, f"'{scheme}://' is no address of an article", "https:// or http://", near)
        elif separator and (not rest or rest.startswith("/")):
            document.tell(where, f"'{address}' names no host", "an address like https://help.example/billing/**")
        elif "#" in address and not anchors:
            document.tell(where, f"'{address}' names a section", "the address of articles, without '#'")
