"""Globs of a source that can mean none of its articles."""

from __future__ import annotations

from drift.files.config import Teller
from drift.policies.addresses import check_addresses
from drift.sources.config import SourceConfig, literal


def lint_globs(source: SourceConfig, tell: Teller) -> None:
    """Tell the globs of one source, read without faults, that no article of it can match.

    A sitemap may list pages of any host, so that a glob of another host is a warning there.
    """
    reach = source.reach()
    for key, globs in source.globs().items():
        before = len(tell.document.problems)
        check_addresses(globs, tell.document, (*tell.path, *key))
        if len(tell.document.problems) > before:
            continue
        for number, glob in enumerate(globs):
            if not any(_can_meet(literal(glob), prefix) for prefix in reach):
                begin = literal(reach[0])
                hint = f"{begin.rstrip('/')}/{glob.lstrip('/')}" if begin and "://" not in glob else None
                message, expected = f"'{glob}' can match no article of this source", f"one that begins like '{begin}'"
                tell(key if key[0] == "owners" else (*key, number), message, expected, hint,
                     warning=source.may_list(glob))  # fmt: skip
    for number, glob in enumerate(source.include):
        if glob in source.exclude:
            tell(("include", number), f"'{glob}' is excluded too", "a glob that is not under 'exclude'")


def _can_meet(literal: str, prefix: str) -> bool:
    return literal.startswith(prefix.rstrip("/")) or prefix.startswith(literal)
