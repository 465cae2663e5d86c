"""docs/reference/settings.md, made of the models, so that it cannot say anything else than they do.

`python -m drift.settings.reference > docs/reference/settings.md` writes it anew.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from drift.settings.schema import schema

_INTRODUCTION = """\
# drift.yaml

The settings of `drift`: what it watches, how, where it remembers what it saw, and who is told. `drift init` writes a
first one, `drift config check` tells everything that is wrong in it and what would be done by it, `drift config show`
prints it with every default filled in, and `drift config schema` prints the schema by which an editor checks it as it
is typed ([drift.schema.json](drift.schema.json)).

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
- **Routes**: of those with `when`, the first that matches takes an event; what none takes goes to the `default`. A
  route without `when` is used only where `default`, `operator` or `escalation` name it.
"""

# heading, and the name of the model in the schema: '' is the file itself
_SECTIONS: tuple[tuple[str, str], ...] = (
    ("The file", ""),
    ("Sources of kind files", "FilesEntry"),
    ("Sources of kind urls: the keys above, and", "UrlsEntry"),
    ("Sources of kind sitemap: the keys of urls, and", "SitemapEntry"),
    ("Sources of kind crawl: the keys of urls, and", "CrawlEntry"),
    ("schedule of a source", "ScheduleEntry"),
    ("store", "StoreEntry"),
    ("fetching", "FetchingEntry"),
    ("timeouts of fetching", "TimeoutsEntry"),
    ("replaced of fetching", "ReplacedEntry"),
    ("retention", "RetentionEntry"),
    ("logging", "LoggingEntry"),
    ("alerts", "AlertsEntry"),
    ("Notifiers of kind slack", "SlackEntry"),
    ("Notifiers of kind webhook", "WebhookEntry"),
    ("Notifiers of kind email", "EmailEntry"),
    ("Notifiers of kind apprise", "AppriseEntry"),
    ("Routes", "RouteEntry"),
    ("when of a route", "WhenEntry"),
    ("quiet of a route", "QuietEntry"),
    ("digest of a route", "DigestEntry"),
    ("escalation", "StepEntry"),
    ("Owners", "OwnerEntry"),
    ("Secrets", "SecretEntry"),
)


def reference() -> str:
    """The document: a table of key, default and meaning for every mapping of the file."""
    whole = schema()
    told: set[tuple[str, str]] = set()
    parts = [_INTRODUCTION]
    for heading, name in _SECTIONS:
        model = whole["$defs"][name] if name else whole
        required = model.get("required", [])
        rows = []
        for key, written in model["properties"].items():
            about = _described(written, whole["$defs"])
            if name in ("UrlsEntry", "SitemapEntry", "CrawlEntry") and (key, about["description"]) in told:
                continue  # what every source has is told once
            told.add((key, about["description"]))
            rows.append(f"| `{key}` | {_default(key, about, required)} | {_meaning(about)} |")
        head = f"## {heading}\n\n{model['description']}\n\n| key | default | meaning |\n| --- | --- | --- |\n"
        parts.append(head + "\n".join(rows) + "\n")
    return "\n".join(parts)


def _described(about: dict[str, Any], models: dict[str, Any]) -> dict[str, Any]:
    """A key with its meaning: that of its model, where both are the same words and the schema says them once."""
    if "description" in about:
        return about
    return {"description": models[about["$ref"].rpartition("/")[2]]["description"]} | about


def _default(key: str, about: dict[str, Any], required: list[str]) -> str:
    if key in required:
        return "must be given"
    return f"`{_spelled(about['default'])}`" if "default" in about else ""


def _meaning(about: dict[str, Any]) -> str:
    examples = "; ".join(f"`{_spelled(example)}`" for example in about.get("examples", ()))
    options = ", ".join(f"`{option}`" for option in about.get("enum", ()))
    words = " ".join(part for part in (about["description"], f"One of {options}." if options else "") if part)
    return f"{words} Example: {examples}" if examples else words


def _spelled(value: Any) -> str:
    """A value in the short form of YAML, as JSON where that is needed for its quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {_spelled(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_spelled, value)) + "]"
    text = str(value) if isinstance(value, str) else json.dumps(value)
    return f'"{text}"' if "*" in text else text


def _key(key: str) -> str:
    return f'"{key}"' if "*" in key else key


if __name__ == "__main__":
    sys.stdout.write(reference())
