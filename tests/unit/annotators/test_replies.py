"""A reply is one answer about what was offered, or none."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drift.annotators.replies import ReplyError, RuleReply, agreed, read

NAMES = ("device-unlock/postpaid-wait", "refunds/window")
GOOD = '{"rule": 2, "p": 0.75, "why": "it is about returns"}'
SAID = RuleReply("refunds/window", 0.75, "it is about returns")


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"\n {GOOD}\n",
        f"```json\n{GOOD}\n```",
        f"Sure! Here is {{my}} answer: {GOOD} Let me know if I can help { {1} }.",
        f"{GOOD} To repeat: {GOOD}",
        f'<think>Is it {{"rule": 1, "p": 0.9}}? No: {{"rule": </think>\n\n{GOOD}',
        GOOD.replace("2", '"refunds/window"'),
        GOOD.replace("2", '"2"'),
        GOOD.replace("2", "2.0"),
        GOOD[:-1] + ', "step": {"deep": [1, {"rule": 1}]}}',
        GOOD.replace("0.75", "75e-2"),
    ],
)
def test_one_answer(text: str) -> None:
    assert read(text, NAMES) == SAID


@pytest.mark.parametrize("none", ["null", '"none"', '"NULL"', '"No rule"'])
def test_none(none: str) -> None:
    assert read(f'{{"rule": {none}, "p": 1}}', NAMES) == RuleReply(None, 1.0, "")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "holds no JSON object"),
        ("null", "holds no JSON object"),
        ("The rule is 2, I am 75 % sure.", "holds no JSON object"),
        ("[1, 2]", "holds no JSON object"),
        ("{}", "does not say which rule"),
        ('{"answer": {"rule": 2, "p": 0.75}}', "does not say which rule"),
        (GOOD[:-1], "malformed or breaks off"),
        (GOOD[:20], "malformed or breaks off"),
        (f'{{"answer": {GOOD}', "malformed or breaks off"),
        (GOOD.replace('"p"', "p"), "malformed or breaks off"),
        (GOOD.replace("0.75", "NaN"), "malformed or breaks off"),
        (GOOD.replace("0.75", "Infinity"), "malformed or breaks off"),
        (GOOD.replace('"why"', '"rule"'), "malformed or breaks off"),
        (f"{GOOD} {GOOD.replace('2', '1')}", "two different answers"),
        (f"{GOOD} {GOOD.replace('0.75', '0.8')}", "two different answers"),
        (GOOD.replace("2", "3"), "names a rule that was not offered"),
        (GOOD.replace("2", "-1"), "names a rule that was not offered"),
        (GOOD.replace("2", '""'), "names a rule that was not offered"),
        (GOOD.replace("2", '"refunds"'), "names a rule that was not offered"),
        (GOOD.replace("2", "1e999"), "names a rule that was not offered"),
        (GOOD.replace("2", "9" * 5_000), "malformed or breaks off"),
        (GOOD.replace("0.75", "1.01"), "sure by something else"),
        (GOOD.replace("0.75", "1e999"), "sure by something else"),
        (GOOD.replace("0.75", '"0.75"'), "does not say how sure"),
        (GOOD.replace("0.75", "true"), "does not say how sure"),
        ('{"rule": 2}', "does not say how sure"),
        ("x" * 70_000, "far too long"),
        ('{"a":' * 10_000, "malformed or breaks off"),
    ],
)
def test_no_answer(text: str, why: str) -> None:
    with pytest.raises(ReplyError, match=why):
        read(text, NAMES)


@given(st.text(alphabet='{}[]",:rulep 0.1n\\', max_size=60))
def test_anything_is_read_or_counts_for_nothing(text: str) -> None:
    try:
        said = read(text, NAMES)
    except ReplyError:
        return
    assert said.rule in (None, *NAMES)
    assert 0 <= said.probability <= 1


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner), max_leaves=5))
def test_any_value_of_a_key_is_an_answer_or_none(value: object) -> None:
    for key in ("rule", "p", "why"):
        try:
            said = read(json.dumps({"rule": 1, "p": 0.5, "why": "so"} | {key: value}), NAMES)
        except ReplyError:
            continue
        assert said.rule in (None, *NAMES)
        assert 0 <= said.probability <= 1
        assert len(said.why) <= 200


def test_a_reply_that_is_made_to_be_slow_is_not() -> None:
    for text in ("{" * 65_000, '{"' * 32_000, "{}" * 32_000, "<think>" * 9_000, '{"a":' * 13_000, "[{" * 30_000):
        began = time.process_time()
        with pytest.raises(ReplyError):
            read(text, NAMES)
        assert time.process_time() - began < 2


def test_two_answers_together_are_the_less_sure_of_them() -> None:
    assert agreed(SAID, RuleReply(SAID.rule, 0.5, "other words")) == RuleReply(SAID.rule, 0.5, SAID.why)
    with pytest.raises(ReplyError, match="the two wordings got different answers"):
        agreed(SAID, RuleReply(None, 0.9, ""))
