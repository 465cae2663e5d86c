"""Which verdicts hang on other articles: those that are not named are the same whatever others say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drift.engine import languages, pipeline
from drift.engine.pipeline import Standard
from drift.engine.verdicts.context import NOTHING, SourceContext, Support, gather
from drift.model import Examined, Page, Registry, Snapshot

TERMS = """\
- {term: window, says: Unused goods can be returned within 30 days of delivery., value: 30 days, bound: at most,
   topics: [return unused goods]}
- {term: fee, says: Returning goods by post costs USD 5., value: USD 5, topics: [return by post]}
"""
SAID = (
    "You can return unused goods within 30 days of delivery.",
    "You can return unused goods within 14 days of delivery.",
    "Goods go back within 14 days of delivery.",
    "Goods that you do not want come back to us within 14 days.",
    "A return by post costs USD 5.",
    "A return by post costs USD 6. Goods are looked at within 2 days.",
    "Goods are fragile.",
)
SCORE = st.floats(-12, 12)


@pytest.fixture(scope="module")
def standard(registry_of: Callable[..., Registry]) -> Standard:
    return Standard(registry_of(TERMS), date(2026, 11, 2), languages.load)


def examined(standard: Standard, text: str) -> Examined:
    snapshot = Snapshot(Page("goods.md"), f"# Goods\n\n{text}\n".encode(), "text/markdown")
    return pipeline.examine(snapshot, standard)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SAID), SCORE, SCORE, st.booleans())
def test_what_does_not_lean_is_final(standard: Standard, text: str, one: float, two: float, agrees: bool) -> None:
    alone = examined(standard, text)
    leaning = pipeline.leaning(alone, standard)
    said = Support(max(one, two), min(one, two) if agrees else NOTHING.agreeing)
    names = [term.full_name for term in standard.registry.terms]
    context = SourceContext({"another": dict.fromkeys(names, said)})
    beside = pipeline.judge_again(alone, standard, context.others("goods.md"))
    kept = [
        [
            (verdict.match.claim, verdict.outcome, verdict.confidence)
            for verdict in examination.verdicts
            if verdict.match.term and verdict.match.term.full_name not in leaning
        ]
        for examination in (alone, beside)
    ]
    assert kept[0] == kept[1]


def test_only_what_words_alone_say_leans(standard: Standard) -> None:
    leaning = [pipeline.leaning(examined(standard, text), standard) for text in SAID]
    found = [sorted(name.partition("/")[2] for name in names) for names in leaning]
    assert found[0] == found[4] == found[6] == []
    assert found[1] == found[2] == found[3] == ["window"]
    assert "fee" in found[5]


def test_articles_of_one_text_are_one_voice_that_says_the_best_of_them() -> None:
    said = {"a": Support(1.0, 1.0)}, {"a": Support(2.0, NOTHING.agreeing), "b": Support(0.5, 0.5)}
    for articles in (said, said[::-1]):
        context = gather(("one text", terms) for terms in articles)
        assert context.others("one text").say("a") == NOTHING
        assert context.others("another").say("a") == Support(2.0, 1.0)
        assert context.others("another").say("b") == Support(0.5, 0.5)
