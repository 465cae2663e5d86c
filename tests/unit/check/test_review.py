"""What is asked in a review, in which order, once for whom, and how answers are kept and taken back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from parcels import PARCELS, SUSPECT

from drift.assembly import registry as registry_room
from drift.assembly import review as review_room
from drift.assembly.check import CheckOptions
from drift.check.answer_file import AnswerFile, meant
from drift.check.review import COINCIDENCES
from drift.model import Answer, Outcome
from drift.model.errors import InputError
from drift.model.review import Question, ReviewReport

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PAGE = """\
# Returns

You can return unused goods within 14 days of delivery.

The restocking fee is 15% of the price for opened goods.

Previously you could return goods within 60 days. Can I return goods within 90 days?
"""
ALARM = "Storing a parcel at the depot costs USD 9 per week."
DOUBTFUL = "Come within 14 days."
CHANCE = "The shop keeps letters for 14 days."
PLAIN = "Your parcel waits at the depot for 14 days."
PLAIN_TOO = "Pick up your parcel within 14 days."
HALLS = ("north", "south", "east", "west", "upper", "lower", "long")
DENIED = {"title": "Halls", "rules": ["parcels/storage"], "rule": None, "p": 0.9, "why": "of halls"}
UNLIKELY = "It rained for 14 days in August."
NOTHING = "It was fair for 10 days in May."


@pytest.fixture
def parcels(place: Path) -> Path:
    """A folder with the policies of parcels alone."""
    (place / "policies" / "returns.yaml").unlink()
    (place / "policies" / "parcels.yaml").write_text(PARCELS, encoding="utf-8")
    return place


def review(place: Path, *pages: str) -> ReviewReport:
    names = []
    for number, text in enumerate(pages or (PAGE,)):
        names.append(f"page-{number}.md")
        (place / names[-1]).write_text(text, encoding="utf-8")
    return review_room.review(CheckOptions(tuple(names), place / "policies"), lambda: NOW)


def ledger(place: Path, report: ReviewReport) -> AnswerFile:
    return review_room.ledger(report, place / "policies", lambda: NOW, by="ana@larkspur.example")


def kept(place: Path) -> tuple[Answer, ...]:
    return registry_room.registry(place / "policies").answers


def quotes(report: ReviewReport) -> list[str]:
    """What each question shows."""
    return [question.first.claim.quote for question in report.questions]


def example(place: Path, key: str, sentence: str) -> None:
    """Give 'pickup' an example."""
    path = place / "policies" / "parcels.yaml"
    path.write_text(f"{PARCELS}    examples: {{{key}: ['{sentence}']}}\n", encoding="utf-8")


def test_only_what_an_answer_could_make_a_statement_is_asked(place: Path) -> None:
    questions = review(place).questions

    assert sorted(question.first.claim.value_text for question in questions) == ["14 days", "15%"]


def test_an_answer_is_kept_with_its_author_and_is_not_asked_again(place: Path) -> None:
    report = review(place)
    (window,) = [question for question in report.questions if question.first.claim.value_text == "14 days"]

    ledger(place, report).record([(window, window.terms[0])])

    (answer,) = kept(place)
    assert (answer.term, answer.by, answer.on) == ("returns/return-window", "ana@larkspur.example", date(2026, 11, 21))
    assert [question.first.claim.value_text for question in review(place).questions] == ["15%"]


def test_an_answer_taken_back_gives_way_to_the_one_before(place: Path) -> None:
    report = review(place)
    window, other = report.questions
    ledger(place, report).record([(window, None)])
    second = ledger(place, review(place))
    second.record([(window, window.terms[0]), (other, None)])

    second.forget([window])
    stated = {answer.sentence: answer.term for answer in kept(place)}
    assert stated == {window.first.sentence: None, other.first.sentence: None}
    second.forget([other])
    assert [answer.sentence for answer in kept(place)] == [window.first.sentence]


def test_a_folder_that_cannot_be_written_is_told(place: Path) -> None:
    report = review(place)
    (place / "policies" / "reviewed.yaml").mkdir()

    with pytest.raises(InputError, match="cannot be written"):
        ledger(place, report).record([(report.questions[0], None)])


def test_suspects_come_first_then_alarms_then_doubts_and_what_is_plain_last(parcels: Path) -> None:
    told = (PLAIN, DOUBTFUL, ALARM, SUSPECT, PLAIN_TOO, "# Weather", UNLIKELY, NOTHING)
    report = review(parcels, "# Parcels\n\n" + "\n\n".join(told))

    assert quotes(report) == [SUSPECT, ALARM, DOUBTFUL, UNLIKELY, PLAIN]
    outcomes = [question.verdict.outcome if question.verdict else None for question in report.questions]
    assert outcomes == [Outcome.SUSPECT, Outcome.DIVERGES, Outcome.AGREES, None, Outcome.AGREES]
    assert [one.first.claim.quote for one in report.questions[-1].all] == [PLAIN, PLAIN_TOO]


def test_the_more_probable_suspect_comes_first(parcels: Path) -> None:
    less = "We keep a parcel for 10 days."
    report = review(parcels, f"# Parcels\n\n{less}\n\n{SUSPECT}\n")
    probable = [question.probability or 0 for question in report.questions]

    assert probable == sorted(probable, reverse=True)
    assert quotes(report)[0] == SUSPECT


def test_of_suspects_as_probable_the_one_of_the_more_severe_policy_comes_first(parcels: Path) -> None:
    letters = """\
policy: letters
owner: shop@larkspur.example
severity: critical
terms:
  - term: keeping
    says: Storing a letter at the depot costs USD 5 per week.
    value: USD 5 per week
    topics: [storing a letter]
"""
    (parcels / "policies" / "letters.yaml").write_text(letters, encoding="utf-8")
    grave = "Storing a letter at the depot costs USD 5 per day."
    for told in ((SUSPECT, grave), (grave, SUSPECT)):
        report = review(parcels, "# Parcels\n\n{}\n\n{}\n".format(*told))
        assert len({round(question.probability or 0, 1) for question in report.questions}) == 1
        assert quotes(report) == [grave, SUSPECT]


def test_what_is_plain_is_asked_apart_for_each_term(parcels: Path) -> None:
    storing = "Storing a parcel at the depot costs USD 5 per week."
    report = review(parcels, f"# Parcels\n\n{PLAIN}\n\n{storing}\n\n{PLAIN_TOO}\n")

    assert [(question.terms[0].name, len(question.all)) for question in report.questions] == [
        ("pickup", 2),
        ("storage", 1),
    ]


def test_what_another_rule_with_the_same_value_may_mean_is_asked_apart(parcels: Path) -> None:
    letters = """\
  - term: letters
    says: A letter waits at the depot for 14 days.
    value: 14 days
    topics: [letter waits]
"""
    (parcels / "policies" / "parcels.yaml").write_text(PARCELS + letters, encoding="utf-8")
    both = "A letter and a parcel wait at the depot for 14 days."
    report = review(parcels, f"# Parcels\n\n{both}\n\n{PLAIN}\n\n{PLAIN_TOO}\n")
    probable = {question.first.claim.quote: question.probability or 0 for question in report.questions}

    assert probable[both] >= 0.95
    assert [question.members for question in report.questions if question.first.claim.quote == both] == [()]


def grouped(place: Path) -> tuple[ReviewReport, Question]:
    report = review(place, f"# Parcels\n\n{PLAIN}\n\n{PLAIN_TOO}\n")
    (question,) = report.questions
    return report, question


def test_one_answer_confirms_all_that_plainly_agree(parcels: Path) -> None:
    report, question = grouped(parcels)
    ledger(parcels, report).record(meant(question, question.proposed))

    assert {answer.sentence: answer.term for answer in kept(parcels)} == dict.fromkeys(
        (PLAIN, PLAIN_TOO), "parcels/pickup"
    )
    assert review(parcels, f"# Parcels\n\n{PLAIN}\n\n{PLAIN_TOO}\n").questions == ()


def test_any_other_answer_holds_for_the_shown_one_alone(parcels: Path) -> None:
    report, question = grouped(parcels)
    ledger(parcels, report).record(meant(question, None))

    assert [(answer.sentence, answer.term) for answer in kept(parcels)] == [(PLAIN, None)]


def test_the_first_rule_offered_is_the_one_that_was_judged(parcels: Path) -> None:
    """The words fit one rule better and its value is far off; the one close behind has the very value."""
    letters = """\
  - term: letters
    says: A letter waits at the depot for 400 days.
    value: 400 days
    topics: [letter waits, pick up]
"""
    (parcels / "policies" / "parcels.yaml").write_text(
        PARCELS.replace(", pick up your parcel", "") + letters, encoding="utf-8"
    )
    report = review(parcels, "# Post\n\nPick up your letter or parcel at the depot within 14 days.\n")
    ((match,),) = [one.matches for one in report.examined]
    (question,) = report.questions

    assert match.term is not None
    assert match.term.name == "letters"
    assert [term.name for term in question.terms] == ["pickup", "letters"]
    assert question.proposed == question.terms[0]


def test_a_sentence_that_many_pages_share_is_asked_once_and_answered_for_all(parcels: Path) -> None:
    pages = [f"# {name}\n\n{SUSPECT}\n" for name in ("Lisbon", "Porto", "Faro")]
    report = review(parcels, *pages)
    (question,) = report.questions
    assert [spot.page.address for spot in question.spots] == ["page-0.md", "page-1.md", "page-2.md"]

    book = ledger(parcels, report)
    assert book.record([(question, question.proposed)]) == 0
    assert [answer.article for answer in kept(parcels)] == ["page-0.md", "page-1.md", "page-2.md"]
    after = review(parcels, *pages)
    assert after.questions == ()
    assert [verdict.outcome for one in after.examined for verdict in one.verdicts] == [Outcome.DIVERGES] * 3
    assert [len(one.spots) for one in after.answered] == [3]
    assert ledger(parcels, after).record([(after.answered[0], None)]) == 1
    book.forget([question])
    assert kept(parcels) == ()


@pytest.mark.parametrize(
    "other",
    [SUSPECT.replace("5 per day", "6 per day"), f"## For firms\n\n{SUSPECT}"],
    ids=["another value", "another heading"],
)
def test_a_sentence_with_another_value_or_surroundings_is_asked_apart(parcels: Path, other: str) -> None:
    """It may state another rule."""
    report = review(parcels, f"# Lisbon\n\n{SUSPECT}\n", f"# Porto\n\n{other}\n")

    assert [len(question.spots) for question in report.questions] == [1, 1]


def test_an_example_of_a_rule_is_not_asked(parcels: Path) -> None:
    assert quotes(review(parcels, f"# Parcels\n\n{DOUBTFUL}\n")) == [DOUBTFUL]
    example(parcels, "states", DOUBTFUL)
    assert quotes(review(parcels, f"# Parcels\n\n{DOUBTFUL}\n")) == []


def test_an_example_whose_value_differs_is_certain_and_no_question(parcels: Path) -> None:
    text = f"# Parcels\n\n{SUSPECT}\n"
    storage = "    topics: [storing a parcel]\n"
    states = storage + f"    examples: {{states: ['{SUSPECT.replace('per day', 'per week')}']}}\n"
    (parcels / "policies" / "parcels.yaml").write_text(PARCELS.replace(storage, states), encoding="utf-8")

    assert quotes(review(parcels, text)) == []


def test_an_example_of_what_states_no_rule_is_not_asked(parcels: Path) -> None:
    assert quotes(review(parcels, f"# Parcels\n\n{CHANCE}\n")) == [CHANCE]
    example(parcels, "silent", CHANCE)
    assert quotes(review(parcels, f"# Parcels\n\n{CHANCE}\n")) == []


def test_no_more_than_a_few_sentences_are_asked_that_have_a_value_by_chance(parcels: Path) -> None:
    """And those that are left do not come up when the first are answered."""
    things = ("letters", "umbrellas", "keys", "hats", "gloves", "scarves", "books", "phones")
    text = "# Shop\n\n" + "\n\n".join(f"The shop keeps {thing} for 14 days." for thing in things)
    report = review(parcels, text)
    assert [question.verdict for question in report.questions] == [None] * COINCIDENCES

    ledger(parcels, report).record([(question, None) for question in report.questions])
    assert review(parcels, text).questions == ()


def test_what_an_annotator_denied_is_asked_whole_of_those_who_want(parcels: Path) -> None:
    """However many there are: only coincidences are cut short."""
    sentences = [f"Storing a parcel in the {hall} hall costs USD 5 per day." for hall in HALLS]
    answers = [
        {**DENIED, "sentence": one.replace("USD 5 per day", "[[USD 5 per day]]"), "previous": before}
        for before, one in zip(("", *sentences), sentences, strict=False)
    ]
    (parcels / "answers.jsonl").write_text("\n".join(map(json.dumps, answers)), encoding="utf-8")
    (parcels / "halls.md").write_text("# Halls\n\n" + "\n\n".join(sentences), encoding="utf-8")
    options = CheckOptions(("halls.md",), parcels / "policies", annotator="recorded:answers.jsonl")
    assert review_room.review(options, lambda: NOW).questions == ()
    asked = review_room.review(options, lambda: NOW, denied=True).questions
    assert len(asked) == len(sentences) > COINCIDENCES
    assert [one.annotation.term if one.annotation else "" for one in asked] == [None] * len(sentences)
