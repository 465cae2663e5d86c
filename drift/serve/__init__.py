"""When sources are read, by whom of several processes, and what the operator hears of it: `drift serve`.

`timing` decides, without a clock of its own; `Serving` does it. `KIND` is the kind of the runs in the ledger that stand
for a leader's time in office: the newest of them tells, by its beat, whether the schedule is being kept.
"""

from drift.serve.notices import Notice, Notices
from drift.serve.timing import KIND, PAST, SourceHealth, again, due, late, late_by_ledger

__all__ = ["KIND", "PAST", "Notice", "Notices", "SourceHealth", "again", "due", "late", "late_by_ledger"]
