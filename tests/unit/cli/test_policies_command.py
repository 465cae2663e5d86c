"""`drift policies` and `drift init`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from drift.__main__ import main

Said = pytest.CaptureFixture[str]


@pytest.mark.usefixtures("place")
def test_lint_of_good_policies(capsys: Said) -> None:
    assert main(["policies", "lint"]) == 0
    assert capsys.readouterr().out.startswith("2 terms of 1 policy: 0 problems, ")


def test_lint_tells_everything_at_once(place: Path, capsys: Said) -> None:
    text = (place / "policies" / "returns.yaml").read_text(encoding="utf-8")
    wrong = text.replace("value: 15%", "value: fifteen-ish").replace("customer_prefers: more", "customer_prefers: most")
    (place / "policies" / "returns.yaml").write_text(wrong, encoding="utf-8")
    assert main(["policies", "lint"]) == 2
    said = capsys.readouterr()
    assert "returns.yaml:9:" in said.err
    assert "returns.yaml:12:" in said.err
    assert said.err.count("^") == 2
    assert said.out == "no registry: 2 problems, 0 warnings\n"


def test_lint_warns_of_what_only_looks_wrong(place: Path, capsys: Said) -> None:
    file = place / "policies" / "returns.yaml"
    text = file.read_text(encoding="utf-8").replace("value: 30 days", "value: 40 days")
    ended = "{term: return-window, article: '**', value: 9 days, reason: old plan, by: ana, until: 2020-01-31}"
    file.write_text(f"{text}exceptions: [{ended}]\n", encoding="utf-8")
    assert main(["policies", "lint"]) == 0
    said = capsys.readouterr()
    assert "warning: 'says' of 'return-window' names 30 days, its value is 40 days" in said.err
    assert "warning: the exception of 'return-window' ended on 2020-01-31" in said.err
    assert said.out == "2 terms of 1 policy: 0 problems, 2 warnings\n"


def test_examples_are_run_by_lint_and_by_test(place: Path, capsys: Said) -> None:
    text = (place / "policies" / "returns.yaml").read_text(encoding="utf-8")
    states = "    examples: {states: [We answer within 2 days.]}\n"
    (place / "policies" / "returns.yaml").write_text(text + states, encoding="utf-8")
    assert main(["policies", "test"]) == 2
    said = capsys.readouterr()
    assert said.out == "1 example, 1 failed\n"
    assert "We answer within 2 days." in said.err
    assert main(["policies", "lint"]) == 2
    assert "We answer within 2 days." in capsys.readouterr().err


@pytest.mark.usefixtures("place")
def test_show_all_and_one(capsys: Said) -> None:
    assert main(["policies", "show", "--as-of", "2026-11-21"]) == 0
    assert "  return-window   at most 30 days\n" in capsys.readouterr().out
    assert main(["policies", "show", "return-window"]) == 0
    assert "  says       Unused goods can be returned within 30 days of delivery.\n" in capsys.readouterr().out
    assert main(["policies", "show", "return-windw"]) == 2
    assert "return-window" in capsys.readouterr().err


def test_schema_is_a_schema(capsys: Said) -> None:
    assert main(["policies", "schema"]) == 0
    assert "terms" in json.loads(capsys.readouterr().out)["properties"]


def test_init_writes_a_policy_that_lints_without_a_warning(tmp_path: Path, capsys: Said) -> None:
    folder = tmp_path / "new" / "policies"
    assert main(["init", str(folder)]) == 0
    assert {path.name for path in folder.iterdir()} == {"returns.yaml", "policy.schema.json"}
    capsys.readouterr()
    assert main(["policies", "lint", "--policies", str(folder)]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out == "2 terms of 1 policy: 0 problems, 0 warnings\n"


def test_init_where_no_folder_can_be_made(place: Path, capsys: Said) -> None:
    assert main(["init", str(place / "right.md" / "policies")]) == 2
    assert "cannot be written" in capsys.readouterr().err
