"""The list of annotators, and what they are made of."""

from __future__ import annotations

import pytest
from annotator_benches import Slept, asking, means

from drift.annotators import ANNOTATORS, made
from drift.settings.annotators import ANNOTATORS as ENTRIES


def test_a_kind_that_is_not_in_the_list() -> None:
    with pytest.raises(LookupError):
        made("oracle", asking(), means(Slept()))


def test_the_settings_have_every_kind() -> None:
    assert {kind.name for kind in ANNOTATORS} <= set(ENTRIES)
