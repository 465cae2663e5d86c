"""What the fuzzer of the commands hands in: a folder of everything that a command reads, and ways to spoil it."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import random
import re
from pathlib import Path

POLICY = """\
policy: device-unlock
title: Device unlock
owner: {team: Wireless policy, email: wireless@larkspur.example, slack: "#policy-wireless"}
source: https://policies.larkspur.example/DU-7
severity: high
review: {last: 2026-06-01, every: 180 days}
applies_to: ["https://help.larkspur.example/**"]
terms:
  - term: wait
    says: A postpaid phone can be unlocked once it has had 60 days of paid service.
    value:
      - {is: 30 days, until: 2026-03-31}
      - {is: 60 days, from: 2026-04-01}
    bound: at least
    scope: {plan: postpaid}
    topics: [unlock your phone, device unlock]
    not_topics: [unlock the screen]
    must: [unlock]
    published_at: ["https://help.larkspur.example/unlock"]
    also: [two months]
    customer_prefers: less
    examples: {states: ["You can unlock your phone after 60 days."], silent: ["The screen locks after 60 seconds."]}
  - {term: fee, says: An unlock costs USD 35., value: USD 35, topics: [unlock fee]}
  - {term: size, says: A backup may have 50 GB., value: 50 GB, topics: [size of a backup]}
exceptions:
  - {term: wait, article: "https://help.larkspur.example/old/**", value: 14 days, reason: old, by: a, until: 2027-01-31}
"""
SCOPES = "scopes: {plan: {default: postpaid, postpaid: [postpaid, pay monthly], prepaid: [prepaid]}}\n"
REVIEWED = """\
reviewed:
  - article: "help/unlock.md"
    sentence: "You can unlock your phone after 60 days."
    term: device-unlock/wait
    by: ana
    on: 2026-11-21
  - {article: "help/unlock.md", sentence: "The screen locks after 60 seconds.", term: null, by: ana, on: 2026-11-21}
"""
MARKDOWN = """\
---
title: Unlock your phone
lang: en
---
# Unlock your phone

You can unlock your phone after 30 days of paid service. The unlock fee is $35.

| plan | wait | fee |
|------|------|-----|
| postpaid | 60 days | 35 USD |

- The size of a backup is 50 GB until 2027-01-31.
"""
HTML = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Unlock your phone</title>
<link rel="canonical" href="https://help.larkspur.example/unlock"><base href="https://help.larkspur.example/">
<script type="application/ld+json">{"@type": "FAQPage", "mainEntity": [{"name": "How long?",
"acceptedAnswer": {"text": "You can unlock your phone after 60 days."}}]}</script></head>
<body><main><h1>Unlock your phone</h1><p>You can unlock your phone after 30 days of paid service.</p>
<table><tr><th colspan="2">Fee</th></tr><tr><td>Unlock fee</td><td>$35</td></tr></table></main></body></html>
"""
SETTINGS = """\
policies: policies
store: {url: "sqlite:///drift.db"}
time_zone: Europe/Paris
sources:
  - name: docs
    kind: files
    at: help
    published_as: https://help.larkspur.example/
    include: ["https://help.larkspur.example/**"]
    exclude: ["https://help.larkspur.example/old/**"]
    schedule: {every: 6 hours, jitter: 10 minutes}
    owners: {"https://help.larkspur.example/**": {email: docs@larkspur.example}}
    language: en
    content: main
fetching: {rate: 2, concurrency: 2, full_read: 7 days, blind_after: 3, allow_private: [127.0.0.0/8]}
annotator: {kind: recorded, file: recorded.jsonl, alarm_from: 0.7, questions_a_day: 100}
retention: {age: 365 days, versions: 20}
alerts:
  notifiers:
    content: {kind: webhook, url: {env: HOOK}, key: {env: KEY}}
  routes:
    - name: content
      to: [content]
      when: {severity: [high], policy: [device-*]}
      quiet: {from: "18:00", until: "09:00", days: [mon, tue]}
  default: content
  operator: content
  escalation: {high: [{after: 4 hours, route: content}]}
"""
RECORDED = json.dumps({
    "title": "Unlock your phone", "headings": [], "previous": "", "p": 0.9, "why": "it is about unlocking",
    "sentence": "You can unlock your phone after [[30 days]] of paid service.", "rules": ["wait"], "rule": "wait",
})  # fmt: skip
ANSWERS = json.dumps({"answers": [{"id": "Q-1", "term": "device-unlock/wait"}, {"id": "Q-2", "term": None}]})
WARC_BODY = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(HTML)}\r\n\r\n{HTML}"
WARC = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://help.larkspur.example/unlock\r\n"
    "WARC-Date: 2026-05-01T09:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
    "Content-Type: application/http; msgtype=response\r\n"
    f"Content-Length: {len(WARC_BODY.encode())}\r\n\r\n{WARC_BODY}\r\n\r\n"
)
FILES = {
    "policies/unlock.yaml": POLICY,
    "policies/scopes.yaml": SCOPES,
    "policies/reviewed.yaml": REVIEWED,
    "help/unlock.md": MARKDOWN,
    "help/unlock.html": HTML,
    "help/unlock.txt": "Unlock your phone\n\nYou can unlock your phone after 30 days of paid service.\n",
    "past/2026-05-01/unlock.html": HTML,
    "past/2026-06-01/unlock.html": HTML.replace("30 days", "60 days"),
    "drift.yaml": SETTINGS,
    "answers.json": ANSWERS,
    "recorded.jsonl": RECORDED,
    "past.warc": WARC,
    "old/unlock.yaml": POLICY.replace("60 days", "90 days"),
}

# Each is one command with all of its inputs named; `{}` stands for a word that may be spoiled.
COMMANDS = (
    "check {help} --policies {policies} --as-of {2026-11-21} --published-as {https://help.larkspur.example/}",
    "check {help/unlock.html} --policies {policies} --format json --output {report.json}",
    "check {help/unlock.md} {help/*.txt} --allow-private {127.0.0.0/8} --allow-blind",
    "check {http://127.0.0.1:9/unlock} --allow-private {127.0.0.0/8}",
    "check -",
    "check {help/unlock.md} --policies {policies} --annotator {recorded:recorded.jsonl}",
    "check {help/unlock.md} --policies {policies} --annotator {drift.yaml}",
    "annotator check {help/unlock.md} --annotator {recorded:recorded.jsonl} --policies {policies}",
    "annotator check --annotator {drift.yaml} --store {sqlite:///drift.db}",
    "policies topics {device-unlock/wait} {help} --policies {policies} --annotator {recorded:recorded.jsonl}",
    "explain {help/unlock.md} --term {device-unlock/wait} --line {8}",
    "explain {help/unlock.html} --published-as {https://help.larkspur.example/} --format json",
    "review {help} --list --format json --published-as {https://help.larkspur.example/}",
    "review {help/unlock.md} --answers {answers.json} --by {ana}",
    "policies lint --policies {policies}",
    "policies test --policies {policies} --against {help} --before {old}",
    "policies test --policies {policies}",
    "policies show {device-unlock} --policies {policies} --as-of {2026-11-21}",
    "config check --file {drift.yaml}",
    "config show --file {drift.yaml}",
    "init {new}",
    "replay {past} --policies {policies} --store {sqlite:///drift.db} --published-as {https://help.larkspur.example/}",
    "replay {past.warc} --policies {policies} --store {sqlite:///new.db}",
    "replay {past.warc.gz} --policies {policies} --store {sqlite:///new.db} --as-of {today}",
    "crawl --file {drift.yaml} --store {sqlite:///drift.db}",
    "crawl {docs} --file {drift.yaml} --policies {policies}",
    "status --file {drift.yaml} --store {sqlite:///drift.db} --format json",
    "status",
    "history {https://help.larkspur.example/unlock} --since {2026-05-01} --full --store {sqlite:///drift.db}",
    "history {https://help.larkspur.example/unlock} --format json",
    "findings list --state {open} --policy {device-unlock} --article {https://help.larkspur.example/**}",
    "findings show {F-00000000} --store {sqlite:///drift.db} --policies {policies}",
    "findings ack {F-00000000} --by {ana} --note {mended}",
    "findings silence --policy {device-unlock} --reason {moves} --until {2027-12-31} --by {ana}",
    "findings silence --article {https://help.larkspur.example/**} --reason {moves} --until {2027-12-31T18:00}",
    "findings silences --all --format json",
    "findings unsilence {S-00000000}",
    "findings export --output {findings.csv}",
    "findings export --format json",
    "alerts list --store {sqlite:///drift.db}",
    "alerts show {1} --store {sqlite:///drift.db}",
    "alerts retry {1} --store {sqlite:///drift.db}",
    "alerts routes --file {drift.yaml}",
    "alerts routes --explain {F-00000000} --file {drift.yaml}",
    "db check --store {sqlite:///drift.db}",
    "db upgrade --store {sqlite:///drift.db}",
    "alerts test --route {content} --file {drift.yaml}",
    "db prune --store {sqlite:///drift.db}",
    "backup {copy.db} --store {sqlite:///drift.db}",
    "restore {backup.db} --store {sqlite:///new.db}",
)

HOSTILE = (
    "", " ", "0", "-1", "1", "9" * 29, "9" * 400, "1e999", "-0", "1.5", "٣", "½", "²", "∞", "NaN", ".inf", "0x10",
    "1_000", "9999-12-31", "0001-01-01", "0000-00-00", "2026-02-30", "2026-1-1", "2026-12-31T25:00",
    "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+14:00", "24:00", "99:99", "99999999999 days", "0 days",
    "-5 days", "1 month", "3 days..", "..", "5 days..3 days", "a | b", "|", "free", "none", "USD", "USD 1e5", "15%",
    "999999999999999999999999999 GB", "http://[", "http://]/", "https://[domain]/", "http://xn--a/", "http://a b/",
    "https://user:pw@h/", "http://h:99999/", "http://h:port/", "//h/", "file:///etc/hosts", "javascript:alert(1)",
    "http://\udcff/", "http://127.0.0.1:9/", "mailto:a@b", "sqlite://", "sqlite:///", "sqlite:///nowhere/x.db",
    "sqlite:////", "sqlite:///policies", "postgresql://h:port/x", "postgresql://127.0.0.1:9/x", "mysql://h/x",
    "sqlite:///drift.yaml", "sqlite:///:memory:", "sqlite:///a?b=c", "[", "]", "{", "}", "{}", "[]", "null", "true",
    "no", "~", "&a", "*a", "!!python/object:os.system", "!x", "- -", ": :", "'", '"', "`", "\\", "\t", "\n", "\r",
    "\x00", "\x1b[31m", "\x7f", "\u202e", "\u2028", "\ufeff", "\ud800", "\udcff", "é", "漢", "🎉", "İ", "ẞ",
    "a" * 5000, "../" * 50, "/", ".", "..", "/dev/null", "/dev/zero", "/proc/self/mem", "/root", "~root", "**", "*",
    "?", "[a", "[!", "a[", "{a,b", "%", "%s", "%zz", "$HOME", "${X}", "{env: X}", "{file: /}", "#x", "# x", "@",
    "-", "--", "--help", "-x", "F-", "S-", "10.0.0.0/99", "::1/200", "0.0.0.0/0", "xx", "en-", "tlh",
    "Europe/Nowhere", "../../etc/passwd", "Mon", "every 0 hours", "*/0 * * * *", "60 25 32 13 8", "* * * * *",
    "18446744073709551616", "2147483648", "1:2:3", "\\d+(", "(?P<", "main[", "main >", ":has(",
    "div:nth-child(9e9)", "*|*", "utf-99", "text/html; charset=utf-99",
)  # fmt: skip
_TOKEN = re.compile(rb"[\w./:#@*+-]+")


def lay_out(folder: Path) -> None:
    """Everything that the commands read, all of it right. The store is made by a replay."""
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "past.warc.gz").write_bytes(gzip.compress(WARC.encode()))


def spoil_file(path: Path, dice: random.Random) -> str:
    """Spoil a file in one of many ways; which, in words."""
    how = dice.choice(("token", "token", "token", "token", "cut", "bytes", "delete", "repeat", "file"))
    if how == "file":
        return _spoil_place(path, dice)
    body = path.read_bytes()
    if not body:
        return "nothing: it is empty"
    start = dice.randrange(len(body))
    end = min(len(body), start + dice.choice((1, 2, 8, 64, 1024)))
    if how == "token" and (found := _TOKEN.search(body, start)) is not None:
        word = dice.choice(HOSTILE)
        made = body[: found.start()] + word.encode("utf-8", "surrogatepass") + body[found.end() :]
        how = f"{found[0][:40]!r} is {word[:40]!r}"
    elif how == "cut":
        made, how = body[:start], f"cut at {start}"
    elif how == "delete":
        made, how = body[:start] + body[end:], f"without {start}..{end}"
    elif how == "repeat":
        times = dice.choice((2, 50, 2000))
        made, how = body[:start] + body[start:end] * times + body[end:], f"{start}..{end} {times} times"
    else:
        made, how = body[:start] + dice.randbytes(end - start) + body[end:], f"other bytes at {start}..{end}"
    path.write_bytes(made)
    return how


def _spoil_place(path: Path, dice: random.Random) -> str:
    """Spoil what stands where the file stood."""
    how = dice.choice(
        ("missing", "a folder", "empty", "a link to itself", "another name", "no permission", "bytes of a name")
    )
    if how == "no permission":
        path.chmod(0)
        return how
    body = path.read_bytes()
    path.unlink()
    if how == "a folder":
        path.mkdir()
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "a link to itself":
        path.symlink_to(path.name)
    elif how == "another name":
        (path.parent / f"{dice.choice(('x', '.x', 'a b', 'é', '[a]', '%41', '-x'))}{path.suffix}").write_bytes(body)
    elif how == "bytes of a name":
        with contextlib.suppress(OSError):
            Path(os.fsdecode(os.fsencode(path.parent) + b"/\xff\xfe" + os.fsencode(path.suffix))).write_bytes(body)
    return how


def words_of(command: str, dice: random.Random, spoiled: int) -> list[str]:
    """The arguments of a command, so many of its words spoiled."""
    places = [found.start() for found in re.finditer(r"\{[^}]*\}", command)]
    chosen = set(dice.sample(places, min(spoiled, len(places))))
    arguments: list[str] = []
    for found in re.finditer(r"\{([^}]*)\}|(\S+)", command):
        word = found[1] if found[1] is not None else found[2]
        if found.start() in chosen:
            word = _spoil_word(word, dice)
        arguments.append(word.replace("\x00", ""))  # no program can be handed one
    return arguments


def _spoil_word(word: str, dice: random.Random) -> str:
    other = dice.choice(HOSTILE)
    at = dice.randrange(len(word) + 1)
    return dice.choice((other, other, other, word[:at] + other + word[at:], word[:at], word * 3))
