"""A stop while an annotator is asked leaves what is stored to be judged by the next call, and is nobody's failure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from drift.check.annotating import Annotating
from drift.engine import languages
from drift.engine.pipeline import Standard
from drift.model import Page, Registry, Snapshot, Validators
from drift.model.annotation import Annotation, RuleQuestion, Unanswered
from drift.model.errors import StoppedError
from drift.model.finding import State
from drift.sources.watched import Urls
from drift.watch.crawl import Pass
from drift.watch.looking import Gauge
from drift.watch.rejudge import KIND, outdated, rejudge
from drift.watch.watched import Watched

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
PAGE = "https://help.larkspur.example/a"
TERMS = """\
- {term: window, says: Unused goods can be returned within 30 days of delivery., value: 30 days, bound: at most,
   topics: [return unused goods]}
- {term: fee, says: Returning goods by post costs USD 5., value: USD 5, topics: [return by post]}
"""
SAID = b"# Goods\n\nGoods that you do not want come back to us within 14 days.\n"


class Carrier:
    def fetch(self, page: Page, validators: Validators | None = None, *, fresh: bool = False) -> Snapshot:
        del validators, fresh
        return Snapshot(page, SAID, "text/markdown")


class Reader:
    model = "larch-2"
    prompt = "which-rule/1"
    stops = True

    def answers(self, questions: Sequence[RuleQuestion]) -> Iterator[Annotation | Unanswered]:
        if self.stops:
            raise StoppedError
        for each in questions:
            yield Annotation(each.key, each.rules[0].name, 0.95, "", self.model, self.prompt, NOON)


def test_a_stop_while_the_annotator_is_asked(registry_of: Callable[..., Registry], new_store: Any) -> None:
    standard = Standard(registry_of(TERMS), date(2026, 11, 2), languages.load)
    reader = Reader()
    with new_store() as store:
        alone = Watched("help", Urls((PAGE,)), Carrier(), Gauge.of(standard), timedelta(days=7))
        Pass(alone, store, lambda: NOON).run()
        assert [one.state for one in store.findings.find()] == [State.SUSPECTED]
        gauge = Gauge.of(standard, annotator="larch-2")

        def again() -> bool:
            """Whether it came to its end."""
            return (
                rejudge(store, "help", gauge, lambda: NOON, annotating=Annotating(reader, lambda: NOON)).ended
                is not None
            )

        assert not again()
        assert [one.state for one in store.findings.find()] == [State.SUSPECTED]
        assert store.runs.unfinished("help", KIND) is not None
        reader.stops = False
        assert outdated(store, "help", gauge)
        assert again()
        assert [one.state for one in store.findings.find()] == [State.OPEN]
