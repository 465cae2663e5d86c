"""Compressed bodies unfold within their caps, in memory as well as in the end."""

from __future__ import annotations

import contextlib
import gzip
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drift.fetch import bounded
from drift.fetch.limits import Limits
from drift.model.errors import BlindReason, FetchError

BOMB = gzip.compress(b"\0" * 60_000_000, 9)  # 60 MB in 58 kB


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


@pytest.mark.parametrize("size", [4096, len(BOMB)])
def test_a_gzip_bomb_takes_no_more_memory_than_its_cap(size: int) -> None:
    assert len(BOMB) < 60_000
    tracemalloc.start()
    try:
        with pytest.raises(FetchError) as caught:
            bounded.body(pieces(BOMB, size), "gzip", Limits(decoded=5_000_000))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert caught.value.reason is BlindReason.TOO_LARGE
    assert peak < 8_000_000


def test_a_bomb_of_many_gzip_streams_is_refused() -> None:
    with pytest.raises(FetchError) as caught:
        bounded.body(pieces(gzip.compress(b"") * 10_000, 65_536), "gzip", Limits())
    assert caught.value.reason is BlindReason.NOT_TEXT


def raw_deflate(data: bytes) -> bytes:
    squeeze = zlib.compressobj(wbits=-15)
    return squeeze.compress(data) + squeeze.flush()


FOLDS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "gzip": (gzip.compress, "gzip"),
    "zlib": (zlib.compress, "deflate"),
    "raw": (raw_deflate, "deflate"),
}


@settings(deadline=None, max_examples=40)
@given(
    data=st.binary(min_size=1, max_size=300) | st.integers(1, 700_000).map(lambda size: b"ab" * size),
    size=st.integers(1, 70_000),
    fold=st.sampled_from(sorted(FOLDS)),
)
def test_what_was_folded_unfolds_however_it_is_cut(data: bytes, size: int, fold: str) -> None:
    squeeze, coding = FOLDS[fold]
    assert bounded.body(pieces(squeeze(data), size), coding, Limits()) == data


@settings(deadline=None, max_examples=60)
@given(data=st.binary(max_size=200), coding=st.sampled_from(["gzip", "deflate", "br", "", "identity, gzip"]))
def test_anything_else_is_a_failure_and_no_traceback(data: bytes, coding: str) -> None:
    with contextlib.suppress(FetchError):
        assert isinstance(bounded.body([data], coding, Limits()), bytes)


def test_the_caps_themselves_still_fit() -> None:
    limits = Limits(raw=100, decoded=100)
    assert bounded.body([b"a" * 100], "", limits) == b"a" * 100
    with pytest.raises(FetchError):
        bounded.body([b"a" * 101], "", limits)
