"""The lock: both commands of the README install what was tested, down to what builds the package."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "constraints.txt").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def locked() -> list[Requirement]:
    return [Requirement(line) for line in LOCK.splitlines() if line and not line.startswith("#")]


def wanted() -> list[Requirement]:
    project = PROJECT["project"]
    optional = [each for extra in project["optional-dependencies"].values() for each in extra]
    return [Requirement(each) for each in [*project["dependencies"], *optional, *PROJECT["build-system"]["requires"]]]


def test_every_dependency_has_a_version_that_pyproject_takes() -> None:
    for python in PYTHONS:
        here = {
            "python_version": python,
            "python_full_version": f"{python}.9",
            "platform_python_implementation": "CPython",
        }
        versions = {
            canonicalize_name(each.name): next(iter(each.specifier)).version
            for each in locked()
            if each.marker is None or each.marker.evaluate(here)
        }
        missing = [each.name for each in wanted() if canonicalize_name(each.name) not in versions]
        assert missing == [], f"Python {python}"
        outside = [
            str(each) for each in wanted() if not each.specifier.contains(versions[canonicalize_name(each.name)])
        ]
        assert outside == [], f"Python {python}"


def test_every_line_is_one_version_and_nothing_else() -> None:
    """No address of an index, no path, no option."""
    assert [str(each) for each in locked() if each.url or len(each.specifier) != 1] == []
    assert [str(each) for each in locked() if next(iter(each.specifier)).operator != "=="] == []
    assert re.findall(r"^\s*-.*|.*://.*", LOCK, re.MULTILINE) == []


def test_both_commands_of_the_readme_name_it() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^<!-- run: \w+ -->\n```sh\n(.+?)\n```", readme, re.MULTILINE | re.DOTALL)
    installs = [part for command in commands for part in re.findall(r"pip install [^&]+", command)]
    assert len(installs) == 2
    assert [each for each in installs if "-c constraints.txt " not in each] == []


def test_something_runs_without_it_as_well() -> None:
    """Who depends on the package gets the newest of everything."""
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert re.search(r"pip install (?!.*constraints).*\[dev\]", workflow)
    assert "schedule:" in workflow
    assert [each for each in PYTHONS if f'"{each}"' not in workflow] == []
