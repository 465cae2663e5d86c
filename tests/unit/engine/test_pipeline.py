"""The path as one pure function: what it says hangs on the snapshot, the registry and the day, on nothing else."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drift.engine import kinds, languages, pipeline
from drift.model import Examined, Page, Registry, Snapshot, Stance
from drift.model.errors import BlindReason

DAY = date(2026, 11, 21)
UNLOCK = """\
policy: unlock
title: Unlock
owner: unlock@larkspur.example
terms:
  - term: postpaid
    says: A phone can be unlocked after 60 days of paid service.
    value: 60 days
    scope: {plan: postpaid}
    topics: [unlock your phone, device unlock]
    customer_prefers: less
  - term: prepaid
    says: A phone can be unlocked after 12 months of paid service.
    value: 12 months
    scope: {plan: prepaid}
    topics: [unlock your phone, device unlock]
  - term: handling
    says: An unlock request is handled within 2 business days.
    value: 2 business days
    topics: [unlock request]
"""
RETURNS = """\
policy: returns
title: Returns
owner: store@larkspur.example
terms:
  - {term: window, says: An order can be returned within 30 days of delivery., value: 30 days, topics: [return]}
  - {term: fee, says: A returned order costs a restocking fee of USD 35., value: USD 35, topics: [restocking fee]}
exceptions:
  - {term: window, article: "**/legacy", value: 45 days, reason: old contracts, by: ana, until: 2027-01-31}
"""
SCOPES = "scopes:\n  plan: {default: postpaid, postpaid: [pay monthly], prepaid: [pay as you go]}\n"
RENAMED = "scopes:\n  plan: {prepaid: [pay as you go], postpaid: [pay monthly], default: postpaid}\n"
SENTENCES = [
    "You can unlock your phone after 30 days of paid service.",
    "You can unlock your phone after 60 days of paid service.",
    "Pay as you go phones can be unlocked after 12 months.",
    "An unlock request is handled within 5 business days.",
    "You can return an order within 14 days of delivery.",
    "You can return an order within 30 days of delivery.",
    "The restocking fee of a returned order is $35.",
    "The restocking fee of a returned order is $45.",
    "Until 2024 you could return an order within 90 days of delivery.",
    "Our stores open at 9:00 and close at 18:00.",
]


def page(sentences: list[str], title: str = "Help") -> bytes:
    return "\n\n".join([f"# {title}", *sentences]).encode()


def said(examined: Examined) -> list[tuple[object, ...]]:
    """A page's verdicts as a report would tell them."""
    return [
        (
            verdict.match.term and verdict.match.term.full_name,
            verdict.match.claim.quote,
            verdict.outcome,
            verdict.expected and kinds.show(verdict.expected),
            verdict.diagnosis,
            verdict.harm,
            verdict.confidence,
            verdict.because,
        )
        for verdict in examined.verdicts
    ]


@pytest.fixture(scope="module")
def held(registry_of: Callable[..., Registry]) -> Registry:
    return registry_of(files={"unlock.yaml": UNLOCK, "returns.yaml": RETURNS, "scopes.yaml": SCOPES})


@pytest.fixture(scope="module")
def standard(held: Registry) -> pipeline.Standard:
    return pipeline.Standard(held, DAY, languages.load)


def examine(body: bytes, standard: pipeline.Standard, media: str = "text/markdown") -> Examined:
    return pipeline.examine(Snapshot(Page("help.md"), body, media), standard)


def test_the_sentences_are_judged(standard: pipeline.Standard) -> None:
    """So that the laws below are not kept by saying nothing."""
    outcomes = {str(outcome) for _, _, outcome, *_ in said(examine(page(SENTENCES), standard))}

    assert outcomes >= {"agrees", "diverges"}


def test_only_the_element_that_a_source_names_is_judged(standard: pipeline.Standard) -> None:
    body = f"<main><p>{SENTENCES[0]}</p></main><div id='other'><p>{SENTENCES[6]}</p></div>".encode()
    snapshot = Snapshot(Page("help.html"), body, "text/html")
    assert [quote for _, quote, *_ in said(pipeline.examine(snapshot, standard, "main"))] == [SENTENCES[0]]
    assert pipeline.examine(snapshot, standard, "#gone").blind is BlindReason.EMPTY


def test_only_an_answer_of_a_server_can_stand_in_for_a_page(standard: pipeline.Standard) -> None:
    body = b"<title>Page not found</title><p>Look somewhere else.</p>"
    drafted = Snapshot(Page("404.html"), body, "text/html")
    assert pipeline.examine(drafted, standard).blind is None
    assert pipeline.examine(replace(drafted, status=200), standard).blind is BlindReason.SOFT_404


def test_an_article_that_declares_no_language_is_read_in_its_own(standard: pipeline.Standard) -> None:
    former = "Jusqu'en mars 2024, les frais de dossier étaient de 10 €, et nous les avons supprimés pour vous."
    matches = examine(former.encode(), standard).matches
    assert [match.claim.stance for match in matches] == [Stance.FORMER]


def test_an_article_in_no_language_that_is_read_is_blind(standard: pipeline.Standard) -> None:
    body = "未開封の端末は、お届けから14日以内であれば返品できます。".encode()
    examined = examine(body, standard)
    assert examined.blind is BlindReason.LANGUAGE
    assert examined.detail == "it declares none, and its words are of none"


pages = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6, unique=True).map(page)


@given(body=pages, others=st.lists(pages, max_size=3))
@settings(max_examples=25, deadline=None)
def test_what_is_said_of_a_page_does_not_hang_on_those_before_it(
    held: Registry, body: bytes, others: list[bytes]
) -> None:
    alone = examine(body, pipeline.Standard(held, DAY, languages.load))
    shared = pipeline.Standard(held, DAY, languages.load)
    for other in others:
        examine(other, shared)

    assert examine(body, shared) == alone


@given(body=pages)
@settings(max_examples=15, deadline=None)
def test_twice_the_same_is_said(standard: pipeline.Standard, body: bytes) -> None:
    assert examine(body, standard) == examine(body, standard)


def _reordered(registry: Registry) -> Registry:
    """The same registry from files of other names, with terms, keys and scope values in another order."""
    policies = tuple(replace(policy, terms=policy.terms[::-1]) for policy in registry.policies)
    dimensions = tuple(
        replace(dimension, values=dict(reversed(list(dimension.values.items())))) for dimension in registry.dimensions
    )
    return replace(registry, policies=policies, dimensions=dimensions)


@given(body=pages)
@settings(max_examples=15, deadline=None)
def test_the_order_of_terms_and_scopes_does_not_matter(held: Registry, body: bytes) -> None:
    again = pipeline.Standard(_reordered(held), DAY, languages.load)

    assert said(examine(body, again)) == said(examine(body, pipeline.Standard(held, DAY, languages.load)))


def test_the_names_of_the_files_do_not_matter(registry_of: Callable[..., Registry], held: Registry) -> None:
    renamed = registry_of(files={"0.yaml": UNLOCK, "1.yaml": RETURNS, "scopes.yaml": RENAMED})
    standards = [pipeline.Standard(registry, DAY, languages.load) for registry in (held, renamed)]

    assert [one.name for one in renamed.policies] == [one.name for one in held.policies]
    first, second = (said(examine(page(SENTENCES), standard)) for standard in standards)
    assert first == second


def test_the_answer_can_be_sent_to_another_process(standard: pipeline.Standard) -> None:
    seen = examine(page(SENTENCES), standard)

    assert pickle.loads(pickle.dumps(seen)) == seen


def test_the_standard_can_be_sent_to_another_process_even_after_use(held: Registry) -> None:
    standard = pipeline.Standard(held, DAY, languages.load)
    before = examine(page(SENTENCES), standard)

    assert examine(page(SENTENCES), pickle.loads(pickle.dumps(standard))) == before


def test_html_and_markdown_say_the_same(standard: pipeline.Standard) -> None:
    body = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    html = f"<html lang='en'><body><main><h1>Help</h1>{body}</main></body></html>".encode()

    assert said(examine(html, standard, "text/html")) == said(examine(page(SENTENCES), standard))


BLIND = [
    (b"", "text/html", BlindReason.EMPTY),
    (b"<html><head><title>Help</title></head><body></body></html>", "text/html", BlindReason.EMPTY),
    (b"   \n\n", "text/markdown", BlindReason.EMPTY),
    (b"%PDF-1.7 \x00\x01\x02\x00", "application/pdf", BlindReason.NOT_TEXT),
    (
        b"<html lang='de'><body><main><p>Ihr Telefon wird nach 30 Tagen entsperrt.</p></main></body></html>",
        "text/html",
        BlindReason.LANGUAGE,
    ),
]


@pytest.mark.parametrize(("body", "media", "why"), BLIND, ids=[f"{why} {media}" for _, media, why in BLIND])
def test_what_cannot_be_read_is_blind_and_says_why(
    standard: pipeline.Standard, body: bytes, media: str, why: BlindReason
) -> None:
    seen = examine(body, standard, media)

    assert (seen.blind, seen.verdicts, seen.matches, seen.claims) == (why, (), (), 0)


def test_an_article_of_a_language_with_a_file_is_read_in_it(standard: pipeline.Standard) -> None:
    html = "<html lang='fr-CA'><body><main><p>La durée est de trente jours.</p></main></body></html>"
    seen = examine(html.encode(), standard, "text/html")

    assert (seen.blind, [kinds.show(match.claim.value) for match in seen.matches]) == (None, ["30 days"])


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("word " * (pipeline.MOST_CHARACTERS // 5 + 1), "characters"),
        ("Room 7. " * (pipeline.MOST_NUMBERS + 1), "numbers"),
        ("It takes 5 days. " * (pipeline.MOST_CLAIMS + 1), "values"),
    ],
)
def test_more_than_any_article_holds_is_data_and_blind(standard: pipeline.Standard, body: str, what: str) -> None:
    seen = examine(body.encode(), standard, "text/plain")

    assert (seen.blind, what in seen.detail) == (BlindReason.TOO_LARGE, True)


def test_every_claim_is_told_whether_judged_or_not(standard: pipeline.Standard) -> None:
    seen = examine(page(SENTENCES), standard)

    assert seen.claims == len(seen.matches) > len(seen.verdicts)
    assert all(any(verdict.match is match for match in seen.matches) for verdict in seen.verdicts)
