"""A kind of value that this test makes is added to the list, and works from a registry and an article to a verdict."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from drift.__main__ import main
from drift.engine import kinds
from drift.engine.kinds import table
from drift.engine.kinds.base import FoldedText, KindOfValue, plain, valued
from drift.engine.numbers import Number
from drift.model import Found
from drift.model.values import Kind, Value

KIND = Kind("temperature")
AMOUNT = r"(?P<amount>[-−]?[0-9]+(?:\.[0-9]+)?)"
WRITTEN = re.compile(rf"{AMOUNT} ?°C")
SIGN = re.compile(r"(?<![\w-])(?:-|−|minus )\Z")
DEGREES = re.compile(r" ?(?:°|degrees )c(?![^\W_])")


def read(text: FoldedText, number: Number) -> Found | None:
    unit = DEGREES.match(text.folded, number.end)
    if unit is None or number.is_range:
        return None
    sign = SIGN.search(text.folded, max(0, number.start - 6), number.start)
    amounts = [-amount if sign else amount for amount in number.numerals]
    return Found(valued(KIND, amounts, False, "°C"), sign.start() if sign else number.start, unit.end())


def parse(words: str, dollars: str) -> Value | None:
    match = WRITTEN.fullmatch(words)
    return match and valued(KIND, [Decimal(match["amount"].replace("−", "-"))], False, "°C")


TEMPERATURE = KindOfValue(
    KIND,
    parse,
    lambda amount, unit: f"{plain(amount)} {unit}",
    lambda amount, unit: ("temperature", amount),
    read=read,
    inflected=False,
    negative=True,
    sized=True,
)
POLICY = """
policy: freezers
owner: store@larkspur.example
terms:
  - term: freezer-temperature
    says: Frozen meals are kept in the freezer at {says} or colder.
    value: {value}
    customer_prefers: less
    topics: [in the freezer, frozen meals]
"""


@pytest.fixture(autouse=True)
def _listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "KINDS", (TEMPERATURE, *table.KINDS))


def checked(folder: Path, value: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    (folder / "policies").mkdir()
    policy = POLICY.replace("{value}", f'"{value}"').replace("{says}", value)
    (folder / "policies" / "freezers.yaml").write_text(policy, encoding="utf-8")
    (folder / "page.md").write_text(f"# Frozen meals\n\n{sentence}\n", encoding="utf-8")
    command = ["check", str(folder / "page.md"), "--policies", str(folder / "policies"), "--format", "json"]
    assert main(command) in (0, 1)
    (statement,) = json.loads(capsys.readouterr().out)["statements"]
    assert isinstance(statement, dict)
    return statement


@pytest.mark.parametrize(
    ("sentence", "published", "verdict", "harm"),
    [
        ("Keep frozen meals in the freezer at -18 °C.", "-18 °C", "agrees", None),
        ("Keep frozen meals in the freezer at minus 18 degrees C.", "-18 °C", "agrees", None),
        ("Keep frozen meals in the freezer at 18 °C.", "18 °C", "diverges", "harsh"),
        ("Keep frozen meals in the freezer at −21 °C.", "-21 °C", "diverges", "generous"),
    ],
)
def test_from_a_registry_and_an_article_to_a_verdict(
    sentence: str, published: str, verdict: str, harm: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    statement = checked(tmp_path, "-18 °C", sentence, capsys)
    assert (statement["published"], statement["expected"]) == (published, "-18 °C")
    assert (statement["verdict"], statement["harm"]) == (verdict, harm)


def test_a_range_of_them_and_the_name_of_the_kind() -> None:
    value = kinds.parse("-21 °C..-18 °C", kind=KIND)
    assert (value.low, value.high, kinds.show(value)) == (Decimal(-21), Decimal(-18), "-21 °C..-18 °C")
    assert kinds.parse("-21..-18 °C") == value
    with pytest.raises(ValueError, match="not in ascending order"):
        kinds.parse("-18 °C..-21 °C")
    assert KIND in kinds.names()
