"""Files of one thing over and over: what is wrong is told a thousand times, and counted; too much is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from drift.files.builder import MAX_HOLLOW, MAX_PARTS
from drift.files.document import MOST_TOLD
from drift.policies import lint

HEAD = "policy: shop\nowner: shop@larkspur.example\n"
TERMS = "terms:\n  - {says: A phone can be returned within 30 days., value: 30 days}\n"
FAULTS = MOST_TOLD + 250


def messages(folder: Path, text: str) -> list[str]:
    (folder / "shop.yaml").write_text(text)
    problems, registry = lint(folder)
    assert registry is None
    return [problem.message for problem in problems if not problem.warning]


@pytest.mark.parametrize(
    ("text", "untold"),
    [
        (HEAD + TERMS + "applies_to:\n" + "  -\n" * FAULTS, 250),
        (HEAD + "terms:\n" + "  -\n" * FAULTS, 250),
        (HEAD + "terms:\n" + "  - {}\n" * FAULTS, 1833),  # no words and no value: what is one name twice is not counted
        (HEAD + "terms:\n" + "  - says:\n    value:\n" * FAULTS, 1835),
        (HEAD + TERMS + "".join(f"key-{at}: a\n" for at in range(FAULTS)), 250),
        (HEAD + TERMS + "".join(f"key-{at}:\n" for at in range(FAULTS)), 250),
        (HEAD + TERMS + "applies_to:\n" + "  - !a b\n" * FAULTS, 250),
    ],
)
def test_of_many_faults_a_thousand_are_told_and_the_others_counted(tmp_path: Path, text: str, untold: int) -> None:
    told = messages(tmp_path, text)
    assert (len(told), told.count(f"and {untold:,} more problems in this file")) == (MOST_TOLD + 1, 1)


def test_warnings_past_the_last_that_is_told_hide_no_problem(tmp_path: Path) -> None:
    warned = "  - {{term: t{at}, says: A fee., value: free, bound: at least}}\n"
    text = HEAD + "terms:\n" + "".join(warned.format(at=at) for at in range(FAULTS)) + "applies_to: [a b]\n"
    assert messages(tmp_path, text) == ["'a b' holds a space"]


@pytest.mark.parametrize("item", ["{}", "[]", "{ }"])
def test_a_file_of_too_many_empty_items_is_refused_before_they_are_looked_at(tmp_path: Path, item: str) -> None:
    text = HEAD + "terms:\n" + f"  - {item}\n" * (MAX_HOLLOW + 1)
    assert messages(tmp_path, text) == ["more than 10,000 empty items of lists in one file"]


def test_a_file_of_too_many_parts_is_refused_where_they_are_too_many(tmp_path: Path) -> None:
    text = HEAD + "applies_to: [\n" + "~,\n" * MAX_PARTS + "]\n"
    assert messages(tmp_path, text) == ["more than 400,000 keys and values in one file"]
