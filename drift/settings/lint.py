"""What the parts of drift.yaml mean together: names, addresses, globs, routes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from drift.engine import languages, reading
from drift.files.fields import SHOWN_LOGIN
from drift.files.spelling import nearest, one_of
from drift.files.validation import Read
from drift.files.yamlfile import Document, Steps
from drift.model import foreign
from drift.model.errors import InputError
from drift.settings.addresses import possible
from drift.settings.globs import lint_globs
from drift.settings.naming import FORM, IN_CLEAR
from drift.settings.schema import FetchingEntry, SourceEntry, StoreEntry, WebEntry

SCHEMES = ("sqlite", "postgresql", "postgresql+psycopg")
_PLACEHOLDERS = ("{path}", "{url}")


def lint_source(read: Read[SourceEntry], document: Document, path: Steps) -> None:
    """Tell what the keys of a source mean that its model cannot know; faulty keys are passed over."""
    source = read.entry
    if not read.faulty & {"at", "published_as"}:
        lint_globs(source, document, path)
    known = languages.available()
    if source.language is not None and source.language not in known:
        message = f"no language file reads '{source.language}'"
        document.tell((*path, "language"), message, one_of(known), nearest(source.language, known))
    if isinstance(source, WebEntry) and source.headers and any(each.startswith("http://") for each in source.at):
        document.tell((*path, "headers"), "these secrets travel in clear", "https:// in 'at'", key=True, warning=True)
    if source.content is not None:
        _lint_selector(source.content, document, (*path, "content"))
    if source.edit_link is not None:
        _lint_edit_link(source.edit_link, document, (*path, "edit_link"))


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


def _lint_selector(selector: str, document: Document, where: Steps) -> None:
    if fault := reading.selector_fault(selector):
        document.tell(where, f"'{selector}' is no CSS selector: {fault}", "one like main .article")


def _lint_edit_link(pattern: str, document: Document, where: Steps) -> None:
    bare = pattern
    for placeholder in _PLACEHOLDERS:
        bare = bare.replace(placeholder, "")
    if "{" in bare or "}" in bare or bare == pattern:
        document.tell(where, "the link does not name an article", "{path} or {url} in it, and no other {...}")
    elif foreign.has_login(pattern):
        document.tell(where, SHOWN_LOGIN, "an address without one")
    elif not possible(pattern):
        document.tell(where, "this is no http(s) address", "one like https://cms.larkspur.example/edit/{path}")


def lint_store(store: StoreEntry, document: Document) -> None:
    """Tell what is wrong with the address of the database; it is not repeated where it holds a password."""
    where: Steps = ("store", "url")
    try:
        parts = urlsplit(store.url)
        password, _ = parts.password, parts.port
    except ValueError:
        document.tell(where, "this is no address of a database", "one like sqlite:///.drift/drift.db")
        return
    if password is not None or {"password", "passfile"} & parse_qs(parts.query).keys():
        document.tell(where, IN_CLEAR, f"'password: {FORM}' beside the address")
    elif parts.scheme not in SCHEMES:
        hint = "postgresql" if parts.scheme in ("postgres", "psql", "pg") else nearest(parts.scheme, SCHEMES)
        document.tell(where, f"'{parts.scheme}' is no database of drift", "sqlite:///FILE or postgresql://...", hint)
    elif parts.scheme == "sqlite" and (parts.netloc or len(parts.path) < 2):
        document.tell(where, "the file of the database is not named", "three slashes, like sqlite:///.drift/drift.db")
    elif parts.scheme == "sqlite" and store.password is not None:
        document.tell(("store", "password"), "a database in a file has no password", "none", key=True)
    elif parts.scheme != "sqlite" and not parts.path.strip("/"):
        document.tell(where, "no database is named", "one like postgresql://drift@db.larkspur.example/drift")


def lint_fetching(fetching: FetchingEntry, document: Document) -> None:
    """Tell networks and hosts that are none."""
    for number, name in enumerate(fetching.allow_private):
        from drift.fetch.gate import Gate  # it brings the HTTP client with it: only for those who name a network

        try:
            Gate.opening([name])
        except InputError as error:
            for problem in error.problems:
                document.tell(("fetching", "allow_private", number), problem.message, problem.expected, problem.hint)


def known_name(name: str, options: Collection[str], what: str, document: Document, where: Steps) -> None:
    """Tell a name that nothing has."""
    if name not in options:
        expected = one_of(sorted(options)) if options else f"the name of a {what}; there is none yet"
        document.tell(where, f"no {what} is named '{name}'", expected, nearest(name, options))
