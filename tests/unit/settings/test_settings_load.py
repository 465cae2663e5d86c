"""What a drift.yaml means, and everything wrong in one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from pathlib import Path

import pytest

from drift.model import Owner, Severity
from drift.model.alert import Reason
from drift.model.errors import InputError
from drift.notifiers.email import EmailConfig
from drift.notifiers.slack import SlackConfig
from drift.notifiers.webhook import WebhookConfig
from drift.settings import LoadedSettings, load
from drift.sources.crawl import CrawlConfig
from drift.sources.watched import WebConfig

Read = Callable[..., LoadedSettings]
Told = Callable[[str], list[str]]
Whole = tuple[str, dict[str, str]]  # text, environment


def test_a_whole_file(reading: Read, whole: Whole, folder: Path) -> None:
    (folder / "docs").mkdir()
    read = reading(*whole)
    assert read.problems == []
    settings = read.settings
    assert settings is not None
    centre, site, docs = settings.sources
    assert (centre.kind, centre.schedule.time_zone, centre.schedule.jitter) == (
        "sitemap", "Europe/Paris", timedelta(minutes=5),
    )  # fmt: skip
    assert centre.schedule.cron is not None
    assert centre.schedule.cron.weekdays == (0, 1, 2, 3, 4)
    assert isinstance(centre, WebConfig)
    assert [(name, secret.value) for name, secret in centre.headers.items()] == [("Authorization", "Bearer one")]
    assert [owner for _, owner in centre.article_owners] == [
        Owner(team="Unlock content"),
        Owner(email="wireless-content@larkspur.example"),
    ]
    assert isinstance(site, CrawlConfig)
    assert (site.depth, site.pages) == (3, 100)
    assert site.limits().within == ("https://www.larkspur.example/support/**",)
    assert docs.at == (str(folder / "docs"), str(folder / "extra/*.md"))
    assert docs.include == (str(folder / "docs/unlock/**"),)
    assert docs.schedule.every == timedelta(minutes=30)
    assert settings.store.address == "postgresql://drift:p%40ss%2Fword@db.larkspur.example/drift"
    assert settings.store.url == "postgresql://drift@db.larkspur.example/drift"
    assert (settings.fetching.per_second, settings.fetching.timeouts.whole) == (0.5, timedelta(minutes=1))
    assert settings.retention.age == timedelta(days=365)
    assert settings.logging.file == folder / "drift.log"


def test_the_alerts_of_a_whole_file(reading: Read, whole: Whole) -> None:
    settings = reading(*whole).settings
    assert settings is not None
    alerts = settings.alerts
    slack, webhook, email = alerts.notifiers.values()
    assert isinstance(slack, SlackConfig)
    assert slack.webhook.value == whole[1]["SLACK"]
    assert isinstance(webhook, WebhookConfig)
    assert webhook.key.value == "key"
    assert isinstance(email, EmailConfig)
    assert (email.port, email.security, email.to) == (587, "starttls", ("cx@larkspur.example",))
    wireless, everyone = alerts.routing.routes
    assert wireless.when is not None
    assert (wireless.when.severity, wireless.when.reason) == ((Severity.HIGH,), (Reason.OPENED,))
    assert wireless.quiet is not None
    assert (wireless.quiet.start, wireless.quiet.end, wireless.quiet.days) == (time(22), time(7), (0, 4))
    assert (wireless.quiet.time_zone, wireless.quiet.except_) == ("Europe/Paris", (Severity.CRITICAL,))
    assert wireless.digest is not None
    assert wireless.digest.time_zone == "UTC"
    assert everyone.when is None
    assert alerts.routing.operator == alerts.default == "everyone"


def test_what_is_not_said_has_a_default(reading: Read, folder: Path) -> None:
    settings = reading("").settings
    assert settings is not None
    assert settings.policies == folder / "policies"
    assert settings.store.url == f"sqlite:///{folder}/.drift/drift.db"
    assert settings.sources[0].schedule.every == timedelta(hours=6)
    assert settings.fetching.per_second == 1
    assert settings.alerts.routes == ()


def test_paths_of_a_file_in_the_folder_one_is_in_stay_as_written(
    reading: Read, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading("sources: [{name: docs, kind: files, at: docs/}]")
    monkeypatch.chdir(folder)
    settings = load(Path("drift.yaml"), {})
    assert settings.sources[0].at == ("docs/",)
    assert settings.store.address == "sqlite:///.drift/drift.db"


def test_a_section_that_is_all_comments_is_none(reading: Read) -> None:
    read = reading("fetching:\n  # rate: 2\nalerts:\nstore:\n")
    assert (read.problems, read.settings is not None) == ([], True)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        load(tmp_path / "drift.yaml", {})


SOURCE = "sources:\n  - {name: help, kind: %s}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("polices: policies", ["2:1 unknown key 'polices'"], id="unknown key"),
        pytest.param("time_zone: Europe/Pariss", ["2:12 'Europe/Pariss' is no time zone"], id="time zone"),
        pytest.param("fetching: {rate: fast}", ["2:18 'fast' is no rate"], id="rate"),
        pytest.param("fetching: {concurrency: 0}", ["2:25 'concurrency' is 0"], id="number out of bounds"),
        pytest.param("fetching: {retries: twice}", ["2:21 'twice' is not a whole number"], id="no number"),
        pytest.param("fetching: {full_read: 7}", ["2:23 '7' is no length of time"], id="a time without a unit"),
        pytest.param("fetching: {full_read: 0 days}", ["2:23 '0 days' is no time at all"], id="no time"),
        pytest.param("fetching: [1]", ["2:11 'fetching' is a list"], id="a list for a section"),
        pytest.param("fetching: {contact: me}", ["2:21 'me' is no contact"], id="contact"),
        pytest.param(
            "fetching: {allow_private: [10.0.0.1/8]}",
            ["2:28 '10.0.0.1/8' is neither a network nor a host"],
            id="network",
        ),
        pytest.param("store: {url: 'mysql://db/drift'}", ["2:14 'mysql' is no database of drift"], id="database"),
        pytest.param("store: {url: 'sqlite://drift.db'}", ["2:14 the file of the database is not named"], id="slashes"),
        pytest.param("store: {url: 'postgresql://db'}", ["2:14 no database is named"], id="no database"),
        pytest.param("logging: {level: loud}", ["2:18 'level' is 'loud'"], id="level"),
        pytest.param("sources: []", ["1:10 'sources' is empty"], id="no sources"),
        pytest.param("sources: help", ["1:10 'sources' is 'help'"], id="sources no list"),
        pytest.param("sources: [help]", ["1:11 an item of 'sources' is 'help'"], id="a source that is text"),
        pytest.param("sources: [{name: a, at: b}]", ["1:11 'kind' is missing"], id="no kind"),
        pytest.param(SOURCE % "sitmap, at: x", ["2:24 'kind' is 'sitmap'"], id="kind"),
        pytest.param(SOURCE % "files", ["2:5 'at' is missing"], id="missing key"),
        pytest.param(SOURCE % "files, at: '*', depth: 3", ["2:40 'depth' is no key of kind files"], id="other kind"),
        pytest.param(SOURCE % "crawl, at: help/", ["2:35 this is no http(s) address"], id="address"),
        pytest.param(
            "sources: [{name: a, kind: files, at: '*'}, {name: a, kind: files, at: '*'}]",
            ["1:51 the name 'a' is given twice"],
            id="duplicate name",
        ),
        pytest.param(
            SOURCE % "files, at: '*', schedule: {cron: '0 0 31 2 *'}",
            ["2:57 '0 0 31 2 *' never comes: no such month has a day 31"],
            id="a cron time that never comes",
        ),
        pytest.param(
            SOURCE % "files, at: '*', schedule: {jitter: 5 minutes}",
            ["2:50 a schedule is either 'every' or 'cron'"],
            id="a schedule without times",
        ),
        pytest.param(SOURCE % "files, at: '*', language: xx", ["2:50 no language file reads 'xx'"], id="language"),
        pytest.param(
            SOURCE % "files, at: '*', edit_link: 'https://cms.larkspur.example/{id}'",
            ["2:51 the link does not name an article"],
            id="edit link",
        ),
        pytest.param(
            SOURCE % "urls, at: 'https://help.larkspur.example/a', headers: {Host: {env: A}}",
            ["2:85 'Host' is a header that drift sets itself"],
            id="header",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_place(text: str, expected: list[str], told: Told) -> None:
    assert told(text) == expected


def test_a_selector_that_is_none_is_told(told: Told) -> None:
    (problem,) = told(SOURCE % "files, at: '*', content: 'main['")
    assert problem.startswith("2:49 'main[' is no CSS selector: ")


@pytest.mark.parametrize(
    ("source", "glob", "possible"),
    [
        ("sitemap, at: 'https://help.larkspur.example/sitemap.xml'", "https://help.larkspur.example/a/**", True),
        ("sitemap, at: 'https://help.larkspur.example/sitemap.xml'", "**/unlock", True),
        ("sitemap, at: 'https://help.larkspur.example/sitemap.xml'", "https://*.larkspur.example/**", True),
        ("sitemap, at: 'https://help.larkspur.example/sitemap.xml'", "/wireless/**", False),
        ("crawl, at: 'https://help.larkspur.example/'", "https://www.larkspur.example/**", False),
        ("urls, at: 'https://help.larkspur.example/unlock'", "https://help.larkspur.example/returns*", False),
        ("urls, at: 'https://help.larkspur.example/unlock'", "https://help.larkspur.example/un*", True),
        ("files, at: '*'", "docs/**", True),
        ("files, at: help/", "help/**/*.md", True),
        ("files, at: help/", "wireless/**", False),
        ("files, at: help/, published_as: 'https://help.larkspur.example'", "https://help.larkspur.example/*", True),
        ("files, at: help/, published_as: 'https://help.larkspur.example'", "help/*", False),
    ],
)
def test_globs_that_can_match_nothing(source: str, glob: str, possible: bool, told: Told) -> None:
    for key in (f'include: ["{glob}"]', f'exclude: ["{glob}"]', f'owners: {{"{glob}": a@larkspur.example}}'):
        problems = [each for each in told(SOURCE % f"{source}, {key}") if "there is no" not in each]
        assert [problem.partition(" ")[2] for problem in problems] == (
            [] if possible else [f"'{glob}' can match no article of this source"]
        )


def test_a_sitemap_may_list_another_host(reading: Read) -> None:
    text = SOURCE % "sitemap, at: 'https://help.larkspur.example/s.xml', include: ['https://www.larkspur.example/**']"
    read = reading(text)
    assert [problem.warning for problem in read.problems] == [True]
    assert read.settings is not None


def test_secrets_that_travel_in_clear_are_a_warning(reading: Read) -> None:
    headers = "at: 'http://help.larkspur.example/a', headers: {Authorization: {env: A}}"
    read = reading(SOURCE % f"urls, {headers}", {"A": "x"})
    assert [(problem.message, problem.warning) for problem in read.problems] == [
        ("these secrets travel in clear", True)
    ]


def test_everything_is_told_at_once(told: Told) -> None:
    problems = told(
        """
        time_zone: Mars
        sources:
          - {name: Help, kind: files, at: '*'}
          - {name: site, kind: crawl, at: 'https://help.larkspur.example/', depth: deep, include: [/a], language: xx}
        store: {url: 'mysql://db/drift'}
        retention: {versions: 0}
        alerts: {default: nobody, routes: [{name: a, to: [b], when: {severity: [urgent]}}]}
        """
    )
    assert [problem.partition(" ")[0].partition(":")[0] for problem in problems] == list("1344456777")


def test_what_is_missing_on_disk_is_a_warning(reading: Read, folder: Path) -> None:
    (folder / "policies").rmdir()
    read = reading("sources: [{name: docs, kind: files, at: [docs, 'more/**']}]")
    assert [(problem.message, problem.warning) for problem in read.problems] == [
        (f"there is no folder '{folder / 'policies'}'", True),
        (f"there is no '{folder / 'docs'}'", True),
    ]
    assert read.settings is not None
