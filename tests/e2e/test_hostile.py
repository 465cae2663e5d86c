"""Whatever is checked, `drift check` ends soon, in little memory, with a report: an article, or blind with a reason.

Every run here is a process of its own that the kernel ends when it takes more than its share: `SECONDS` of CPU time,
so that a busy machine fails nothing, and `BYTES` of address space.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

# Each run takes under 6 s and 250 MB on one core of 2026; anything quadratic takes minutes.
SECONDS = 30
BYTES = 1_500_000_000

MEGABYTE = 1_000_000
RIGHT = "You can return unused goods within 30 days of delivery."
WRONG = RIGHT.replace("30", "14")
POLICY = """\
policy: returns
owner: shop@larkspur.example
terms:
  - term: return-window
    says: Unused goods can be returned within 30 days of delivery.
    value: 30 days
    bound: at most
    topics: [return unused goods, send back goods]
    examples:
      silent: [The screen locks itself after 60 seconds.]
"""

RUNNER = f"""
import resource, signal, sys
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
resource.setrlimit(resource.RLIMIT_AS, ({BYTES}, {BYTES}))
if sys.argv[1] == "killed":
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
from drift.__main__ import main
sys.exit(main(sys.argv[2:]))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """How a run ended, and the report it gave."""

    status: int
    report: dict[str, Any]

    @property
    def read(self) -> dict[str, str | None]:
        """File name -> None where it was read, or why it is blind."""
        return {Path(one["article"]).name: one["why"] for one in self.report["articles"]}


def start(*arguments: str | bytes, mode: str = "", **options: Any) -> subprocess.Popen[bytes]:
    """A bounded `drift` in a process of its own."""
    command = [sys.executable, "-c", RUNNER, mode, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)


def check(*arguments: str | bytes) -> Run:
    """The outcome of `drift check`, which says nothing on standard error."""
    process = start("check", *arguments, "--format", "json")
    out, errors = process.communicate(timeout=300)
    assert process.returncode in (0, 1, 3), (process.returncode, errors.decode()[-2000:])
    assert errors == b""
    return Run(process.returncode, json.loads(out))


@pytest.fixture
def policies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "returns.yaml").write_text(POLICY, encoding="utf-8")
    return folder


def _rows(cell: str) -> str:
    return "<table><tr><th>Plan<th>Returns" + f"<tr><td>prepaid<td>{cell}" * 50_000 + "</table>"


COSTLY: dict[str, tuple[str, Callable[[], str | bytes], str | None]] = {
    "1,000 nested divs": ("a.html", lambda: "<div>" * 1000 + RIGHT + "</div>" * 1000, None),
    "8,000 unclosed tags": ("a.html", lambda: f"<p><b><i><td>{RIGHT}" * 8000, None),
    "20 MB of scripts": ("a.html", lambda: f"<p>{RIGHT}" + f"<script>{'a=1;' * 250_000}</script>" * 19, None),
    "20 MB of text": ("a.html", lambda: f"<p>{RIGHT}" + "<p>word and word" * 1_240_000, "too large"),
    "20 MB of sentences": ("a.html", lambda: f"<p>{RIGHT}</p>\n" * 300_000, "too large"),
    "a megabyte of values": ("a.txt", lambda: "1 1 1 1 days " * 77_000, "too large"),
    "a megabyte of values in HTML": ("a.html", lambda: f"<p>{RIGHT}<p>" + "1 1 1 1 days " * 77_000, "too large"),
    "3,000 values without a full stop": ("a.txt", lambda: "5 days and " * 3_000, None),
    "3,000 wrong sentences": ("a.txt", lambda: f"{WRONG} " * 3_000, None),
    "as many numbers as are read": ("a.txt", lambda: "1 " * 49_000, None),
    "a megabyte of wrong sentences": ("a.md", lambda: f"{WRONG}\n\n" * 18_000, "too large"),
    "names without end": ("a.txt", lambda: " ".join(f"Far{_name(at)} 5 days." for at in range(3_000)), None),
    "a heading of a megabyte": ("a.html", lambda: f"<h2>{'word ' * 200_000}</h2>" + f"<p>{RIGHT}" * 1_000, None),
    "a header of a megabyte": ("a.html", lambda: f"<table><th>{'word ' * 200_000}" + "<tr><td>30" * 1_000, None),
    "a lead-in of a megabyte": ("a.html", lambda: f"<p>{'word ' * 200_000}:<ul>" + f"<li>{RIGHT}" * 1_000, None),
    "100,000 cells": ("a.html", lambda: _rows("30 days"), "too large"),
    "cells as wide as allowed": (
        "a.html",
        lambda: f"<table><th colspan=1000000>x<tr><td colspan=9999999>{RIGHT}",
        None,
    ),
    "50,000 list items": ("a.html", lambda: "<ul>" + "<li>within 30 days" * 50_000, "too large"),
}


def _name(at: int) -> str:
    """The `at`th coined half of a name: 'Aaa', 'Aab', ..."""
    return chr(65 + at // 676 % 26) + chr(97 + at // 26 % 26) + chr(97 + at % 26)


@pytest.mark.parametrize("case", COSTLY)
def test_costly_pages_end_soon(policies: Path, case: str) -> None:
    name, make, why = COSTLY[case]
    body = make()
    Path(name).write_bytes(body if isinstance(body, bytes) else body.encode())
    run = check(name, "--policies", str(policies))
    assert run.read == {name: why}
    assert (run.status == 3) == (why is not None)
    if why:
        assert run.report["articles"][0]["detail"]


MANY_MARKS = {
    f"{ord(mark[0])}.md": f"{RIGHT}\n\n{mark * (MEGABYTE // len(mark))}" for mark in ("[", "*", "`", "<", "![")
}

ODD: dict[str, tuple[str | bytes, str | None]] = {
    "empty.md": (b"", "empty"),
    "space.html": (b" \n\t\r\n ", "empty"),
    "mark.txt": (b"\xef\xbb\xbf", "empty"),
    "nul.html": (b"\0" * MEGABYTE, "not text"),
    "nul.txt": (b"\0" * MEGABYTE, "not text"),
    "script.html": (f"<html><body><div id=root></div><script>{'x();' * 100_000}</script></body></html>", "script only"),
    "utf-16.txt": (RIGHT.encode("utf-16-le"), None),
    "utf-16.html": (f"<p>{RIGHT}</p>".encode("utf-16-be"), None),
    "latin-1.html": (f"<meta charset=utf-8><p>Café: {RIGHT}".encode("latin-1"), None),
    "unheard-of.html": (f"<meta charset=no-such-charset><p>Café: {RIGHT}".encode("latin-1"), None),
    "surrogate.md": (RIGHT.encode() + b" \xed\xa0\x80", None),
    "line.txt": ("word and " * 333_000, "too large"),
    "line.html": ("<p>" + "word and " * 333_000, "too large"),
    "letters.html": (f"<p>{RIGHT}<p>{'a' * 1_500_000}", None),
    "lists.md": ("\n".join("  " * depth + f"- {RIGHT}" for depth in range(200)), None),
    "quotes.md": ("\n".join(">" * depth + f" {RIGHT}" for depth in range(1, 200)), None),
    "entities.html": (f"<p>{RIGHT}<p>{'&lt;' * 200_000}", None),
    "json.html": (f'<p>{RIGHT}<script type="application/ld+json">{"[" * 100_000}</script>', None),
    "digits.txt": (f"{RIGHT} {'1' * MEGABYTE}", None),
    **{name: (text, None) for name, text in MANY_MARKS.items()},
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One run over a folder of all odd files, and a right one between them."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "policies").mkdir()
    (folder / "policies" / "returns.yaml").write_text(POLICY, encoding="utf-8")
    articles = folder / "articles"
    articles.mkdir()
    for name, (body, _) in {**ODD, "right.md": (RIGHT, None)}.items():
        (articles / name).write_bytes(body if isinstance(body, bytes) else body.encode())
    return check(str(articles), "--policies", str(folder / "policies"))


def test_odd_files_are_read_or_blind_with_their_reason(odd: Run) -> None:
    assert odd.read == {"right.md": None, **{name: why for name, (_, why) in ODD.items()}}
    assert odd.status == 3


def test_what_odd_files_say_is_found_all_the_same(odd: Run) -> None:
    saying = {Path(one["article"]).name for one in odd.report["statements"]}
    assert saying == {"right.md", *(name for name, (body, why) in ODD.items() if why is None)}
    assert {one["verdict"] for one in odd.report["statements"]} == {"agrees"}


BEFORE_VALUES = [
    "🎉🎉 ",
    "İİİ ",
    "e\u0301\u0301 ",
    "\u202eשלום\u202c ",
    "👩‍👩‍👧 ",
    "ﬁﬀ ",
    "ẞß ",
    "\u00ad\u200b",
    "𝟛𝟘 ",
    "１２ ",
]


@pytest.mark.parametrize("suffix", ["md", "html", "txt"])
def test_offsets_hold_whatever_stands_before(policies: Path, suffix: str) -> None:
    before = {f"{at}.{suffix}": start for at, start in enumerate(BEFORE_VALUES)}
    Path("in").mkdir()
    for name, text in before.items():
        Path("in", name).write_text(f"{text}{WRONG}", encoding="utf-8")
    run = check("in", "--policies", str(policies))
    told = {Path(one["article"]).name: one for one in run.report["statements"]}
    assert told.keys() == before.keys()
    for one in told.values():
        assert (one["verdict"], one["value_text"]) == ("diverges", "14 days")
        assert one["quote"].endswith(WRONG)


def bomb(decoded: int) -> bytes:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=1) as file:
        for _ in range(decoded // MEGABYTE):
            file.write(b"<p>word</p>" * (MEGABYTE // 11))
    return packed.getvalue()


def test_a_gzip_bomb_is_too_large(policies: Path, httpserver: HTTPServer) -> None:
    body, headers = bomb(400 * MEGABYTE), {"Content-Encoding": "gzip"}
    httpserver.expect_request("/bomb").respond_with_data(body, content_type="text/html", headers=headers)
    httpserver.expect_request("/cut").respond_with_data(body[:5000], content_type="text/html", headers=headers)
    httpserver.expect_request("/none").respond_with_data(RIGHT, content_type="text/html", headers=headers)
    addresses = [httpserver.url_for(path) for path in ("/bomb", "/cut", "/none")]
    run = check(*addresses, "--policies", str(policies), "--allow-private", "127.0.0.1")
    assert run.status == 3
    assert run.read["bomb"] == "too large"
    assert run.read["none"] is not None


def test_a_wrong_charset_in_a_header_loses_nothing(policies: Path, httpserver: HTTPServer) -> None:
    for charset in ("utf-8", "utf-16", "no-such-charset", "rot13", "base64", "idna"):
        body = f"<p>Café: {WRONG}".encode("latin-1")
        httpserver.expect_request(f"/{charset}").respond_with_data(body, content_type=f"text/html; charset={charset}")
    names = ("utf-8", "no-such-charset", "rot13", "base64", "idna")
    addresses = [httpserver.url_for(f"/{name}") for name in names]
    run = check(*addresses, "--policies", str(policies), "--allow-private", "127.0.0.1")
    assert run.read == dict.fromkeys(names)
    assert run.report["summary"]["diverges"] == len(names)


def test_names_that_are_no_text_are_reported(policies: Path) -> None:
    Path("in").mkdir()
    for name in (b"in/caf\xe9.md", b"in/a\nb.md", b"in/\x1b[2J.md"):
        with open(name, "w", encoding="utf-8") as file:
            file.write(WRONG)
    run = check("in", "--policies", str(policies), "--published-as", "https://help.larkspur.example")
    assert run.report["summary"]["diverges"] == 3
    process = start("check", b"in/caf\xe9.md", "in", "--policies", str(policies))
    out, errors = process.communicate()
    assert (process.returncode, errors) == (1, b"")
    assert b"\x1b" not in out


def test_loops_pipes_and_devices_are_passed_by(policies: Path) -> None:
    Path("in/deep").mkdir(parents=True)
    Path("in/right.md").write_text(RIGHT, encoding="utf-8")
    Path("in/deep/loop").symlink_to(Path("in").resolve())
    Path("in/self.md").symlink_to("self.md")
    Path("in/gone.md").symlink_to("nothing.md")
    os.mkfifo("in/pipe.md")
    run = check("in", "/dev/zero", "--policies", str(policies))
    assert run.status == 3
    assert run.read.pop("right.md") is None
    assert run.read["gone.md"] == "missing"
    assert {run.read[name] for name in ("self.md", "pipe.md", "zero")} == {"unreadable"}


def test_nobody_reads_the_report(policies: Path) -> None:
    Path("right.md").write_text(RIGHT, encoding="utf-8")
    with start("check", "right.md", "--policies", str(policies)) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read()
    assert (process.returncode, errors) == (141, b"")


@pytest.mark.parametrize("output", ["/dev/full", "no/such/folder", "policies"])
def test_an_output_that_cannot_be_written(policies: Path, output: str) -> None:
    Path("right.md").write_text(RIGHT, encoding="utf-8")
    process = start("check", "right.md", "--policies", str(policies), "--output", output)
    out, errors = process.communicate()
    assert (process.returncode, out) == (2, b"")
    assert b"Traceback" not in errors
    assert errors


def test_two_writers_of_one_output_leave_a_whole_report(policies: Path) -> None:
    Path("right.md").write_text(RIGHT, encoding="utf-8")
    arguments = ("check", "right.md", "--policies", str(policies), "--format", "json", "--output", "report.json")
    for process in [start(*arguments) for _ in range(2)]:
        assert process.communicate() == (b"", b"")
        assert process.returncode == 0
    assert json.loads(Path("report.json").read_bytes())["summary"]["agrees"] == 1
    assert sorted(path.name for path in Path().iterdir()) == ["policies", "report.json", "right.md"]


def test_a_writer_killed_at_work_leaves_the_old_report(policies: Path) -> None:
    """The kernel ends the process, without a word, at the first bytes beyond those it may write."""
    Path("right.md").write_text(RIGHT, encoding="utf-8")
    Path("report.json").write_text("the old one", encoding="utf-8")
    arguments = ("check", "right.md", "--policies", str(policies), "--format", "json", "--output", "report.json")
    killed = start(*arguments, mode="killed")
    killed.communicate()
    assert killed.returncode == -signal.SIGXFSZ
    assert Path("report.json").read_text(encoding="utf-8") == "the old one"
    again = start(*arguments)
    again.communicate()
    assert again.returncode == 0
    assert json.loads(Path("report.json").read_bytes())["summary"]["agrees"] == 1


SPECIAL = [r"(", r"[a-z]+(", r"\d{3}", r"a|b", r"(a+)+$", r".*", r"^$", r"\\", r"*?+", r"{0}", "%s", r"\1", "$5", "😀"]


def test_a_registry_of_special_characters(policies: Path) -> None:
    terms = [
        {"says": f"Goods {mark} can be returned within 9 days.", "value": "9 days", "term": f"t{at}", "topics": [mark],
         "not_topics": [f"{mark}x"], "must": [mark, f"{mark}goods"], "scope": {"plan": f"v{at}"}}
        for at, mark in enumerate(SPECIAL)
    ]  # fmt: skip
    special = {"policy": "special", "owner": "a@larkspur.example", "terms": terms}
    (policies / "special.yaml").write_text(json.dumps(special, ensure_ascii=False), encoding="utf-8")
    scopes = {"scopes": {"plan": {f"v{at}": [mark] for at, mark in enumerate(SPECIAL)}}}
    (policies / "scopes.yaml").write_text(json.dumps(scopes, ensure_ascii=False), encoding="utf-8")
    Path("a.md").write_text(WRONG + "".join(f"\n\nGoods {mark} can be returned within 8 days." for mark in SPECIAL))
    run = check("a.md", "--policies", str(policies))
    assert run.status == 1
    assert run.report["policies"]["terms"] == len(SPECIAL) + 1


def test_ten_thousand_policies(policies: Path) -> None:
    for at in range(10_000):
        name = f"p{at}"
        (policies / f"{name}.yaml").write_text(POLICY.replace("policy: returns", f"policy: {name}"), encoding="utf-8")
    Path("a.md").write_text(f"{WRONG}\n\n" * 50, encoding="utf-8")
    run = check("a.md", "--policies", str(policies))
    assert run.report["policies"]["count"] == 10_001


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + at)}: &{chr(98 + at)} [{', '.join([f'*{chr(97 + at)}'] * 9)}]\n" for at in range(9)
)
BROKEN = {
    "laughs": LAUGHS,
    "deep": "[" * 100_000,
    "deep block": "".join(" " * depth + "a:\n" for depth in range(3000)),
    "wide": "{" + "a: b, " * 50_000 + "}",
    "anchors": "".join(f"- &a{at} x\n" for at in range(100_000)),
    "binary": "\x00\x01",
    "a list of nothing": "- \n" * 200_000,
    "no end": '"' + "x" * MEGABYTE,
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_registry_is_told_soon(policies: Path, case: str) -> None:
    (policies / "broken.yaml").write_text(BROKEN[case], encoding="utf-8")
    Path("right.md").write_text(RIGHT, encoding="utf-8")
    process = start("check", "right.md", "--policies", str(policies))
    out, errors = process.communicate()
    assert (process.returncode, out) == (2, b"")
    assert b"broken.yaml" in errors
    assert b"Traceback" not in errors
