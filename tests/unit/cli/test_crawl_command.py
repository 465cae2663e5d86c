"""`drift crawl` from the door: what is wrong with one source holds up no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from drift.__main__ import main

POLICY = """\
policy: returns
owner: shop@larkspur.example
terms:
  - {term: window, says: Unused goods can be returned within 30 days of delivery., value: 30 days,
     topics: [return unused goods]}
"""
SETTINGS = """\
sources:
  - {name: missing, kind: files, at: missing/}
  - {name: help, kind: files, at: help/}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("policies", "help"):
        (tmp_path / name).mkdir()
    (tmp_path / "policies" / "returns.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "help" / "returns.md").write_text("You can return unused goods within 14 days.\n", encoding="utf-8")
    (tmp_path / "drift.yaml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_the_other_sources_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["crawl"]) == 2
    said = capsys.readouterr()
    assert said.err == "missing/: no such file or folder\n"
    assert said.out == "help: 1 pages, 1 changed; 1 open\n1 standing: see 'drift findings list'\n"
    assert main(["crawl", "help"]) == 1


def test_policies_that_do_not_lint_are_told_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy = folder / "policies" / "returns.yaml"
    policy.write_text(POLICY.replace("owner", "ownr"), encoding="utf-8")
    assert main(["crawl"]) == 2
    said = capsys.readouterr()
    assert said.err.count("unknown key 'ownr'") == 1
    assert said.out == ""


@pytest.mark.usefixtures("folder")
def test_a_source_that_the_settings_do_not_have(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["crawl", "hlep"]) == 2
    assert "there is no source 'hlep' in drift.yaml; there are: missing, help" in capsys.readouterr().err
