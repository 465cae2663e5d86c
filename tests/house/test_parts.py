"""A part is one file and a line in its list: parts defined here work from drift.yaml to what comes out of them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal, Self

import pytest

from drift import annotators, notifiers, settings
from drift.annotators import AnnotatorConfig, AskingMeans
from drift.assembly.alerts import delivering
from drift.assembly.watch import Watch
from drift.cli.plan import render
from drift.files.config import Teller, from_folder
from drift.files.fields import Text, about
from drift.files.keys import FileName, Texts
from drift.files.secret import Secret
from drift.model import Page
from drift.model.alert import Message
from drift.model.annotation import Annotation, RuleQuestion, Unanswered
from drift.model.responses import Response
from drift.notifiers import NotifierConfig, NotifierMeans
from drift.reports import PLAIN
from drift.settings.reference import reference
from drift.sources import watched
from drift.sources.config import SourceConfig, SourceMeans
from drift.sources.selection import ListedSource, Selection
from drift.store import open_store

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
POLICY = """\
policy: device-unlock
owner: {team: Wireless policy}
severity: high
terms: [{term: wait, says: A phone can be unlocked after 60 days of service., value: 60 days}]
"""
SETTINGS = """\
policies: policies
sources: [{name: help, kind: shelf, at: shelf.txt}]
annotator: {kind: oracle, omen: owls, bowl: {env: BOWL}}
alerts:
  notifiers:
    desk: {kind: pigeon, loft: loft.txt, ring: {env: RING}}
  routes: [{name: everyone, to: [desk]}]
  default: everyone
"""
ENVIRONMENT = {"BOWL": "of-br0nze", "RING": "of-s1lver"}


class ShelfConfig(SourceConfig):
    """Articles that a file names, one a line."""

    kind: Literal["shelf"]
    at: Annotated[Texts, about("The file.", ["shelf.txt"])]

    def look(self, tell: Teller) -> None:
        if not (tell.folder / self.at[0]).exists():
            tell(("at", 0), "the shelf is empty", "a list of articles", warning=True)

    def placed(self, folder: Path) -> Self:
        return self.model_copy(update={"at": tuple(from_folder(folder, each) for each in self.at)})

    def reach(self) -> tuple[str, ...]:
        return ("",)

    def source(self, means: SourceMeans) -> Shelf:  # noqa: ARG002 - a shelf asks nobody
        return Shelf(self.at, Selection(self.include, self.exclude))


class Shelf(ListedSource):
    """A WatchedSource."""

    closed = True

    def __init__(self, files: Sequence[str], selection: Selection) -> None:
        super().__init__(selection)
        self._files = files

    def _listed(self) -> Iterator[Page]:
        for file in map(Path, self._files):
            yield from (Page(str(file.parent / line)) for line in file.read_text(encoding="utf-8").splitlines())


class OracleConfig(AnnotatorConfig):
    """One who always knows, and says it is the first rule."""

    kind: Literal["oracle"]
    omen: Annotated[Text, about("What it looks at.", ["owls"])]
    bowl: Annotated[Secret, about("What it drinks from.", [{"env": "BOWL"}])]

    def lint(self, tell: Teller) -> None:
        if self.omen == "cats":
            tell(("omen",), "cats tell nothing", "birds")

    def known_as(self) -> tuple[str, str]:
        return f"oracle of {self.omen}", self.prompt

    def goes_where(self) -> str:
        return f"the text of pages is read out to {self.omen}"

    def annotator(self, means: AskingMeans) -> Oracle:
        return Oracle(self, means)


class Oracle:
    """An Annotator."""

    def __init__(self, config: OracleConfig, means: AskingMeans) -> None:
        assert config.bowl.value == "of-br0nze"
        self.model, self.prompt = config.known_as()
        self._clock = means.clock

    def answers(self, questions: Sequence[RuleQuestion]) -> Iterator[Annotation | Unanswered]:
        for each in questions:
            yield Annotation(each.key, each.rules[0].name, 0.95, "so fly the owls", self.model, self.prompt, NOON)


class PigeonConfig(NotifierConfig):
    """A pigeon that brings what it is given to a loft."""

    kind: Literal["pigeon"]
    loft: Annotated[FileName, about("Where it lands.", ["loft.txt"])]
    ring: Annotated[Secret, about("By which it is known.", [{"env": "RING"}])]

    def placed(self, folder: Path) -> Self:
        return self.model_copy(update={"loft": folder / self.loft})

    def notifier(self, name: str, means: NotifierMeans) -> Pigeon:  # noqa: ARG002 - pigeons need no network
        return Pigeon(name, self)


class Pigeon:
    """A Notifier."""

    def __init__(self, name: str, config: PigeonConfig) -> None:
        self.name = name
        self._config = config

    def send(self, message: Message) -> None:
        with self._config.loft.open("a", encoding="utf-8") as loft:
            loft.writelines(f"{self._config.ring.value}: {told.moment} {told.annotated}\n" for told in message.tolds)


class Nowhere:
    """An Http that none of these parts needs."""

    def post(self, *_: object, **__: object) -> Response:
        raise AssertionError


@pytest.fixture(autouse=True)
def _in_the_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched, "SOURCES", (*watched.SOURCES, ShelfConfig))
    monkeypatch.setattr(annotators, "ANNOTATORS", (*annotators.ANNOTATORS, OracleConfig))
    monkeypatch.setattr(notifiers, "NOTIFIERS", (*notifiers.NOTIFIERS, PigeonConfig))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "unlock.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "unlock.md").write_text("# Freedom\n\nEvery phone is yours to unlock 30 days in.\n", encoding="utf-8")
    (tmp_path / "shelf.txt").write_text("unlock.md\n", encoding="utf-8")
    (tmp_path / "drift.yaml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path / "drift.yaml"


def problems(file: Path, before: str, after: str) -> list[str]:
    """What is told of settings in which one thing is otherwise."""
    assert SETTINGS.count(before)
    file.write_text(SETTINGS.replace(before, after), encoding="utf-8")
    told = settings.read_settings(file, ENVIRONMENT).problems
    return [f"{each.place.line}:{each.place.column} {each.message}; {each.expected}" for each in told]


def test_from_settings_to_what_the_pigeon_brings(file: Path) -> None:
    found = settings.load(file, ENVIRONMENT)
    with open_store(f"sqlite:///{file.parent / 'drift.db'}") as store:
        Watch(found, store, lambda: NOON, workers=0).crawl("help")
        (finding,) = store.findings.find()
        assert finding.article == str(file.parent / "unlock.md")
        delivering(found, store, Nowhere(), lambda: NOON, sleep=lambda _: None).run()
    brought = (file.parent / "loft.txt").read_text(encoding="utf-8")
    told = 'A customer who reads "Freedom" is told 30 days. The policy is 60 days.'
    assert brought == f"of-s1lver: {told} oracle of owls\n"


def test_what_they_say_of_themselves_is_checked_shown_and_hidden(file: Path) -> None:
    read = settings.read_settings(file, ENVIRONMENT)
    assert read.problems == []
    assert read.written is not None
    assert read.settings is not None
    plan = render(read.settings, NOON, PLAIN)
    assert "the text of pages is read out to owls" in plan
    assert "found: env BOWL, env RING" in plan
    shown = settings.as_yaml(read.written)
    file.write_text(shown, encoding="utf-8")
    assert settings.load(file, ENVIRONMENT) == read.settings
    assert not any(secret in f"{shown}{plan}{read!r}" for secret in ENVIRONMENT.values())


def test_what_is_wrong_with_them_is_told_at_its_place(file: Path) -> None:
    assert problems(file, "omen: owls", "omen: cats") == ["3:33 cats tell nothing; birds"]
    assert problems(file, ", omen: owls", "") == ["3:12 'omen' is missing; omen: owls"]
    assert problems(file, "shelf.txt", "bench.txt") == ["2:41 the shelf is empty; a list of articles"]
    assert problems(file, "kind: pigeon", "kind: pidgeon") == [
        "6:18 'kind' is 'pidgeon'; one of slack, webhook, email, apprise, pigeon"
    ]
    assert problems(file, "loft: loft.txt", "webhook: {env: A}") == [
        "6:11 'loft' is missing; loft: loft.txt",
        "6:26 'webhook' is no key of kind pigeon; kind slack",
    ]


@pytest.mark.parametrize("written", ["{env: RING}", "{env: BOWL}"])
def test_a_secret_of_theirs_in_clear_is_not_repeated(written: str, file: Path) -> None:
    file.write_text(SETTINGS.replace(written, "br0nze-s1lver"), encoding="utf-8")
    (problem,) = settings.read_settings(file, ENVIRONMENT).problems
    assert problem.private
    assert problem.message == "a secret does not stand in this file"


def test_the_schema_and_the_reference_have_them() -> None:
    schema = settings.schema()
    assert schema["$defs"]["OracleConfig"]["properties"]["omen"]["examples"] == ["owls"]
    kind = "What kind of source it is: files, urls, sitemap, crawl, shelf."
    assert schema["$defs"]["ShelfConfig"]["properties"]["kind"]["description"] == kind
    text = reference()
    assert "## Sources of kind shelf\n\nArticles that a file names, one a line.\n" in text
    assert "| `loft` | must be given | Where it lands. Example: `loft.txt` |" in text


REPORT = """
import sys
from drift import reports
from drift.__main__ import main
def render(report, look):
    return f"{len(report.examined)} article, {report.registry.policies[0].name}\\n"
reports.REPORTS = (*reports.REPORTS, reports.Report("short", render))
sys.exit(main(sys.argv[1:]))
"""


def drift(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`drift` with another report in its list, in a process of its own: the options of a command are made once."""
    return subprocess.run(
        [sys.executable, "-c", REPORT, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


def test_a_report_is_one_of_the_options(file: Path) -> None:
    done = drift(file.parent, "check", "unlock.md", "--format", "short")
    assert (done.stdout, done.stderr, done.returncode) == ("1 article, device-unlock\n", "", 0)
    assert "<text|json|short>" in drift(file.parent, "check", "--help").stdout
    whole = drift(file.parent, "check", "unlock.md", "--format", "json")
    assert json.loads(whole.stdout)["format"] == "drift-report/1"
