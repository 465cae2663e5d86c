"""What the parts of drift.yaml mean together: names, languages, globs, links."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from drift.engine import languages, reading
from drift.files.config import Teller
from drift.files.fields import SHOWN_LOGIN
from drift.files.hosts import possible
from drift.files.spelling import nearest, one_of
from drift.files.yamlfile import Document, Steps
from drift.model import foreign
from drift.settings.globs import lint_globs
from drift.sources.watched import SourceConfig

_PLACEHOLDERS = ("{path}", "{url}")


def lint_source(source: SourceConfig, tell: Teller) -> None:
    """Tell what the keys of every source mean that its model cannot know; faulty keys are passed over."""
    if not tell.faulty & {"at", "published_as"}:
        lint_globs(source, tell)
    known = languages.available()
    if source.language is not None and source.language not in known:
        message = f"no language file reads '{source.language}'"
        tell(("language",), message, one_of(known), nearest(source.language, known))
    if source.content is not None and (fault := reading.selector_fault(source.content)):
        tell(("content",), f"'{source.content}' is no CSS selector: {fault}", "one like main .article")
    if source.edit_link is not None:
        _lint_edit_link(source.edit_link, tell)


def lint_names(where: str, items: Sequence[Any], document: Document) -> None:
    """Tell every name of a list of entries (at `where`, keys joined by '/') that an earlier entry has."""
    first: dict[str, int | None] = {}
    for number, item in enumerate(items):
        name = item.get("name") if isinstance(item, dict) else None
        if not isinstance(name, str):
            continue
        path: Steps = (*where.split("/"), number, "name")
        if name in first:
            message = f"the name '{name}' is given twice"
            document.tell(path, message, f"another: line {first[name]} has it")
        first.setdefault(name, document.place(path).line)


def _lint_edit_link(pattern: str, tell: Teller) -> None:
    bare = pattern
    for placeholder in _PLACEHOLDERS:
        bare = bare.replace(placeholder, "")
    if "{" in bare or "}" in bare or bare == pattern:
        tell(("edit_link",), "the link does not name an article", "{path} or {url} in it, and no other {...}")
    elif foreign.has_login(pattern):
        tell(("edit_link",), SHOWN_LOGIN, "an address without one")
    elif not possible(pattern):
        tell(("edit_link",), "this is no http(s) address", "one like https://cms.larkspur.example/edit/{path}")


def known_name(name: str, options: Collection[str], what: str, document: Document, where: Steps) -> None:
    """Tell a name that nothing has."""
    if name not in options:
        expected = one_of(sorted(options)) if options else f"the name of a {what}; there is none yet"
        document.tell(where, f"no {what} is named '{name}'", expected, nearest(name, options))
