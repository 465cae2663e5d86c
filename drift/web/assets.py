"""The style sheet and the icon, read once: nothing else is given out as a file."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent / "static"
ASSETS = {
    "desk.css": ((_FOLDER / "desk.css").read_bytes(), "text/css; charset=utf-8"),
    "icon.svg": ((_FOLDER / "icon.svg").read_bytes(), "image/svg+xml"),
}
