"""When we speak, to whom, and in which words. Pure: what happened goes in, events and messages come out.

`due` gives the events of one visit to a page, `overdue` those that only time brings; `address` finds who hears one,
`letters` what is sent at once.
"""

from drift.alerts.context import AlertContext
from drift.alerts.due import ENDS, also_over, announced, due, source_replaced, source_unread, trouble, undelivered
from drift.alerts.grouping import BASELINE, Batch, letters
from drift.alerts.hearing import hearing
from drift.alerts.overdue import overdue, reviews
from drift.alerts.questions import questions
from drift.alerts.routing import address, explain

__all__ = [
    "BASELINE",
    "ENDS",
    "AlertContext",
    "Batch",
    "address",
    "also_over",
    "announced",
    "due",
    "explain",
    "hearing",
    "letters",
    "overdue",
    "questions",
    "reviews",
    "source_replaced",
    "source_unread",
    "trouble",
    "undelivered",
]
