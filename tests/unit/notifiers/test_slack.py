"""What Slack is sent, what it answers, and how much of it there may be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import block_kit
import pytest
from benches import LATER, SOON, means, poster
from receiver import Reply
from sample_messages import HOSTILE, OPENED, UNREAD, hostile, message
from slack_standin import STATUSES, SlackStandIn, said

from drift.model.alert import Message
from drift.model.errors import DeliveryError, DeliveryFailure
from drift.model.responses import Response
from drift.notifiers import slack
from drift.notifiers.slack import Slack

LINK = "https://drift.larkspur.example/findings"


class Saying:
    """An Http that gives one answer."""

    def __init__(self, response: Response) -> None:
        self.response = response

    def post(self, *_: object, **__: object) -> Response:
        return self.response


@pytest.fixture
def standin() -> Iterator[SlackStandIn]:
    made = SlackStandIn()
    yield made
    made.close()


def failure(response: Response) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        Slack("content", "https://hooks.slack.example/services/x", Saying(response)).send(message(OPENED))
    return caught.value


@pytest.mark.parametrize("word", STATUSES)
def test_every_word_of_slack_is_put_into_words(word: str) -> None:
    reply = said(word)
    error = failure(Response(reply.status, reply.body, {}))
    assert f"({word})" in str(error)
    assert len(str(error)) > len(word) + 20
    assert error.transient is (reply.status >= 500)


@pytest.mark.parametrize("body", [b"", b"<html>no</html>", b"\xff\xfe", b"https://hooks.slack.example/services/x"])
def test_anything_else_it_says_is_left_out(body: bytes) -> None:
    assert str(failure(Response(404, body, {}))) == "HTTP 404"


def test_a_word_nobody_knew_is_repeated() -> None:
    assert str(failure(Response(403, b"org_login_required", {}))) == "HTTP 403: org_login_required"


def test_a_web_page_is_no_arrival() -> None:
    error = failure(Response(200, b"<html>Sign in to the proxy</html>", {"content-type": "text/html; charset=utf-8"}))
    assert (error.failure, error.transient) == (DeliveryFailure.SERVER_ERROR, True)


def test_messages_of_any_text_arrive_valid(standin: SlackStandIn) -> None:
    """Every hostile text in every field, each in a message of its own."""
    notifier = Slack("content", standin.url, poster())
    for number, text in enumerate(HOSTILE * 5):
        told = hostile(number, text)
        notifier.send(message(told, heading=told.title))
    assert len(standin.messages) == 5 * len(HOSTILE)
    assert standin.refusals == []


@pytest.mark.parametrize("text", HOSTILE, ids=[ascii(text)[1:25] for text in HOSTILE])
@pytest.mark.parametrize("count", [1, 2, 3, 4, 30, 200])
def test_any_number_of_them_is_within_the_limits(text: str, count: int) -> None:
    tolds = [hostile(number, text) for number in range(count)]
    payload = slack.payload(message(*tolds, left_out=7, link=f"{LINK}?{text}"))
    assert block_kit.refused(payload) is None
    assert f"And {count + 7 - told_of(payload)} more" in json.dumps(payload["blocks"][-1])


def told_of(payload: dict[str, Any]) -> int:
    """How many findings a message tells of."""
    return len(set(re.findall("F-[0-9a-f]{8}", json.dumps(payload["blocks"]))))


def shown(made: Message) -> str:
    payload = slack.payload(made)
    assert block_kit.refused(payload) is None
    return block_kit.shown(payload)


def test_two_are_told_in_full_and_of_more_the_first() -> None:
    tolds = [replace(OPENED, finding=f"F-0000000{number}") for number in range(2)]
    assert shown(message(*tolds)).count("Should be:") == 2
    assert shown(message(*tolds, OPENED)).count("Should be:") == 1


def test_the_most_important_are_told_and_the_others_counted() -> None:
    tolds = [replace(OPENED, finding=f"F-{number:08d}") for number in range(100)]
    text = shown(message(*tolds, left_out=400, link=LINK))
    told = [number for number in range(100) if f"F-{number:08d}" in text]
    assert told == list(range(len(told)))
    assert len(told) > 10
    assert f"And {500 - len(told)} more, less important. [See all]" in text


def test_one_that_is_too_long_is_named_and_the_others_told() -> None:
    endless = replace(OPENED, finding="F-00000001", moment=f"A customer is told {'9' * 9_000} days.")
    text = shown(message(endless, OPENED))
    assert "[F-00000001] is too long to be told here whole." in text
    assert OPENED.moment in text


def test_the_fallback_tells_as_much_as_it_can() -> None:
    text = slack.payload(message(*[OPENED] * 40))["text"]
    assert text.startswith("Device unlock: 40 statements contradict the policy\nA customer who reads")
    assert len(text) <= slack.FALLBACK + 80
    left = 40 - text.count("A customer who reads")
    assert text.endswith(f"And {left} more, less important; `drift findings list` shows all.")


def test_what_has_no_page_is_told_without_a_link() -> None:
    tolds = [
        replace(UNREAD, article=None, page_link=None, moment=f"Source {number} is not read.") for number in range(5)
    ]
    assert "• Source 4 is not read. *help-centre*" in shown(message(*tolds))


def test_who_posts_too_fast_is_told_to_wait() -> None:
    now = [0.0]
    standin = SlackStandIn(per_second=1.0, burst=2, timer=lambda: now[0])
    try:
        notifier = Slack("content", standin.url, means().http)
        notifier.send(message(OPENED))
        notifier.send(message(OPENED))
        with pytest.raises(DeliveryError) as caught:
            notifier.send(message(OPENED))
        assert (caught.value.failure, caught.value.retry_after) == (DeliveryFailure.THROTTLED, 1.0)
        now[0] = 1.0
        notifier.send(message(OPENED))
        assert len(standin.messages) == 3
    finally:
        standin.close()


def section(length: int) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": "a" * length}}


HEADER = {"type": "header", "text": {"type": "plain_text", "text": "a" * 151}}


@pytest.mark.parametrize(
    ("payload", "word"),
    [
        ({"blocks": []}, "no_text"),
        ({"text": " "}, "no_text"),
        ([], "invalid_payload"),
        ({"text": "a", "bloks": []}, "invalid_payload"),
        ({"text": "a" * 40_001}, "msg_too_long"),
        ({"text": "a", "blocks": [{"type": "divider"}] * 51}, "invalid_blocks"),
        ({"text": "a", "blocks": [{"type": "rich_text", "elements": []}]}, "invalid_blocks"),
        ({"text": "a", "blocks": [HEADER]}, "invalid_blocks"),
        ({"text": "a", "blocks": [section(3_001)]}, "invalid_blocks"),
        ({"text": "a", "blocks": [section(2_900)] * 4}, "msg_blocks_too_long"),
    ],
)
def test_the_stand_in_refuses_what_slack_refuses(payload: Any, word: str) -> None:
    assert block_kit.refused(payload) == word


@pytest.mark.parametrize(
    "element",
    [
        {"type": "text", "text": ""},
        {"type": "text", "text": "a", "style": {"big": True}},
        {"type": "text", "text": "a", "mrkdwn": True},
        {"type": "link", "url": "javascript:alert(1)", "text": "a"},
        {"type": "link", "url": "https://help.larkspur.example/a b", "text": "a"},
        {"type": "broadcast", "range": "channel"},
        {"type": "user", "user_id": "U1"},
    ],
)
def test_the_stand_in_takes_no_element_that_drift_may_not_send(element: dict[str, Any]) -> None:
    blocks = [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [element]}]}]
    assert block_kit.refused({"text": "a", "blocks": blocks}) == "invalid_blocks"


def test_a_slow_answer_and_then_a_good_one(standin: SlackStandIn) -> None:
    standin.fail(Reply(after=LATER), Reply(reset=True), "rollup_error")
    hasty = Slack("content", standin.url, means(SOON).http)
    notifier = Slack("content", standin.url, means().http)
    with pytest.raises(DeliveryError) as caught:
        hasty.send(message(OPENED))
    assert (caught.value.failure, caught.value.transient) == (DeliveryFailure.TIMEOUT, True)
    for failure_class in (DeliveryFailure.UNREACHABLE, DeliveryFailure.SERVER_ERROR):
        with pytest.raises(DeliveryError) as caught:
            notifier.send(message(OPENED))
        assert (caught.value.failure, caught.value.transient) == (failure_class, True)
    notifier.send(message(OPENED))
    assert len(standin.messages) == 1
