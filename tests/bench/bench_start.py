"""What starting `drift` costs, against importing what it stands on.

    python tests/bench/bench_start.py [--json]

CPU time of whole processes (user and system, from the accounts of ended children), the commands taken in turn, RUNS
runs each, all with byte code. The quickest counts: a busy machine only ever adds time, and not to the same command in
every run. `drift check` of a Markdown file is held against the third-party
packages it cannot do without, imported by the names it uses; whatever else it loads shows in the ratio.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = 15
# What a check of one Markdown file uses, by the names it uses: typer for the command (0.29 reads every option with a
# pydantic TypeAdapter, and imports the module that makes them when it reads the first), PyYAML and pydantic for the
# registry, markdown-it-py for the article, PyStemmer and rapidfuzz for matching. pydantic imports its last part, 34
# modules, when the first validator is built: so one is, the smallest. Not among them: Beautiful Soup and lxml (HTML),
# httpx (addresses), rich (text for people), charset-normalizer (files that are no UTF-8).
NEEDED = (
    "import typer, typer._adapters, yaml, Stemmer, rapidfuzz.distance; from markdown_it import MarkdownIt; "
    "from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, StringConstraints, Tag, "
    "TypeAdapter, WithJsonSchema; TypeAdapter(str)"
)
NEVER = {"bs4", "charset_normalizer", "httpx", "lxml", "rich", "soupsieve", "ssl"}
POLICY = """\
policy: returns
title: Returns
owner: store@larkspur.example
terms:
  - term: window
    says: Anything can be returned within 14 days of delivery.
    value: 14 days
    topics: [return an item]
    examples:
      states: [You have 14 days to send an item back.]
      silent: [Gift cards can be returned within 14 days if they were not used.]
"""
ARTICLE = "# Returns\n\nYou can return an item within 14 days of delivery.\n"
LOADED = """\
import sys
from drift.__main__ import main
sys.argv = ["drift", *sys.argv[1:]]
try:
    main()
except SystemExit:
    pass
print(*sorted({name.split(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def measure() -> dict[str, object]:
    """The four quickest runs in milliseconds, the two ratios, and the packages a check loads."""
    with tempfile.TemporaryDirectory() as folder:
        policies, article = Path(folder, "policies"), Path(folder, "returns.md")
        policies.mkdir()
        (policies / "returns.yaml").write_text(POLICY, encoding="utf-8")
        article.write_text(ARTICLE, encoding="utf-8")
        check = ["check", str(article), "--policies", str(policies), "--format", "json"]
        commands = {
            "import typer": ["-c", "import typer"],
            "drift --version": ["-m", "drift", "--version"],
            "import what a check needs": ["-c", NEEDED],
            "drift check, one Markdown file": ["-m", "drift", *check],
        }
        spent: dict[str, list[float]] = {name: [] for name in commands}
        surroundings = _with_byte_code(Path(folder, "byte-code"))
        for command in commands.values():
            _cpu(command, surroundings)  # writes the byte code and warms the file cache
        for _ in range(RUNS):
            for name, command in commands.items():
                spent[name].append(_cpu(command, surroundings))
        run = subprocess.run([sys.executable, "-c", LOADED, *check], capture_output=True, text=True, check=True)
        loaded = set(run.stderr.split())
    quickest = {name: 1000 * min(seconds) for name, seconds in spent.items()}
    typer, version, needed, checked = quickest.values()
    return {
        "milliseconds": quickest,
        "version ratio": version / typer,
        "check ratio": checked / needed,
        "loaded": sorted(loaded - sys.stdlib_module_names),
        "loaded for nothing": sorted(NEVER & loaded),
    }


def _with_byte_code(folder: Path) -> dict[str, str]:
    """An environment in which all modules keep their byte code, as installed ones do, whatever this one says.

    Nor does any command look for plugins of pydantic's: `drift` does not.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(folder), "PYDANTIC_DISABLE_PLUGINS": "1"}


def _cpu(arguments: list[str], surroundings: dict[str, str]) -> float:
    """CPU seconds of one run of this interpreter. Raises CalledProcessError if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=surroundings)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def table(figures: dict[str, object]) -> str:
    """The figures as lines for people."""
    quickest = figures["milliseconds"]
    assert isinstance(quickest, dict)
    lines = [f"{name:32}{value:8.0f} ms CPU" for name, value in quickest.items()]
    lines.append(f"--version is x {figures['version ratio']:.2f} of importing typer alone")
    lines.append(f"check is x {figures['check ratio']:.2f} of importing what it needs ({NEEDED})")
    lines.append(f"a check loads: {figures['loaded']}")
    return "\n".join(lines)


def main() -> None:
    """Print the figures."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--json", action="store_true")
    args = ask.parse_args()
    figures = measure()
    print(json.dumps(figures | {"table": table(figures)}) if args.json else table(figures))


if __name__ == "__main__":
    main()
