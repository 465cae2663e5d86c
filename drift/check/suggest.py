"""The smallest edit to the registry that teaches a claim: found by trying, never guessed.

Each edit is made in memory and the articles of the run are examined by it. The first one that gives what is wanted and
changes no other statement, and breaks no example of the policies it touches, is the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from drift.check.examples import examples
from drift.check.gains import compare
from drift.check.proposals import Case, silencing, stating
from drift.engine import kinds, reading
from drift.engine.pipeline import Standard, context_of, examine, voice
from drift.model import Claim, Examined, Match, Page, Snapshot, Term, Verdict
from drift.model.edits import Suggestion
from drift.model.ports import Fetcher

# What one question may cost, in terms prepared anew, a claim read and weighed anew being as dear as CLAIM of them:
# about two seconds, measured with 83 to 5,000 terms and 8 to 200 claims on one core.
WORK = 10_000
CLAIM = 6
REVIEW = "only a review of this sentence settles it"
LONG = "trying more would take long: a review of this sentence settles it"


class Keeping(Fetcher):
    """Another fetcher that keeps what it fetched, so that it can be examined again."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self.kept: dict[Page, Snapshot] = {}

    def fetch(self, page: Page) -> Snapshot:
        """The page as it is now. Raises FetchError with the class of failure."""
        snapshot = self.kept[page] = self._fetcher.fetch(page)
        return snapshot


class Teacher:
    """Suggests edits for the claims of a run: its standard, its snapshots, and what was found in them."""

    def __init__(self, standard: Standard, snapshots: dict[Page, Snapshot], examined: Sequence[Examined]) -> None:
        self._standard = standard
        self._snapshots = snapshots
        self._examined = [one for one in examined if one.blind is None]
        self._context = context_of(examined, standard)

    def suggest(self, examined: Examined, match: Match, term: Term, among: int = 1) -> tuple[Suggestion, ...]:
        """How to make a claim of an examined page a statement of a term, how to make it none, or why nothing does.

        Both where a claim is unclear; one where it is decided, or is no statement of the term. The work is shared
        `among` so many claims.
        """
        now = _verdict(examined, match.claim)
        stated = now is not None and now.match.term is not None and now.match.term.full_name == term.full_name
        decided = now is not None and now.outcome.decided
        wanted = [states for states, open_ in ((True, not (stated and decided)), (False, stated)) if open_]
        work = WORK // (among * max(1, len(wanted)))
        return tuple(self._suggestion(examined, match, term, states, work) for states in wanted)

    def _suggestion(self, examined: Examined, match: Match, term: Term, states: bool, left: int) -> Suggestion:
        claim = match.claim
        if why := self._beyond(match, term, states):
            return Suggestion(claim, term.full_name, states, why=why)
        case = self._case(examined, match, term)
        done = _states(term) if states else _is_silent_on(term)
        tried, held = 0, ""
        for proposal in stating(case) if states else silencing(case):
            left -= len(self._standard.registry.terms) + CLAIM * len(examined.matches)
            if left < 0:
                break
            tried += 1
            trial = Standard(proposal.registry, self._standard.as_of, self._standard.language)
            after = self._again(examined, trial)
            verdict = _verdict(after, claim)
            if not done(verdict) or _changes_others(examined, after, claim):
                if proposal.opens and not held and _considered(after, claim, term):
                    held = f"`{proposal.edit.key}` of {proposal.edit.where} keeps the term away, and that is not all; "
                continue
            left -= CLAIM * sum(len(one.matches) for one in self._examined)
            if left < 0:
                break
            touched = {term.policy, proposal.edit.where.partition("/")[0]}
            if self._changes_elsewhere(examined, trial) or self._breaks_examples(trial, touched):
                continue
            return Suggestion(claim, term.full_name, states, proposal.edit, verdict, tried)
        why = held + (REVIEW if left >= 0 else LONG)
        return Suggestion(claim, term.full_name, states, tried=tried, why=why)

    def _beyond(self, match: Match, term: Term, states: bool) -> str:
        """Why no edit of a term can do it, or ''."""
        claim, as_of = match.claim, self._standard.as_of
        if match.reviewed:
            return "a person answered for this sentence: change its entry in reviewed.yaml"
        if not claim.asserted_on(as_of):
            return "the article does not assert the value on that day, whatever the policies say"
        if states and not kinds.comparable(claim.value, (term.on(as_of) or term.timeline[0]).value):
            return f"{kinds.show(claim.value)} is another kind of value than the term's"
        return ""

    def _case(self, examined: Examined, match: Match, term: Term) -> Case:
        code = reading.read(self._snapshots[examined.page]).language or self._standard.registry.language
        return Case(
            page=examined.page,
            match=match,
            beside=[one.claim for one in examined.matches if one.claim.passage is match.claim.passage],
            term=term,
            registry=self._standard.registry,
            language=self._standard.language(code),
        )

    def _changes_elsewhere(self, examined: Examined, trial: Standard) -> bool:
        others = (one for one in self._examined if one.page != examined.page)
        return any(compare(one, self._again(one, trial))[0] for one in others)

    def _again(self, examined: Examined, trial: Standard) -> Examined:
        """An article by a registry that is tried, beside what the others of its source say by the one in force."""
        others = self._context.others(voice(examined))
        return examine(self._snapshots[examined.page], trial, others=others)

    def _breaks_examples(self, trial: Standard, policies: set[str]) -> bool:
        """Whether an example of some policies that did what it says does so no more."""
        known = {str(problem) for problem in examples(self._standard, policies)}
        return any(str(problem) not in known for problem in examples(trial, policies))


def _verdict(examined: Examined, claim: Claim) -> Verdict | None:
    return next((verdict for verdict in examined.verdicts if verdict.match.claim == claim), None)


def _considered(examined: Examined, claim: Claim, term: Term) -> bool:
    match = next(match for match in examined.matches if match.claim == claim)
    return any(candidate.term.full_name == term.full_name for candidate in match.candidates)


def _changes_others(before: Examined, after: Examined, claim: Claim) -> bool:
    changes, _ = compare(before, after)
    told = (change.after or change.before for change in changes)
    return any(verdict is not None and verdict.match.claim != claim for verdict in told)


def _states(term: Term) -> Callable[[Verdict | None], bool]:
    def done(verdict: Verdict | None) -> bool:
        if verdict is None or verdict.match.term is None or not verdict.outcome.decided:
            return False
        return verdict.match.term.full_name == term.full_name

    return done


def _is_silent_on(term: Term) -> Callable[[Verdict | None], bool]:
    def done(verdict: Verdict | None) -> bool:
        return verdict is None or verdict.match.term is None or verdict.match.term.full_name != term.full_name

    return done
