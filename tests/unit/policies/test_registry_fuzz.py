"""Whatever a folder holds, it is a registry or an InputError with places, never another error."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drift import policies as registry_room
from drift.engine import languages
from drift.model.errors import InputError

FIXTURES = Path(__file__).parents[3] / "fixtures" / "registry"
SEEDS = sorted(path for path in FIXTURES.glob("*/*.yaml") if path.stat().st_size < 3000)
ENGLISH = languages.load("en")
FILES = ("policy.yaml", "scopes.yaml", "reviewed.yaml")

WORDS = st.sampled_from(
    [*"ab:-,[]{}&*!|>'\"#\n \t", "  ", "\n  ", "\n  - ", ": ", "policy", "owner", "terms", "term", "says", "value",
     "kind", "bound", "scope", "scopes", "default", "topics", "also", "exceptions", "reviewed", "sentence", "article",
     "is", "from", "until", "review", "last", "every", "60 days", "16 years", "USD 5", "$5", "free", "between",
     "2026-01-01", "9999-12-31", "0001-01-01", "null", "true", "a@larkspur.example", "**", "https://",
     "9" * 40, "1e999", "\u2028"]
)  # fmt: skip


def read(folder: Path) -> None:
    problems, read = registry_room.lint(folder, today=date(2026, 11, 21), language=languages.load)
    for problem in problems:
        assert problem.message
        assert str(problem).startswith(str(folder))
    if read is None:
        with pytest.raises(InputError):
            registry_room.load(folder, language=languages.load)
    else:
        assert registry_room.load(folder, language=languages.load) == read


@given(st.sampled_from(FILES), st.binary(max_size=300))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, name: str, body: bytes) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "a.yaml").write_text(
        "policy: a\nowner: a@larkspur.example\nterms: [{says: It takes 5 days., value: 5 days}]"
    )
    (folder / name).write_bytes(body)
    read(folder)


@given(st.sampled_from(FILES), st.lists(WORDS, max_size=60).map("".join))
def test_any_text_like_yaml(tmp_path_factory: pytest.TempPathFactory, name: str, text: str) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "a.yaml").write_text(
        "policy: a\nowner: a@larkspur.example\nterms: [{says: It takes 5 days., value: 5 days}]"
    )
    (folder / name).write_text(text, encoding="utf-8")
    read(folder)


_KEYS = st.sampled_from(
    ["policy", "title", "owner", "severity", "review", "terms", "exceptions", "term", "says", "value", "kind", "bound",
     "scope", "topics", "also", "published_at", "examples", "is", "from", "until", "article", "reason", "by", "team",
     "scopes", "plan", "default", "reviewed", "sentence", "nth", "on", "last", "every", "{x}"]
)  # fmt: skip
_LEAVES = st.sampled_from(
    ["null", "true", "60 days", "5 days..7 days", "16 years", "USD 5", "free", "between", "2026-01-01", "plan", "a b",
     "a@larkspur.example", '""', "1", '"{x}%s\\n"']
)  # fmt: skip


def _flow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    lists = st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
    pairs = st.tuples(_KEYS.map(lambda key: f'"{key}"'), inner).map(": ".join)
    return lists | st.lists(pairs, max_size=6).map(lambda items: f"{{{', '.join(items)}}}")


@given(st.lists(st.tuples(_KEYS, st.recursive(_LEAVES, _flow, max_leaves=15)).map(": ".join), max_size=6))
def test_any_shape(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    for name in FILES:
        (folder / name).write_text("\n".join(line.replace("{x}", "x") for line in lines), encoding="utf-8")
    read(folder)


@given(st.sampled_from(SEEDS), st.integers(0, 2**32))
def test_files_with_a_slip(tmp_path_factory: pytest.TempPathFactory, seed: Path, salt: int) -> None:
    folder, chance = tmp_path_factory.mktemp("fuzz"), random.Random(salt)
    body = bytearray(seed.read_bytes())
    for _ in range(chance.randint(1, 8)):
        at, length = chance.randrange(len(body) + 1), chance.randint(0, 12)
        body[at : at + length] = chance.choice(
            [b"", b" ", b"\n", b":", b"- ", b"[", b"}", b"&a ", b"*a", b"~", b"\xff", b"0"]
        )
    (folder / seed.name).write_bytes(bytes(body))
    read(folder)
