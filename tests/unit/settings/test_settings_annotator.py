"""The annotator of drift.yaml: what it takes, where page text may go, and that no key is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from drift.annotators.openai import OpenAIConfig
from drift.files.config import secrets_in
from drift.settings import LoadedSettings, as_yaml, load

Read = Callable[..., LoadedSettings]

DEFAULTS = {"ask_twice": False, "alarm_from": 0.6, "trust": 0.9, "questions_a_day": 1_000, "at_once": 4}
SOUND = {
    "openai": "kind: openai, at: https://models.larkspur.example/v1, model: larch-2, key: {env: KEY}",
    "anthropic": "kind: anthropic, model: larch-2, key: {env: KEY}",
    "command": "kind: command, program: [sh, -c, exit], model: ours",
    "recorded": "kind: recorded, file: answers.jsonl",
}


def annotator(reading: Read, keys: str, more: str = "", **environment: str) -> LoadedSettings:
    return reading(f"annotator: {{{keys}}}\n{more}", {"KEY": "sk-s3cret", **environment})


def told(read: LoadedSettings, *, warnings: bool = False) -> list[str]:
    return [str(problem) for problem in read.problems if problem.warning is warnings]


def test_nobody_is_asked_unless_somebody_is_named(reading: Read) -> None:
    settings = reading("").settings
    assert settings
    assert settings.annotator is None
    assert [source.asked_about for source in settings.sources] == [True]
    commented_out = reading("annotator:\n").settings
    assert commented_out
    assert commented_out.annotator is None


def test_every_kind(reading: Read, folder: Path) -> None:
    (folder / "answers.jsonl").touch()
    found = {kind: annotator(reading, keys) for kind, keys in SOUND.items()}
    assert [told(read) + told(read, warnings=True) for read in found.values()] == [[]] * 4
    means = {kind: read.settings.annotator for kind, read in found.items() if read.settings}
    assert list(means) == list(SOUND)
    for annotates in means.values():
        assert annotates is not None
        assert annotates.model_dump(include=set(DEFAULTS)) == DEFAULTS
        assert (annotates.tokens_a_day, annotates.timeout) == (None, timedelta(minutes=1))
    keys = {kind: [secret.value for secret in secrets_in(annotates)] for kind, annotates in means.items()}
    assert keys == {"openai": ["sk-s3cret"], "anthropic": ["sk-s3cret"], "command": [], "recorded": []}
    assert {
        kind: annotates and annotates.goes_where().rpartition(" go to ")[2] for kind, annotates in means.items()
    } == {
        "openai": "larch-2 at https://models.larkspur.example/v1",
        "anthropic": "larch-2 at https://api.anthropic.com",
        "command": "the program sh -c exit, whose answers stand under ours",
        "recorded": f"answers are read from {folder}/answers.jsonl: nothing of a page is sent anywhere",
    }
    for kind, read in found.items():
        assert read.written
        again = reading(as_yaml(read.written), {"KEY": "sk-s3cret"})
        assert again.settings == read.settings, kind


def test_how_it_is_asked(reading: Read) -> None:
    keys = (
        "ask_twice: true, alarm_from: 0.75, trust: 1, questions_a_day: 50, tokens_a_day: 100000, at_once: 8, "
        "timeout: 5 seconds"
    )
    read = annotator(reading, f"{SOUND['openai']}, api_version: 2024-10-21, headers: {{X-Team: {{env: TEAM}}}}, {keys}",
                     TEAM="red")  # fmt: skip
    assert read.settings
    found = read.settings.annotator
    assert isinstance(found, OpenAIConfig)
    asked = (found.ask_twice, found.alarm_from, found.trust, found.questions_a_day, found.tokens_a_day, found.at_once)
    assert (*asked, found.timeout) == (True, 0.75, 1.0, 50, 100_000, 8, timedelta(seconds=5))
    assert found.api_version == "2024-10-21"
    assert {name: (secret.value, secret.origin) for name, secret in found.headers.items()} == {
        "X-Team": ("red", "env TEAM")
    }


def test_a_source_may_be_left_out(reading: Read) -> None:
    source = "{name: a, kind: urls, at: https://help.larkspur.example/a, annotator: off}"
    settings = reading(f"sources: [{source}]\n").settings
    assert settings
    assert [each.asked_about for each in settings.sources] == [False]
    assert "'annotator' is 'no'" in told(reading(f"sources: [{source.replace('off', 'no')}]\n"))[0]


@pytest.mark.parametrize(
    ("keys", "error"),
    [
        ("model: larch-2", "'kind' is missing"),
        ("kind: opnai", "'kind' is 'opnai'; expected"),
        ("kind: openai, at: https://m.example/v1", "'model' is missing"),
        ("kind: openai, model: a", "'at' is missing"),
        ("kind: openai, at: m.example, model: a", "this is no http(s) address"),
        ("kind: openai, at: 'https://u:p@m.example', model: a", "a user name or password in an address"),
        ("kind: openai, at: 'https://m.example/v1?api-version=1', model: a", "nothing behind a '?'"),
        ("kind: openai, at: https://m.example/v1/chat/completions, model: a", "(did you mean https://m.example/v1?)"),
        (
            "kind: anthropic, at: https://m.example/v1/messages, model: a, key: {env: KEY}",
            "(did you mean https://m.example/v1?)",
        ),
        ("kind: openai, at: http://m.example/v1, model: a", "page text would travel in clear"),
        ("kind: openai, at: http://93.184.216.34/v1, model: a", "page text would travel in clear"),
        ("kind: anthropic, model: a", "'key' is missing"),
        ("kind: anthropic, model: a, key: {env: KEY}, api_version: 1", "'api_version' is no key of kind anthropic"),
        ("kind: command, model: a", "'program' is missing"),
        ("kind: command, model: a, program: []", "'program' is empty"),
        ("kind: recorded", "'file' is missing"),
        ("kind: recorded, file: a, alarm_from: 60", "'60' is no share; expected a number from 0 to 1"),
        ("kind: recorded, file: a, trust: nan", "'nan' is no share"),
        (
            "kind: recorded, file: a, ask_twice: yes",
            "'yes' is neither true nor false; expected true or false (did you mean true?)",
        ),
        ("kind: recorded, file: a, at_once: 0", "'at_once' is 0; expected at least 1"),
        ("kind: recorded, file: a, questions_a_day: many", "'many' is not a whole number"),
        ("kind: recorded, file: a, timeout: 0 seconds", "'0 seconds' is no time at all"),
        ("kind: recorded, file: a, questions_a_dya: 5", "questions_a_day"),
        (f"{SOUND['openai']}, headers: {{Authorization: {{env: KEY}}}}", "'Authorization' beside 'key'; expected one"),
    ],
)
def test_annotators_that_are_wrong(keys: str, error: str, reading: Read) -> None:
    read = annotator(reading, keys)
    assert read.settings is None
    assert error in "\n".join(told(read))


@pytest.mark.parametrize(
    ("at", "more", "warning"),
    [
        ("http://127.0.0.1:11434/v1", "", 'expected fetching: {allow_private: ["127.0.0.0/8"]}'),
        ("http://localhost:11434/v1", 'fetching: {allow_private: ["127.0.0.0/8"]}', ""),
        ("http://10.20.0.5/v1", 'fetching: {allow_private: ["10.20.0.0/16"]}', "page text would travel in clear"),
        ("http://models/v1", "fetching: {allow_private: [models]}", "page text would travel in clear"),
    ],
)
def test_what_is_told_of_models_at_home(at: str, more: str, warning: str, reading: Read) -> None:
    read = annotator(reading, f"kind: openai, at: '{at}', model: a", more)
    assert told(read) == []
    assert warning in "\n".join(told(read, warnings=True))
    assert bool(told(read, warnings=True)) is bool(warning)


@pytest.mark.parametrize(
    ("keys", "warning"),
    [
        (
            "kind: command, program: [no-such-program-anywhere], model: a",
            "there is no program 'no-such-program-anywhere'",
        ),
        ("kind: command, program: [./annotate], model: a", "there is no program './annotate'"),
        ("kind: recorded, file: answers.jsonl", "answers.jsonl'; expected answers to read"),
    ],
)
def test_what_is_not_there_is_a_warning(keys: str, warning: str, reading: Read) -> None:
    read = annotator(reading, keys)
    assert read.settings
    assert warning in "\n".join(told(read, warnings=True))


@pytest.mark.parametrize(
    "keys",
    [
        "key: sk-in-clear-4242",
        "api_key: sk-in-clear-4242",
        "token: {value: sk-in-clear-4242}",
        "headers: {X-Api-Key: sk-in-clear-4242}",
        "key: {env: sk-in-clear-4242}",
        "key: {sk-in-clear-4242: env}",
        "headers: sk-in-clear-4242",
    ],
)
def test_a_key_written_in_clear_is_not_repeated(keys: str, reading: Read) -> None:
    read = annotator(reading, f"kind: openai, at: https://m.example/v1, model: a, {keys}")
    assert told(read)
    assert "sk-in-clear-4242" not in "\n".join(told(read))
    assert all(problem.private for problem in read.problems if not problem.warning)


def test_a_key_that_is_not_there(reading: Read) -> None:
    read = reading(f"annotator: {{{SOUND['openai']}}}\n")
    assert read.settings is None
    assert "the environment variable KEY is not set" in told(read)[0]
    looking = reading(f"annotator: {{{SOUND['openai']}}}\n").written
    assert looking


def test_who_only_looks_needs_no_key(folder: Path, reading: Read) -> None:
    reading(f"annotator: {{{SOUND['openai']}}}\n")
    assert load(folder / "drift.yaml", {}, ("store",)).annotator is not None
