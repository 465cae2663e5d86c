"""Answers that were given before, in a file: for tests, for audits, and for runs that must ask nobody.

`drift-annotations/1` is one JSON object a line:

    {"title": "Unlock", "headings": ["Postpaid"], "previous": "", "sentence": "It is unlocked after [[30 days]].",
     "rules": ["device-unlock/postpaid-wait"], "rule": "device-unlock/postpaid-wait", "p": 0.95, "why": "..."}

`question`, `lead_in`, `row`, `column`, `caption`, `model` and `prompt` may stand there too. A rule is named in full, or
by the name of its term alone.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self

from rapidfuzz import fuzz, process

from drift.annotators.config import AnnotatorConfig, AskingMeans
from drift.annotators.replies import quotable
from drift.files.config import Teller
from drift.files.fields import about
from drift.files.keys import FileName
from drift.model.annotation import Annotation, RuleQuestion, Unanswered
from drift.model.errors import InputError, Place, Problem
from drift.model.ports import Clock

FORMAT = "drift-annotations/1"
MODEL, PROMPT = "recorded", "recorded"
# How alike (0..100) a sentence and what stands around it must be to be those of then. Of 793 questions that another
# version of the reader put again and found, 778 sentences were the same to the letter and 765 surroundings; of the
# others all but 3 surroundings were at least 70 alike.
SAME_SENTENCE, SAME_AROUND = 90.0, 60.0
MOST_PROBLEMS = 20

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_NO_WORD = re.compile(r"[^\w#]+")
_MARK = " valuemark "
_TEXTS, _LISTS = ("title", "question", "lead_in", "caption", "previous"), ("headings", "row", "column")


class RecordedConfig(AnnotatorConfig):
    """A file of answers."""

    asks: ClassVar[bool] = False

    kind: Literal["recorded"]
    file: Annotated[
        FileName, about("The file (drift-annotations/1), from the folder of drift.yaml.", ["answers.jsonl"])
    ]

    def placed(self, folder: Path) -> Self:
        return self.model_copy(update={"file": folder / self.file})

    def known_as(self) -> tuple[str, str]:
        return MODEL, prompt_of(self.file)

    def goes_where(self) -> str:
        return f"answers are read from {self.file}: nothing of a page is sent anywhere"

    def look(self, tell: Teller) -> None:
        if not (tell.folder / self.file).exists():
            tell(("file",), f"there is no '{tell.folder / self.file}'", "answers to read", warning=True)

    def annotator(self, means: AskingMeans) -> Recorded:
        return Recorded(self.file, means.clock)


class _RecordedQuestion(NamedTuple):
    around: str
    rules: frozenset[str]  # as they are named in the file
    rule: str | None
    probability: float
    why: str
    model: str
    prompt: str


def prompt_of(file: Path) -> str:
    """What stands for the words of the questions: other answers in the file are those of another annotator."""
    try:
        return f"{PROMPT} {hashlib.sha256(file.read_bytes()).hexdigest()[:12]}"
    except OSError:
        return PROMPT  # whoever needs the answers says that there are none


class Recorded:
    """An Annotator that has answers in a file, and answers a question only where it was asked then.

    That is so where the same value is marked in the same sentence and the same stands around it, small differences of
    reading allowed, whatever the values are; and where the rule it named is among those offered, or it named none and
    nothing is offered that was not offered then.
    """

    def __init__(self, file: Path, clock: Clock) -> None:
        """Raises InputError with what is wrong in the file, by line."""
        self._clock = clock
        self._prompt = prompt_of(file)
        self._entries: dict[str, list[_RecordedQuestion]] = defaultdict(list)
        for sentence, entry in _entries(file):
            self._entries[sentence].append(entry)
        self._sentences = tuple(self._entries)

    @property
    def model(self) -> str:
        return MODEL

    @property
    def prompt(self) -> str:
        return self._prompt

    def answers(self, questions: Sequence[RuleQuestion]) -> Iterator[Annotation | Unanswered]:
        """One for each question, in their order."""
        for question in questions:
            entry = self._find(question)
            if entry is None:
                yield Unanswered(question.key, "no recorded answer")
            else:
                term = _named(entry.rule, question) if entry.rule else None
                yield Annotation(
                    question.key, term, entry.probability, entry.why, entry.model, entry.prompt, self._clock()
                )

    def _find(self, question: RuleQuestion) -> _RecordedQuestion | None:
        marked = _plain(question.sentence[: question.start]) + _MARK + _plain(question.sentence[question.end :])
        around = _around(
            (question.title, question.question, question.lead_in, question.caption, question.previous),
            (question.headings, question.row, question.column),
        )
        entries: list[tuple[float, _RecordedQuestion]] = []
        for sentence in self._alike(marked):
            for entry in self._entries[sentence]:
                alike = fuzz.ratio(entry.around, around)
                if alike >= SAME_AROUND and _holds(entry, question):
                    entries.append((alike, entry))
        return max(entries, key=lambda one: one[0])[1] if entries else None

    def _alike(self, marked: str) -> Collection[str]:
        if marked in self._entries:
            return (marked,)
        found = process.extract(marked, self._sentences, scorer=fuzz.ratio, score_cutoff=SAME_SENTENCE, limit=3)
        return [sentence for sentence, _, _ in found]


def _holds(entry: _RecordedQuestion, question: RuleQuestion) -> bool:
    """Whether an answer is one to this question, whose rules may be others than then."""
    if entry.rule is not None:
        return _named(entry.rule, question) is not None
    return all(_is(rule.name, entry.rules) for rule in question.rules)


def _is(name: str, names: Collection[str]) -> bool:
    return name in names or name.rpartition("/")[2] in names


def _named(name: str, question: RuleQuestion) -> str | None:
    return next((rule.name for rule in question.rules if _is(rule.name, (name,))), None)


def _plain(text: str) -> str:
    """The words of a text, without its numbers, for comparing two readings of it."""
    folded = _NUMBER.sub("#", unicodedata.normalize("NFKC", text).casefold())
    return _NO_WORD.sub(" ", folded).strip()


def _around(texts: Sequence[str], lists: Sequence[Sequence[str]]) -> str:
    return _plain(" ".join((*texts, *(part for parts in lists for part in parts))))


def _entries(file: Path) -> Iterator[tuple[str, _RecordedQuestion]]:
    """The entries of a file by their marked sentences. Raises InputError."""
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: is no text in UTF-8") from error
    problems: list[Problem] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _entry(json.loads(line))
        except (ValueError, RecursionError) as error:
            said = f"no JSON: {error.msg}" if isinstance(error, json.JSONDecodeError) else str(error)
            problems.append(Problem(Place(str(file), number), said, "a line of drift-annotations/1"))
            if len(problems) == MOST_PROBLEMS:
                break
    if problems:
        raise InputError(problems)


def _entry(found: Any) -> tuple[str, _RecordedQuestion]:
    """One line. Raises ValueError with what is wrong in it."""
    if not isinstance(found, Mapping):
        raise ValueError("is no object")
    sentence, rules, rule, p = (found.get(key) for key in ("sentence", "rules", "rule", "p"))
    if not isinstance(sentence, str) or (marked := _marked(sentence)) is None:
        raise ValueError("its 'sentence' marks no value as [[...]]")
    if not isinstance(rules, list) or not rules or not all(isinstance(one, str) for one in rules):
        raise ValueError("its 'rules' are no list of names")
    if rule is not None and rule not in rules:
        raise ValueError("its 'rule' is none of its 'rules'")
    if isinstance(p, bool) or not isinstance(p, int | float) or not 0 <= p <= 1:
        raise ValueError("its 'p' is no probability from 0 to 1")
    texts = [_text(found, key) for key in _TEXTS]
    lists = [_texts(found, key) for key in _LISTS]
    entry = _RecordedQuestion(
        _around(texts, lists),
        frozenset(rules),
        rule,
        float(p),
        quotable(found.get("why")),
        quotable(found.get("model")) or MODEL,
        quotable(found.get("prompt")) or PROMPT,
    )
    return _plain(marked[0]) + _MARK + _plain(marked[1]), entry


def _marked(sentence: str) -> tuple[str, str] | None:
    """What stands before and behind the marked value; None if none is marked."""
    before, opening, rest = sentence.partition("[[")
    closed = rest.find("]]", 1)
    return (before, rest[closed + 2 :]) if opening and closed > 0 else None


def _text(found: Mapping[str, Any], key: str) -> str:
    value = found.get(key)
    return value if isinstance(value, str) else ""


def _texts(found: Mapping[str, Any], key: str) -> list[str]:
    value = found.get(key) or []
    if not isinstance(value, list):
        raise ValueError(f"its '{key}' is no list")
    return [one for one in value if isinstance(one, str)]


def written(question: RuleQuestion, answer: Annotation) -> str:
    """An answer as a line of the format, without the line's end."""
    at = (question.start, question.end)
    sentence = f"{question.sentence[: at[0]]}[[{question.sentence[at[0] : at[1]]}]]{question.sentence[at[1] :]}"
    told: dict[str, Any] = {key: getattr(question, key) for key in (*_TEXTS, *_LISTS)}
    told |= {"sentence": sentence, "rules": [rule.name for rule in question.rules], "rule": answer.term}
    told |= {"p": answer.probability, "why": answer.why, "model": answer.model, "prompt": answer.prompt}
    return json.dumps({"format": FORMAT, **told, "at": _instant(answer.at)}, ensure_ascii=False)


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
