"""Addresses as they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import httpcore
import httpx

from drift.model import foreign
from drift.model.errors import BlindReason, FetchError

HIGHEST_PORT = 65535


@dataclass(frozen=True, slots=True)
class Target:
    """An http(s) address without fragment, user name, password, or trailing dot on its host."""

    url: httpx.URL
    text: str
    origin: str  # 'https://help.larkspur.example', with the port where it is not the scheme's own

    @property
    def path(self) -> str:
        return self.url.path

    @property
    def host_header(self) -> bytes:
        return self.url.netloc

    def for_core(self) -> httpcore.URL:
        """The same, as httpcore takes it."""
        url = self.url
        return httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


def target(text: str, base: Target | None = None) -> Target:
    """What an address asks for; `base` is what a relative one is relative to.

    Raises FetchError (SCHEME) where it is no http(s) address.
    """
    return _target(text, base)


@lru_cache(maxsize=64)  # whoever asks politely looks at an address before the client does: 0.05 ms each time
def _target(text: str, base: Target | None) -> Target:
    try:
        url = base.url.join(text) if base else httpx.URL(text)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(BlindReason.SCHEME, f"not an address: {error}") from error
    if url.scheme not in ("http", "https"):
        raise FetchError(BlindReason.SCHEME, f"only http and https are read, not {url.scheme or 'a bare name'}")
    written = url.raw_host.decode("ascii")  # as it is sent: `url.host` raises for a name that unfolds to nothing
    host = written.rstrip(".")
    if not host or "%" in host or (url.port is not None and not 0 < url.port <= HIGHEST_PORT):
        raise FetchError(BlindReason.SCHEME, "an address without a possible host and port")
    if fault := foreign.host_fault(host):
        raise FetchError(BlindReason.SCHEME, f"an address without a possible host: {fault}")
    text = str(url)
    if url.userinfo or "#" in text or host != written:
        url = url.copy_with(userinfo=b"", fragment=None, host=host)
        text = str(url)
    return Target(url, text, f"{url.scheme}://{url.netloc.decode('ascii')}")
