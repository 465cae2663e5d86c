"""What becomes of everything that a service may do wrong, for each kind that speaks HTTP, and for Azure."""

from __future__ import annotations

import contextlib
import logging
import random
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from annotator_benches import BENCHES, HTTP_FAULTS, OVER_HTTP, SOON, AnthropicBench, AzureBench, OpenAIBench
from receiver import Reply
from rule_questions import UNLOCK, expected, numbered
from waiting import PATIENCE

from drift.annotators.exchange import LATE, TRIES
from drift.model.annotation import Annotation, Unanswered
from drift.model.errors import AnnotatorError

OverHttp = OpenAIBench | AzureBench | AnthropicBench
Begin = Callable[..., OverHttp]

# fault -> whether trying again later may help, how often it is asked, and words that help
ENDS: dict[str, tuple[bool, int, str]] = {
    "unauthorized": (False, 1, "the key was refused (HTTP 401): annotator.key"),
    "forbidden": (False, 1, "the key may not do this: annotator.key, annotator.model; HTTP 403: *** may not use"),
    "no such model": (False, 1, 'annotator.model, annotator.at; HTTP 404: model "larch-2" not found, try pulling it'),
    "throttled": (True, TRIES, "it was asked too much at once: annotator.at_once; HTTP 429: slow down"),
    "throttled for long": (True, 1, "HTTP 429: come back tomorrow; it asks for 3600 seconds"),
    "paid up": (False, 1, "what was paid for is used up; HTTP 429: check your plan"),
    "elsewhere": (False, 1, "it sends us elsewhere"),
    "unusable": (False, 1, "the annotator refused; HTTP 415: no such media"),
    "reset": (True, TRIES, "nobody answers there, or the connection broke"),
}
# fault -> how often a question is asked, whether it was paid for, and why it is unanswered
UNANSWERED: dict[str, tuple[int, bool, str]] = {
    "server error": (TRIES, False, "the annotator failed; HTTP 503: the model is loading"),
    "slow": (LATE, False, "it was not answered in time"),
    "breaks off": (TRIES, False, "the reply broke off"),
    "refused": (1, False, "the annotator refused the question; HTTP 400: the prompt is too long"),
    "endless": (1, True, "the reply is far too long"),
    "no JSON": (1, True, "the service's reply is malformed"),
    "truncated JSON": (1, True, "the service's reply is malformed"),
    "another JSON": (1, True, "malformed"),
    "deep JSON": (1, True, "the service's reply is malformed"),
}


@pytest.fixture(params=OVER_HTTP)
def begin(request: pytest.FixtureRequest) -> Iterator[Begin]:
    begun: list[OverHttp] = []

    def begin(**options: Any) -> OverHttp:
        begun.append(OVER_HTTP[request.param](**options))
        return begun[-1]

    yield begin
    for each in begun:
        each.close()


def test_every_fault_and_every_kind_is_here() -> None:
    assert {*ENDS, *UNANSWERED} == set(HTTP_FAULTS)
    assert set(OVER_HTTP) - {"azure"} == set(BENCHES) - {"command"}


@pytest.mark.parametrize("fault", ENDS)
def test_what_is_wrong_with_a_service_ends_it_all(begin: Begin, fault: str) -> None:
    transient, asked, words = ENDS[fault]
    bench = begin(at_once=1)
    bench.fail(fault)
    with pytest.raises(AnnotatorError) as caught:
        list(bench.annotator.answers(numbered(5)))
    assert caught.value.transient is transient
    assert words in str(caught.value)
    assert len(bench.standin.receiver.requests) == asked


@pytest.mark.parametrize("fault", UNANSWERED)
def test_what_may_be_about_a_question_leaves_it_unanswered(begin: Begin, fault: str) -> None:
    asked, spent, words = UNANSWERED[fault]
    bench = begin(patience=SOON if fault == "slow" else PATIENCE)
    bench.fail(fault)
    (said,) = bench.annotator.answers([UNLOCK])
    assert isinstance(said, Unanswered)
    assert (said.spent, said.tokens) == (spent, 0)
    assert words in said.why
    assert len(bench.standin.receiver.requests) == asked


def test_one_question_that_a_service_chokes_on_keeps_no_other_from_being_asked(begin: Begin) -> None:
    questions = numbered(10)
    bench = begin(at_once=1)
    careful = bench.standin.say

    def choke(system: str, user: str) -> str:
        return "no idea" if "Case 4 " in user else careful(system, user)

    bench.standin.say = choke
    said = {each.key: each for each in bench.annotator.answers(questions)}
    assert [key for key, each in said.items() if isinstance(each, Unanswered)] == ["q-4"]


def test_a_service_that_fails_every_question_is_not_asked_them_all(begin: Begin) -> None:
    bench = begin(at_once=1)
    bench.fail("server error")
    said: list[Annotation | Unanswered] = []
    with pytest.raises(AnnotatorError, match=r"3 questions in a row: the annotator failed; HTTP 503") as caught:
        said += bench.annotator.answers(numbered(100))
    assert caught.value.transient
    assert len(bench.standin.receiver.requests) == 3 * TRIES


def test_a_service_that_fails_every_question_is_known_by_the_third_whoever_asks(begin: Begin) -> None:
    """Who asks page by page has one question at a time."""
    bench = begin(at_once=1)
    bench.fail("server error")
    one, two, three = numbered(3)
    assert all(isinstance(said, Unanswered) for each in (one, two) for said in bench.annotator.answers([each]))
    with pytest.raises(AnnotatorError, match="3 questions in a row"):
        list(bench.annotator.answers([three]))
    bench.standin.fails = lambda _number: None
    (said,) = bench.annotator.answers([three])
    assert isinstance(said, Annotation)


def test_a_service_that_asks_for_time_gets_it(begin: Begin) -> None:
    bench = begin(at_once=1)
    bench.standin.receiver.replies.append(HTTP_FAULTS["throttled"])
    (said,) = bench.annotator.answers([UNLOCK])
    assert isinstance(said, Annotation)
    assert bench.slept.waits == [7.0]


def test_waits_grow(begin: Begin) -> None:
    bench = begin()
    bench.fail("server error")
    list(bench.annotator.answers([UNLOCK]))
    assert bench.slept.waits == [0.75, 1.5]  # three quarters of one and two seconds: the dice say a half


def test_what_was_on_its_way_when_it_failed_is_given(begin: Begin) -> None:
    """It was paid for."""
    bench = begin(at_once=2)
    failed = threading.Event()
    careful = bench.standin.say

    def fails(number: int) -> Reply | None:
        if number == 2:
            failed.set()
            return HTTP_FAULTS["unauthorized"]
        return None

    def after_that(system: str, user: str) -> str:
        assert failed.wait(PATIENCE)
        return careful(system, user)

    bench.standin.fails = fails
    bench.standin.say = after_that
    given: list[Annotation | Unanswered] = []
    with pytest.raises(AnnotatorError):
        given += bench.annotator.answers(numbered(50))
    assert 1 <= len(given) == len(bench.standin.asked) < 50


@pytest.mark.parametrize("fault", [*HTTP_FAULTS, "nobody there"])
def test_no_secret_is_ever_shown(begin: Begin, fault: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    bench = begin(patience=SOON if fault == "slow" else PATIENCE)
    bench.fail(fault)
    annotator = bench.annotator
    shown = [repr(annotator), str(annotator), repr(vars(annotator)), annotator.model, annotator.prompt]
    try:
        shown += [repr(each) for each in annotator.answers([UNLOCK])]
    except AnnotatorError as error:
        shown += [str(error), repr(error), "".join(traceback.format_exception(error))]
    shown.append(caplog.text)
    assert [secret for secret in bench.secrets for text in shown if secret in text] == []


MANY = 300  # questions, with some sixty faults
PASSING = ("throttled", "server error", "reset", "breaks off")


@pytest.mark.parametrize("seed", [1, 2])
def test_many_questions_with_faults_at_random(begin: Begin, seed: int) -> None:
    """Every answer lands once, none that came is asked for again, and the order does not matter."""
    chance = random.Random(seed)
    faults = {number: HTTP_FAULTS[chance.choice(PASSING)] for number in range(1, 20_000) if chance.random() < 0.2}
    questions = list(numbered(MANY))
    chance.shuffle(questions)
    bench = begin(at_once=8)
    bench.standin.fails = faults.get
    landed: list[Annotation] = []
    runs = 0
    while len(landed) < MANY:
        runs += 1
        assert runs < 50, "it gets nowhere"
        known = {each.key for each in landed}
        answers = bench.annotator.answers([each for each in questions if each.key not in known])
        with contextlib.suppress(AnnotatorError):
            landed += (said for said in answers if isinstance(said, Annotation))
    assert {each.key: each.term for each in landed} == {f"q-{number}": expected(number) for number in range(MANY)}
    assert len(landed) == MANY
    assert set(Counter(bench.standin.asked).values()) == {1}
    assert len(bench.standin.receiver.requests) > 1.1 * MANY, "there were faults"
