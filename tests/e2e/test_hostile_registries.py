"""Whatever a registry holds, a check ends soon: with a report, or with what is wrong and where."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

RIGHT = "You can return unused goods within 30 days of delivery."
WRONG = RIGHT.replace("30", "14")
MEGABYTE = 1_000_000

Check = Callable[..., Any]
Start = Callable[..., subprocess.Popen[bytes]]


SPECIAL = [r"(", r"[a-z]+(", r"\d{3}", r"a|b", r"(a+)+$", r".*", r"^$", r"\\", r"*?+", r"{0}", "%s", r"\1", "$5", "😀"]


def test_a_registry_of_special_characters(policies: Path, check: Check) -> None:
    terms = [
        {"says": f"Goods {mark} can be returned within 9 days.", "value": "9 days", "term": f"t{at}", "topics": [mark],
         "not_topics": [f"{mark}x"], "must": [mark, f"{mark}goods"], "scope": {"plan": f"v{at}"}}
        for at, mark in enumerate(SPECIAL)
    ]  # fmt: skip
    special = {"policy": "special", "owner": "a@larkspur.example", "terms": terms}
    (policies / "special.yaml").write_text(json.dumps(special, ensure_ascii=False), encoding="utf-8")
    scopes = {"scopes": {"plan": {f"v{at}": [mark] for at, mark in enumerate(SPECIAL)}}}
    (policies / "scopes.yaml").write_text(json.dumps(scopes, ensure_ascii=False), encoding="utf-8")
    Path("a.md").write_text(WRONG + "".join(f"\n\nGoods {mark} can be returned within 8 days." for mark in SPECIAL))
    run = check("a.md", "--policies", str(policies))
    assert run.status == 1
    assert run.report["policies"]["terms"] == len(SPECIAL) + 1


def test_two_thousand_policies(policies: Path, check: Check, policy: str) -> None:
    for at in range(2_000):
        name = f"p{at}"
        (policies / f"{name}.yaml").write_text(policy.replace("policy: returns", f"policy: {name}"), encoding="utf-8")
    Path("a.md").write_text(f"{WRONG}\n\n" * 50, encoding="utf-8")
    run = check("a.md", "--policies", str(policies))
    assert run.report["policies"]["count"] == 2_001


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + at)}: &{chr(98 + at)} [{', '.join([f'*{chr(97 + at)}'] * 9)}]\n" for at in range(9)
)
BROKEN = {
    "laughs": LAUGHS,
    "deep": "[" * 100_000,
    "deep block": "".join(" " * depth + "a:\n" for depth in range(3000)),
    "wide": "{" + "a: b, " * 20_000 + "}",
    "anchors": "".join(f"- &a{at} x\n" for at in range(100_000)),
    "binary": "\x00\x01",
    "a list of nothing": "- \n" * 200_000,
    "no end": '"' + "x" * MEGABYTE,
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_registry_is_told_soon(policies: Path, case: str, start: Start) -> None:
    (policies / "broken.yaml").write_text(BROKEN[case], encoding="utf-8")
    Path("right.md").write_text(RIGHT, encoding="utf-8")
    process = start("check", "right.md", "--policies", str(policies))
    out, errors = process.communicate()
    assert (process.returncode, out) == (2, b"")
    assert b"broken.yaml" in errors
    assert b"Traceback" not in errors
