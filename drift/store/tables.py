"""The tables, as the newest migration leaves them. docs/store.md says what they are for.

To store something new, change the table here and add a migration; old migrations are never edited.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
)

from drift.store.columns import AddressColumn, Instant, JsonColumn, TextColumn

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)

_Number = BigInteger().with_variant(Integer, "sqlite")  # only an INTEGER PRIMARY KEY counts by itself in SQLite


def _number() -> Column[int]:
    return Column("id", _Number, Identity(), primary_key=True)


def _text(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, TextColumn, primary_key=key, nullable=False)


def _address(name: str) -> Column[str]:
    return Column(name, AddressColumn, nullable=False)


pages = Table(
    "pages",
    metadata,
    _number(),
    _address("article"),  # public address
    _address("address"),
    Column("published_as", TextColumn),
    _text("source"),
    Column("etag", TextColumn),
    Column("last_modified", TextColumn),
    _text("text_hash"),
    Column("first_read", Instant),
    Column("read_at", Instant),
    Column("full_read_at", Instant),
    Column("tried_at", Instant),
    Column("failures", Integer, nullable=False),
    Column("blind", TextColumn),
    _text("detail"),
    Column("blind_since", Instant),
    Column("gone_since", Instant),
    Column("unsteady_at", Instant),
    Column("run_id", _Number),  # the run that wrote it last; no foreign key, for old runs are pruned
    Column("unsteady_visits", Integer, nullable=False, server_default="0"),
    Column("replaced_by", TextColumn),
    Column("replaced_since", Instant),
    Column("replaced_visits", Integer, nullable=False, server_default="0"),
    Index(None, "article", unique=True),
    Index(None, "source"),
)

links = Table(
    "links",
    metadata,
    Column("page_id", _Number, ForeignKey(pages.c.id), primary_key=True, autoincrement=False),
    _text("digest"),
    Column("packed", LargeBinary, nullable=False),
)

bodies = Table(
    "bodies",
    metadata,
    _text("text_hash", key=True),
    _text("media"),
    Column("charset", TextColumn),
    _text("digest"),  # sha256 of the bytes as fetched
    Column("size", Integer, nullable=False),  # of the bytes as fetched
    Column("packed", LargeBinary, nullable=False),
)

versions = Table(
    "versions",
    metadata,
    _number(),
    Column("page_id", _Number, ForeignKey(pages.c.id), nullable=False),
    _text("text_hash"),
    Column(
        "body_hash", TextColumn, ForeignKey(bodies.c.text_hash), nullable=False
    ),  # not its text's after a re-reading
    _text("reader"),
    Column("first_seen", Instant, nullable=False),
    Column("last_seen", Instant),  # null for the newest: `pages.read_at` says it, in one row update
    Column("final_url", TextColumn),
    Column("status", Integer),
    Index(None, "page_id"),
    Index(None, "body_hash"),
)

readings = Table(
    "readings",
    metadata,
    Column("page_id", _Number, ForeignKey(pages.c.id), primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    _text("text_hash"),
    _text("policies"),
    _text("reader"),
    Column("title", TextColumn),
    Column("claims", Integer, nullable=False),
    Column("document", JsonColumn, nullable=False),  # what is known of its sentences beside its statements
    _text("digest"),  # of all of the reading but its time: the same reading is not written twice
    Column("said", JsonColumn),  # to other articles of its source; null in what was read before that was kept
)

statements = Table(
    "statements",
    metadata,
    Column("page_id", _Number, ForeignKey(pages.c.id), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _text("policy"),
    _text("term"),
    _text("outcome"),
    Column("document", JsonColumn, nullable=False),
    Index(None, "policy", "term", "outcome", "page_id"),  # covers the counts of a coverage
)

findings = Table(
    "findings",
    metadata,
    _text("id", key=True),
    _text("slot"),
    _text("policy"),
    _text("term"),
    _address("article"),
    _text("state"),
    Column("statement", JsonColumn, nullable=False),
    _text("cause"),
    Column("opened", Instant, nullable=False),
    Column("first_diverged", Instant, nullable=False),
    Column("last_diverged", Instant, nullable=False),
    Column("last_agreed", Instant),
    Column("last_without", Instant),
    Column("agreed_again", Instant),
    Column("resolved", Instant),
    Column("gone", Instant),
    Column("regressions", Integer, nullable=False),
    Column("before", JsonColumn),
    Column("acknowledged_by", TextColumn),
    Column("acknowledged_at", Instant),
    _text("text_hash"),
    _text("policies"),
    _text("reader"),
    Column("version", Integer, nullable=False),
    Column("severity", TextColumn, nullable=False, server_default=""),  # of `statement`: lists read no documents
    Index(None, "article"),
    Index(None, "policy", "term"),
)

transitions = Table(
    "transitions",
    metadata,
    _number(),
    Column("finding", TextColumn, ForeignKey(findings.c.id), nullable=False),
    Column("at", Instant, nullable=False),
    Column("state_before", TextColumn),
    _text("state_after"),
    Column("seen", TextColumn),
    Column("cause", TextColumn),
    Column("published", TextColumn),
    Column("expected", TextColumn),
    _text("note"),
    Column("made_by", TextColumn),
    _text("text_before"),
    _text("text_after"),
    Index(None, "finding"),
)

notes = Table(
    "notes",
    metadata,
    _number(),
    _text("kind"),
    _address("article"),
    Column("at", Instant, nullable=False),
    _text("slot"),
    Column("policy", TextColumn),
    Column("term", TextColumn),
    _text("was"),
    _text("became"),
    Index(None, "at"),
)

silences = Table(
    "silences",
    metadata,
    _text("id", key=True),
    _text("author"),
    _text("reason"),
    Column("made_at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("finding", TextColumn),
    Column("policy", TextColumn),
    Column("term", TextColumn),
    Column("article", TextColumn),
    Column("hidden", Integer, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    _number(),
    _text("source"),
    _text("kind"),
    Column("started", Instant, nullable=False),
    Column("beat", Instant, nullable=False),
    _text("policies"),
    _text("reader"),
    Column("ended", Instant),
    _text("failure"),
    Column("counts", JsonColumn, nullable=False),
    Index(None, "source", "started"),
)

events = Table(
    "events",
    metadata,
    _number(),
    _text("key"),  # what is said once
    _text("subject"),
    _text("reason"),
    Column("at", Instant, nullable=False),
    Column("finding", TextColumn),
    _text("route"),
    Column("first_run", _Number),  # no foreign key, for old runs are pruned
    Column("silence", TextColumn),
    Column("told", JsonColumn, nullable=False),
    Index(None, "key", unique=True),
    Index(None, "finding"),
)

deliveries = Table(
    "deliveries",
    metadata,
    _number(),
    Column("event_id", _Number, ForeignKey(events.c.id), nullable=False),
    _text("notifier"),  # its name: addresses are secrets and stand in no table
    _text("state"),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt", Instant),
    Column("first_attempt", Instant),
    Column("message", TextColumn),  # idempotency key of the message it was put into
    Column("message_reason", TextColumn),
    Column("sent_at", Instant),
    _text("failure"),
    Index(None, "event_id", "notifier", unique=True),
    Index(None, "notifier", "state"),
)

answers = Table(
    "annotations",
    metadata,
    _text("question"),  # its key
    _text("model"),
    _text("prompt"),
    Column("term", TextColumn),  # null where it states none of the rules, and where nothing useful was answered
    Column("probability", Float),  # null where nothing useful was answered
    _text("why"),
    Column("tokens", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "question", "model", "prompt", unique=True),
    Index(None, "at"),
)
