"""One HTTP answer: its status, its header, and its body while it travels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

import httpcore

from drift.fetch.limits import Limits
from drift.model.errors import BlindReason, FetchError

NOT_MODIFIED = 304
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([^\s;\"']+)", re.IGNORECASE)
_LEFTOVER = 16_384  # bytes of a body nobody wants that are read on, so that its connection can be used again


class HttpAnswer:
    """Header names are lower case; what was sent under one name several times is joined by ', '."""

    def __init__(self, core: httpcore.Response, limits: Limits) -> None:
        """Raises FetchError (TOO_LARGE) for a header larger than `limits.headers`."""
        self._core = core
        self._stream = core.iter_stream()
        self.status = core.status
        self.headers: dict[str, str] = {}
        size = 0
        for raw_name, raw_value in core.headers:
            size += len(raw_name) + len(raw_value)
            name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
            self.headers[name] = f"{self.headers[name]}, {value}" if name in self.headers else value
        if size > limits.headers:
            core.close()
            raise FetchError(BlindReason.TOO_LARGE, f"a header of more than {limits.headers:,} bytes")

    @property
    def announced(self) -> int:
        """How long the body says it is; -1 where it does not."""
        return int(self.headers.get("content-length", "-1"))  # h11 lets nothing but digits through

    @property
    def media(self) -> str:
        """The media type without parameters, '' where none is named."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        found = _CHARSET.search(self.headers.get("content-type", ""))
        return found[1].lower() if found else None

    @property
    def location(self) -> str | None:
        """Where a redirect leads, as it was written; None if it does not say.

        Servers write addresses in raw UTF-8, and are read so. Bytes that are none stand as they came, percent-encoded,
        which is what a browser asks for.
        """
        told = self.headers.get("location")
        if told is None or told.isascii():
            return told
        raw = told.encode("latin-1")
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in raw)

    @property
    def coding(self) -> str:
        return self.headers.get("content-encoding", "")

    def chunks(self) -> Iterator[bytes]:
        """The body as it travels, from where it was read to."""
        return self._stream

    def pass_over(self) -> None:
        """Read what is left of a short body that is of no use: its connection can then be used again."""
        if self.status != NOT_MODIFIED and not 0 <= self.announced <= _LEFTOVER:
            return
        with suppress(httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError):
            for _ in self._stream:
                pass

    def close(self) -> None:
        self._core.close()
