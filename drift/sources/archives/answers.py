"""HTTP answers as WARC records keep them: to snapshots, or to the failures they tell."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from drift.engine import bot_challenges
from drift.fetch import bounded, failures, media
from drift.fetch.limits import Limits
from drift.model import Page, Snapshot, foreign
from drift.model.archive import Kept
from drift.model.errors import BlindReason, FetchError
from drift.sources.archives.records import Record, fields

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})\b")
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([^\s;\"']+)", re.IGNORECASE)
_GZIP = b"\x1f\x8b"
_NOT_MODIFIED = 304
_STEP = 64 * 1024


def kept(record: Record, page: Page, at: datetime, path: Path, limits: Limits) -> Kept | None:
    """What a record keeps of a page; None where it keeps something else than a page: an image, a script.

    What cannot be made out is a failure of the page: it is blind at that time. Raises CutError as `Record.read` does.
    """
    place = f"{path}: record {record.number}"
    if record.header.get("warc-type") == "revisit":
        return Kept(page, at, place)
    status, header = 200, record.header
    if record.header.get("warc-type") == "response":
        try:
            status, header = _head(record)
        except ValueError as error:
            return Kept(page, at, place, failure=FetchError(BlindReason.UNREADABLE, str(error)))
    if status == _NOT_MODIFIED:
        return Kept(page, at, place)
    told = header.get("content-type", "").partition(";")[0].strip().lower()
    if 200 <= status < 300 and told and told not in media.TEXT_MEDIA:
        return None
    if _names_no_page(page.address):
        return None
    try:
        return Kept(page, at, place, _snapshot(record, page, at, status, header, limits))
    except FetchError as failure:
        return Kept(page, at, place, failure=failure)


def _head(record: Record) -> tuple[int, Mapping[str, str]]:
    """Raises ValueError where the content is no answer of HTTP."""
    line = record.line()
    found = _STATUS.match(line)
    if found is None:
        raise ValueError(f"no HTTP answer: it begins with {line[:20]!r}")
    return int(found[1]), fields(record.line)


def _names_no_page(address: str) -> bool:
    """Whether the path of an address tells that it is a picture, a style, a script."""
    guessed = mimetypes.guess_type(_path(address))[0]
    return guessed is not None and guessed not in media.TEXT_MEDIA


def _path(address: str) -> str:
    """The path of an address; '' where it is none, as 'https://[help/'."""
    parts = foreign.parts(address)
    return parts.path if parts else ""


def _snapshot(
    record: Record, page: Page, at: datetime, status: int, header: Mapping[str, str], limits: Limits
) -> Snapshot:
    """Raises FetchError with the failure that the answer tells, or why its body is no page."""
    if owner := bot_challenges.of_header(header):
        raise FetchError(BlindReason.BOT_WALL, f"a challenge of {owner}, HTTP {status}")
    if 300 <= status < 400:
        raise FetchError(BlindReason.REDIRECTS, f"HTTP {status} to {header.get('location', '')[:200]}")
    if not 200 <= status < 300:
        raise _refusal(record, status, header, limits)
    body = _body(record, header, limits)
    if not body:
        raise FetchError(BlindReason.EMPTY, "no bytes")
    kind = header.get("content-type", "")
    told = media.TEXT_MEDIA.get(kind.partition(";")[0].strip().lower()) or media.of_content(body)
    if told is None:
        raise FetchError(BlindReason.NOT_TEXT, "binary, and the answer does not say what")
    if told == media.PLAIN:
        told = media.of_suffix(_path(page.address)) or told
    charset = _CHARSET.search(kind)
    return Snapshot(
        page,
        body,
        told,
        charset[1].lower() if charset else None,
        status,
        page.address,
        at,
        header.get("etag"),
        header.get("last-modified"),
    )


def _refusal(record: Record, status: int, header: Mapping[str, str], limits: Limits) -> FetchError:
    try:
        said = _body(record, header, limits)[: bot_challenges.LOOKED_AT].decode("latin-1")
    except FetchError:
        said = ""
    if "html" in header.get("content-type", "") and (owner := bot_challenges.of_refusal(said)):
        return FetchError(BlindReason.BOT_WALL, f"a challenge of {owner}, HTTP {status}")
    return failures.of_status(status)


def _body(record: Record, header: Mapping[str, str], limits: Limits) -> bytes:
    """The body, its codings undone. Raises FetchError where there is more or less of it than there may be.

    Programs that write such files undo the codings at times and leave the header as it was: bytes that are not coded
    are taken as they are.
    """
    if (why := record.header.get("warc-truncated")) or "warc-segment-number" in record.header:
        raise FetchError(BlindReason.REFUSED, f"only a part was kept ({why or 'in segments'})")
    chunked = "chunked" in header.get("transfer-encoding", "").lower()
    coded = bounded.body(_unchunked(record) if chunked else _rest(record), "", limits)
    announced = header.get("content-length", "")
    if not chunked and announced.isascii() and announced.isdigit() and len(coded) < int(announced[:15]):
        raise FetchError(BlindReason.REFUSED, f"{len(coded):,} of {announced[:15]} bytes were kept")
    coding = header.get("content-encoding", "").strip().lower()
    if coding in ("gzip", "x-gzip") and not coded.startswith(_GZIP):
        return coded
    return bounded.body([coded], coding, limits)


def _rest(record: Record) -> Iterator[bytes]:
    while piece := record.read(_STEP):
        yield piece


def _unchunked(record: Record) -> Iterator[bytes]:
    """The content without the sizes that stand between its pieces; as it is where none stands at its start."""
    line = record.line()
    if not _CHUNK.fullmatch(line):
        yield line
        yield from _rest(record)
        return
    while found := _CHUNK.fullmatch(line):
        left = int(found[1], 16)
        if left == 0:
            return
        while left:
            piece = record.read(min(left, _STEP))
            if not piece:
                raise FetchError(BlindReason.REFUSED, "the chunked body broke off")
            left -= len(piece)
            yield piece
        record.line()
        line = record.line()
    raise FetchError(BlindReason.REFUSED, "the chunked body broke off")
