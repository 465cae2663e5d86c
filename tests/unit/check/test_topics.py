"""Which sentences are counted for a term, which against it, and which for neither; and what an annotator adds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from drift.check.annotating import SURE, Annotating
from drift.check.check import check
from drift.check.topics import topics
from drift.engine import languages
from drift.engine.pipeline import Standard
from drift.fetch.files import FileFetcher
from drift.model import Page, Registry
from drift.model.annotation import Annotation, RuleQuestion, Unanswered
from drift.model.topics import TopicsReport
from drift.policies.names import resolve

NOW = datetime(2026, 11, 21, 19, 0, tzinfo=UTC)
TERMS = """
- term: storage
  says: Storing a parcel at the depot costs USD 5 per week.
  value: USD 5 per week
  topics: [storing a parcel]
- term: pickup
  says: A parcel waits at the depot for 14 days.
  value: 14 days
  topics: [parcel waits, pick up your parcel]
"""
PLAIN = ("Your parcel waits at the depot for 14 days.", "A parcel waits for you at the locker for 14 days.")
SUSPECT = "Storing a parcel at the depot costs USD 5 per day."
NAMES = (
    *("kettle", "lamp", "sofa", "chair", "table", "mirror", "carpet", "blanket"),
    *("pillow", "curtain", "basket", "ladder", "hammer", "candle", "bucket", "shovel"),
)
REST = "# Prices\n\n" + "\n\n".join(f"The {name} costs USD {at + 20}." for at, name in enumerate(NAMES)) + "\n"


@dataclass
class Model:
    """Answers every question with one rule, or with none."""

    rule: str | None
    probability: float = 0.9
    asked: list[RuleQuestion] = field(default_factory=list)
    model: str = "larch-2"
    prompt: str = "which-rule/1"

    def answers(self, questions: Sequence[RuleQuestion]) -> Iterator[Annotation | Unanswered]:
        for one in questions:
            self.asked.append(one)
            yield Annotation(one.key, self.rule, self.probability, "", self.model, self.prompt, NOW)


Find = Callable[..., TopicsReport]


@pytest.fixture
def find(tmp_path: Path, registry_of: Callable[..., Registry]) -> Find:
    """`find('pickup', text, ..., by=annotator)`: what is found for a term in some articles and `REST`."""

    def found(
        term: str,
        *texts: str,
        by: Model | None = None,
        files: dict[str, str] | None = None,
        terms: str = TERMS,
        scopes: str = "",
    ) -> TopicsReport:
        pages = []
        for number, text in enumerate((*texts, REST)):
            path = tmp_path / f"page-{number}.md"
            path.write_text(text, encoding="utf-8")
            pages.append(Page(str(path), f"https://help.larkspur.example/{number}"))
        held = Standard(registry_of(terms, files=files, scopes=scopes), date(2026, 11, 21), languages.load)
        report = check(pages, FileFetcher(lambda: NOW), held, lambda: NOW)
        annotating = Annotating(by, lambda: NOW) if by else None
        return topics(report, resolve(held.registry, term), held, annotating)

    return found


def reviewed(sentence: str, term: str) -> dict[str, str]:
    entry = f"- {{article: 'https://help.larkspur.example/*', sentence: {sentence!r}, term: {term}}}"
    return {"reviewed.yaml": f"reviewed:\n{entry}\n"}


def words(report: TopicsReport) -> list[str]:
    return [phrase.words for phrase in report.phrases]


def test_what_stands_around_plain_agreements_is_found(find: Find) -> None:
    found = find("pickup", *(f"# Lockers\n\n## Left luggage\n\n{text}\n" for text in PLAIN))
    assert (found.stating, found.annotated, found.open, found.others) == (2, 0, 0, 16)
    (luggage,) = [phrase for phrase in found.phrases if phrase.words == "Left luggage"]
    assert (luggage.sentences, luggage.others) == (2, 0)
    assert (luggage.example.where, luggage.example.line) == ("heading", 5)
    assert luggage.example.text[luggage.example.start : luggage.example.end] == "Left luggage"


def test_what_the_term_says_already_is_left_out(find: Find) -> None:
    found = words(find("pickup", *(f"# Parcel waits\n\n## Left luggage\n\n{text}\n" for text in PLAIN)))
    assert found
    assert all("parcel" not in phrase.lower() and "wait" not in phrase.lower() for phrase in found)


def test_rows_columns_and_captions_count(find: Find) -> None:
    table = "# Depot\n\n| | Left luggage |\n| --- | --- |\n| Parcel waits at the depot | 14 days |\n"
    other = "# Lockers\n\n| | Left luggage |\n| --- | --- |\n| A parcel waits, at the longest | 14 days |\n"
    found = find("pickup", table, other)
    assert found.stating == 2
    assert ("Left luggage", "column") in [(phrase.words, phrase.example.where) for phrase in found.phrases]


def test_a_sentence_that_pages_share_counts_once_whatever_its_value(find: Find) -> None:
    text = f"# Lockers\n\n{PLAIN[0]}\n"
    found = find("pickup", text, text.replace("14 days", "two weeks"))
    assert (found.stating, found.phrases) == (1, ())


def test_a_sentence_that_may_state_it_counts_for_nothing(find: Find) -> None:
    found = find("storage", f"# Prices\n\n{SUSPECT}\n")
    assert (found.stating, found.open, found.others) == (0, 1, 16)


def test_a_reviewed_sentence_counts_whatever_its_value(find: Find) -> None:
    found = find("storage", f"# Prices\n\n{SUSPECT}\n", files=reviewed(SUSPECT, "rules/storage"))
    assert (found.stating, found.open) == (1, 0)


def test_a_sentence_that_was_answered_to_state_another_term_counts_against_it(find: Find) -> None:
    found = find("storage", f"# Prices\n\n{SUSPECT}\n", files=reviewed(SUSPECT, "null"))
    assert (found.stating, found.open, found.others) == (0, 0, 17)


def test_an_example_counts_where_an_article_says_it(find: Find) -> None:
    example = "Unclaimed boxes cost their owner USD 5 a week."
    terms = TERMS.replace(
        "topics: [storing a parcel]", f"topics: [storing a parcel]\n  examples: {{states: [{example}]}}"
    )
    assert find("storage", f"# Boxes\n\n{example}\n", terms=terms).stating == 1
    assert find("storage", "# Boxes\n\nNothing.\n", terms=terms).stating == 0


def test_what_is_no_longer_asserted_counts_for_nothing(find: Find) -> None:
    found = find("pickup", "# Lockers\n\nUntil 2024 your parcel waited at the depot for 14 days.\n")
    assert (found.stating, found.open, found.others) == (0, 0, 16)


def test_the_name_of_a_scope_is_no_topic(find: Find) -> None:
    terms = TERMS.replace("topics: [parcel waits", "scope: {place: locker}\n  topics: [parcel waits")
    scopes = "place:\n  locker: [left luggage]\n  shop: [shop counter]\n"
    found = find("pickup", *(f"# Lockers\n\n## Left luggage\n\n{text}\n" for text in PLAIN), terms=terms, scopes=scopes)
    assert found.stating == 2
    assert "Left luggage" not in words(found)


def test_what_holds_a_not_topic_is_no_topic(find: Find) -> None:
    texts = [f"# Lockers\n\n## Left luggage\n\n{text}\n" for text in PLAIN]
    terms = TERMS.replace("topics: [parcel waits", "not_topics: [suitcase]\n  topics: [parcel waits")
    assert "Left luggage" in words(find("pickup", *texts, terms=terms))
    terms = TERMS.replace("topics: [parcel waits", "not_topics: [luggage]\n  topics: [parcel waits")
    reviews = [reviewed(text, "rules/pickup")["reviewed.yaml"].partition("\n")[2] for text in PLAIN]
    files = {"reviewed.yaml": "reviewed:\n" + "".join(reviews)}  # else they would not count as stating it
    found = find("pickup", *texts, terms=terms, files=files)
    assert found.stating == 2
    assert not [phrase for phrase in words(found) if "luggage" in phrase]


def test_what_an_annotator_affirms_counts_and_is_told_apart(find: Find) -> None:
    by = Model("rules/storage")
    found = find("storage", f"# Prices\n\n{SUSPECT}\n", by=by)
    assert (found.stating, found.annotated, found.open) == (1, 1, 0)
    assert found.annotator == "larch-2 which-rule/1"
    assert found.note.startswith("1 question for the annotator, 1 answered")


@pytest.mark.parametrize("by", [Model(None), Model("rules/storage", SURE - 0.01), Model("rules/pickup")])
def test_an_annotator_that_denies_or_is_unsure_changes_nothing(find: Find, by: Model) -> None:
    texts = (f"# Prices\n\n{SUSPECT}\n", "# Depot\n\nStoring a parcel at the depot costs USD 5 per week.\n")
    alone, with_it = find("storage", *texts), find("storage", *texts, by=by)
    assert by.asked
    assert (with_it.stating, with_it.annotated, with_it.open) == (alone.stating, 0, alone.open)
    assert with_it.phrases == alone.phrases


def test_an_annotator_is_asked_only_where_the_term_is_offered(find: Find) -> None:
    by = Model("rules/pickup")
    assert find("pickup", f"# Prices\n\n{SUSPECT}\n", by=by).annotated == 0
    assert by.asked == []


def test_a_page_that_cannot_be_read_is_told(find: Find) -> None:
    found = find("pickup", "")
    assert [one.blind is not None for one in found.examined] == [True, False]
