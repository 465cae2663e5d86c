"""docs/reference/settings.md, made of the models, so that it cannot say anything else than they do.

`python -m drift.settings.reference > docs/reference/settings.md` writes it anew.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from drift.files.config import Config, kind_of
from drift.files.reference import keys_of
from drift.settings.schema import parts, schema

_INTRODUCTION = """\
# drift.yaml

The settings of `drift`: what it watches, how, where it remembers what it saw, who is asked and who is told. `drift
init` writes a first one, `drift config check` tells everything that is wrong in it and what would be done by it, `drift
config show` prints it with every default filled in, and `drift config schema` prints the schema by which an editor
checks it as it is typed ([drift.schema.json](drift.schema.json)).

It is YAML 1.2: `no` and `on` are text. A section that holds nothing is as good as none.

- **Paths** begin at the folder of drift.yaml.
- **Lengths of time** are a number and a unit: `30 seconds`, `5 minutes`, `6 hours`, `7 days`, `2 weeks`, `6 months`,
  `1 year`. A month counts 30 days and a year 365.
- **Globs** of articles are held against the whole address, or the path where files have no address; `*` and `**` stand
  for any part of it, slashes included, `?` for one character, `[abc]` for one of these. A glob that can match no
  article of its source is an error; of a sitemap, which may list pages of any host, one of another host is a warning.
  The globs of files under `at` are those of a shell: `*` stops at a slash, `**` does not.
- **Times of `cron`** are minute, hour, day of the month, month and weekday. Weekdays are named (`mon`) or numbered as
  cron numbers them: 0 and 7 are Sunday, 1 is Monday. Days of the month and weekdays cannot be given together. Where the
  clock is put forward, a run at a time that does not come is as much later as the clock jumped; where it is put back, a
  run at a time that comes twice is the first of them, or both for what runs in every hour.
- **Runs of `every`** are counted from midnight of 1 January 1970 in UTC, so that a restart moves none.
- **Secrets** never stand in the file. Where a key takes one, it takes `{env: NAME}`, the environment variable that
  holds it, or `{file: PATH}`, a file that holds it alone. A secret written in clear is an error, and its line is not
  printed. A file that everybody on the machine may read is told.
- **Headers** go to the hosts of `at` and to no other, wherever links and redirects lead. The secret is the whole value:
  `Bearer ...` where the site asks for that.
- **The annotator** is nobody unless it is named here: nothing of a page goes anywhere then. What goes where is said by
  `drift config check` and by [annotators.md](../annotators.md).
- **Routes**: of those with `when`, the first that matches takes an event; what none takes goes to the `default`. A
  route without `when` is used only where `default`, `operator`, `questions` or `escalation` name it.
"""

# heading, and the name of the model in the schema: '' is the file itself, and a word of `parts` a whole list of parts
_SECTIONS: tuple[tuple[str, str], ...] = (
    ("The file", ""),
    ("Sources", "sources"),
    ("schedule of a source", "Schedule"),
    ("store", "StoreConfig"),
    ("fetching", "FetchingConfig"),
    ("timeouts of fetching", "TimeoutsConfig"),
    ("replaced of fetching", "ReplacedConfig"),
    ("retention", "RetentionConfig"),
    ("logging", "LoggingConfig"),
    ("annotator", "annotator"),
    ("alerts", "AlertsConfig"),
    ("Notifiers", "notifiers"),
    ("Routes", "RouteConfig"),
    ("when of a route", "WhenConfig"),
    ("quiet of a route", "QuietConfig"),
    ("digest of a route", "DigestConfig"),
    ("escalation", "StepConfig"),
    ("Owners", "OwnerEntry"),
    ("Secrets", "Secret"),
)


def reference() -> str:
    """The document: a table of key, default and meaning for every mapping of the file."""
    whole = schema()
    pieces = [_INTRODUCTION]
    for heading, name in _SECTIONS:
        if name in parts():
            pieces += _listed(heading, parts()[name], whole["$defs"])
        else:
            pieces.append(_section(heading, whole["$defs"][name] if name else whole, whole["$defs"], set()))
    return "\n".join(pieces)


def _listed(heading: str, listed: Sequence[type[Config]], models: Mapping[str, Any]) -> Iterator[str]:
    """What the parts of a list have in common, and then each by itself."""
    every = [models[part.__name__] for part in listed]
    told = set.intersection(
        *({(key, about["description"]) for key, about in one["properties"].items()} for one in every)
    )
    if len(told) > 1:
        shared = {key: about for key, about in every[0]["properties"].items() if (key, about["description"]) in told}
        (base,) = {part.__mro__[part.__mro__.index(Config) - 1] for part in listed}
        words = inspect.getdoc(base)
        yield _section(heading, {**every[0], "description": words, "properties": shared}, models, set())
    else:
        told = set()
    for part, one in zip(listed, every, strict=True):
        yield _section(f"{heading} of kind {kind_of(part)}", one, models, set(told))


def _section(heading: str, model: Mapping[str, Any], models: Mapping[str, Any], told: set[tuple[str, str]]) -> str:
    return f"## {heading}\n\n{model['description']}\n\n{keys_of(model, models, told=told)}"


if __name__ == "__main__":
    sys.stdout.write(reference())
