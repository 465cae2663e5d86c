"""`drift config`, and the settings that `drift init` writes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from drift.__main__ import main
from drift.settings import load

Said = pytest.CaptureFixture[str]

SETTINGS = """
time_zone: Europe/Paris
sources:
  - {name: help-centre, kind: sitemap, at: "https://help.larkspur.example/sitemap.xml", schedule: {cron: "0 6 * * 1"}}
  - {name: docs, kind: files, at: right.md, headers: {A: {env: B}}}
"""


@pytest.fixture
def settings(place: Path) -> Path:
    """A drift.yaml in the folder one is in, with a sound and an unsound source."""
    (place / "drift.yaml").write_text(SETTINGS, encoding="utf-8")
    return place / "drift.yaml"


@pytest.fixture
def sound(settings: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same with headers where they belong, and their secret at hand."""
    monkeypatch.setenv("HELP_TOKEN", "Bearer-sk-live-4242")
    headers = '"https://help.larkspur.example/sitemap.xml", headers: {Authorization: {env: HELP_TOKEN}}'
    text = SETTINGS.replace(", headers: {A: {env: B}}", "")
    settings.write_text(text.replace('"https://help.larkspur.example/sitemap.xml"', headers), encoding="utf-8")
    return settings


@pytest.mark.usefixtures("sound")
def test_check_says_what_would_be_done(capsys: Said) -> None:
    assert main(["config", "check"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    lines = said.out.splitlines()
    assert lines[0] == "  help-centre  sitemap  https://help.larkspur.example/sitemap.xml"
    assert re.fullmatch(r" {15}next {5}(Mon \d+ \w{3} 06:00, ){2}Mon \d+ \w{3} 06:00 Europe/Paris", lines[1])
    assert re.fullmatch(r" {15}next {5}\w{3} \d+ \w{3} [0-9:, ]+(\w{3} \d+ \w{3} [0-9:, ]+)*Europe/Paris", lines[3])
    assert "  store       sqlite:///.drift/drift.db" in lines
    assert "  secrets     found: env HELP_TOKEN" in lines
    assert "  alerts      nobody is told: there is no route" in lines
    assert lines[-1] == "drift.yaml: 0 problems, 0 warnings"


ANNOTATOR = """
annotator: {kind: openai, at: "https://models.larkspur.example/v1", model: larch-2, key: {env: MODEL_KEY}}
"""


def test_check_says_that_nothing_is_sent_anywhere(sound: Path, capsys: Said) -> None:
    assert main(["config", "check", "--file", str(sound)]) == 0
    assert "  annotator   nobody is asked: nothing of a page is sent anywhere\n" in capsys.readouterr().out


def test_check_says_what_is_sent_where(sound: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.setenv("MODEL_KEY", "sk-model-4242")
    text = sound.read_text(encoding="utf-8").replace("at: right.md", "at: right.md, annotator: off")
    sound.write_text(text + ANNOTATOR, encoding="utf-8")
    assert main(["config", "check"]) == 0
    lines = capsys.readouterr().out.splitlines()
    row = lines.index(
        "  annotator   the text of pages and the words of rules, never their values, go to larch-2 at "
        "https://models.larkspur.example/v1"
    )
    assert lines[row + 1 : row + 3] == [
        "              at most 1000 questions a day",
        "              never asked about: docs",
    ]
    assert "  secrets     found: env HELP_TOKEN, env MODEL_KEY" in lines
    assert "sk-model-4242" not in "".join(lines)


def test_check_says_which_program_is_run(sound: Path, capsys: Said) -> None:
    program = 'annotator: {kind: command, program: [python3, "my program.py"], model: rules-of-ana}'
    sound.write_text(f"{sound.read_text(encoding='utf-8')}\n{program}\n", encoding="utf-8")
    assert main(["config", "check"]) == 0
    assert "go to the program python3 'my program.py'" in capsys.readouterr().out


@pytest.mark.usefixtures("settings")
def test_check_tells_what_is_wrong(capsys: Said) -> None:
    assert main(["config", "check"]) == 2
    said = capsys.readouterr()
    assert said.err.startswith(
        "drift.yaml:5:45: 'headers' is no key of kind files; expected kind urls or sitemap or crawl"
    )
    assert said.out == "drift.yaml: 1 problem, 0 warnings\n"


def test_check_needs_the_secrets_and_show_does_not(sound: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.delenv("HELP_TOKEN")
    assert main(["config", "check", "--file", str(sound)]) == 2
    assert "the environment variable HELP_TOKEN is not set" in capsys.readouterr().err
    assert main(["config", "show", "--file", str(sound)]) == 0


@pytest.mark.usefixtures("sound")
def test_show_prints_what_loads_again(place: Path, capsys: Said) -> None:
    assert main(["config", "show"]) == 0
    said = capsys.readouterr().out
    assert "Bearer-sk-live-4242" not in said
    assert "env: HELP_TOKEN" in said
    environment = {"HELP_TOKEN": "x"}
    before = load(Path("drift.yaml"), environment)
    (place / "drift.yaml").write_text(said, encoding="utf-8")
    assert load(Path("drift.yaml"), environment) == before


@pytest.mark.usefixtures("sound")
def test_show_for_programs(capsys: Said) -> None:
    assert main(["config", "show", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["format"], data["fetching"]["blind_after"]) == ("drift-settings/1", 3)


@pytest.mark.parametrize("command", ["check", "show"])
@pytest.mark.usefixtures("place")
def test_without_a_file(command: str, capsys: Said) -> None:
    assert main(["config", command]) == 2
    assert "drift.yaml: no such file; expected the settings" in capsys.readouterr().err


def test_schema_is_a_schema(capsys: Said) -> None:
    assert main(["config", "schema"]) == 0
    assert "sources" in json.loads(capsys.readouterr().out)["properties"]


@pytest.fixture
def beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> Path:
    """An empty folder in which `drift init` was run."""
    monkeypatch.chdir(tmp_path)
    assert main(["init"]) == 0
    capsys.readouterr()
    return tmp_path


def test_what_init_writes_can_be_used_at_once(beginning: Path, capsys: Said) -> None:
    assert {path.name for path in beginning.iterdir()} == {"policies", "help", "drift.yaml", "drift.schema.json"}
    assert main(["config", "check"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.startswith("  help        files  help/\n")
    assert main(["check", "help"]) == 1
    assert "1 diverges, 1 agrees, 0 unclear in 1 article" in capsys.readouterr().out


def test_the_schema_of_an_editor_lies_beside_the_settings(beginning: Path, capsys: Said) -> None:
    text = (beginning / "drift.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=./drift.schema.json\n")
    assert main(["config", "schema"]) == 0
    assert (beginning / "drift.schema.json").read_text(encoding="utf-8") == capsys.readouterr().out


def test_what_is_commented_out_is_right_too(beginning: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    head, _, rest = (beginning / "drift.yaml").read_text(encoding="utf-8").partition("policies:")
    (beginning / "secrets").mkdir()
    (beginning / "secrets" / "database").write_text("secret")
    (beginning / "secrets" / "database").chmod(0o600)
    for name, value in (("HELP_TOKEN", "Bearer x"), ("SLACK_CONTENT", "https://hooks.slack.example/x")):
        monkeypatch.setenv(name, value)
    uncommented = re.sub(r"^( *)# ", r"\1", rest, flags=re.MULTILINE)
    (beginning / "drift.yaml").write_text(f"{head}policies:{uncommented}", encoding="utf-8")
    assert main(["config", "check"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "3 routes, 2 notifiers" in said.out
    assert "help-centre  sitemap" in said.out


def test_init_leaves_what_is_there(place: Path, capsys: Said) -> None:
    before = (place / "policies" / "returns.yaml").read_bytes()
    assert main(["init"]) == 0
    assert capsys.readouterr().out.startswith("Wrote help/returns.md, drift.yaml. Next:\n")
    assert (place / "policies" / "returns.yaml").read_bytes() == before
    (place / "drift.yaml").write_text("mine", encoding="utf-8")
    assert main(["init"]) == 2
    assert "nothing was written" in capsys.readouterr().err
    assert (place / "drift.yaml").read_text(encoding="utf-8") == "mine"


def test_init_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "company/our rules"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "  drift config check --file company/drift.yaml"
    assert main(["config", "check", "--file", "company/drift.yaml"]) == 0
    assert "  policies    company/our rules\n" in capsys.readouterr().out
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    assert main(["init", "."]) == 0
    assert (tmp_path / "drift.yaml").exists()
