"""The look: every text can be read on what it stands on (WCAG 2.2 AA), light and dark; nothing is from outside."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STYLE = (Path(__file__).parents[3] / "drift" / "web" / "static" / "desk.css").read_text(encoding="utf-8")
TONES = ("wrong", "right", "ask", "blind", "quiet")
TEXTS = [("ink", "ground"), ("ink", "surface"), ("soft", "ground"), ("soft", "surface"), ("link", "ground")]
TEXTS += [("link", "surface"), ("surface", "link"), ("wrong", "surface"), ("right", "surface")]
TEXTS += [(tone, f"{tone}-ground") for tone in TONES]
SHAPES = [("edge", "surface"), ("edge", "ground"), ("bar-critical", "surface"), ("link", "ground")]


def tokens(scheme: str) -> dict[str, str]:
    """The colours of a scheme: those of dark lie over those of light."""
    light, dark = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return found if scheme == "light" else found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))


def contrast(one: str, other: str) -> float:
    """By the formula of WCAG: 1 for the same, 21 for black on white."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_every_text_can_be_read(scheme: str, text: str, ground: str) -> None:
    held = tokens(scheme)
    assert contrast(held[text], held[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_edges_of_fields_can_be_seen(scheme: str, shape: str, ground: str) -> None:
    held = tokens(scheme)
    assert contrast(held[shape], held[ground]) >= 3


def test_colours_are_named_once() -> None:
    rules = re.sub(r":root \{.*?\}", "", STYLE, flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", rules) == []
    used = set(re.findall(r"var\(--([\w-]+)\)", STYLE))
    named = set(re.findall(r"--([\w-]+):", STYLE))
    assert used == named


def test_nothing_is_loaded_from_outside() -> None:
    assert re.findall(r"url\(|@import|https?:", STYLE) == []
