"""The house keeps its own rules: imports run one way, files stay readable, and the project speaks of itself alone."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from drift.model.errors import BlindReason

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = sorted((ROOT / "drift").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
ROOMS = sorted(path.parent.name for path in (ROOT / "drift").glob("*/__init__.py"))
LONGEST = 400  # lines; most files stay near 50-250
WRITTEN = {".md", ".py", ".toml", ".yaml", ".html", ".json"}
LATE = {  # where a function imports, outside the table of commands, and why; ten at most
    "drift/__main__.py": "the collector is told first how seldom to look for garbage",
    "drift/assembly/check.py": "few checks ask an annotator: the settings, every annotator and httpx",
    "drift/assembly/fetching.py": "a check of files opens no connection: httpx",
    "drift/cli/progress.py": "most write to no terminal: rich",
    "drift/engine/reading/__init__.py": "HTML takes Beautiful Soup and lxml; few articles are reStructuredText",
    "drift/engine/reading/article.py": "most Markdown holds no HTML: Beautiful Soup and lxml",
    "drift/engine/reading/decode.py": "nearly all files are UTF-8: charset-normalizer",
    "drift/notifiers/apprise.py": "an extra, which need not be there",
    "drift/reports/__init__.py": "programs read no text: rich",
    "drift/store/schema.py": "nearly every store is of this version: alembic, which takes as long as SQLAlchemy",
}
# Spelled in two parts, so that this file does not find itself.
ELSEWHERE = re.compile("|".join(("/wo" + "rk/", "/home" + "/", r"C:\\Us" + "ers")))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_imports_run_one_way() -> None:
    """In a process of its own: the linter imports the package, and would warn about what pytest has rewritten."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_imports_stand_at_the_top() -> None:
    """What has to be late for the start is late in the table of commands; all else has a reason in `LATE`."""
    late = {name(path) for path in PACKAGE if _imports_late(ast.parse(path.read_text(encoding="utf-8")))}
    assert late - {"drift/cli/app.py"} == set(LATE)
    assert len(LATE) <= 10


def _imports_late(tree: ast.Module) -> bool:
    """Whether a function imports, a module makes its names when they are asked for, or types alone are imported."""
    functions = [each for each in ast.walk(tree) if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef))]
    within = [part for function in functions for part in ast.walk(function)]
    called = {ast.unparse(part.func).rpartition(".")[2] for part in within if isinstance(part, ast.Call)}
    return (
        any(isinstance(part, (ast.Import, ast.ImportFrom)) for part in within)
        or bool(called & {"import_module", "__import__"})
        or "__getattr__" in {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}
        or any(isinstance(part, ast.Name) and part.id == "TYPE_CHECKING" for part in ast.walk(tree))
    )


def test_no_class_name_stands_twice() -> None:
    named = Counter(
        part.name
        for path in PACKAGE
        for part in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(part, ast.ClassDef)
    )
    assert [each for each, times in named.items() if times > 1] == []


def test_files_stay_short() -> None:
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in [*PACKAGE, *TESTS]}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST} == {}


def test_every_module_says_what_it_is_for() -> None:
    texts = {name(path): path.read_text(encoding="utf-8") for path in PACKAGE}
    assert [path for path, text in texts.items() if text and not ast.get_docstring(ast.parse(text))] == []


def test_what_a_room_gives_out_is_described() -> None:
    assert ROOMS
    assert [f"{room}.{each}" for room in ROOMS for each in _not_described(room)] == []


def _not_described(room: str) -> list[str]:
    module = importlib.import_module(f"drift.{room}")
    given = {each: getattr(module, each) for each in getattr(module, "__all__", ())}
    callables = {each: thing for each, thing in given.items() if inspect.isfunction(thing) or inspect.isclass(thing)}
    return [each for each, thing in callables.items() if not thing.__doc__]


def test_the_report_reference_names_every_reason_to_be_blind() -> None:
    text = (ROOT / "docs" / "reference" / "report.md").read_text(encoding="utf-8")
    assert [reason.value for reason in BlindReason if f"`{reason.value}`" not in text] == []


def test_the_project_names_no_place_on_somebodys_disk() -> None:
    folders = ("drift", "tests", "docs", "fixtures", "policies")
    files = [path for folder in folders for path in sorted((ROOT / folder).rglob("*")) if path.suffix in WRITTEN]
    files += [*ROOT.glob("*.md"), ROOT / "pyproject.toml"]
    assert [name(path) for path in files if ELSEWHERE.search(path.read_text(encoding="utf-8", errors="replace"))] == []


def test_what_the_gate_runs_stands_in_the_readme() -> None:
    """The gate cuts its first two steps out of the README by name; a name that is missing would run nothing."""
    gate = ROOT / ".ci" / "run"
    steps = re.findall(r"\$\(readme (\w+)\)", gate.read_text(encoding="utf-8"))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = {step: re.search(rf"<!-- run: {step} -->\n```sh\n(.+?)\n```", readme, re.DOTALL) for step in steps}
    assert steps
    assert [step for step, command in commands.items() if command is None] == []
