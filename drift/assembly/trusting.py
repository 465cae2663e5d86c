"""The check of an annotator put together: articles that people reviewed in, how often it agrees out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import NamedTuple

from drift import settings as settings_room
from drift.annotators import AnnotatorConfig
from drift.assembly import check as checking
from drift.assembly.annotating import named
from drift.assembly.check import CheckOptions
from drift.assembly.registry import standard
from drift.assembly.watch import opened
from drift.check.trusting import compare, keep
from drift.model.errors import InputError
from drift.model.ports import Clock
from drift.model.trust import TrustReport
from drift.watch.stored import OnExamined, Way, stored

FLOOR: float = AnnotatorConfig.model_fields["trust"].default  # what holds where no settings say otherwise


class TrustOptions(NamedTuple):
    """What a check of an annotator is asked to do: as in `CheckOptions`; no sources for the watched pages.

    `otherwise` is the folder of policies where neither `policies` nor the settings name one.
    """

    sources: Sequence[str]
    policies: Path | None
    annotator: str
    store: str | None
    as_of: date | None
    published_as: str | None
    allow_private: tuple[str, ...]
    otherwise: Path


def check(options: TrustOptions, clock: Clock, on_examined: OnExamined | None = None) -> tuple[TrustReport, float]:
    """How often the annotator agrees with people, and the share below which it is not trusted.

    Of the watched pages it is kept for those who come after; sources with `annotator: off` are left out. Raises
    InputError as `check` does, and StoreError.
    """
    with ExitStack() as leaving:
        annotating = leaving.enter_context(named(options.annotator, clock))
        settings = None
        if not options.annotator.startswith("recorded:"):
            settings = settings_room.load(Path(options.annotator), os.environ, ("store",))
        floor = settings.annotator.trust if settings and settings.annotator else FLOOR
        policies = options.policies or (settings.policies if settings else options.otherwise)
        if options.sources:
            asked = CheckOptions(
                tuple(options.sources), policies, options.as_of, options.published_as, options.allow_private
            )
            examined = checking.check(asked, clock, on_examined).examined
            held = standard(policies, options.as_of, clock)
            return compare(examined, held, annotating, clock()), floor
        if settings is None:
            settings = settings_room.load(Path("drift.yaml"), os.environ, ("store",))
        store = leaving.enter_context(opened(settings, options.store, create=False))
        annotating.memory = store.annotations
        held = standard(policies, options.as_of, clock)
        ways = {one.name: Way(one.content, one.language) for one in settings.sources if one.asked_about}
        if not ways:
            raise InputError(f"nothing to ask about: {settings.file} leaves out every source ('annotator: off')")
        report = compare(stored(store, held, clock, ways, on_examined).examined, held, annotating, clock())
        keep(report, store.runs)
        return report, floor
