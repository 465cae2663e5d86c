"""`drift demo`: a help centre in which one article was overwritten, served here and checked over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from drift.assembly.check import CheckOptions, check
from drift.cli.options import now
from drift.cli.output import look, write
from drift.cli.progress import progress
from drift.model.errors import InputError
from drift.reports import story

AS_OF = date(2026, 11, 21)  # the day of the story: timelines and exceptions would tell another one on another day
ORIGIN = "/wireless/unlock.html"  # the article that was overwritten


def demo() -> None:
    """Show what drift is for: a help centre in which one article was overwritten.

    Serves the help centre of Larkspur Mobile, a company that does not exist, on this machine alone, checks it over
    HTTP against its policies, and tells what it found. Nothing else is contacted and nothing is written.

    \b
    Example:
      drift demo
    """
    centre, policies = _folders()
    with _served(centre) as address, progress() as on_examined:
        pages = [path.relative_to(centre).as_posix() for path in sorted(centre.rglob("*.html"))]
        options = CheckOptions(
            sources=tuple(f"{address}/{page}" for page in pages),
            policies=policies,
            as_of=AS_OF,
            allow_private=("127.0.0.1",),
        )
        report = check(options, now, on_examined)
    write(story.render(report, ORIGIN, look()))


def _folders() -> tuple[Path, Path]:
    """The help centre and its policies: beside the installed package, or in the checkout around it."""
    package = Path(__file__).resolve().parents[1]
    packed = package / "_demo"
    if packed.is_dir():
        return packed / "help-centre", packed / "policies"
    checkout = package.parent
    centre = checkout / "fixtures" / "help-centre"
    if not centre.is_dir():
        raise InputError(f"the demo's help centre is missing from this installation: no {packed}")
    return centre, checkout / "policies"


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The folder on a free port of the loopback address, for as long as the block runs; gives the address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: standard error is for the person at it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
