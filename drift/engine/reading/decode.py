"""From bytes to text, once: what the bytes say of themselves, then what was declared, then what they look like."""

from __future__ import annotations

import codecs
import re

from drift.engine.reading.text import scrub
from drift.model.errors import BlindReason, ReadingError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_META_WITHIN = 4096
# Browsers read these names as Windows-1252, of which they are a part.
_LATIN = frozenset(("latin-1", "iso8859-1", "ascii", "cp1252"))
# Codecs of text that are no charset of a page; of these Python takes minutes for a megabyte of Punycode.
_NO_CHARSETS = frozenset(("punycode", "idna", "unicode-escape", "raw-unicode-escape", "utf-7"))
_SIGNATURES = (
    b"%PDF-",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"RIFF",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",
)
_SAMPLE = 65_536
_CONTROLS = bytes((*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)))
# Text files hold a stray control character at most; compressed and executable files have more than one byte in ten.
_MOST_CONTROLS = 0.02
# A text in which one character in fifty cannot be read was written in another charset.
_MOST_UNREADABLE = 0.02


def decode(body: bytes, charset: str | None = None) -> str:
    """The text of `body`. `charset` is what the transport declared.

    A byte order mark decides; bytes that are well-formed UTF-8 are UTF-8 whatever was declared, since no other text
    looks like it by chance; then the declared charset, the page's own, and the one the bytes look like.

    Raises ReadingError: NOT_TEXT for binary content, UNREADABLE for bytes that are text in no charset.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return scrub(body.decode(name, "replace").lstrip("\ufeff"))
    sample = body[:_SAMPLE]
    wide = _wide(charset) or _wide_by_shape(sample)
    if not wide:
        _refuse_binary(sample)
        if b"\x1b" not in sample:
            try:
                return scrub(body.decode("utf-8"))
            except UnicodeDecodeError:
                pass
    for declared in (wide, charset, _declared(body)):
        text = _try(body, declared)
        if text is not None:
            return scrub(text)
    return scrub(_guess(body))


def _refuse_binary(sample: bytes) -> None:
    if sample.startswith(_SIGNATURES):
        raise ReadingError(BlindReason.NOT_TEXT, "the signature of a binary format")
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > max(2, _MOST_CONTROLS * len(sample)):
        raise ReadingError(BlindReason.NOT_TEXT, f"{controls} control characters in the first {len(sample):,} bytes")


def _wide(charset: str | None) -> str | None:
    """A declared charset of two or four bytes a character."""
    return charset if charset and charset.lower().replace("-", "").startswith(("utf16", "utf32", "ucs2")) else None


def _wide_by_shape(sample: bytes) -> str | None:
    """UTF-16 without a mark shows as a NUL in every second byte of its spaces and markup."""
    if 0 not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) > len(sample) * 0.3 and min(even, odd) < max(even, odd) * 0.05:
        return "utf-16-be" if even > odd else "utf-16-le"
    return None


def _declared(body: bytes) -> str | None:
    match = _META.search(body[:_META_WITHIN])
    if match is None:
        return None
    name = (match.group(1) or match.group(2)).decode("ascii", "replace")
    # A page that says so in ASCII is not written two bytes a character.
    return None if _wide(name) else name


def _try(body: bytes, name: str | None) -> str | None:
    """The text in a declared charset, or None if there is no such charset or the bytes do not bear it out."""
    if not name:
        return None
    try:
        codec = codecs.lookup(name).name
        if codec in _NO_CHARSETS:
            return None
        text = body.decode("cp1252" if codec in _LATIN else codec, "replace")
    except (LookupError, ValueError, TypeError, AttributeError):
        return None  # unknown, or a codec that is no charset ('rot13', 'base64')
    if _wide(codec) and not _spaced(text):
        return None
    return text if text.count("\ufffd") <= _MOST_UNREADABLE * len(text) else None


def _spaced(text: str) -> bool:
    """Whether a text read two bytes a character is one: bytes paired wrongly hold no spaces or markup."""
    sample = text[:_SAMPLE]
    return sum(map(sample.count, " <>/\n。、")) * 50 > len(sample)


def _guess(body: bytes) -> str:
    from charset_normalizer import from_bytes  # takes 40 ms to import, and few pages need it

    best = from_bytes(body[:_SAMPLE], steps=5, chunk_size=512).best()
    if best is None:
        raise ReadingError(BlindReason.UNREADABLE, "no charset makes text of these bytes")
    text = _try(body, best.encoding)
    if text is None:
        raise ReadingError(BlindReason.UNREADABLE, f"the bytes look like {best.encoding}, but do not bear it out")
    return text
