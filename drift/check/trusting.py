"""How far an annotator may be believed: what it answers to the questions that people have answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from drift.check.annotating import Annotating
from drift.engine import pipeline
from drift.engine.pipeline import Standard
from drift.model import Examined
from drift.model.annotation import RuleQuestion
from drift.model.memory import Run
from drift.model.trust import ENOUGH, Compared, Trust, TrustReport
from drift.model.watch_ports import RunLedger

SOURCE, KIND = "annotator", "annotator check"  # of the runs that keep what came of it


def compare(examined: Sequence[Examined], standard: Standard, annotating: Annotating, at: datetime) -> TrustReport:
    """Ask an annotator about all that people have answered on some articles; each question once."""
    asked = [(one, place, question) for one in examined for place, question in _asked(one, standard)]
    answered = annotating.about([question for _, _, question in asked])
    answers = {key: answer for key, answer in answered.items() if answer.sure}
    compared: dict[str, Compared] = {}
    for one, place, question in asked:
        match = one.matches[place]
        if match.answer is not None:
            found = Compared(one.page, match, question, match.answer.term, answers.get(question.key))
            compared.setdefault(question.key, found)
    model = annotating.annotator.model
    left = len(compared.keys() - answered.keys())
    return TrustReport(at, annotating.name, model, tuple(compared.values()), annotating.asked.note(), left)


def _asked(examined: Examined, standard: Standard) -> list[tuple[int, RuleQuestion]]:
    return list(pipeline.asked_before(examined, standard).items())


def keep(report: TrustReport, runs: RunLedger) -> None:
    """Let the share be known to what comes after.

    Where an annotator left so many questions open that too few are left to judge it by, what was known of it stays:
    nobody is trusted for having failed.
    """
    trust = report.trust
    enough = min(ENOUGH, len(report.compared))
    if len(report.compared) - report.open < enough and known(runs, report.annotator) is not None:
        return
    run = runs.start(SOURCE, KIND, report.checked_at, reader=report.annotator)
    runs.end(run, report.checked_at, {"answers": trust.answers, "agreed": trust.agreed})


def known(runs: RunLedger, annotator: str) -> Trust | None:
    """How often an annotator agreed with people when it was last looked at; None where it never was."""
    return next((_trust(run) for run in runs.last(20, SOURCE) if run.kind == KIND and run.reader == annotator), None)


def _trust(run: Run) -> Trust:
    return Trust(run.counts.get("agreed", 0), run.counts.get("answers", 0), run.started)
