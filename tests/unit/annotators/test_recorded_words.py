"""The words of a recorded answer are shown as those of any other: one line, nothing that a terminal obeys."""

from __future__ import annotations

import json
from pathlib import Path

from annotator_benches import NOON
from rule_questions import RULES, question

from drift.annotators.recorded import Recorded
from drift.model.annotation import Annotation


def test_the_reason_is_short_and_only_text(tmp_path: Path) -> None:
    line = {"sentence": "A fee of [[$5]].", "rules": [RULES[2].name], "rule": RULES[2].name, "p": 1}
    file = tmp_path / "answers.jsonl"
    file.write_text(json.dumps(line | {"why": "\x1b[31mred\u202e\n" + "x" * 1_000}), encoding="utf-8")
    (said,) = Recorded(file, lambda: NOON).answers([question("A fee of $9.", "$9")])
    assert isinstance(said, Annotation)
    assert said.why.startswith("\\x1b[31mred\\u202e xxx")
    assert len(said.why) == 200
