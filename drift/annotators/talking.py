"""A program that is talked to: everything it is told goes in, its lines come out, and it never outlives the talk."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from drift.model.errors import AnnotatorError
from drift.model.repeated import repeated

LONGEST = 65_536  # bytes of a line
GRACE = 2.0  # seconds in which a program that has closed its output may end by itself
_COMPLAINT = 4_096  # bytes of the end of its standard error that are kept
_CHUNK = 65_536


class Talk:
    """A context in which a program runs. It is in a process group of its own, which ends with the context.

    Nothing blocks for longer than `timeout` seconds: the program may read when it wants, and write when it wants.
    """

    def __init__(
        self, program: Sequence[str], folder: Path, told: bytes, timer: Callable[[], float], timeout: float
    ) -> None:
        """Raises AnnotatorError where the program cannot be run."""
        self._told = memoryview(told)
        self._timer = timer
        self._timeout = timeout
        self._complaint = b""
        try:
            self._process = subprocess.Popen(
                program,
                cwd=folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
                bufsize=0,
            )
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "no program has such a name"
            raise AnnotatorError(f"the program cannot be run: {reason}: annotator.program", transient=False) from None

    def __enter__(self) -> Talk:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        """End the program and all that it began."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            assert pipe is not None
            pipe.close()
        self._process.wait()

    def lines(self) -> Iterator[bytes]:
        """The lines that it writes, until it closes its output; the last one may lack its end.

        Raises AnnotatorError where none comes in time, or one that is too long.
        """
        begun = bytearray()
        with selectors.DefaultSelector() as selector:
            self._listen(selector)
            ends = self._timer() + self._timeout
            while (piece := self._next(selector, ends)) is not None:
                begun += piece
                while (at := begun.find(b"\n")) >= 0:
                    line = bytes(begun[:at])
                    del begun[: at + 1]
                    yield line
                    ends = self._timer() + self._timeout
                if len(begun) > LONGEST:
                    raise AnnotatorError("the program writes a line without end: annotator.program", transient=False)
        if begun:
            yield bytes(begun)

    def end(self) -> AnnotatorError | None:
        """Let it end by itself, if it does. Why it ended badly, with the last it said of it; None if it did not."""
        try:
            status = self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            return None
        if status == 0:
            return None
        ended = f"by signal {-status}" if status < 0 else f"with status {status}"
        return AnnotatorError(f"the program ended {ended}{self._last_words()}", transient=True)

    def _last_words(self) -> str:
        lines = self._complaint.decode("utf-8", errors="replace").strip().splitlines()
        return f": {said}" if lines and (said := repeated(lines[-1], ())) else ""

    def _listen(self, selector: selectors.BaseSelector) -> None:
        process = self._process
        for pipe, event in (
            (process.stdin, selectors.EVENT_WRITE),
            (process.stdout, selectors.EVENT_READ),
            (process.stderr, selectors.EVENT_READ),
        ):
            assert pipe is not None
            os.set_blocking(pipe.fileno(), False)
            selector.register(pipe, event)

    def _next(self, selector: selectors.BaseSelector, ends: float) -> bytes | None:
        """What it writes next, None if it has closed its output. It is told and heard of its faults meanwhile."""
        process = self._process
        while True:
            left = ends - self._timer()
            if left <= 0:
                words = f"the program gave no answer for {self._timeout:.0f} seconds{self._last_words()}"
                raise AnnotatorError(words, transient=True)
            ready = [key.fileobj for key, _ in selector.select(left)]
            if process.stdin in ready:
                self._tell(selector)
            if process.stderr in ready:
                self._hear(selector)
            if process.stdout in ready:
                assert process.stdout is not None
                piece = process.stdout.read(_CHUNK)
                if piece is not None:  # it was ready for nothing
                    return piece or None

    def _tell(self, selector: selectors.BaseSelector) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        try:
            self._told = self._told[pipe.write(self._told[:_CHUNK]) or 0 :]
        except BrokenPipeError:  # it has heard enough
            self._told = self._told[:0]
        if not self._told:
            selector.unregister(pipe)
            pipe.close()

    def _hear(self, selector: selectors.BaseSelector) -> None:
        pipe = self._process.stderr
        assert pipe is not None
        said = pipe.read(_CHUNK)
        if said:
            self._complaint = (self._complaint + said)[-_COMPLAINT:]
        elif said is not None:
            selector.unregister(pipe)
