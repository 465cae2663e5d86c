"""YAML 1.2 with places: what is read as what, what is told, and that nothing brings it down."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from drift.files import yamlfile
from drift.files.events import FASTEST, Loader, events
from drift.model.errors import InputError, Place, Problem

_REGISTRIES = Path(__file__).parents[3] / "fixtures" / "registry"
_PARSERS = {"libyaml": FASTEST, "python": yaml.Loader}


@pytest.fixture(params=_PARSERS)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Loader:
    """What is told must not depend on the parser underneath."""
    loader = _PARSERS[request.param]
    monkeypatch.setattr(yamlfile, "events", partial(events, loader=loader))
    return loader


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("no", "no"),
        ("on", "on"),
        ("012", "012"),
        ("0o14", "0o14"),
        ("1.10", "1.10"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2026-01-01", "2026-01-01"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ('"null"', "null"),
        ("'true'", "true"),
        ("!!str true", "true"),
        ("|\n  two\n  lines\n", "two\nlines\n"),
        ("<<", "<<"),
    ],
)
def test_scalars(written: str, read: object) -> None:
    document = yamlfile.parse(f"key: {written}".encode(), "f.yaml")
    assert document.problems == []
    assert document.data == {"key": read}


def test_every_key_and_value_has_its_place() -> None:
    document = yamlfile.parse(b"\xef\xbb\xbf# first\na:\n  - b: c\n    'd e': [f,   g]\r\nh: 1\n", "f.yaml")
    assert document.data == {"a": [{"b": "c", "d e": ["f", "g"]}], "h": "1"}
    assert document.place(("a", 0, "b"), key=True) == Place("f.yaml", 3, 5)
    assert document.place(("a", 0, "b")) == Place("f.yaml", 3, 8)
    assert document.place(("a", 0, "d e", 1)) == Place("f.yaml", 4, 18)
    assert document.place(("h",)) == Place("f.yaml", 5, 4)
    assert document.place() == Place("f.yaml", 2, 1)


def test_a_missing_key_has_the_place_of_its_mapping() -> None:
    document = yamlfile.parse(b"a:\n  - b: c\n", "f.yaml")
    assert document.place(("a", 0, "missing")) == Place("f.yaml", 2, 5)


def test_an_alias_stands_for_its_anchor_and_keeps_its_own_place() -> None:
    document = yamlfile.parse(b"a: &x {b: 1}\n&k c: *x\nd: *k\n", "f.yaml")
    assert document.data == {"a": {"b": "1"}, "c": {"b": "1"}, "d": "c"}
    assert document.place(("c", "b")) == Place("f.yaml", 2, 7)


def test_of_a_key_given_twice_the_first_stays_and_its_places_too() -> None:
    document = yamlfile.parse(b"a: {b: 1}\nc: 2\na: {b: 3, b: 4}\na: 5\n", "f.yaml")
    assert document.data == {"a": {"b": "1"}, "c": "2"}
    assert document.place(("a", "b")) == Place("f.yaml", 1, 8)
    assert [(p.place.line, p.place.column, p.message) for p in document.problems] == [
        (3, 1, "'a' is given twice"),
        (3, 11, "'b' is given twice"),
        (4, 1, "'a' is given twice"),
    ]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"a:\n\tb: 1", "2:1: a tab in the indentation"),
        (b"a: |\n  x\n\ty", "3:1: a tab in the indentation"),
        (b"a: caf\xe9", "1:7: byte 0xe9 is not UTF-8"),
        ("é: 1\n".encode() * 2 + b"\xff", "3:1: byte 0xff is not UTF-8"),
        (b"a: 1\nb: \x00", "2:4: control character U+0000"),
        ("a: 1".encode("utf-16"), "1:1: encoded as UTF-16"),
        (b"a: 1\n---\nb: 2", "2:1: a second document"),
        (b"? [a]\n: 1", "1:3: a key that is not one word"),
        (b"a: !!python/object/apply:os.system [x]", "1:4: the tag"),
        (b"a: !mine x", "1:4: the tag '!mine'"),
        (b'a: "x\nb: 1', "1:4: the quote here is not closed"),
        (b"a: [x\nb: 1\n", "1:4: the '[' here is not closed"),
        (b"a: b: c", "1:5: a second ': '"),
        (b"a: *b", "1:4: '*b' names nothing"),
        (b"a: &a [*a]", "1:8: '*a' stands inside what it repeats"),
        (b'a: "\\ud800"', "1:4: an escape here names no character"),
        (b"a: [[\n", "2:1: a value is missing before this"),
        (b"a: 1\na: 2\nb: [[x: [y, [\n", "2:1: 'a' is given twice"),
        (b"a: 1\n...\nb", "3:1: text after the end"),
        (b'a: "\\q"', "1:4: a backslash in this text escapes nothing"),
        (b"a: |9x\n", "1:6: '|' and '>' have a meaning"),
        (b"a: !<x\n", "1:7: tags ('!') are not read"),
        (b"%YAML 2.0\n---\na: 1", "1:1: lines with '%' are not read"),
        (b"- b\n- c\n d: 1\n", "3:3: a second ': '"),
        (b"a:\n  - b\n  c: d\n", "3:3: this line does not fit the list above it"),
        (b"a: 1\n b: 1", "2:3: a second ': '"),
        (b"a:\n  b: 1\n c: 1", "3:2: this line does not fit the lines above it"),
        ("a: x \u2028 \x85 y\nb: c: d".encode(), "2:5: a second ': '"),
    ],
)
@pytest.mark.usefixtures("parser")
def test_what_is_wrong_is_told_at_its_place(body: bytes, told: str) -> None:
    problem, *_ = yamlfile.parse(body, "f.yaml").problems
    assert str(problem).startswith(f"f.yaml:{told}")


def _bomb() -> bytes:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"{y}: &{y} [{', '.join([f'*{x}'] * 10)}]" for x, y in zip("abcdefgh", "bcdefghi", strict=True)]
    return "\n".join(lines).encode()


def _ladder() -> bytes:
    return "\n".join(["- &a0 [x]", *(f"- &a{step + 1} [*a{step}]" for step in range(60))]).encode()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (_bomb(), "aliases repeat more than"),
        (_ladder(), "nested more than"),
        (b"[" * 1_000_000, "nested more than"),
        (b"{a: " * 300_000, "nested more than"),
        (b"- " * 300_000, "nested more than"),
        (b"? " * 300_000, "a key that is not one word"),
        (b'a: "' + b"x" * 200_000, "the quote here is not closed"),
        (b"x" * 200_000 + b": 1", "a second ': '"),
        (b":" * 100_000, "a second ': '"),
    ],
)
@pytest.mark.usefixtures("parser")
def test_hostile_files_are_told(body: bytes, told: str) -> None:
    document = yamlfile.parse(body, "f.yaml")
    assert document.data is None
    assert told in document.problems[0].message


def test_an_escape_beyond_all_characters_is_told(parser: Loader) -> None:
    (problem,) = yamlfile.parse(b'a: "\\U00110000"', "f.yaml").problems
    assert problem.message == "an escape here names no character", parser


@pytest.mark.parametrize("opening", [b"[", b"{a: ", b"- "])
@pytest.mark.parametrize("times", [41, 999, 1_001, 20_000])
def test_nesting_is_refused_at_our_limit_however_deep(opening: bytes, times: int, parser: Loader) -> None:
    """A parser that looks ahead, or has a limit of its own, must not speak first."""
    (problem,) = yamlfile.parse(opening * times, "f.yaml").problems
    assert problem.message == "nested more than 40 deep", parser
    assert problem.place == Place("f.yaml", 1, 40 * len(opening) + 1)


def test_both_parsers_tell_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    for loader in _PARSERS.values():
        monkeypatch.setattr(yamlfile, "events", partial(events, loader=loader))
        bodies = (path.read_bytes() for path in sorted(_REGISTRIES.rglob("*.yaml")))
        told.append([yamlfile.parse(body, "f.yaml").problems for body in bodies])
    assert told[0] == told[1]
    assert any(told[0])


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    (problem,) = yamlfile.read(tmp_path / "none.yaml").problems
    assert problem.message == "cannot be opened: No such file or directory"


def test_a_file_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(yamlfile.MAX_BYTES + 1)
    (problem,) = yamlfile.read(path).problems
    assert problem.message == "larger than 16 MB"


def test_a_device_without_end_is_larger_than_any_file() -> None:
    (problem,) = yamlfile.read(Path("/dev/zero")).problems
    assert problem.message == "larger than 16 MB"


def test_load_raises_what_read_tells(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_text("a: 1\na: 2\na: 3\n")
    with pytest.raises(InputError) as caught:
        yamlfile.load(path)
    assert list(caught.value.problems) == yamlfile.read(path).problems
    path.write_text("a: 1\n")
    assert yamlfile.load(path).data == {"a": "1"}


@pytest.mark.parametrize(
    ("text", "line", "column", "shown"),
    [
        ("a: 1\nbb: x\n", 2, 5, "bb: x\n    ^"),
        ("a: 日本 x\n", 1, 7, "a: 日本 x\n        ^"),
        ("\tx: \x1b[31m\n", 1, 2, " x: \N{REPLACEMENT CHARACTER}[31m\n ^"),
        ("a: 1\rb: 2\n", 2, 1, "b: 2\n^"),
        ("x" * 300 + "y" * 10, 1, 301, "x" * 66 + "y" * 10 + "\n" + " " * 66 + "^"),
    ],
)
def test_excerpt_points_at_the_column(tmp_path: Path, text: str, line: int, column: int, shown: str) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(text.encode())
    assert yamlfile.excerpt(Problem(Place(str(path), line, column), "wrong")) == shown


def test_excerpt_of_what_has_no_line(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"a: 1\n")
    for place in (Place(str(path)), Place(str(path), 9, 1), Place(str(tmp_path / "gone.yaml"), 1, 1)):
        assert yamlfile.excerpt(Problem(place, "wrong")) is None


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_told(body: bytes) -> None:
    document = yamlfile.parse(body, "f.yaml")
    assert document.data is None or document.values


@given(st.lists(st.sampled_from("ab-?:,[]{}&*!|>'\"%@#\t\n  \\éẞ\ufeff\u2028")).map("".join))
def test_any_text_of_yaml_signs_is_read_or_told(text: str) -> None:
    document = yamlfile.parse(text.encode(), "f.yaml")
    for problem in document.problems:
        assert problem.place.line


_TEXT = st.text(st.characters(codec="utf-8"), max_size=20)


@given(st.recursive(_TEXT, lambda inner: st.lists(inner) | st.dictionaries(_TEXT, inner), max_leaves=20))
def test_text_comes_back_as_it_was_written(data: Any) -> None:
    body = yaml.safe_dump(data, allow_unicode=False, default_style='"').encode()
    document = yamlfile.parse(body, "f.yaml")
    assert document.problems == []
    assert document.data == data
