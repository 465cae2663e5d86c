"""drift.yaml from its text, in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent

import pytest

from drift.settings import LoadedSettings, read_settings

SOURCES = "sources: [{name: help, kind: urls, at: https://help.larkspur.example/unlock}]\n"
Read = Callable[..., LoadedSettings]

WHOLE = """
time_zone: Europe/Paris
sources:
  - name: help-centre
    kind: sitemap
    at: https://help.larkspur.example/sitemap.xml
    schedule: {cron: "0 6 * * 1-5", jitter: 5 minutes}
    include: ["https://help.larkspur.example/wireless/**"]
    exclude: ["**/community/**"]
    content: "main .article"
    language: en
    headers: {Authorization: {env: HELP_TOKEN}}
    owners:
      "https://help.larkspur.example/wireless/unlock*": {team: Unlock content}
      "https://help.larkspur.example/wireless/**": wireless-content@larkspur.example
    edit_link: "https://cms.larkspur.example/edit/{path}"
  - {name: site, kind: crawl, at: "https://www.larkspur.example/support/index.html?a=b", depth: 3, pages: 100}
  - {name: docs, kind: files, at: [docs, "extra/*.md"], include: [docs/unlock/**], schedule: {every: 30 minutes}}
store: {url: "postgresql://drift@db.larkspur.example/drift", password: {env: DATABASE}}
fetching:
  contact: web@larkspur.example
  rate: 0.5
  timeouts: {whole: 1 minute}
  allow_private: [10.20.0.0/16, intranet]
retention: {age: 1 year, versions: 5}
logging: {level: debug, file: drift.log}
annotator:
  kind: openai
  at: https://models.larkspur.example/v1
  model: larch-2
  key: {env: MODEL_KEY}
  headers: {X-Gateway-Token: {env: HELP_TOKEN}}
  ask_twice: true
  alarm_from: 0.7
  tokens_a_day: 2000000
  timeout: 2 minutes
alerts:
  dashboard: https://drift.larkspur.example
  notifiers:
    content: {kind: slack, webhook: {env: SLACK}}
    tickets: {kind: webhook, url: {env: TICKETS}, key: {env: TICKETS_KEY}}
    managers: {kind: email, host: smtp.larkspur.example, from: drift@larkspur.example, to: cx@larkspur.example}
  routes:
    - name: wireless
      when: {policy: [device-*], severity: [high], source: [help-centre], reason: [opened]}
      to: [content, tickets]
      quiet: {from: "22:00", until: "07:00", days: [fri, mon]}
      digest: {at: "09:00", time_zone: UTC}
    - {name: everyone, to: managers}
  default: everyone
  escalation: {critical: [{after: 4 hours, route: everyone}]}
"""
ENVIRONMENT = {
    "HELP_TOKEN": "Bearer one",
    "DATABASE": "p@ss/word",
    "SLACK": "https://hooks.larkspur.example/1",
    "TICKETS": "https://tickets.larkspur.example/in",
    "TICKETS_KEY": "key",
    "MODEL_KEY": "sk-one",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where drift.yaml and its policies are."""
    (tmp_path / "policies").mkdir()
    return tmp_path


@pytest.fixture
def reading(folder: Path) -> Read:
    """`reading(text, environment)` reads a drift.yaml of this text, with a source if it names none itself."""

    def read(text: str, environment: Mapping[str, str] | None = None) -> LoadedSettings:
        text = dedent(text).lstrip("\n")
        file = folder / "drift.yaml"
        file.write_text(text if "sources:" in text else SOURCES + text, encoding="utf-8")
        return read_settings(file, environment or {})

    return read


@pytest.fixture
def told(reading: Read) -> Callable[[str], list[str]]:
    """`told(text)` are the problems of a drift.yaml, as 'line:column message'."""

    def tell(text: str) -> list[str]:
        problems = reading(text).problems
        return [f"{problem.place.line}:{problem.place.column} {problem.message}" for problem in problems]

    return tell


@pytest.fixture
def whole() -> tuple[str, dict[str, str]]:
    """A drift.yaml that uses nearly every key, and the environment it needs."""
    return WHOLE, dict(ENVIRONMENT)
