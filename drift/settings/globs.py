"""Globs of a source that can mean none of its articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from drift.files.yamlfile import Document, Steps
from drift.policies.addresses import check_addresses
from drift.settings.schema import CrawlEntry, FilesEntry, SitemapEntry, SourceEntry, UrlsEntry

_WILD = re.compile(r"[*?\[]")


def lint_globs(source: SourceEntry, document: Document, path: Steps) -> None:
    """Tell the globs of one source, read without faults, that no article of it can match.

    A sitemap may list pages of any host, so that a glob of another host is a warning there.
    """
    reach = _reach(source)
    lists: dict[tuple[str, ...], list[str]] = {("include",): source.include, ("exclude",): source.exclude}
    if isinstance(source, CrawlEntry):
        lists |= {("within",): source.within}
    lists |= {("owners", glob): [glob] for glob in source.owners}
    for key, globs in lists.items():
        before = len(document.problems)
        check_addresses(globs, document, (*path, *key))
        if len(document.problems) > before:
            continue
        for number, glob in enumerate(globs):
            if not any(_can_meet(_literal(glob), prefix) for prefix in reach):
                where = (*path, *key) if key[0] == "owners" else (*path, *key, number)
                _tell(source, glob, reach, document, where)
    for number, glob in enumerate(source.include):
        if glob in source.exclude:
            document.tell((*path, "include", number), f"'{glob}' is excluded too", "a glob that is not under 'exclude'")


def _tell(source: SourceEntry, glob: str, reach: Sequence[str], document: Document, where: Steps) -> None:
    begin = _literal(reach[0])
    elsewhere = "://" in glob
    hint = f"{begin.rstrip('/')}/{glob.lstrip('/')}" if begin and not elsewhere else None
    message = f"'{glob}' can match no article of this source"
    doubtful = elsewhere and isinstance(source, SitemapEntry)
    document.tell(where, message, f"one that begins like '{begin}'", hint, warning=doubtful)


def _reach(source: SourceEntry) -> list[str]:
    """The beginnings of the public addresses that articles of a source can have."""
    if source.published_as is not None:
        return [source.published_as]
    if isinstance(source, UrlsEntry):
        return source.at
    if isinstance(source, FilesEntry):
        return [_literal(each) for each in source.at]
    assert isinstance(source, (SitemapEntry, CrawlEntry))
    return ["{0.scheme}://{0.netloc}/".format(urlsplit(each)) for each in source.at]


def _literal(glob: str) -> str:
    """What a glob begins with before its first wildcard."""
    return _WILD.split(glob, maxsplit=1)[0]


def _can_meet(literal: str, prefix: str) -> bool:
    return literal.startswith(prefix.rstrip("/")) or prefix.startswith(literal)
