"""What makes a text another one, and a registry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from drift import policies as registry_room
from drift.engine import languages, reading
from drift.findings import policies_of, text_of
from drift.model import Page, Registry, Snapshot

WAIT = "- {term: wait, says: A phone can be unlocked after 60 days of service., value: 60 days}\n"


def html(body: str, head: str = "<title>Unlock</title>") -> str:
    page = f"<html><head>{head}</head><body><main>{body}</main></body></html>"
    return text_of(reading.read(Snapshot(Page("p.html"), page.encode(), "text/html")))


PLAIN = "<h1>Unlock</h1><p>You can unlock your phone after 60 days of service.</p>"


@pytest.mark.parametrize(
    ("body", "same"),
    [
        (PLAIN, True),
        (PLAIN.replace("<p>", '<p class="x" data-nonce="1">') + "<!-- built at noon -->", True),
        (PLAIN.replace("60 days", "<b>60</b>\n   days"), True),
        (PLAIN.replace("60", "30"), False),
        (PLAIN.replace("<h1>Unlock", "<h1>Unlocking"), False),
        (PLAIN.replace("<p>", '<p id="postpaid">'), False),  # where a rule is published may name an anchor
    ],
)
def test_a_text_is_what_a_reader_sees_of_a_page(body: str, same: bool) -> None:
    assert (html(body) == html(PLAIN)) is same


def test_a_registry_is_what_it_says_wherever_it_stands(registry_of: Callable[..., Registry]) -> None:
    held = registry_of(WAIT)
    moved = registry_of("# a comment moves every line\n" + WAIT)
    assert [term.place for term in held.terms] != [term.place for term in moved.terms]
    assert policies_of(held) == policies_of(moved)


@pytest.mark.parametrize(
    "changed",
    [
        lambda held: replace(held, dollars="CAD"),
        lambda held: replace(held, language="fr"),
        lambda held: replace(held, policies=()),
        lambda held: replace(held, policies=(replace(held.policies[0], applies_to=("https://x.example/*",)),)),
    ],
)
def test_any_edit_of_a_registry_makes_another(registry_of: Callable[..., Registry], changed: Any) -> None:
    held = registry_of(WAIT)
    assert policies_of(changed(held)) != policies_of(held)


def test_the_fingerprint_of_a_registry_is_what_it_was(tmp_path: Path) -> None:
    """Readings are stored with it: another one would have every page of every watch judged again."""
    (tmp_path / "plans.yaml").write_text(
        "policy: plans\nowner: plans@larkspur.example\nterms:\n"
        "  - {term: price, says: It costs USD 5 per user per month., value: USD 5 per user per month, "
        "customer_prefers: less}\n"
        "  - {term: space, says: It holds 5 GB., value: 5 GB | 10 GB}\n"
    )
    assert policies_of(registry_room.load(tmp_path, language=languages.load)) == "7679b512f2605c9fea69d89c3c1cafec"
