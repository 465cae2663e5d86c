"""A folder of policies and articles to run commands on."""

from __future__ import annotations

from pathlib import Path

import pytest

POLICY = """\
policy: returns
owner: shop@larkspur.example
terms:
  - term: return-window
    says: Unused goods can be returned within 30 days of delivery.
    value: 30 days
    bound: at most
    topics: [return unused goods, send back goods]
    customer_prefers: more
  - term: restocking-fee
    says: The restocking fee for opened goods is 15% of the price.
    value: 15%
    topics: [restocking fee]
"""

RIGHT = "# Returns\n\nYou can return unused goods within 30 days of delivery.\n"
WRONG = "# Returns\n\nYou can return unused goods within 14 days of delivery.\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with `policies/returns.yaml`, `right.md` and `wrong.md`."""
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "returns.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "right.md").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "wrong.md").write_text(WRONG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path
