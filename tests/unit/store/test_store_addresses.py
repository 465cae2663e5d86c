"""Which URLs name a store, and how they are shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from drift.model.errors import StoreError, StoreFailure
from drift.store.address import of_file, parse


@pytest.mark.parametrize(
    ("url", "shown", "path"),
    [
        ("sqlite:///.drift/drift.db", "sqlite:///.drift/drift.db", Path(".drift/drift.db")),
        ("sqlite:////var/lib/drift.db", "sqlite:////var/lib/drift.db", Path("/var/lib/drift.db")),
        ("postgresql://ana:s3cret@db.example/drift", "postgresql://ana:***@db.example/drift", None),
        ("postgres://db.example/drift?password=s3cret&user=ana", "postgresql://db.example/drift", None),
        ("postgresql+psycopg:///drift", "postgresql:///drift", None),
    ],
)
def test_addresses_are_shown_without_passwords(url: str, shown: str, path: Path | None) -> None:
    address = parse(url)
    assert str(address) == shown
    assert "s3cret" not in repr(address)
    assert address.path == path


@pytest.mark.parametrize(
    "url",
    [
        "",
        "drift.db",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite://host/s3cret.db",
        "sqlite:///drift.db?mode=s3cret",
        "mysql://ana:s3cret@db.example/drift",
        "postgresql+asyncpg://ana:s3cret@db.example/drift",
        "postgresql://ana:s3cret@db.example:port/drift",
    ],
)
def test_what_names_no_store_is_refused(url: str) -> None:
    with pytest.raises(StoreError, match="expected sqlite:///") as told:
        parse(url)
    assert told.value.failure is StoreFailure.ADDRESS
    assert "s3cret" not in str(told.value)


def test_a_password_is_taken_out_of_what_others_say() -> None:
    address = parse("postgresql://ana:s3cret%2F%40@db.example/drift?password=other")
    said = address.scrubbed("FATAL: s3cret/@ or s3cret%2F%40 or s3cret/%40 or other")
    assert said == "FATAL: *** or *** or *** or ***"


def test_a_file_may_have_any_name(tmp_path: Path) -> None:
    assert of_file(tmp_path / "a?b#c%20.db").path == tmp_path / "a?b#c%20.db"
