"""A server on loopback for benchmarks, in a process of its own: `python serve_pages.py FOLDER [--wait SECONDS]`.

Answers `/NAME` with the file of that name and an ETag, 304 to whoever sends one, 404 for the rest; after `--wait`
seconds, as a distant server would. `/NAME?WORD` is the same page with a sentence of its own, so that a few files make
many articles. After `/-/bytes` every answer has other bytes and the same text, and no ETag. Prints its port. As little
work as can be: the client is what is measured.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import re
from pathlib import Path

SAME = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nCache-Control: max-age=60\r\nServer: bench\r\n\r\n'
MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{}Server: bench\r\nContent-Length: {}\r\n\r\n"
ETAG = 'ETag: "1"\r\n'
NAME = re.compile(rb"GET /([^ ?]*)(?:\?([a-z]+))? ")
SWITCH = b"-/bytes"


class Pages:
    """The answers, by name."""

    def __init__(self, folder: Path) -> None:
        self._bodies = {path.name.encode(): path.read_bytes() for path in sorted(folder.iterdir())}
        self._numbers = itertools.count()
        self._other_bytes = False

    def answer(self, name: bytes, word: bytes | None, *, versioned: bool) -> bytes:
        if name == SWITCH:
            self._other_bytes = True
        body = self._bodies.get(name)
        if body is None:
            return MISSING
        if versioned and not self._other_bytes:
            return SAME
        if word:
            body = body.replace(b"</article>", b"<p>This is about %b.</p></article>" % word, 1)
        if self._other_bytes:
            body += b"<!-- %d -->" % next(self._numbers)
        return HEAD.format("" if self._other_bytes else ETAG, len(body)).encode() + body


class Talk(asyncio.Protocol):
    def __init__(self, pages: Pages, wait: float) -> None:
        self._pages = pages
        self._wait = wait
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received:
            request, _, self._received = self._received.partition(b"\r\n\r\n")
            name = NAME.match(request)
            versioned = b"If-None-Match" in request
            answer = self._pages.answer(name[1], name[2], versioned=versioned) if name else MISSING
            if self._wait:
                asyncio.get_running_loop().call_later(self._wait, self._transport.write, answer)
            else:
                self._transport.write(answer)


async def serve(folder: Path, wait: float) -> None:
    pages = Pages(folder)
    server = await asyncio.get_running_loop().create_server(lambda: Talk(pages, wait), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--wait", type=float, default=0.0)
    args = ask.parse_args()
    asyncio.run(serve(args.folder, args.wait))


if __name__ == "__main__":
    main()
