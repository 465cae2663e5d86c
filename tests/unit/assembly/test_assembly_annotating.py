"""The annotator of a drift.yaml asks through the gate that the same file opens, or is nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from annotator_benches import HTTP_FAULTS, NOON, Slept
from model_standin import KEY, MODEL, ChatStandIn
from rule_questions import RULES, UNLOCK

from drift.assembly.annotating import annotator, mark
from drift.model.annotation import Annotation
from drift.model.errors import AnnotatorError, StoppedError
from drift.settings import Settings, load

LOOPBACK = 'fetching: {allow_private: ["127.0.0.0/8"]}\n'


@pytest.fixture
def standin() -> Iterator[ChatStandIn]:
    made = ChatStandIn()
    yield made
    made.close()


def settings(folder: Path, standin: ChatStandIn | None, more: str = "") -> Settings:
    text = f"sources: [{{name: help, kind: urls, at: https://help.larkspur.example/a}}]\n{more}"
    if standin is not None:
        at = f"http://127.0.0.1:{standin.receiver.port}/v1"
        text += f"annotator: {{kind: openai, at: '{at}', model: {MODEL}, key: {{env: KEY}}, timeout: 10 minutes}}\n"
    (folder / "drift.yaml").write_text(text, encoding="utf-8")
    return load(folder / "drift.yaml", {"KEY": KEY})


def test_nobody_is_asked(tmp_path: Path) -> None:
    with annotator(settings(tmp_path, None), lambda: NOON, sleep=Slept()) as found:
        assert found is None


def test_a_model_on_this_machine(tmp_path: Path, standin: ChatStandIn) -> None:
    with annotator(settings(tmp_path, standin, LOOPBACK), lambda: NOON, sleep=Slept()) as found:
        assert found
        (said,) = found.answers([UNLOCK])
    assert isinstance(said, Annotation)
    assert (said.term, said.model) == (RULES[0].name, MODEL)


def test_a_machine_that_is_not_opened_is_asked_nothing(tmp_path: Path, standin: ChatStandIn) -> None:
    with annotator(settings(tmp_path, standin), lambda: NOON, sleep=Slept()) as found:
        assert found
        with pytest.raises(AnnotatorError, match="private network, which `allow_private` opens") as caught:
            list(found.answers([UNLOCK]))
    assert not caught.value.transient
    assert standin.receiver.requests == []


def test_whoever_stops_it_is_not_kept_waiting(tmp_path: Path, standin: ChatStandIn) -> None:
    def stopped(_seconds: float) -> None:
        raise StoppedError

    standin.fails = lambda _number: HTTP_FAULTS["throttled"]
    with annotator(settings(tmp_path, standin, LOOPBACK), lambda: NOON, sleep=stopped) as found:
        assert found
        with pytest.raises(StoppedError):
            list(found.answers([UNLOCK]))


def test_marks_are_another_each_time() -> None:
    marks = {mark() for _ in range(100)}
    assert len(marks) == 100
    assert {len(each) for each in marks} == {16}
    assert all(each.isalnum() for each in marks)
