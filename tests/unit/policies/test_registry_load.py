"""What a folder of policy files is read as."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from drift import policies as registry_room
from drift.engine import kinds, languages
from drift.model import Dimension, Examples, Owner, Period, Review, Severity
from drift.model.errors import InputError, Place
from drift.model.values import Bound, Kind, Unit, Value

ENGLISH = languages.load("en")

WHOLE = """\
policy: device-unlock
title: Device unlock
owner: {team: Wireless policy, email: wireless-policy@larkspur.example, slack: "#policy-wireless"}
source: https://policies.larkspur.example/DU-7
severity: high
review: {last: 2026-06-01, every: 180 days}
applies_to: ["https://help.larkspur.example/wireless/**"]
terms:
  - term: postpaid-wait
    says: A postpaid phone can be unlocked once it has had 60 days of paid, active service.
    value: 60 days
    bound: at least
    scope: {region: us, plan: postpaid}
    topics: [unlock your phone, device unlock, SIM lock]
    not_topics: [unlock the screen, bootloader]
    must: [unlock]
    published_at: ["https://help.larkspur.example/wireless/unlock#postpaid"]
    also: [two months]
    customer_prefers: less
    guidance: Honour 30 days for anyone who activated while the article said so.
    examples:
      states: ["You can unlock your device 60 days after activation."]
      silent: ["The screen locks itself after 60 seconds."]
  - term: prepaid-wait
    says: A prepaid phone can be unlocked after twelve months of service.
    scope: {plan: prepaid}
    value:
      - {is: 6 months, until: 2026-03-31}
      - {is: 12 months, from: 2026-04-01}
exceptions:
  - term: device-unlock/postpaid-wait
    article: "https://help.larkspur.example/legacy/**"
    value: 30 days
    reason: grandfathered plan
    by: ana@larkspur.example
    until: 2027-01-31
"""


def value(written: str) -> Value:
    return kinds.parse(written)


def folder(path: Path, **files: str) -> Path:
    for name, text in files.items():
        (path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return path


def policy(name: str, *terms: str) -> str:
    lines = "\n".join(f"  - {term}" for term in terms)
    return f"policy: {name}\nowner: policy@larkspur.example\nterms:\n{lines}\n"


def test_a_whole_policy(tmp_path: Path) -> None:
    (read,) = registry_room.load(folder(tmp_path, unlock=WHOLE), language=languages.load).policies
    assert (read.name, read.title, read.severity) == ("device-unlock", "Device unlock", Severity.HIGH)
    assert read.owner == Owner("Wireless policy", "wireless-policy@larkspur.example", "#policy-wireless")
    assert read.source == "https://policies.larkspur.example/DU-7"
    assert read.review == Review(date(2026, 6, 1), 180)
    assert read.applies_to == ("https://help.larkspur.example/wireless/**",)
    postpaid, prepaid = read.terms
    assert postpaid.full_name == "device-unlock/postpaid-wait"
    assert postpaid.timeline == (Period(value("60 days")),)
    assert postpaid.bound is Bound.AT_LEAST
    assert postpaid.scope == (("plan", "postpaid"), ("region", "us"))
    assert postpaid.topics == ("unlock your phone", "device unlock", "SIM lock")
    assert postpaid.not_topics == ("unlock the screen", "bootloader")
    assert postpaid.must == ("unlock",)
    assert postpaid.published_at == ("https://help.larkspur.example/wireless/unlock#postpaid",)
    assert postpaid.also == (value("2 months"),)
    assert postpaid.customer_prefers == "less"
    assert postpaid.guidance == "Honour 30 days for anyone who activated while the article said so."
    assert postpaid.examples == Examples(
        ("You can unlock your device 60 days after activation.",), ("The screen locks itself after 60 seconds.",)
    )
    assert postpaid.place == Place(str(tmp_path / "unlock.yaml"), 9, 11)
    assert prepaid.timeline == (
        Period(value("6 months"), None, date(2026, 3, 31)),
        Period(value("12 months"), date(2026, 4, 1), None),
    )
    (exception,) = read.exceptions
    assert (exception.policy, exception.term) == ("device-unlock", "postpaid-wait")
    assert (exception.value, exception.until) == (value("30 days"), date(2027, 1, 31))


def test_says_and_value_are_all_a_term_must_have(tmp_path: Path) -> None:
    text = policy("device-unlock", "{says: A postpaid phone can be unlocked after 60 days., value: 60 days}")
    read = registry_room.load(folder(tmp_path, unlock=text))
    assert read.policies[0].title == "Device unlock"
    assert read.policies[0].severity is Severity.MEDIUM
    (term,) = read.terms
    assert term.name == "a-postpaid-phone-can-be-unlocked"
    assert term.bound is Bound.EXACTLY


def test_policies_are_in_order_of_name_whatever_the_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "deeper").mkdir(parents=True)
    files = [policy(name, "{term: a, says: It takes 5 days., value: 5 days}") for name in ("b", "a", "c")]
    folder(tmp_path / "one", x=files[0], y=files[1])
    folder(tmp_path / "one" / "deeper", z=files[2])
    folder(tmp_path / "two", x=files[2], z=files[0])
    folder(tmp_path / "two" / "deeper", y=files[1])
    first, second = registry_room.load(tmp_path / "one"), registry_room.load(tmp_path / "two")
    assert [read.name for read in first.policies] == [read.name for read in second.policies] == ["a", "b", "c"]
    assert [term.full_name for term in first.terms] == ["a/a", "b/a", "c/a"]


def test_hidden_and_other_files_are_no_policies(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    folder(tmp_path / ".git", config="nonsense: 1")
    folder(tmp_path, unlock=WHOLE, **{".draft": "nonsense: 1"})
    (tmp_path / "policy.schema.json").write_text("{}")
    assert len(registry_room.load(tmp_path, language=languages.load).policies) == 1


@pytest.mark.parametrize(
    ("values", "dollars", "bare"),
    [
        (["$5", "60 days"], "USD", "USD"),
        (["$5", "CAD 7"], "CAD", "CAD"),
        (["$5", "[{is: AUD 7 per month, until: 2026-01-01}, {is: $8, from: 2026-01-02}]"], "AUD", "AUD"),
        (["$5", "CAD 7", "USD 8"], "USD", "USD"),
        (["$5", "EUR 7"], "USD", "USD"),
    ],
)
def test_dollars_are_those_of_the_registry(tmp_path: Path, values: list[str], dollars: str, bare: str) -> None:
    terms = [f"{{term: t{index}, says: A price., value: {written}}}" for index, written in enumerate(values)]
    read = registry_room.load(folder(tmp_path, fees=policy("fees", *terms)))
    assert read.dollars.split()[0] == dollars
    assert read.terms[0].timeline[0].value == Value(Kind("money"), Decimal(5), Decimal(5), Unit(bare))


@pytest.mark.parametrize(
    ("term", "kind"),
    [
        ("{term: a, says: The service is meant for people of sixteen and older., value: 16 years}", Kind("age")),
        ("{term: a, says: Nobody below sixteen signs., value: 16 years, topics: [minimum age]}", Kind("age")),
        ("{term: age-limit, says: Nobody below sixteen signs., value: 16 years}", Kind("age")),
        ("{term: a, says: Invoices are kept for 10 years., value: 10 years}", Kind("duration")),
        ("{term: a, says: Invoices of older plans are kept., value: 10 years}", Kind("duration")),
        ("{term: a, says: Messages are kept for three pages., value: 3 years}", Kind("duration")),
        ("{term: a, says: Nobody below sixteen signs., value: 16 years, kind: age}", Kind("age")),
        ("{term: a, says: The age of a phone when we recycle it., value: 5 years, kind: duration}", Kind("duration")),
        ("{term: a, says: The age limit is gone after some days., value: 3 days}", Kind("duration")),
    ],
)
def test_years_are_an_age_where_the_words_say_so(tmp_path: Path, term: str, kind: Kind) -> None:
    (read,) = registry_room.load(folder(tmp_path, p=policy("p", term)), language=languages.load).terms
    assert read.kind == kind


def test_scopes_without_a_file_are_those_of_the_terms(tmp_path: Path) -> None:
    read = registry_room.load(folder(tmp_path, unlock=WHOLE), language=languages.load)
    assert read.dimensions == (
        Dimension("plan", {"postpaid": ("postpaid",), "prepaid": ("prepaid",)}),
        Dimension("region", {"us": ("us",)}),
    )


def test_scopes_of_a_file(tmp_path: Path) -> None:
    scopes = "scopes: {plan: {default: postpaid, postpaid: [postpaid, pay monthly], prepaid: }}"
    text = policy("p", "{term: a, says: It takes 5 days., value: 5 days, scope: {plan: prepaid}}")
    read = registry_room.load(folder(tmp_path, p=text, scopes=scopes))
    values = {"postpaid": ("postpaid", "pay monthly"), "prepaid": ("prepaid",)}
    assert read.dimensions == (Dimension("plan", values, "postpaid"),)


def test_a_policy_in_no_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        registry_room.load(tmp_path / "none")
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="not a folder"):
        registry_room.load(tmp_path / "file")


def test_a_registry_can_be_sent_to_another_process(tmp_path: Path) -> None:
    read = registry_room.load(folder(tmp_path, unlock=WHOLE), language=languages.load)
    assert pickle.loads(pickle.dumps(read)) == read
