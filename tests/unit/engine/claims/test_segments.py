"""Which part of its sentence a value owns."""

from __future__ import annotations

import pytest

from drift.engine import kinds, languages
from drift.engine.claims.segment import segment

_CASES = [
    ("You can return it within 30 days.", ["You can return it within 30 days."]),
    (
        "Monthly plans have 30 days and annual plans 60 days.",
        ["Monthly plans have 30 days", "and annual plans 60 days."],
    ),
    ("30 days for monthly plans, 60 days for annual plans", ["30 days for monthly plans", "60 days for annual plans"]),
    (
        "Refunds take 5 days by card, and 10 days by bank transfer.",
        ["Refunds take 5 days by card", "and 10 days by bank transfer."],
    ),
    (
        "Trials (14 days) and refunds (30 days) differ.",
        ["Trials (14 days)", "and refunds (30 days) differ."],
    ),
    ("It lasts 30 days (60 days for annual plans).", ["It lasts 30 days", "(60 days for annual plans)"]),
    (
        "We keep (a) call logs for 90 days; (b) voicemails; and (c) bills for 7 years.",
        ["We keep (a) call logs for 90 days", "and (c) bills for 7 years."],
    ),
    (
        "A phone costs $20 per month for 24 months, or $400 at once.",
        [
            "A phone costs $20 per month for 24 months",
            "A phone costs $20 per month for 24 months, or $400 at once.",
            "or $400 at once.",
        ],
    ),
    ("Deliveries take 3 days, but to islands 7 days.", ["Deliveries take 3 days", "but to islands 7 days."]),
    (
        "A file may have 500 MB (or 100 MB on phones), counted with all its pages.",
        ["A file may have 500 MB", "(or 100 MB on phones)"],
    ),
    (
        "It takes 5 days (10 days by post (20 days abroad)).",
        ["It takes 5 days", "(10 days by post", "(20 days abroad)"],
    ),
    ("5 GB (Basic), 20 GB (Plus) and 100 GB (Max)", ["5 GB (Basic)", "20 GB (Plus)", "and 100 GB (Max)"]),
    (
        "The fee is $35 ($25 online) and the deposit $100 ($50 for members).",
        ["The fee is $35", "($25 online)", "and the deposit $100", "($50 for members)"],
    ),
    ("Prepaid: 30 days, postpaid: 60 days.", ["Prepaid: 30 days", "postpaid: 60 days."]),
    ("Prepaid: 30 days; postpaid: 60 days.", ["Prepaid: 30 days", "postpaid: 60 days."]),
    ("It takes 30 days: by post it takes 60 days.", ["It takes 30 days", "by post it takes 60 days."]),
    ("Return it within 30 days or, for gifts, 60 days.", ["Return it within 30 days", "or, for gifts, 60 days."]),
    (
        "Return it within 30 days, except phones, which have 14 days.",
        ["Return it within 30 days", "except phones, which have 14 days."],
    ),
    (
        "Gifts and phones have 60 days and 14 days, respectively; the rest has 30 days.",
        [
            "Gifts and phones have 60 days and 14 days, respectively",
            "Gifts and phones have 60 days and 14 days, respectively",
            "the rest has 30 days.",
        ],
    ),
    ("Wait 3 days 5 days 7 days", ["Wait 3 days", "5 days", "7 days"]),
]


@pytest.mark.parametrize(("text", "owned"), _CASES, ids=[text for text, _ in _CASES])
def test_values_of_a_kind_part_their_sentence(text: str, owned: list[str]) -> None:
    english = languages.load("en")
    founds = kinds.find(text, english)
    spans = [segment(text, (0, len(text)), founds, index, english) for index in range(len(founds))]

    assert [text[start:end] for start, end in spans] == owned


def test_without_a_clause_boundary_what_stands_between_belongs_to_both() -> None:
    english = languages.load("en")
    text = "Plan A 30 days Plan B 60 days"
    founds = kinds.find(text, english)

    first, second = (segment(text, (0, len(text)), founds, index, english) for index in (0, 1))

    assert (text[slice(*first)], text[slice(*second)]) == ("Plan A 30 days Plan B", "Plan B 60 days")
