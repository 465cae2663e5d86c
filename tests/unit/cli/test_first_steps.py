"""What people who come new type, and what they are told: the slip that was meant, and nothing that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from bad_inputs import lay_out

from drift.__main__ import main

Said = pytest.CaptureFixture[str]
STORE = ["--store", "sqlite:///drift.db"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Policies, articles and settings, all of them right."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOOK", "http://127.0.0.1:9/hook")
    monkeypatch.setenv("KEY", "a key")
    lay_out(tmp_path)
    return tmp_path


@pytest.fixture
def remembered(here: Path, capsys: Said) -> Path:
    """The same with a finding that stands."""
    assert main(["replay", "past/", *STORE]) in (0, 1)
    assert main(["crawl"]) == 1
    capsys.readouterr()
    return here


@pytest.mark.parametrize(
    ("value", "bound", "meant"),
    [
        ("60 dyas", "exactly", "did you mean '60 days'?"),
        ("fre", "exactly", "did you mean 'free'?"),
        ("unlimted", "exactly", "did you mean 'unlimited'?"),
        ("USDD 35", "exactly", "did you mean 'USD 35'?"),
        ("at most 3 days", "exactly", "did you mean '3 days' with 'bound: at most'?"),
        ("60 days", "at lest", "(did you mean at least?)"),
    ],
)
def test_a_slip_in_a_value_or_its_bound(tmp_path: Path, capsys: Said, value: str, bound: str, meant: str) -> None:
    text = f"policy: a\nowner: a@b.example\nterms: [{{says: A rule., value: {value}, bound: {bound}}}]\n"
    (tmp_path / "a.yaml").write_text(text)
    assert main(["policies", "lint", "--policies", str(tmp_path)]) == 2
    assert meant in capsys.readouterr().err


@pytest.mark.parametrize("owner", ["{slack: #x}", "\n  slack: #x"])
def test_a_channel_that_yaml_takes_for_a_comment(tmp_path: Path, capsys: Said, owner: str) -> None:
    (tmp_path / "a.yaml").write_text(f"policy: a\nowner: {owner}\nterms: [{{says: A rule., value: 3 days}}]\n")
    assert main(["policies", "lint", "--policies", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "'#' starts a comment" in said
    assert 'slack: "#unlock-team"' in said


def test_a_term_is_shown_by_the_beginning_of_its_name(here: Path, capsys: Said) -> None:
    del here
    assert main(["policies", "show", "wa"]) == 0
    assert capsys.readouterr().out.startswith("device-unlock/wait")
    assert main(["policies", "show", "device"]) == 0
    assert "3 terms of 1 policy" in capsys.readouterr().out
    assert main(["policies", "show", "freeze"]) == 2
    assert "no term is named 'freeze'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (["--policy", "device-unlok"], "no policy is named 'device-unlok' (did you mean device-unlock?)"),
        (["--policy", "premise"], "no policy is named 'premise'"),
        (["--term", "wiat"], "no term is named 'wiat' (did you mean wait?)"),
        (["--term", "device-unlock/premise"], "no term of policy 'device-unlock' is named 'premise'"),
    ],
)
def test_nothing_is_silenced_that_nobody_knows(remembered: Path, capsys: Said, what: list[str], told: str) -> None:
    del remembered
    silence = ["findings", "silence", "--reason", "moves", "--until", "2099-01-01", "--by", "ana"]
    assert main([*silence, *what]) == 2
    assert told in capsys.readouterr().err
    assert main([*silence, "--policy", "device-unlock", "--term", "fee"]) == 0  # no finding of it yet, and it is a rule


def test_what_stands_is_one_filter(remembered: Path, capsys: Said) -> None:
    del remembered
    main(["findings", "list"])
    every = capsys.readouterr().out
    assert main(["findings", "list", "--state", "standing"]) == 0
    assert capsys.readouterr().out == every
    assert main(["findings", "list", "--state", "resolved"]) == 0
    assert capsys.readouterr().out == "0 findings\n"


def test_a_change_of_the_policy_is_no_change_of_the_sentence(remembered: Path, capsys: Said) -> None:
    """A page that was right and is held against another value now: 'changed' has something to say."""
    file = remembered / "policies" / "unlock.yaml"
    file.write_text(
        file.read_text().replace("is: 60 days", "is: 30 days").replace("is: 30 days, until", "is: 9 days, until")
    )
    main(["crawl"])
    file.write_text(file.read_text().replace("is: 30 days", "is: 90 days"))
    main(["crawl"])
    capsys.readouterr()
    main(["findings", "list", "--state", "standing"])
    ids = [word for word in capsys.readouterr().out.split() if word.startswith("F-")]
    for finding in ids:
        assert main(["findings", "show", finding]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert not [line for line in lines if line.strip() == "changed"]


def test_a_folder_that_no_settings_can_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "company/\udcff"]) == 2
    assert "no UTF-8" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_settings_beside_policies_name_nothing_that_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "own.yaml").write_text(
        "policy: own\nowner: a@b.example\nterms: [{says: A rule of 3 days., value: 3 days}]\n"
    )
    assert main(["init"]) == 0
    steps = [line.strip().removeprefix("drift ").split() for line in capsys.readouterr().out.splitlines()[1:]]
    assert len(steps) == 3
    for step in steps:
        assert main(step) in (0, 1)
        assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("http://localhost:8000/", "127.0.0.0/8"),
        ("http://127.0.0.1:8000/", "127.0.0.0/8"),
        ("http://10.1.2.3/", "10.1.2.3"),
        ("http://[::1]/", "::1"),
    ],
)
def test_the_network_that_would_have_to_be_opened(here: Path, capsys: Said, address: str, network: str) -> None:
    settings = f"sources: [{{name: a, kind: urls, at: '{address}'}}]\n"
    (here / "drift.yaml").write_text(settings)
    assert main(["config", "check"]) == 0
    assert f'allow_private: ["{network}"]' in capsys.readouterr().err

    (here / "drift.yaml").write_text(f'{settings}fetching: {{allow_private: ["{network}"]}}\n')
    assert main(["config", "check"]) == 0
    assert "not opened" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "opened", "told"),
    [
        ("http://localhost:8000/sitemap.xml", "[]", True),
        ("http://127.0.0.1:8000/sitemap.xml", "[]", True),
        ("http://10.1.2.3/sitemap.xml", "[]", True),
        ("http://[::1]/sitemap.xml", "[]", True),
        ("http://localhost:8000/sitemap.xml", "[127.0.0.0/8]", False),
        ("http://10.1.2.3/sitemap.xml", "[10.1.0.0/16]", False),
        ("https://help.larkspur.example/sitemap.xml", "[]", False),
    ],
)
def test_a_source_that_the_gate_keeps_closed(
    here: Path, capsys: Said, address: str, opened: str, *, told: bool
) -> None:
    (here / "drift.yaml").write_text(
        f"sources: [{{name: a, kind: sitemap, at: '{address}'}}]\nfetching: {{allow_private: {opened}}}\n"
    )
    assert main(["config", "check"]) == 0
    assert ("which is not opened: nothing there is read" in capsys.readouterr().err) == told


def test_a_page_that_is_passed_over_makes_an_exit_status(here: Path, capsys: Said) -> None:
    """An address too long to be kept is no page that was read."""
    long = f"http://127.0.0.1:9/{'a' * 2100}"
    (here / "drift.yaml").write_text(f"sources: [{{name: a, kind: urls, at: ['{long}']}}]\n")
    assert main(["crawl"]) == 3
    assert "a: not read: http://127.0.0.1:9/aaa" in capsys.readouterr().err
