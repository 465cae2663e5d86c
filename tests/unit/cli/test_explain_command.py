"""`drift explain --term`: the edit it suggests is the one that does it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from drift.__main__ import main

Said = pytest.CaptureFixture[str]

OTHER_WORDS = "# Sending it back\n\nBring back your parcel within 14 days.\n"


@pytest.fixture
def article(place: Path) -> Path:
    """An article that states the return window in words that its term does not have."""
    path = place / "parcel.md"
    path.write_text(OTHER_WORDS, encoding="utf-8")
    return path


def suggested(capsys: Said, *arguments: str) -> list[dict[str, Any]]:
    main(["explain", *arguments, "--format", "json"])
    claims = json.loads(capsys.readouterr().out)["claims"]
    return [suggestion for claim in claims for suggestion in claim["suggestions"]]


@pytest.mark.usefixtures("article")
def test_the_edit_made_in_the_file_does_what_was_said(place: Path, capsys: Said) -> None:
    found = suggested(capsys, "parcel.md", "--line", "3", "--term", "return-window")
    assert [suggestion["states"] for suggestion in found] == [True, False]  # unclear: an owner may want either
    suggestion = found[0]
    edit = suggestion["edit"]
    assert (edit["action"], edit["key"], edit["where"]) == ("add", "topics", "returns/return-window")
    assert suggestion["verdict"] == "diverges"
    file = place / "policies" / "returns.yaml"
    assert edit["place"].startswith(str(Path("policies", "returns.yaml:4")))
    assert main(["check", "parcel.md"]) == 0
    taught = file.read_text("utf-8").replace("[return unused goods, ", f"[return unused goods, {edit['text']}, ")
    file.write_text(taught, encoding="utf-8")
    assert main(["check", "parcel.md"]) == 1


@pytest.mark.usefixtures("article")
def test_for_people_it_stands_under_the_verdict(capsys: Said) -> None:
    main(["explain", "parcel.md", "--line", "3", "--term", "return-window"])
    lines = capsys.readouterr().out.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("  verdict"))
    assert lines[at + 1].startswith("  to teach   to make it a statement of returns/return-window: add '")
    assert lines[at + 1].endswith("; it then diverges, and nothing else here changes")


@pytest.mark.usefixtures("article")
@pytest.mark.parametrize("arguments", [[], ["--line", "3"], ["--line", "1", "--term", "return-window"]])
def test_without_a_claim_and_a_term_nothing_is_tried(arguments: list[str], capsys: Said) -> None:
    assert suggested(capsys, "parcel.md", *arguments) == []


def test_of_many_claims_one_has_to_be_named(place: Path, capsys: Said) -> None:
    lines = [f"Return unused goods within {number} days of delivery.\n" for number in range(10, 21)]
    (place / "many.md").write_text("\n".join(lines), encoding="utf-8")
    main(["explain", "many.md", "--term", "return-window"])
    said = capsys.readouterr()
    assert "to teach" not in said.out
    assert said.err == "11 claims: name the line of one (--line) to see what would teach it\n"
    main(["explain", "many.md", "--term", "return-window", "--line", "3"])
    assert "to teach" in capsys.readouterr().out
