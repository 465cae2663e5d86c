"""What the nouns know of themselves."""

from __future__ import annotations

import pytest

from drift.model import Page

HELP = "https://help.larkspur.example/"


@pytest.mark.parametrize(
    ("address", "glob", "means"),
    [
        (f"{HELP}unlock", f"{HELP}unlock", True),
        (f"{HELP}unlock/", f"{HELP}unlock", True),
        (f"{HELP}unlock", f"{HELP}unlock/", True),
        (f"{HELP}unlock?lang=en", f"{HELP}unlock", True),
        (f"{HELP}unlock#postpaid", f"{HELP}unlock", True),
        (f"{HELP}unlock/?a=1#b", f"{HELP}*", True),
        (f"{HELP}unlock-old", f"{HELP}unlock", False),
        ("help/unlock.md", "help/*.md", True),
        ("help/unlock.md", "HELP/*.md", False),
    ],
)
def test_a_glob_means_a_page_whatever_hangs_on_its_address(address: str, glob: str, means: bool) -> None:
    assert Page(address).lies_under(glob) is means
    assert Page("draft.md", address).lies_under(glob) is means
