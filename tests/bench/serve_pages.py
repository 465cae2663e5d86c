"""A server on loopback for benchmarks, in a process of its own: `python serve_pages.py FOLDER [--wait SECONDS]`.

Answers `/NAME` with the file of that name and an ETag, 304 to whoever sends one, 404 for the rest; after `--wait`
seconds, as a distant server would. Prints its port. As little work as can be: the client is what is measured.
"""

from __future__ import annotations

import argparse
import asyncio
import re
from pathlib import Path

SAME = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nCache-Control: max-age=60\r\nServer: bench\r\n\r\n'
MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: "1"\r\nServer: bench\r\nContent-Length: {}\r\n\r\n'
NAME = re.compile(rb"GET /([^ ]*) ")


class Talk(asyncio.Protocol):
    def __init__(self, answers: dict[bytes, bytes], wait: float) -> None:
        self._answers = answers
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
            whole = self._answers.get(name[1], MISSING) if name else MISSING
            answer = SAME if whole is not MISSING and b"If-None-Match" in request else whole
            if self._wait:
                asyncio.get_running_loop().call_later(self._wait, self._transport.write, answer)
            else:
                self._transport.write(answer)


async def serve(folder: Path, wait: float) -> None:
    bodies = {path.name.encode(): path.read_bytes() for path in sorted(folder.iterdir())}
    answers = {name: HEAD.format(len(body)).encode() + body for name, body in bodies.items()}
    server = await asyncio.get_running_loop().create_server(lambda: Talk(answers, wait), "127.0.0.1", 0)
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
