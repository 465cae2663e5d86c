"""WARC files: which pages they keep, and that a hostile one gives a clear error or a failure of its record."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import cast

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from drift.fetch.limits import Limits
from drift.model.archive import Kept
from drift.model.errors import BlindReason, InputError
from drift.sources.archives import archive, records
from drift.sources.archives.warc import Warc

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
UNLOCK = "https://help.larkspur.example/unlock"
HTML = b"<html lang=en><body><p>You can unlock it after 60 days.</p></body></html>"
CHALLENGE = b"<html><title>Just a moment</title><script>_cf_chl_opt</script></html>"

Made = Callable[..., Path]


def record(
    content: bytes,
    *,
    kind: str = "response",
    address: str = UNLOCK,
    date: str = "2026-01-06T10:00:00Z",
    length: int | None = None,
    more: str = "",
) -> bytes:
    size = len(content) if length is None else length
    header = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: {date}\r\n{more}"
    return header.encode() + f"Content-Length: {size}\r\n\r\n".encode() + content + b"\r\n\r\n"


def answer(body: bytes = HTML, status: str = "200 OK", header: str = "Content-Type: text/html\r\n") -> bytes:
    return f"HTTP/1.1 {status}\r\n{header}\r\n".encode() + body


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Writes a file of these records, packed with one gzip stream a record, one for all, or not at all."""

    def made(*parts: bytes, packed: str = "") -> Path:
        path = tmp_path / "site.warc"
        if packed == "each":
            path.write_bytes(b"".join(gzip.compress(part) for part in parts))
        elif packed == "whole":
            path.write_bytes(gzip.compress(b"".join(parts), compresslevel=0))
        else:
            path.write_bytes(b"".join(parts))
        return path

    return made


def kept(path: Path, limits: Limits | None = None) -> list[Kept]:
    return list(Warc(path, NOW, limits).kept())


INFO = record(b"software: x\r\n", kind="warcinfo", address="x")


@pytest.mark.parametrize("packed", ["", "each", "whole"])
def test_a_file_packed_in_any_way(made: Made, packed: str) -> None:
    path = made(INFO, record(answer()), record(answer(), date="2026-01-13T10:00:00Z"), packed=packed)
    first, second = kept(path)
    assert first.page.public == UNLOCK
    assert first.place == f"{path}: record 2"
    assert first.at == datetime(2026, 1, 6, 10, tzinfo=UTC)
    assert first.snapshot is not None
    assert (first.snapshot.body, first.snapshot.media, first.snapshot.status) == (HTML, "text/html", 200)
    assert second.at.day == 13


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # it leaves its own files open
def test_what_the_reference_library_writes(tmp_path: Path) -> None:
    path = tmp_path / "site.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        writer.write_record(writer.create_warcinfo_record("site.warc.gz", {"software": "x"}))
        fields = [("Content-Type", "text/html; charset=UTF-8"), ("ETag", '"a"')]
        http = StatusAndHeaders("200 OK", fields, protocol="HTTP/1.1")
        dated = {"WARC-Date": "2026-01-06T10:00:00Z"}
        one = writer.create_warc_record(
            UNLOCK, "response", payload=BytesIO(HTML), http_headers=http, warc_headers_dict=dated
        )
        writer.write_record(one)
        later = writer.create_revisit_record(UNLOCK, "sha1:X", UNLOCK, "2026-01-06T10:00:00Z", warc_headers_dict={})
        writer.write_record(later)
    first, second = Warc(path, datetime.max.replace(tzinfo=UTC)).kept()
    assert first.snapshot is not None
    assert (first.snapshot.body, first.snapshot.charset, first.snapshot.etag) == (HTML, "utf-8", '"a"')
    assert (second.snapshot, second.failure) == (None, None)  # it says: as before


CHUNKED = b"5\r\n" + HTML[:5] + b"\r\n" + f"{len(HTML) - 5:x};x=y\r\n".encode() + HTML[5:] + b"\r\n0\r\n\r\n"
CODED = "Content-Type: text/html\r\nContent-Encoding: {}\r\n"


@pytest.mark.parametrize(
    "content",
    [
        answer(gzip.compress(HTML), header=CODED.format("gzip")),
        answer(zlib.compress(HTML), header=CODED.format("deflate")),
        answer(HTML, header=CODED.format("gzip")),  # undone by who kept it, the header left as it was
        answer(CHUNKED, header="Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n"),
        answer(HTML, header="Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n"),
        answer(HTML, header=""),
    ],
    ids=["gzip", "deflate", "gzip undone", "chunked", "chunks undone", "no media type"],
)
def test_bodies_however_they_travelled(made: Made, content: bytes) -> None:
    (one,) = kept(made(record(content)))
    assert one.snapshot is not None, one.failure
    assert (one.snapshot.body, one.snapshot.media) == (HTML, "text/html")


@pytest.mark.parametrize(
    ("content", "more", "reason"),
    [
        (answer(b"", "404 Not Found"), "", BlindReason.NOT_FOUND),
        (answer(b"", "410 Gone"), "", BlindReason.GONE),
        (answer(b"", "503 Busy"), "", BlindReason.SERVER_ERROR),
        (answer(b"", "429 Slow"), "", BlindReason.THROTTLED),
        (answer(CHALLENGE, "403 Forbidden"), "", BlindReason.BOT_WALL),
        (answer(HTML, header="Content-Type: text/html\r\ncf-mitigated: challenge\r\n"), "", BlindReason.BOT_WALL),
        (answer(b"", "301 Moved", "Location: /new\r\n"), "", BlindReason.REDIRECTS),
        (answer(b""), "", BlindReason.EMPTY),
        (answer(b"\0\1\2", header=""), "", BlindReason.NOT_TEXT),
        (answer(HTML, header=CODED.format("br")), "", BlindReason.NOT_TEXT),
        (answer(b"\x1f\x8bnone", header=CODED.format("gzip")), "", BlindReason.NOT_TEXT),
        (answer(gzip.compress(HTML)[:-9], header=CODED.format("gzip")), "", BlindReason.REFUSED),
        (answer(b"x" * 5000), "", BlindReason.TOO_LARGE),
        (answer(gzip.compress(b"x" * 5000), header=CODED.format("gzip")), "", BlindReason.TOO_LARGE),
        (answer(HTML, header="Content-Type: text/html\r\nContent-Length: 900\r\n"), "", BlindReason.REFUSED),
        (answer(b"5\r\nab", header="Transfer-Encoding: chunked\r\n"), "", BlindReason.REFUSED),
        (answer(b"2\r\nab\r\nzz\r\n", header="Transfer-Encoding: chunked\r\n"), "", BlindReason.REFUSED),
        (answer(), "WARC-Truncated: length\r\n", BlindReason.REFUSED),
        (answer(), "WARC-Segment-Number: 1\r\n", BlindReason.REFUSED),
        (b"no answer at all", "", BlindReason.UNREADABLE),
        (b"", "", BlindReason.UNREADABLE),
        (b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 600, "", BlindReason.UNREADABLE),
        (b"HTTP/1.1 200 OK\r\na: " + b"b" * 70_000, "", BlindReason.UNREADABLE),
    ],
)
def test_what_is_no_page_is_a_failure_of_its_record(made: Made, content: bytes, more: str, reason: BlindReason) -> None:
    path = made(record(content, more=more), record(answer(), date="2026-01-13T10:00:00Z"))
    first, second = kept(path, Limits(raw=1000, decoded=1000))
    assert first.failure is not None
    assert first.failure.reason is reason
    assert second.snapshot is not None


@pytest.mark.parametrize(
    "content",
    [answer(b"", "304 Not Modified"), answer(b"")],
    ids=["not modified", "revisit"],
)
def test_what_says_that_nothing_changed(made: Made, content: bytes) -> None:
    kind = "response" if b"304" in content else "revisit"
    (one,) = kept(made(record(content, kind=kind)))
    assert (one.snapshot, one.failure) == (None, None)


def test_a_resource_is_a_page_of_its_own(made: Made) -> None:
    more = "Content-Type: text/html; charset=latin-1\r\n"
    (one,) = kept(made(record(HTML, kind="resource", more=more)))
    assert one.snapshot is not None
    assert (one.snapshot.body, one.snapshot.charset) == (HTML, "latin-1")


def test_what_keeps_no_page_is_passed_over_and_counted(made: Made) -> None:
    path = made(
        record(answer(b"\x89PNG", header="Content-Type: image/png\r\n"), address="https://larkspur.example/logo"),
        record(answer(b"", "404 Not Found"), address="https://larkspur.example/logo.png"),
        record(b"GET /", kind="request"),
        record(b"1.2.3.4", kind="resource", address="dns:larkspur.example"),
        record(answer(), address=f"<{UNLOCK} a#top>"),
    )
    found = Warc(path, NOW)
    assert [one.page.public for one in found.kept()] == [f"{UNLOCK}%20a"]
    assert found.total == 3
    assert found.notes == ("2 records keep no page (pictures, styles, scripts ...)",)


def test_one_page_twice_at_one_moment_counts_once(made: Made) -> None:
    found = Warc(made(record(answer()), record(answer(b"<p>other</p>"))), NOW)
    assert len(list(found.kept())) == 1
    assert "record 2" in found.notes[0]


@pytest.mark.parametrize("packed", ["", "whole"])
def test_a_file_that_was_cut_off_keeps_what_is_whole(made: Made, packed: str) -> None:
    path = made(record(answer()), record(answer(), date="2026-01-13T10:00:00Z"), packed=packed)
    path.write_bytes(path.read_bytes()[:-40])
    found = Warc(path, NOW)
    assert [one.at.day for one in found.kept()] == [6]
    assert found.notes == ("the file ends in the middle of record 2, which is left out",)


WRONG = {
    "no WARC": (b"<html>" * 100, "record 1: begins with b'<html><html><html><h'"),
    "an older format": (b"WARC/0.18\r\n\r\n", "record 1: begins with"),
    "no date": (record(answer(), date="yesterday"), "record 1: its WARC-Date 'yesterday' is no date"),
    "the future": (record(answer(), date="2027-01-01T00:00:00Z"), "record 1: its date 2027-01-01 00:00 lies in the"),
    "no length": (record(answer()).replace(b"Content-Length: ", b"Content-Length: -"), "no Content-Length but '-"),
    "a wrong length": (record(answer(), length=20), "record 2: begins with"),
    "out of order": (record(answer()) + record(answer(), date="2025-12-24T10:00:00Z"), "record 2: https://help.lark"),
    "an endless header": (b"WARC/1.0\r\n" + b"a: b\r\n" * 600, "record 1: a header of more than 500 lines"),
    "an endless line": (b"WARC/1.0\r\n" + b"a" * 200_000, "record 1: a header line of 64,000 bytes and more"),
    "nothing": (b"", "keeps no answer for any"),
    "no page": (INFO, "keeps no answer for any"),
    "cut off at once": (gzip.compress(record(answer()))[:60], "ends in the middle of record 1"),
    "damaged": (gzip.compress(record(answer()), 0).replace(b"60 days", b"30 days"), "CRC check failed"),
    "packed wrongly": (gzip.compress(b"")[:10] + b"\xff" * 60, "record 1: the packed bytes are damaged"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_file_of_no_use_is_told_with_the_number_of_the_record(made: Made, name: str) -> None:
    content, expected = WRONG[name]
    path = made(content)
    with pytest.raises(InputError) as caught:
        Warc(path, NOW)
    assert f"{path}: " in str(caught.value)
    assert expected in str(caught.value)


def test_an_endless_line_is_not_unpacked(made: Made) -> None:
    bomb = gzip.compress(b"WARC/1.0\r\n" + bytes(50_000_000))
    with pytest.raises(InputError, match="a header line of"):
        Warc(made(bomb), NOW)


def test_too_many_records(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MOST_RECORDS", 2)
    with pytest.raises(InputError, match="record 3: more than 2 records"):
        Warc(made(*[record(answer(), date=f"2026-01-0{day}T10:00:00Z") for day in (1, 2, 3)]), NOW)


def test_a_warc_has_addresses_of_its_own(made: Made) -> None:
    with pytest.raises(InputError, match="names the addresses of its pages itself"):
        archive(made(record(answer())), NOW, "https://help.larkspur.example")
    assert cast(Warc, archive(made(record(answer())), NOW)).total == 1


SOUND = b"".join(
    (
        INFO,
        record(answer(CHUNKED, header="Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n")),
        record(answer(gzip.compress(HTML), header=CODED.format("gzip")), date="2026-01-13T10:00:00Z"),
        record(b"", kind="revisit", date="2026-01-20T10:00:00Z"),
    )
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    packed=st.booleans(),
    begin=st.integers(0, len(SOUND)),
    length=st.integers(0, 60),
    put=st.binary(max_size=60),
)
@example(packed=False, begin=179, length=0, put=b"[")  # an address that is none
def test_whatever_is_in_a_file_nothing_else_than_an_input_error_comes_of_it(
    tmp_path: Path, packed: bool, begin: int, length: int, put: bytes
) -> None:
    whole = gzip.compress(SOUND, compresslevel=1) if packed else SOUND
    path = tmp_path / "any.warc"
    path.write_bytes(whole[:begin] + put + whole[begin + length :])
    with suppress(InputError):
        for one in Warc(path, NOW).kept():
            assert one.at <= NOW


def test_an_address_that_nobody_could_keep_is_passed_over_and_counted(made: Made) -> None:
    found = Warc(made(record(answer()), record(answer(), address=f"{UNLOCK}?{'x' * 2_000}")), NOW)
    assert [one.page.address for one in found.kept()] == [UNLOCK]
    assert found.notes == ("1 records have an address that is too long to be kept",)
