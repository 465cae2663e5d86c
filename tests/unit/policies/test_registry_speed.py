"""What a large registry costs to load."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from drift import policies as registry_room
from drift.engine import languages

TERM = """\
  - term: wait-{number}
    says: A postpaid phone of series {number} can be unlocked once it has had 60 days of paid service.
    value: [{{is: 30 days, until: 2026-03-31}}, {{is: 60 days, from: 2026-04-01}}]
    bound: at least
    scope: {{plan: postpaid}}
    topics: [unlock your phone, device unlock, SIM lock]
    not_topics: [unlock the screen, bootloader]
    published_at: ["https://help.larkspur.example/wireless/unlock#postpaid"]
    also: [two months]
    examples: {{states: ["You can unlock your device 60 days after activation."]}}
"""
TIMES = 8  # measured 4.7 to 5.8; 5,000 terms in 100 files are then 1.2 seconds


@pytest.mark.bench
def test_loading_costs_a_few_times_the_bare_parsing(tmp_path: Path) -> None:
    for policy in range(20):
        head = f"policy: policy-{policy}\nowner: policy@larkspur.example\nterms:\n"
        terms = "".join(TERM.format(number=number) for number in range(50))
        (tmp_path / f"{policy}.yaml").write_text(head + terms)
    texts = [path.read_text() for path in tmp_path.iterdir()]

    def parse() -> None:
        for text in texts:
            for _ in yaml.parse(text, Loader=yaml.CLoader):
                pass

    def load() -> None:
        assert len(registry_room.load(tmp_path, language=languages.load).terms) == 1000

    load()
    bare, whole = _least(parse), _least(load)
    assert whole < TIMES * bare, f"{whole:.2f} s of CPU time against {bare:.2f} s"


def _least(work: Callable[[], None]) -> float:
    """The least CPU time of three runs: others' work on the machine only ever adds."""
    costs = []
    for _ in range(3):
        start = time.process_time()
        work()
        costs.append(time.process_time() - start)
    return min(costs)
