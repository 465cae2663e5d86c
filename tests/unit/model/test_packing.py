"""What waits in memory is the same when it is taken out, and its terms are those of the registry."""

from __future__ import annotations

from collections.abc import Callable

from drift.model import Examined, Registry
from drift.model.packing import pack, unpack

TERMS = "- {term: wait, says: A phone can be unlocked after 60 days of paid service., value: 60 days}"
PAGE = "# Unlock your phone\n\nA phone can be unlocked after 30 days of paid service, or for $5.\n"


def test_an_examined_article(registry_of: Callable[..., Registry], read_page: Callable[..., Examined]) -> None:
    held = registry_of(TERMS)
    examined = read_page(held, PAGE)
    again = unpack(pack(examined), held)

    assert again == examined
    assert [match.term for match in again.matches if match.term is not None] == list(held.terms)
    assert {id(match.term) for match in again.matches if match.term is not None} == {id(held.terms[0])}
