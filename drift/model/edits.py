"""What an edit to the registry does to the statements of articles, and which edit would teach a claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from drift.model import Claim, Examined, Outcome, Page, Verdict
from drift.model.errors import Place


@dataclass(frozen=True, slots=True)
class Effect:
    """What an edit to the registry does to one statement: `before` is None if it is gained, `after` where lost.

    Where both are there the claim is about the same term and is judged otherwise. `instead` is the term (full name)
    that the claim of a gained or lost statement is about in the other registry, if it is about one.
    """

    page: Page
    before: Verdict | None
    after: Verdict | None
    instead: str | None = None

    @property
    def newly_diverges(self) -> bool:
        """Whether the edit makes the article wrong where it was not."""
        diverges = self.after is not None and self.after.outcome is Outcome.DIVERGES
        return diverges and (self.before is None or self.before.outcome is not Outcome.DIVERGES)


@dataclass(frozen=True, slots=True)
class GainsReport:
    """What an edit to the registry changes in some articles, in their order; `kept` statements are the same."""

    checked_at: datetime
    as_of: date
    before: str  # which registry the edited one is held against: 'HEAD', or its folder
    examined: tuple[Examined, ...]  # by the edited registry
    changes: tuple[Effect, ...]
    kept: int


class EditAction(StrEnum):
    """What an edit does to what is written."""

    ADD = "add"
    TAKE_OUT = "take out"
    SET = "set"


@dataclass(frozen=True, slots=True)
class Edit:
    """One change to a policy file: `text` added to the list `key` of `where`, or taken out of it, or set as it."""

    action: EditAction
    key: str  # 'topics', 'examples.states'
    text: str
    where: str  # 'device-unlock/postpaid-wait', 'device-unlock', 'scopes.yaml'
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The first of the edits tried that makes a claim a statement of a term, or (not `states`) none of it any more.

    Nothing else in the run changes by it. `edit` is None if no edit tried does that; `why` then says what would.
    """

    claim: Claim
    term: str  # full name
    states: bool
    edit: Edit | None = None
    verdict: Verdict | None = None  # what is then said of the claim
    tried: int = 0
    why: str = ""
