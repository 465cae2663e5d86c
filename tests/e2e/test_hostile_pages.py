"""Whatever a page holds, `drift check` ends soon, in little memory, with an article, or blind with a reason."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

MEGABYTE = 1_000_000
RIGHT = "You can return unused goods within 30 days of delivery."
WRONG = RIGHT.replace("30", "14")

Check = Callable[..., Any]


def _rows(cell: str) -> str:
    return "<table><tr><th>Plan<th>Returns" + f"<tr><td>prepaid<td>{cell}" * 10_500 + "</table>"


COSTLY: dict[str, tuple[str, Callable[[], str | bytes], str | None]] = {
    "8,000 unclosed tags": ("a.html", lambda: ("<p><b><i><td>a" * 3 + f"<p><b><i><td>{RIGHT}") * 2_000, None),
    "20 MB of scripts": ("a.html", lambda: f"<p>{RIGHT}" + f"<script>{'a=1;' * 250_000}</script>" * 19, None),
    "20 MB of text": ("a.html", lambda: f"<p>{RIGHT}" + "<p>word and word" * 1_240_000, "too large"),
    "a megabyte of values": ("a.txt", lambda: "1 1 1 1 days " * 77_000, "too large"),
    "a megabyte of values in HTML": ("a.html", lambda: f"<p>{RIGHT}<p>" + "1 1 1 1 days " * 77_000, "too large"),
    "3,000 values without a full stop": ("a.txt", lambda: "5 days and " * 3_000, None),
    "3,000 wrong sentences": ("a.txt", lambda: f"{WRONG} " * 3_000, None),
    "12,000 numbers": ("a.txt", lambda: "1 " * 12_000, None),
    "more wrong sentences than are read": ("a.md", lambda: f"{WRONG}\n\n" * 10_500, "too large"),
    "names without end": ("a.txt", lambda: " ".join(f"Far{_name(at)} 5 days." for at in range(3_000)), None),
    "a heading of a megabyte": ("a.html", lambda: f"<h2>{'word ' * 200_000}</h2>" + f"<p>{RIGHT}" * 1_000, None),
    "a header of a megabyte": ("a.html", lambda: f"<table><th>{'word ' * 200_000}" + "<tr><td>30" * 1_000, None),
    "a lead-in of a megabyte": ("a.html", lambda: f"<p>{'word ' * 200_000}:<ul>" + f"<li>{RIGHT}" * 1_000, None),
    "21,000 cells": ("a.html", lambda: _rows("30 days"), "too large"),
    "more list items than are read": ("a.html", lambda: "<ul>" + "<li>within 30 days" * 10_500, "too large"),
}


def _name(at: int) -> str:
    """The `at`th coined half of a name: 'Aaa', 'Aab', ..."""
    return chr(65 + at // 676 % 26) + chr(97 + at // 26 % 26) + chr(97 + at % 26)


@pytest.mark.parametrize("case", COSTLY)
def test_costly_pages_end_soon(policies: Path, case: str, check: Check) -> None:
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
    "divs.html": ("<div>" * 1000 + RIGHT + "</div>" * 1000, None),
    "spans.html": (f"<table><tr><th colspan=1000000>x<tr><td colspan=1000000 rowspan=9999999>{RIGHT}</table>", None),
    "letters.html": (f"<p>{RIGHT}<p>{'a' * 1_500_000}", None),
    "lists.md": ("\n".join("  " * depth + f"- {RIGHT}" for depth in range(200)), None),
    "quotes.md": ("\n".join(">" * depth + f" {RIGHT}" for depth in range(1, 200)), None),
    "entities.html": (f"<p>{RIGHT}<p>{'&lt;' * 200_000}", None),
    "json.html": (f'<p>{RIGHT}<script type="application/ld+json">{"[" * 100_000}</script>', None),
    "digits.txt": (f"{RIGHT} {'1' * MEGABYTE}", None),
    **{name: (text, "too large") for name, text in MANY_MARKS.items()},
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory, check: Check, policy: str) -> Any:
    """One run over a folder of all odd files, and a right one between them."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "policies").mkdir()
    (folder / "policies" / "returns.yaml").write_text(policy, encoding="utf-8")
    articles = folder / "articles"
    articles.mkdir()
    for name, (body, _) in {**ODD, "right.md": (RIGHT, None)}.items():
        (articles / name).write_bytes(body if isinstance(body, bytes) else body.encode())
    return check(str(articles), "--policies", str(folder / "policies"))


def test_odd_files_are_read_or_blind_with_their_reason(odd: Any) -> None:
    assert odd.read == {"right.md": None, **{name: why for name, (_, why) in ODD.items()}}
    assert odd.status == 3


def test_what_odd_files_say_is_found_all_the_same(odd: Any) -> None:
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
def test_offsets_hold_whatever_stands_before(policies: Path, suffix: str, check: Check) -> None:
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


def test_a_gzip_bomb_is_too_large(policies: Path, httpserver: HTTPServer, check: Check) -> None:
    body, headers = bomb(400 * MEGABYTE), {"Content-Encoding": "gzip"}
    httpserver.expect_request("/bomb").respond_with_data(body, content_type="text/html", headers=headers)
    httpserver.expect_request("/cut").respond_with_data(body[:5000], content_type="text/html", headers=headers)
    httpserver.expect_request("/none").respond_with_data(RIGHT, content_type="text/html", headers=headers)
    addresses = [httpserver.url_for(path) for path in ("/bomb", "/cut", "/none")]
    run = check(*addresses, "--policies", str(policies), "--allow-private", "127.0.0.1")
    assert run.status == 3
    assert run.read["bomb"] == "too large"
    assert run.read["none"] is not None


def test_a_wrong_charset_in_a_header_loses_nothing(policies: Path, httpserver: HTTPServer, check: Check) -> None:
    charsets = ("utf-8", "no-such-charset", "rot13", "base64", "idna", "punycode")
    body = f"<p>Café: {WRONG}<p>A-{'a' * MEGABYTE}".encode("latin-1")
    for charset in charsets:
        httpserver.expect_request(f"/{charset}").respond_with_data(body, content_type=f"text/html; charset={charset}")
    addresses = [httpserver.url_for(f"/{charset}") for charset in charsets]
    run = check(*addresses, "--policies", str(policies), "--allow-private", "127.0.0.1")
    assert run.read == dict.fromkeys(charsets)
    assert run.report["summary"]["diverges"] == len(charsets)
