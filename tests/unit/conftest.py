"""For the tests of matching, verdicts, flows and the path: a registry from YAML text, an article from its text.

All parts are the real ones. The fixtures live as long as the session, so that property tests may use them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from textwrap import dedent, indent

import pytest

from drift import policies as registry_room
from drift.engine import languages, pipeline
from drift.model import Examined, Page, Registry, Snapshot

DAY = date(2026, 11, 21)
ADDRESS = "https://help.larkspur.example/article"


@pytest.fixture(scope="session")
def registry_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Registry]:
    """`registry_of(terms, scopes=..., exceptions=..., applies_to=..., files={name: text})` loads a folder.

    `terms` is the list of terms of a policy 'rules'; `files` are further files, written as they are.
    """

    @cache
    def loaded(files: tuple[tuple[str, str], ...]) -> Registry:
        folder = tmp_path_factory.mktemp("policies")
        for name, text in files:
            (folder / name).write_text(text, encoding="utf-8")
        return registry_room.load(Path(folder), language=languages.load)

    def build(
        terms: str = "",
        *,
        scopes: str = "",
        exceptions: str = "",
        applies_to: str = "",
        files: Mapping[str, str] | None = None,
    ) -> Registry:
        written = dict(files or {})
        if terms:
            head = "policy: rules\ntitle: Rules\nowner: rules@larkspur.example\n"
            head += f"applies_to: {applies_to}\n" if applies_to else ""
            written["rules.yaml"] = f"{head}terms:\n{_inside(terms)}"
            written["rules.yaml"] += f"exceptions:\n{_inside(exceptions)}" if exceptions else ""
        if scopes:
            written["scopes.yaml"] = f"scopes:\n{_inside(scopes)}"
        return loaded(tuple(sorted(written.items())))

    return build


def _inside(text: str) -> str:
    return indent(dedent(text).strip("\n"), "  ") + "\n"


@pytest.fixture(scope="session")
def read_page() -> Callable[..., Examined]:
    """`read_page(held, text, address=..., media=..., day=...)` takes an article down the whole path."""

    @cache
    def standard(held: int, day: date) -> pipeline.Standard:
        return pipeline.Standard(known[held], day, languages.load)

    known: dict[int, Registry] = {}

    def examined(
        held: Registry, text: str, *, address: str = ADDRESS, media: str = "text/markdown", day: date = DAY
    ) -> Examined:
        known[id(held)] = held
        return pipeline.examine(Snapshot(Page(address), dedent(text).encode(), media), standard(id(held), day))

    return examined


@pytest.fixture(scope="session")
def examined(registry_of: Callable[..., Registry], read_page: Callable[..., Examined]) -> Callable[..., Examined]:
    """`examined(terms, text, address=..., day=..., **registry options)`: both of the above in one."""

    def run(
        terms: str,
        text: str,
        *,
        address: str = ADDRESS,
        media: str = "text/markdown",
        day: date = DAY,
        scopes: str = "",
        exceptions: str = "",
        applies_to: str = "",
    ) -> Examined:
        held = registry_of(terms, scopes=scopes, exceptions=exceptions, applies_to=applies_to)
        return read_page(held, text, address=address, media=media, day=day)

    return run
