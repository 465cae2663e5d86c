"""docs/reference/policies.md is fresh, names every key, and holds: its examples lint, its values are equal as told."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from drift.assembly import linting as linting_room
from drift.engine import kinds
from drift.model.values import Bound, Comparison, Kind, Value
from drift.policies import load, schema
from drift.policies.reference import reference

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "policies.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def file_name(block: str) -> str:
    """Where a block would stand: two files have a name of their own, a policy is called as it says."""
    first = re.search(r"^(policy|scopes|reviewed):(?: (\S+))?$", block, re.MULTILINE)
    assert first, block
    return f"{first[2] or first[1]}.yaml"


POLICIES = [block for block in BLOCKS if file_name(block) not in ("scopes.yaml", "reviewed.yaml")]


def told(folder: Path, blocks: list[str]) -> list[str]:
    for block in blocks:
        (folder / file_name(block)).write_text(block, encoding="utf-8")
    problems, _ = linting_room.lint(folder, lambda: NOW)
    return [str(problem) for problem in problems]


def section(heading: str) -> str:
    return PAGE.partition(f"# {heading}\n")[2].partition("\n## ")[0]


def rows() -> list[list[str]]:
    """The rows of the tables of values: kind or form, spelled, equal, not equal."""
    lines = re.findall(r"^\| (.*) \|$", section("Values"), re.MULTILINE)
    return [re.split(r"(?<!\\) \| ", line) for line in lines if "`" in line]


def codes(text: str) -> list[str]:
    return [code.replace(r"\|", "|") for code in re.findall(r"`([^`]+)`", text)]


def pairs(sign: str) -> list[tuple[str, str]]:
    found = [pair for row in rows() for pair in re.findall(rf"`([^`]+)` {sign} `([^`]+)`", " ".join(row[2:]))]
    return [(one.replace(r"\|", "|"), other.replace(r"\|", "|")) for one, other in found]


def parsed(words: str) -> Value:
    return kinds.parse(words, kind=Kind("age") if "years" in words else None)


def test_the_committed_reference_is_fresh() -> None:
    """`python -m drift.policies.reference > docs/reference/policies.md` makes it anew."""
    assert reference() == PAGE


def test_it_names_every_key() -> None:
    keys = {key for part in (schema(), *schema()["$defs"].values()) for key in part.get("properties", {})}
    assert {"policy", "exceptions", "must", "not_topics", "also", "published_at", "is", "silent"} <= keys
    assert [key for key in (*keys, "scopes", "sentence", "nth") if f"| `{key}` |" not in PAGE] == []


def test_there_is_an_example_of_every_file_and_every_part_of_a_policy() -> None:
    assert {"scopes.yaml", "reviewed.yaml"} < {file_name(block) for block in BLOCKS}
    written = "\n".join(POLICIES)
    keys = {key for part in (schema(), *schema()["$defs"].values()) for key in part.get("properties", {})}
    assert [key for key in sorted(keys) if not re.search(rf"(?:^|[\s{{]){key}:", written)] == []


@pytest.mark.parametrize("block", POLICIES, ids=file_name)
def test_every_policy_can_be_used_as_it_stands(block: str, tmp_path: Path) -> None:
    assert told(tmp_path, [block]) == []


def test_all_of_them_make_one_registry(tmp_path: Path) -> None:
    assert told(tmp_path, BLOCKS) == []
    registry = load(tmp_path)
    assert [(one.name, one.default) for one in registry.dimensions] == [("channel", None), ("plan", "postpaid")]
    assert [answer.term for answer in registry.answers] == ["device-unlock/handling", None]


def test_what_is_outside_the_closed_set_is_refused(tmp_path: Path) -> None:
    scopes = next(block for block in BLOCKS if file_name(block) == "scopes.yaml")
    policy = next(block for block in POLICIES if "scope:" in block).replace("plan: prepaid", "plan: prepayed")
    (problem,) = told(tmp_path, [scopes, policy])
    assert "unknown plan 'prepayed'" in problem
    assert "(did you mean prepaid?)" in problem


def test_every_kind_and_every_bound_has_a_row() -> None:
    named = {codes(row[0])[0] for row in rows() if codes(row[0])}
    assert named == set(kinds.names())
    assert (
        codes(
            "".join(
                re.findall(r"^\| (`[^`]+`) \|", PAGE.partition("### bound\n")[2].partition("\n### ")[0], re.MULTILINE)
            )
        )
        == list(Bound)[:4]
    )


def test_what_is_spelled_is_of_its_kind() -> None:
    for row in rows():
        for spelled in codes(row[1]):
            if spelled in ("says", "kind: age"):
                continue
            assert not codes(row[0]) or parsed(spelled).kind == codes(row[0])[0], spelled


@pytest.mark.parametrize(("one", "other"), pairs("="))
def test_what_is_called_equal_is(one: str, other: str) -> None:
    assert kinds.compare(parsed(one), parsed(other)) is Comparison.SAME


@pytest.mark.parametrize(("one", "other"), pairs("≠"))
def test_what_is_called_unequal_is(one: str, other: str) -> None:
    assert kinds.compare(parsed(one), parsed(other)) is not Comparison.SAME


@pytest.mark.parametrize(
    ("listed", "kind"),
    [("Units of time", Kind("duration")), ("Data units", Kind("data size")), ("Units of measure", Kind("measure"))],
)
def test_every_unit_can_be_written(listed: str, kind: Kind) -> None:
    units = codes(PAGE.partition(f"**{listed}**: ")[2].partition(". ")[0].partition(".\n")[0])
    assert len(units) > 20
    assert [unit for unit in units if kinds.parse(f"2 {unit}").kind != kind] == []


def test_every_currency_and_sign_can_be_written() -> None:
    words = PAGE.partition("**Currencies**")[2].partition("\n- **")[0]
    currencies, signs = codes(words.partition(". A bare")[0]), codes(words.partition("as well: ")[2])
    assert len(currencies) > 140
    assert len(signs) > 20
    assert [one for one in currencies if kinds.parse(f"{one} 5").unit != one] == []
    assert [one for one in signs if kinds.parse(f"{one} 5").kind != "money"] == []
