"""Files, folders and globs become pages in a stable order, and nothing is passed over in silence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from drift.model.errors import InputError, Problem
from drift.sources import FileSource, from_argument, left_out_of, pages_of
from drift.sources.watched import Folders

TREE = (
    "docs/b.md",
    "docs/a b.txt",
    "docs/wireless/unlock.html",
    "docs/wireless/Plans.HTM",
    "docs/wireless.md",
    "docs/page.mdx",
    "docs/notes.markdown",
    "docs/logo.png",
    "docs/terms.rst",
    "docs/.draft.md",
    "docs/.git/a.md",
    "docs/node_modules/left/README.md",
    "docs/wireless/node_modules/README.md",
    "odd/a[1].md",
    "empty/.keep",
    ".hidden/a.md",
)


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in TREE:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("60 days")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def addresses(argument: str) -> list[str]:
    return [page.address for page in FileSource(argument).pages()]


EVERY = [
    "a b.txt", "b.md", "notes.markdown", "page.mdx", "terms.rst", "wireless/Plans.HTM", "wireless/unlock.html",
    "wireless.md",
]  # fmt: skip


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("docs/b.md", ["docs/b.md"]),
        ("./docs/b.md", ["./docs/b.md"]),
        ("docs/logo.png", ["docs/logo.png"]),
        ("docs/.draft.md", ["docs/.draft.md"]),
        ("docs", [f"docs/{name}" for name in EVERY]),
        ("docs//", [f"docs/{name}" for name in EVERY]),
        ("./docs", [f"./docs/{name}" for name in EVERY]),
        ("docs/../docs", [f"docs/../docs/{name}" for name in EVERY]),
        (".", [*(f"./docs/{name}" for name in EVERY), "./odd/a[1].md"]),
        (".hidden", [".hidden/a.md"]),
        ("docs/node_modules", ["docs/node_modules/left/README.md"]),
        ("docs/*.md", ["docs/b.md", "docs/wireless.md"]),
        ("docs/**/*.html", ["docs/wireless/unlock.html"]),
        ("docs/*", [f"docs/{name}" for name in EVERY]),
        ("docs/**", [f"docs/{name}" for name in EVERY]),
        ("docs/wire*", ["docs/wireless/Plans.HTM", "docs/wireless/unlock.html", "docs/wireless.md"]),
        ("docs/*.rst", ["docs/terms.rst"]),
        ("docs/*.???", ["docs/a b.txt", "docs/page.mdx", "docs/terms.rst"]),
        ("*/a[[]1].md", ["odd/a[1].md"]),
        ("odd/a[1].md", ["odd/a[1].md"]),
    ],
)
def test_pages(argument: str, expected: list[str]) -> None:
    assert addresses(argument) == expected


def test_an_absolute_folder(tree: Path) -> None:
    assert addresses(f"{tree}/odd/") == [f"{tree}/odd/a[1].md"]
    assert addresses(f"{tree}/o*/*") == [f"{tree}/odd/a[1].md"]


def problem(argument: str) -> Problem:
    with pytest.raises(InputError) as caught:
        list(from_argument(argument).pages())
    return caught.value.problems[0]


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize(
    ("argument", "message", "hint"),
    [
        ("docs/wireles/unlock.html", "no such file or folder", "docs/wireless/unlock.html"),
        ("docs/wireless/unlok.html", "no such file or folder", "docs/wireless/unlock.html"),
        ("dosc/zzz.md", "no such file or folder", "docs"),
        ("docs/zzzzzzzz", "no such file or folder", None),
        ("docs/b.md/below", "no such file or folder", None),
        ("", "no such file or folder", None),
        ("help.larkspur.example/unlock", "no such file or folder", "https://help.larkspur.example/unlock"),
        ("help.larkspur.example:8080", "no such file or folder", "https://help.larkspur.example:8080"),
        ("refunds.md", "no such file or folder", None),
        ("empty", "no articles in this folder", None),
        ("docs/*.pdf", "nothing matches", None),
        ("empty/*", "nothing matches", None),
    ],
)
def test_what_cannot_be_found(argument: str, message: str, hint: str | None) -> None:
    found = problem(argument)
    assert (found.message, found.hint) == (message, hint)
    assert found.place.file == (argument or "''")


def test_absolute_paths_have_hints_too(tree: Path) -> None:
    assert problem(f"{tree}/doc").hint == f"{tree}/docs"


def test_links_to_files_are_pages_and_links_to_folders_are_not_followed(tree: Path) -> None:
    (tree / "odd/again").symlink_to(tree / "odd")
    (tree / "odd/gone.md").symlink_to(tree / "nowhere.md")
    assert addresses("odd") == ["odd/a[1].md", "odd/gone.md"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_folders_that_cannot_be_listed(tree: Path) -> None:
    (tree / "docs/wireless").chmod(0)
    try:
        assert "docs/wireless" in addresses("docs")
        assert "cannot be listed" in problem("docs/wireless").message
    finally:
        (tree / "docs/wireless").chmod(0o755)


def test_a_folder_that_fails_while_it_is_walked_is_a_page(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listing = os.scandir

    def failing(path: str) -> object:
        if path == "docs/wireless":
            raise PermissionError(13, "Permission denied", path)
        return listing(path)

    monkeypatch.setattr("os.scandir", failing)
    assert tree.exists()
    assert addresses("docs") == [*(f"docs/{name}" for name in EVERY[:5]), "docs/wireless", "docs/wireless.md"]


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize("base", ["https://help.larkspur.example/guide", "https://help.larkspur.example/guide/"])
@pytest.mark.parametrize(
    ("argument", "relative"),
    [
        ("docs/wireless", ["Plans.HTM", "unlock.html"]),
        ("docs/wireless/*", ["Plans.HTM", "unlock.html"]),
        ("docs/*/unlock.html", ["wireless/unlock.html"]),
        ("docs/a*", ["a%20b.txt"]),
        ("*/a[[]1].md", ["odd/a%5B1%5D.md"]),
    ],
)
def test_published_as_under_a_folder(base: str, argument: str, relative: list[str]) -> None:
    pages = from_argument(argument, published_as=base).pages()
    assert [page.published_as for page in pages] == [f"https://help.larkspur.example/guide/{name}" for name in relative]


@pytest.mark.usefixtures("tree")
def test_published_as_of_one_page_is_the_address_itself() -> None:
    url = "https://help.larkspur.example/unlock/"
    for argument in ("docs/b.md", "-", "https://staging.larkspur.example/unlock"):
        assert [page.public for page in from_argument(argument, published_as=url).pages()] == [url]


@pytest.mark.usefixtures("tree")
def test_pages_of_several_arguments_come_in_the_order_given_and_once() -> None:
    pages = pages_of(["odd", "docs/b.md", "-", "docs/*.md", "-"])
    assert [page.address for page in pages] == ["odd/a[1].md", "docs/b.md", "-", "docs/wireless.md"]


@pytest.mark.usefixtures("tree")
def test_everything_wrong_with_the_arguments_is_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        pages_of(["odd", "empty", "ftp://larkspur.example", "nothing"])
    assert [problem.place.file for problem in caught.value.problems] == ["empty", "ftp://larkspur.example", "nothing"]


@pytest.mark.usefixtures("tree")
def test_two_pages_are_not_published_under_one_address() -> None:
    with pytest.raises(InputError) as caught:
        pages_of(["docs/b.md", "docs/wireless.md"], published_as="https://help.larkspur.example/b")
    assert str(caught.value) == (
        "docs/wireless.md: would be published as https://help.larkspur.example/b, like docs/b.md; "
        "expected one file, or one folder"
    )
    assert len(pages_of(["docs/b.md", "docs/b.md"], published_as="https://help.larkspur.example/b")) == 1


@pytest.mark.usefixtures("tree")
def test_published_as_must_be_an_address() -> None:
    with pytest.raises(InputError) as caught:
        pages_of(["docs/b.md", "docs"], published_as="help.larkspur.example")
    assert [problem.place.file for problem in caught.value.problems] == ["--published-as"]


OTHERS = ("docs/fees.pdf", "docs/wireless/old.adoc", "docs/data.json", "docs/page.liquid", "docs/NOTES", "docs/x.q9")
UNTOLD = ("docs/style.css", "docs/site.js", "docs/conf.yaml", "docs/LICENSE", "docs/package.json", "docs/photo.JPG")


@pytest.fixture
def mixed(tree: Path) -> Path:
    for name in (*OTHERS, *UNTOLD):
        (tree / name).write_text("60 days")
    return tree


def left_out(*arguments: str, policies: str | None = None) -> dict[str, str]:
    return {one.page.address: one.why for one in left_out_of(arguments, policies=policies)}


@pytest.mark.usefixtures("mixed")
@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("docs", sorted(OTHERS)),
        ("./docs", sorted(f"./{name}" for name in OTHERS)),
        ("docs/*", sorted(OTHERS)),
        ("docs/**", sorted(OTHERS)),
        ("docs/wire*", ["docs/wireless/old.adoc"]),
        ("docs/*.md", []),
        ("docs/*.pdf", []),
        ("docs/fees.pdf", []),
        ("nowhere", []),
        ("https://help.larkspur.example/docs", []),
        ("-", []),
    ],
)
def test_what_is_left_out(argument: str, expected: list[str]) -> None:
    assert sorted(left_out(argument)) == expected


@pytest.mark.usefixtures("mixed")
def test_why_it_is_left_out() -> None:
    assert left_out("docs", "docs/*") == {
        "docs/NOTES": "a file without a suffix is not read",
        "docs/data.json": ".json files are not read",
        "docs/fees.pdf": "PDF documents are not read yet",
        "docs/page.liquid": ".liquid files are not read",
        "docs/wireless/old.adoc": "AsciiDoc is not read yet",
        "docs/x.q9": ".q9 files are not read",
    }


@pytest.mark.usefixtures("mixed")
def test_the_policies_are_no_articles() -> None:
    assert left_out("docs", policies="docs/wireless").keys() == set(OTHERS) - {"docs/wireless/old.adoc"}


def test_a_folder_of_other_forms_alone_says_how_many(tree: Path) -> None:
    (tree / "empty/fees.pdf").write_text("60 days")
    assert problem("empty").message == "no articles that are read, and 1 file of other forms"


def test_a_watched_folder_notes_what_it_leaves_out(mixed: Path) -> None:
    source = Folders([str(mixed / "docs")])
    assert len(list(source.pages())) == len(EVERY)
    assert source.whole
    assert "left out: 1 file (PDF documents are not read yet)" in source.notes
