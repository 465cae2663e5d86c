"""Have a command run by the server of `warm.py`: `python -I -S ask.py SOCKET ARGUMENTS...`, with its exit status.

It is started hundreds of times, and imports no more than it needs.
"""

import array
import json
import os
import socket
import sys


def ask(path: str, arguments: list[str]) -> int:
    """The exit status of a command that has ended, 1 where nobody told one."""
    told = {"arguments": arguments, "folder": os.getcwd(), "environment": dict(os.environ)}
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(path)
        streams = array.array("i", [0, 1, 2])
        server.sendmsg([json.dumps(told).encode()], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, streams)])
        status = server.recv(1)
    return status[0] if status else 1


if __name__ == "__main__":
    sys.exit(ask(sys.argv[1], sys.argv[2:]))
