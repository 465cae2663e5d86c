"""Secrets: found where the file says, and shown nowhere."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from drift.cli.problems import lines
from drift.files.config import secrets_in
from drift.files.secret import Secret
from drift.settings import LoadedSettings, as_yaml, read_settings, shown

Read = Callable[..., LoadedSettings]

CLEAR = "Bearer-sk-live-4242"
HEADER = "sources: [{name: a, kind: urls, at: 'https://help.larkspur.example/a', headers: {Authorization: %s}}]"


def test_a_secret_is_not_shown_by_accident(caplog: pytest.LogCaptureFixture) -> None:
    secret = Secret(env="HELP_TOKEN").holding(CLEAR, "env HELP_TOKEN")
    logging.getLogger("test").warning("%s %r", secret, secret)
    texts = [str(secret), repr(secret), f"{secret}", f"{secret!r:>40}", str([secret]), str({"a": secret}), caplog.text]
    assert [text for text in texts if CLEAR in text] == []
    assert "env HELP_TOKEN" in repr(secret)


def test_settings_do_not_show_it_either(reading: Read) -> None:
    read = reading(HEADER % "{env: HELP_TOKEN}", {"HELP_TOKEN": CLEAR})
    assert read.settings is not None
    assert read.written is not None
    assert [each.value for each in secrets_in(read.settings)] == [CLEAR]
    assert CLEAR not in repr(read.settings)
    assert CLEAR not in as_yaml(read.written)
    assert CLEAR not in str(shown(read.written))


def test_a_secret_in_a_file(reading: Read, folder: Path) -> None:
    (folder / "token").write_text(f"{CLEAR}\n")
    (folder / "token").chmod(0o640)
    read = reading(HEADER % "{file: token}")
    assert read.problems == []
    assert read.settings is not None
    assert [each.value for each in secrets_in(read.settings)] == [CLEAR]


def test_a_file_that_everybody_may_read_is_a_warning(reading: Read, folder: Path) -> None:
    (folder / "token").write_text(CLEAR)
    (folder / "token").chmod(0o644)
    read = reading(HEADER % "{file: token}")
    assert [(problem.warning, problem.expected) for problem in read.problems] == [(True, "'chmod o-r token'")]
    assert read.settings is not None


@pytest.mark.parametrize(
    ("named", "environment", "message"),
    [
        ("{env: HELP_TOKEN}", {}, "the environment variable HELP_TOKEN is not set"),
        ("{env: HELP_TOKEN}", {"HELP_TOKEN": ""}, "the environment variable HELP_TOKEN is empty"),
        ("{env: HELP_TOKEN}", {"HELP_TOKEN": "a\nHost: b"}, "what env HELP_TOKEN holds cannot stand in a header"),
        ("{file: nothing}", {}, "{folder}/nothing cannot be opened: No such file or directory"),
        ("{file: empty}", {}, "{folder}/empty is empty"),
        ("{file: bytes}", {}, "{folder}/bytes is not UTF-8"),
        ("{file: policies}", {}, "{folder}/policies cannot be opened: Is a directory"),
        ("{}", {}, "a secret is in one place"),
        ("{env: A, file: b}", {}, "a secret is in one place"),
        ("{evn: A}", {}, "unknown key 'evn'"),
    ],
)
def test_a_secret_that_is_not_there(
    named: str, environment: dict[str, str], message: str, reading: Read, folder: Path
) -> None:
    (folder / "empty").write_text("\n")
    (folder / "bytes").write_bytes(b"\xff\xfe\x00")
    read = reading(HEADER % named, environment)
    told = [problem.message for problem in read.problems if not problem.warning]
    assert told == [message.replace("{folder}", str(folder))]
    assert read.settings is None


def test_a_secret_of_the_wrong_kind(reading: Read) -> None:
    text = "alerts: {notifiers: {content: {kind: slack, webhook: {env: SLACK}}}}"
    read = reading(text, {"SLACK": CLEAR})
    assert [problem.message for problem in read.problems if not problem.warning] == [
        "what env SLACK holds is no http(s) address"
    ]


def test_without_an_environment_no_secret_is_looked_for(reading: Read, folder: Path) -> None:
    reading(HEADER % "{env: HELP_TOKEN}")
    read = read_settings(folder / "drift.yaml", None)
    assert (read.problems, read.settings, read.written is not None) == ([], None, True)


EDITED = "sources: [{name: a, kind: urls, at: 'https://help.larkspur.example/a', edit_link: '%s'}]"
HOOK = f"https://hooks.larkspur.example/services/{CLEAR}"


@pytest.mark.parametrize(
    "text",
    [
        HEADER % CLEAR,
        HEADER % f"[{CLEAR}]",
        HEADER % f"{{env: {CLEAR}}}",
        HEADER % f"{{evn: {CLEAR}}}",
        HEADER % f"{CLEAR}, Host: {{env: A}}",
        (HEADER % "x").replace("{Authorization: x}", CLEAR),
        f"store: {{url: 'postgresql://drift:{CLEAR}@db/drift'}}",
        f"store: {{url: 'mysql://drift:{CLEAR}@db/drift'}}",
        f"store: {{url: 'postgresql://db/drift?password={CLEAR}'}}",
        f"store: {{url: 'postgresql://db/drift', password: {CLEAR}}}",
        f"store: {{url: 'postgresql://db/drift', pasword: {CLEAR}}}",
        f"store: {CLEAR}",
        f"alerts: {{notifiers: {{content: {{kind: slack, webhook: '{HOOK}'}}}}}}",
        f"alerts: {{notifiers: {{content: {{kind: slack, webhok: '{HOOK}'}}}}}}",
        f"alerts: {{notifiers: {{content: {{kind: slack, url: '{HOOK}'}}}}}}",
        f"alerts: {{notifiers: {{content: '{HOOK}'}}}}",
        f"alerts: {{notifiers: '{HOOK}'}}",
        f"alerts: {{notifiers: {{content: {{kind: webhook, url: {{env: A}}, key: {CLEAR}}}}}}}",
        f"alerts: {{notifiers: {{content: {{webhook: '{HOOK}'}}}}}}",
        f"sources: [{{name: a, kind: urls, at: 'https://user:{CLEAR}@help.larkspur.example/'}}]",
        f"alerts: {{dashboard: 'https://user:{CLEAR}@drift.larkspur.example/'}}",
        EDITED % f"https://user:{CLEAR}@cms.larkspur.example/edit/{{path}}",
        EDITED % f"https://{CLEAR}@cms.larkspur.example/edit?page={{url}}",
        EDITED % f"https:user:{CLEAR}@cms.larkspur.example/{{path}}",
        f"sources: [{{name: a, kind: files, at: a, published_as: 'https://user:{CLEAR}@help.larkspur.example/'}}]",
        f"sources: [{{name: a, kind: files, at: 'https://user:{CLEAR}@help.larkspur.example/a', include: [1, ]}}, 1]",
        f"sources: [{{name: a, kind: crawl, at: 'https://a.example', include: ['https://u:{CLEAR}@a.example/*']}}]",
        f"sources: [{{name: a, kind: crawl, at: 'https://a.example', owners: {{'https://u:{CLEAR}@a.example/*': a}}}}]",
        f"fetching: {{contact: 'https://user:{CLEAR}@larkspur.example/bots'}}",
        f"alerts: {{notifiers: {{content: {{kind: slack, webhook: {{'{HOOK}'}}}}}}}}",
        f"alerts: {{notifiers: {{content: {{kind: slack, webhook: {{'{HOOK}': x}}}}}}}}",
        f"store: {{url: 'postgresql://db/drift', password: {{{CLEAR}: }}}}",
        HEADER % f"{{{CLEAR}: x}}",
    ],
)
def test_a_secret_written_in_clear_is_an_error_that_does_not_repeat_it(text: str, reading: Read) -> None:
    read = reading(text, {"A": "https://hooks.larkspur.example"})
    assert read.settings is None
    assert [problem for problem in read.problems if not problem.warning]
    printed = "\n".join(line for problem in read.problems for line in lines(problem))
    assert CLEAR not in printed
    assert "drift.yaml:" in printed


BROKEN = [
    "webhook: {S}: x",
    "webhook: '{S}",
    'webhook: "{S}',
    'webhook: "{S}\\q"',
    "webhook: [{S}",
    "webhook: {{{S}",
    "webhook: {S}]\n\tkind: slack",
    "\twebhook: {S}",
    "webhook: %{S}",
    "webhook: @{S}",
    "webhook: `{S}`",
    "webhook: !{S}",
    "webhook: !<{S}> x",
    "webhook: !!{S} x",
    "webhook: !it's{S} x",
    "webhook: *{S}",
    "webhook: &{S}",
    "webhook: &{S} {{a: *{S}}}",
    "webhook: {S}\nwebhook: {S}",
    "https://hooks.example/{S}: 1\n      https://hooks.example/{S}: 1",
    "webhook: {S}\n---\n{S}",
    "webhook: {S}\x01",
    "? [{S}]\n      : {S}",
    "webhook: {S}\n  {S}\n - {S}",
    "webhook: >{S}\n",
]


@pytest.mark.parametrize("line", BROKEN, ids=ascii)
def test_a_file_that_is_no_yaml_shows_none_of_its_lines(line: str, folder: Path) -> None:
    written = line.replace("{S}", CLEAR).replace("{{", "{").replace("}}", "}")
    text = f"sources: []\nalerts:\n  notifiers:\n    content:\n      {written}\n"
    (folder / "drift.yaml").write_text(text, encoding="utf-8")
    read = read_settings(folder / "drift.yaml", {})
    assert read.settings is None
    printed = "\n".join(line for problem in read.problems for line in lines(problem))
    assert CLEAR not in printed
    assert "drift.yaml:" in printed


def test_a_byte_that_is_no_utf_8_beside_a_secret_shows_nothing_either(folder: Path) -> None:
    (folder / "drift.yaml").write_bytes(f"alerts: {{key: {CLEAR}\xff}}\n".encode("latin-1"))
    printed = [line for problem in read_settings(folder / "drift.yaml", {}).problems for line in lines(problem)]
    assert len(printed) == 1
    assert printed[0].endswith(":1:34: byte 0xff is not UTF-8; expected a file saved as UTF-8")


def test_what_is_wrong_with_yaml_is_still_told_at_its_place(told: Callable[[str], list[str]]) -> None:
    assert told("store: {url: a\nfetching: {}\n") == ["2:8 the '{' here is not closed"]
    assert told("store: {}\nstore: {}\n") == ["3:1 'store' is given twice"]


@pytest.mark.parametrize("address", ["http://@", "https://@help.larkspur.example/", "https:@a", "://@"])
def test_a_login_of_nothing_is_no_accident(address: str, told: Callable[[str], list[str]]) -> None:
    assert told(f"sources: [{{name: a, kind: urls, at: '{address}'}}]")
    assert told(f"alerts: {{dashboard: '{address}'}}\nstore: {{url: '{address}?key='}}")


def test_a_notifier_may_be_named_like_a_key(told: Callable[[str], list[str]]) -> None:
    text = "alerts: {notifiers: {webhook: {kind: slak, webhook: {env: A}}}}"
    assert "2:38 'kind' is 'slak'" in told(text)


IMPOSSIBLE = [
    "http://[",
    "https://[domain]/",
    "http://xn--a/",
    "http://xn--/",
    "http://a:b/",
    "http://a:0/",
    "http://a\\b/",
]
IMPOSSIBLE += ["http://\N{FULLWIDTH LATIN SMALL LETTER A}\N{SNOWMAN}/", "http://a<b>/", "http:///x", "http://℀/", "x"]


@pytest.mark.parametrize("address", IMPOSSIBLE)
def test_an_address_of_which_nothing_could_be_asked_is_refused_at_its_place(
    address: str, reading: Read, told: Callable[[str], list[str]]
) -> None:
    quoted = f"'{address}'"
    at = f"sources: [{{name: a, kind: KIND, at: {quoted}}}]"
    for kind in ("urls", "crawl", "sitemap"):
        assert told(at.replace("KIND", kind)) == [
            f"1:{len('sources: [{name: a, kind: , at: ') + len(kind) + 1} this is no http(s) address"
        ]
    assert told(f"alerts: {{dashboard: {quoted}}}") == ["2:21 this is no http(s) address"]
    read = reading("alerts: {notifiers: {content: {kind: slack, webhook: {env: SLACK}}}}", {"SLACK": address})
    assert [problem.message for problem in read.problems if not problem.warning] == [
        "what env SLACK holds is no http(s) address"
    ]


@pytest.mark.parametrize(
    "address", ["https://hilfe.grün.example/", "http://xn--i-7iq.ws/", "http://[2600::1]:8080/", "http://a_b/"]
)
def test_an_address_of_which_something_can_be_asked_is_taken(address: str, told: Callable[[str], list[str]]) -> None:
    assert told(f"sources: [{{name: a, kind: urls, at: '{address}'}}]") == []
