"""Services that speak alike differ in what they take: what one refuses by name is not sent to it again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from annotator_benches import AnthropicBench, AzureBench, OpenAIBench
from model_standin import answer, careful
from receiver import Reply
from rule_questions import UNLOCK, numbered

from drift.annotators import anthropic, openai
from drift.model.annotation import Annotation, Unanswered

SCHEMA = "This model does not support response format `json_schema`."
JSON = "'response_format.type' must be 'text' here"
LENGTH = "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
HEAT = "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported."


@pytest.fixture
def bench() -> Iterator[OpenAIBench]:
    made = OpenAIBench(at_once=1)
    yield made
    made.close()


def sent(bench: OpenAIBench) -> list[tuple[str | None, str | None, object]]:
    """Of every request the form of the reply, the name of its limit, and the temperature."""
    return [
        (
            body.get("response_format", {}).get("type"),
            next((name for name in body if name.startswith("max_")), None),
            body.get("temperature"),
        )
        for body in bench.standin.bodies
    ]


def test_what_is_sent_to_begin_with(bench: OpenAIBench) -> None:
    list(bench.annotator.answers([UNLOCK]))
    assert sent(bench) == [("json_schema", "max_tokens", 0)]
    (body,) = bench.standin.bodies
    assert set(body) == {"model", "messages", "response_format", "max_tokens", "temperature"}
    (request,) = bench.standin.receiver.requests
    assert request.headers["x-gateway-token"] == "gateway-t0ken"


def test_what_is_refused_by_name_is_not_sent_again(bench: OpenAIBench) -> None:
    bench.standin.refuses = {"json_schema": SCHEMA, "json_object": JSON, "max_tokens": LENGTH, "temperature": HEAT}
    said = list(bench.annotator.answers(numbered(3)))
    assert all(isinstance(each, Annotation) for each in said)
    assert sent(bench)[-3:] == [(None, "max_completion_tokens", None)] * 3
    assert len(sent(bench)) == 4 + 3


def test_json_of_any_form_where_no_schema_is_taken(bench: OpenAIBench) -> None:
    bench.standin.refuses = {"json_schema": SCHEMA}
    list(bench.annotator.answers(numbered(2)))
    assert [form for form, _, _ in sent(bench)] == ["json_schema", "json_object", "json_object"]


def test_threads_that_learn_at_the_same_time(bench: OpenAIBench) -> None:
    bench.standin.refuses = {"json_schema": SCHEMA, "json_object": JSON, "max_tokens": LENGTH, "temperature": HEAT}
    many = OpenAIBench(at_once=8)
    many.standin.refuses = bench.standin.refuses
    try:
        said = list(many.annotator.answers(numbered(50)))
    finally:
        many.close()
    assert sum(isinstance(each, Annotation) for each in said) == 50
    assert len(many.standin.bodies) <= 50 + 4 * 8


def test_a_refusal_of_something_else_is_the_question_s(bench: OpenAIBench) -> None:
    bench.standin.refuses = {"messages": "the text is against our rules"}
    (said,) = bench.annotator.answers([UNLOCK])
    assert isinstance(said, Unanswered)
    assert said.why.endswith("HTTP 400: the text is against our rules")
    assert len(bench.standin.bodies) == 1


def test_a_plain_text_model_is_read(bench: OpenAIBench) -> None:
    bench.standin.say = lambda system, user: f"<think>Hm.</think>Well:\n```json\n{careful(system, user)}\n```\nSure?"
    (said,) = bench.annotator.answers([UNLOCK])
    assert isinstance(said, Annotation)


def test_azure() -> None:
    bench = AzureBench()
    try:
        (said,) = bench.annotator.answers([UNLOCK])
    finally:
        bench.close()
    assert isinstance(said, Annotation)


@pytest.mark.parametrize(
    ("at", "version", "address"),
    [
        ("https://api.openai.com/v1", None, "https://api.openai.com/v1/chat/completions"),
        ("http://127.0.0.1:11434/v1/", None, "http://127.0.0.1:11434/v1/chat/completions"),
        ("https://x.example/d/l", "2024&a=b", "https://x.example/d/l/chat/completions?api-version=2024%26a%3Db"),
    ],
)
def test_addresses(at: str, version: str | None, address: str) -> None:
    assert openai.address(at, version) == address


@pytest.mark.parametrize(
    "at", ["https://a.example", "https://a.example/", "https://a.example/v1", "https://a.example/v1/"]
)
def test_addresses_of_messages(at: str) -> None:
    assert anthropic.address(at) == "https://a.example/v1/messages"


CHOICE: dict[str, Any] = {"finish_reason": "stop", "message": {"content": answer(1)}}
CUT = "the reply was cut off at its limit"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"choices": [CHOICE | {"finish_reason": "length"}]}, CUT),
        ({"choices": [CHOICE | {"finish_reason": "content_filter"}]}, "the service filtered the reply out"),
        ({"choices": [{"message": {"content": answer(1), "refusal": "I cannot."}}]}, "the model refused to answer"),
        ({"choices": [{"message": {"content": None}}]}, "the service's reply is malformed"),
        ({"choices": [{"message": {"tool_calls": []}}]}, "the service's reply is malformed"),
        ({"choices": {}}, "the service's reply is malformed"),
        ({"choices": []}, "the service's reply is malformed"),
    ],
)
def test_completions_that_are_no_answer(bench: OpenAIBench, body: dict[str, Any], why: str) -> None:
    counted = body | {"usage": {"prompt_tokens": 500, "completion_tokens": 7}}
    bench.standin.receiver.replies.append(Reply(200, json.dumps(counted).encode()))
    (said,) = bench.annotator.answers([UNLOCK])
    assert said == Unanswered(UNLOCK.key, why, True, 507)


@pytest.mark.parametrize("usage", [None, [], {"total_tokens": "many"}, {"total_tokens": -1}, {"total_tokens": True}])
def test_tokens_that_are_not_counted(bench: OpenAIBench, usage: object) -> None:
    body = {"choices": [{"message": {"content": [{"type": "text", "text": answer(1)}]}}], "usage": usage}
    bench.standin.receiver.replies.append(Reply(200, json.dumps(body).encode()))
    (said,) = bench.annotator.answers([UNLOCK])
    assert isinstance(said, Annotation)
    assert said.tokens == 0


def test_messages() -> None:
    bench = AnthropicBench(at_once=1)
    try:
        bench.standin.refuses = {"temperature": "`temperature` may only be set to 1 when thinking is enabled"}
        assert all(isinstance(each, Annotation) for each in bench.annotator.answers(numbered(2)))
        assert [body.get("temperature") for body in bench.standin.bodies] == [0, None, None]
        for reason, why in (("max_tokens", CUT), ("refusal", "the model refused to answer")):
            body = {"content": [{"type": "text", "text": answer(1)}], "stop_reason": reason}
            bench.standin.receiver.replies.append(Reply(200, json.dumps(body).encode()))
            assert list(bench.annotator.answers([UNLOCK])) == [Unanswered(UNLOCK.key, why, True)]
    finally:
        bench.close()
