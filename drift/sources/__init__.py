"""Where pages come from: the arguments of `drift check`, and in `watched` the sources of a watch, which no check needs.

`ARGUMENTS` is the list of the first, told apart by how they are spelled. The first one whose `accepts` says yes takes
the argument; files come last and take the rest. Nothing of them opens a file or a connection: they only name pages.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from drift.model import LeftOut, Page
from drift.model.errors import InputError, Place, Problem
from drift.model.ports import Source
from drift.sources.files import FileSource
from drift.sources.stdin import StandardInput
from drift.sources.url import Url, wrong_with

ARGUMENTS: tuple[type[StandardInput] | type[Url] | type[FileSource], ...] = (StandardInput, Url, FileSource)

__all__ = ["ARGUMENTS", "FileSource", "StandardInput", "Url", "from_argument", "left_out_of", "pages_of", "wrong_with"]


def from_argument(text: str, *, published_as: str | None = None) -> Source:
    """The source that one argument names: a file, a folder, a glob, an http(s) address, or `-`.

    `published_as` is the URL under which it is published: that of the page where the argument is one page, and
    that of the folder where it is a folder or a glob.

    Raises InputError where `published_as` is no http(s) address; a wrong argument is told by `pages()`.
    """
    if published_as is not None and (problem := wrong_with(published_as, place="--published-as")):
        raise InputError([problem])
    for source in ARGUMENTS[:-1]:
        if source.accepts(text):
            return source(text, published_as)
    return ARGUMENTS[-1](text, published_as)


def pages_of(arguments: Iterable[str], *, published_as: str | None = None) -> tuple[Page, ...]:
    """The pages of all arguments, in the order given, each address once.

    Raises InputError with the problems of all arguments, and where several pages would be published under one URL.
    """
    pages: dict[str, Page] = {}
    problems: list[Problem] = []
    for argument in dict.fromkeys(arguments):
        try:
            for page in from_argument(argument, published_as=published_as).pages():
                pages.setdefault(page.address, page)
        except InputError as error:
            problems.extend(problem for problem in error.problems if problem not in problems)
    problems.extend(_published_twice(pages.values()))
    if problems:
        raise InputError(problems)
    return tuple(pages.values())


def left_out_of(arguments: Iterable[str], *, policies: str | None = None) -> tuple[LeftOut, ...]:
    """The files of folders and globs that may hold an article and are not read, each once; none of the `policies`."""
    found: dict[str, LeftOut] = {}
    own = os.path.realpath(policies) if policies is not None else None
    for argument in dict.fromkeys(arguments):
        source = from_argument(argument)
        if not isinstance(source, FileSource):
            continue
        for one in source.left_out():
            path = os.path.realpath(one.page.address)
            if own is None or os.path.commonpath((own, path)) != own:
                found.setdefault(one.page.address, one)
    return tuple(found.values())


def _published_twice(pages: Iterable[Page]) -> list[Problem]:
    first: dict[str, Page] = {}
    problems = []
    for page in pages:
        if page.published_as is None or page.published_as == page.address:
            continue
        other = first.setdefault(page.published_as, page)
        if other is not page:
            message = f"would be published as {page.published_as}, like {other.address}"
            problems.append(Problem(Place(page.address), message, expected="one file, or one folder"))
    return problems
