"""Bodies, decompressed within bounds: what a few kilobytes unfold to is cut off as it grows, not afterwards."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from drift.fetch.limits import Limits
from drift.model.errors import BlindReason, FetchError

_STEP = 256 * 1024  # bytes unfolded at a time: what a body may exceed its cap by in memory
_MEMBERS = 100  # gzip streams in one body; a real one has one
_GZIP = 16 + zlib.MAX_WBITS
_ZLIB = zlib.MAX_WBITS
_RAW_DEFLATE = -zlib.MAX_WBITS


def body(chunks: Iterable[bytes], coding: str, limits: Limits) -> bytes:
    """The whole body of an answer: `chunks` as they travel, `coding` as its Content-Encoding says.

    Raises FetchError: TOO_LARGE as soon as a cap is passed, NOT_TEXT where the bytes are not in that coding or the
    coding was not asked for, REFUSED where a compressed body ends too soon.
    """
    unfold = _unfolder(coding)
    whole = bytearray()
    taken = 0
    for chunk in chunks:
        taken += len(chunk)
        if taken > limits.raw:
            raise FetchError(BlindReason.TOO_LARGE, f"more than {limits.raw:,} bytes")
        rest = chunk
        while rest:
            piece, rest = unfold.feed(rest)
            whole += piece
            if len(whole) > limits.decoded:
                raise FetchError(BlindReason.TOO_LARGE, f"more than {limits.decoded:,} bytes once decompressed")
    whole += unfold.last()
    if taken and not unfold.complete:
        raise FetchError(BlindReason.REFUSED, f"the {coding} body broke off", transient=True)
    return bytes(whole)


def start(chunks: Iterable[bytes], coding: str, most: int) -> bytes:
    """The first `most` bytes of a body once its compression is undone; all of a shorter one.

    Raises FetchError (NOT_TEXT) where the bytes are not in that coding or the coding was not asked for.
    """
    unfold = _unfolder(coding)
    begun = bytearray()
    for chunk in chunks:
        rest = chunk
        while rest and len(begun) < most:
            piece, rest = unfold.feed(rest)
            begun += piece
        if len(begun) >= most:
            return bytes(begun[:most])
    return bytes(begun + unfold.last())[:most]


def _unfolder(coding: str) -> _Plain | _Deflated:
    match coding.strip().lower():
        case "" | "identity":
            return _Plain()
        case "gzip" | "x-gzip":
            return _Deflated("gzip", _GZIP)
        case "deflate":
            return _Deflated("deflate", None)
        case other:
            raise FetchError(BlindReason.NOT_TEXT, f"encoded as {other[:40]!r}, which was not asked for")


class _Plain:
    complete = True

    def feed(self, data: bytes) -> tuple[bytes, bytes]:
        return data, b""

    def last(self) -> bytes:
        return b""


class _Deflated:
    """gzip, or 'deflate', which servers send with the zlib header and without it."""

    def __init__(self, name: str, bits: int | None) -> None:
        self._name = name
        self._bits = bits
        self._start = b""
        self._members = 0
        self._inflate = zlib.decompressobj(bits) if bits is not None else None

    @property
    def complete(self) -> bool:
        return self._inflate is not None and self._inflate.eof

    def feed(self, data: bytes) -> tuple[bytes, bytes]:
        """At most one step of output, and the input that is left for the next call."""
        if self._inflate is None:
            data = self._start + data
            if len(data) < 2:
                self._start = data
                return b"", b""
            self._inflate = zlib.decompressobj(_ZLIB if _has_zlib_header(data) else _RAW_DEFLATE)
        if self._inflate.eof:
            if self._bits != _GZIP or not data.strip(b"\0"):
                return b"", b""  # what follows the end is not part of the body
            self._members += 1
            self._inflate = zlib.decompressobj(_GZIP)
        if self._members > _MEMBERS:
            raise FetchError(BlindReason.NOT_TEXT, f"more than {_MEMBERS} gzip streams in one body")
        try:
            piece = self._inflate.decompress(data, _STEP)
        except zlib.error as error:
            raise FetchError(BlindReason.NOT_TEXT, f"not the {self._name} it says it is: {error}") from error
        return piece, self._inflate.unconsumed_tail or self._inflate.unused_data

    def last(self) -> bytes:
        """What the decompressor still holds once its input is used up: the end of a copy, at most a few kilobytes."""
        return b"" if self._inflate is None or self._inflate.eof else self._inflate.decompress(b"", _STEP)


def _has_zlib_header(data: bytes) -> bool:
    return data[0] & 0x0F == 8 and (data[0] * 256 + data[1]) % 31 == 0
