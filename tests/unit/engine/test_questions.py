"""What an annotator is asked: never a rule's value, once whatever the page's value is; and what its answers make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from drift.engine import languages, pipeline
from drift.engine.pipeline import Standard
from drift.model import Examined, Grounds, Outcome, Page, Registry, Snapshot
from drift.model.annotation import Annotation, RuleQuestion

DAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TERMS = """\
- term: window
  says: Unused goods can be returned within 77 days of delivery.
  value: 77 days
  bound: at most
  topics: [return unused goods]
  examples: {states: ["Bring it back within 77 days of delivery, unused."], silent: ["We look at it within 77 hours."]}
- {term: fee, says: Returning goods by post costs USD 71., value: USD 71, topics: [return by post]}
"""
PLAIN = "You can return unused goods within {} of delivery."
DOUBTFUL = "Goods that you do not want come back to us within {}."


@pytest.fixture(scope="module")
def standard(registry_of: Callable[..., Registry]) -> Standard:
    return Standard(registry_of(TERMS), DAY, languages.load)


def read(standard: Standard, sentence: str, heading: str = "Goods") -> Examined:
    text = f"# Returns\n\n## {heading}\n\n{sentence}\n"
    return pipeline.examine(Snapshot(Page("https://help.larkspur.example/a"), text.encode(), "text/markdown"), standard)


def asked(standard: Standard, sentence: str, heading: str = "Goods") -> tuple[RuleQuestion, ...]:
    return tuple(pipeline.asked(read(standard, sentence, heading), standard).values())


def told(standard: Standard, sentence: str, term: str | None, p: float = 0.9, *, trusted: bool = True) -> Examined:
    """The article with every question answered alike."""
    found = read(standard, sentence)
    questions = pipeline.asked(found, standard)
    answers = {
        one.key: Annotation(one.key, term, p, "", "larch-2", "which-rule/1", NOON, trusted=trusted)
        for one in questions.values()
    }
    return pipeline.annotated(found, standard, questions, answers)


def test_the_value_is_marked_and_no_rule_shows_its_own(standard: Standard) -> None:
    (question,) = asked(standard, PLAIN.format("30 days"))
    assert question.sentence[question.start : question.end] == "30 days"
    assert (question.title, question.headings) == ("Returns", ("Goods",))
    assert [rule.name for rule in question.rules] == ["rules/window"]
    assert "77" not in repr(question.rules)
    assert question.rules[0].says == "Unused goods can be returned within [value] of delivery."
    assert question.rules[0].bound == "at most"


def test_one_question_whatever_the_value_is(standard: Standard) -> None:
    (first,), (second,) = (asked(standard, PLAIN.format(value)) for value in ("30 days", "two weeks"))
    assert first.key == second.key
    (elsewhere,) = asked(standard, PLAIN.format("30 days"), "Goods of others")
    assert elsewhere.key != first.key


def test_another_mark_in_the_same_sentence_is_another_question(standard: Standard) -> None:
    both = asked(standard, "Return unused goods within 30 days of delivery, or within 40 days of delivery in winter.")
    assert len({question.key for question in both}) == len(both) == 2


@pytest.mark.parametrize("sentence", [PLAIN.format("77 days"), PLAIN.format("11 weeks"), "The door is 3 m wide."])
def test_what_agrees_or_is_of_no_rule_is_not_asked(standard: Standard, sentence: str) -> None:
    assert asked(standard, sentence) == ()


def test_what_a_person_answered_is_not_asked(registry_of: Callable[..., Registry]) -> None:
    sentence = PLAIN.format("30 days")
    reviewed = f'reviewed: [{{article: "https://help.larkspur.example/a", sentence: "{sentence}", term: rules/window}}]'
    held = registry_of(TERMS, files={"reviewed.yaml": reviewed})
    standard = Standard(held, DAY, languages.load)
    assert asked(standard, sentence) == ()
    (before,) = pipeline.asked_before(read(standard, sentence), standard).values()
    assert before.sentence == sentence


def test_a_doubtful_sentence_that_is_affirmed_diverges(standard: Standard) -> None:
    assert [one.outcome for one in read(standard, DOUBTFUL.format("30 days")).verdicts] != [Outcome.DIVERGES]
    (verdict,) = told(standard, DOUBTFUL.format("30 days"), "rules/window").verdicts
    assert (verdict.outcome, verdict.grounds, verdict.confidence) == (Outcome.DIVERGES, Grounds.ANNOTATED, 0.9)
    assert verdict.because.startswith("annotated by larch-2, not confirmed by a person")


def test_who_is_not_trusted_only_asks(standard: Standard) -> None:
    (verdict,) = told(standard, DOUBTFUL.format("30 days"), "rules/window", trusted=False).verdicts
    assert (verdict.outcome, verdict.grounds) == (Outcome.SUSPECT, None)


def test_who_is_not_trusted_takes_nothing_away(standard: Standard) -> None:
    """What words carry without it stays: its no is no silence, and its yes makes no question of an alarm."""
    for sentence in (PLAIN, DOUBTFUL):
        before = read(standard, sentence.format("30 days")).verdicts
        assert before
        assert told(standard, sentence.format("30 days"), None, trusted=False).verdicts == before
    (alarm,) = told(standard, PLAIN.format("30 days"), "rules/window", trusted=False).verdicts
    assert (alarm.outcome, alarm.grounds, alarm.match.annotation) == (Outcome.DIVERGES, Grounds.PLAIN, None)


def test_a_plain_alarm_that_is_denied_becomes_a_question(standard: Standard) -> None:
    (before,) = read(standard, PLAIN.format("30 days")).verdicts
    assert (before.outcome, before.grounds) == (Outcome.DIVERGES, Grounds.PLAIN)
    (verdict,) = told(standard, PLAIN.format("30 days"), None).verdicts
    assert verdict.outcome is Outcome.SUSPECT


def test_a_doubtful_sentence_that_is_denied_says_nothing(standard: Standard) -> None:
    assert told(standard, DOUBTFUL.format("30 days"), None).verdicts == ()


def test_a_question_however_surely_its_words_fit_is_none_once_it_is_denied(
    registry_of: Callable[..., Registry],
) -> None:
    """The same amount for another time is no alarm by words alone, so there is none that a denial makes a question."""
    terms = "- {term: storage, says: Storing a parcel costs USD 5 per week., value: USD 5 per week}"
    held = Standard(registry_of(terms), DAY, languages.load)
    sentence = "Storing a parcel costs USD 5 per day."
    (before,) = read(held, sentence, "Storing a parcel").verdicts
    assert (before.outcome, before.confidence > 0.7) == (Outcome.SUSPECT, True)
    assert told(held, sentence, None).verdicts == ()


def test_an_answer_decides_nothing_but_which_rule(standard: Standard) -> None:
    """A rule that was not offered is none, and the value is compared as ever."""
    before = read(standard, DOUBTFUL.format("30 days"))
    assert told(standard, DOUBTFUL.format("30 days"), "rules/fee").verdicts == before.verdicts


def test_questions_are_the_same_after_the_answers(standard: Standard) -> None:
    found = told(standard, DOUBTFUL.format("30 days"), "rules/window")
    assert asked(standard, DOUBTFUL.format("30 days")) == tuple(pipeline.asked(found, standard).values())


def test_a_sentence_apart_is_untouched(standard: Standard) -> None:
    found = read(standard, f"{DOUBTFUL.format('30 days')} {PLAIN.format('14 days')}")
    questions = pipeline.asked(found, standard)
    first = min(questions)
    answer = Annotation(questions[first].key, "rules/window", 0.9, "", "larch-2", "which-rule/1", NOON)
    after = pipeline.annotated(found, standard, questions, {answer.key: answer})
    assert [replace(one, annotation=None) for one in after.matches[first + 1 :]] == list(found.matches[first + 1 :])
    assert after.verdicts[-1].outcome is found.verdicts[-1].outcome
