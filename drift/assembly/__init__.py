"""The composition root: the only place that knows which concrete thing stands behind each port."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from drift.engine import languages
from drift.model import CheckReport, LeftOut, Page, Registry, ReviewReport, Snapshot
from drift.model.errors import InputError, Problem
from drift.model.ports import Clock, Fetcher, Store

if TYPE_CHECKING:
    from drift.check.annotating import Annotating
    from drift.check.answers import Ledger
    from drift.check.check import OnExamined
    from drift.check.suggest import Teacher
    from drift.engine.pipeline import Standard
    from drift.fetch import Client
    from drift.fetch.gate import Gate
    from drift.model.edits import GainsReport
    from drift.settings import Settings


class CheckOptions(NamedTuple):
    """What a check is asked to do.

    `sources` are files, folders, globs, http(s) addresses and '-'; `as_of` the day the policies are judged on,
    today where None; `published_as` the URL under which files are published; `allow_private` the networks
    (CIDR or host) that may be opened although they are not public; `explain` puts the evidence for terms that were
    not chosen into words; `annotator` names who is asked about what words alone do not settle.
    """

    sources: tuple[str, ...]
    policies: Path
    as_of: date | None = None
    published_as: str | None = None
    allow_private: tuple[str, ...] = ()
    explain: bool = False
    annotator: str | None = None


def registry(policies: Path) -> Registry:
    """The registry in a folder. Raises InputError with everything wrong in it."""
    from drift import policies as room

    return room.load(policies, language=languages.load)


def lint(policies: Path, clock: Clock) -> tuple[tuple[Problem, ...], Registry | None]:
    """Everything that is wrong in a folder or looks so today, in order of place, failing examples included.

    The registry is None where a problem forbids one; its examples are not run then.
    """
    from drift import policies as room

    problems, loaded = room.lint(policies, today=clock().date(), language=languages.load)
    if loaded is None:
        return problems, None
    return (*problems, *failing_examples(policies, clock)), loaded


def standard(policies: Path, as_of: date | None, clock: Clock, *, explain: bool = False) -> Standard:
    """The registry on a day, ready to judge. Raises InputError with everything wrong in it."""
    from drift.engine.pipeline import Standard

    return Standard(registry(policies), as_of or clock().date(), languages.load, explain)


def check(
    options: CheckOptions,
    clock: Clock,
    on_examined: OnExamined | None = None,
    stdin: BinaryIO | None = None,
) -> CheckReport:
    """Check sources against policies.

    Raises InputError for a registry that does not load and for sources that do not exist.
    """
    from drift import sources
    from drift.check.check import check as flow

    held = standard(options.policies, options.as_of, clock, explain=options.explain)
    pages = sources.pages_of(options.sources, published_as=options.published_as)
    if not pages:
        raise InputError("nothing to check: the sources name no article")
    with Fetching(clock, options.allow_private, stdin) as fetcher, _annotating(options, clock) as annotating:
        return flow(pages, fetcher, held, clock, on_examined, _left_out(options), annotating)


def _annotating(options: CheckOptions, clock: Clock) -> AbstractContextManager[Annotating | None]:
    if options.annotator is None:
        return nullcontext()
    from drift.assembly.annotating import named

    return named(options.annotator, clock)


def explain(
    options: CheckOptions,
    clock: Clock,
    on_examined: OnExamined | None = None,
    stdin: BinaryIO | None = None,
) -> tuple[CheckReport, Teacher]:
    """What `check` finds, and who can say what would teach a claim of it. Raises InputError as `check` does."""
    from drift import sources
    from drift.check.check import check as flow
    from drift.check.suggest import Keeping, Teacher

    held = standard(options.policies, options.as_of, clock, explain=options.explain)
    pages = sources.pages_of(options.sources, published_as=options.published_as)
    if not pages:
        raise InputError("nothing to explain: the sources name no article")
    with Fetching(clock, options.allow_private, stdin) as fetcher, _annotating(options, clock) as annotating:
        keeping = Keeping(fetcher)
        report = flow(pages, keeping, held, clock, on_examined, _left_out(options), annotating)
    return report, Teacher(held, keeping.kept, report.examined)


def _left_out(options: CheckOptions) -> tuple[LeftOut, ...]:
    from drift import sources

    return sources.left_out_of(options.sources, policies=str(options.policies))


def gains(
    options: CheckOptions,
    before: Path | None,
    clock: Clock,
    on_examined: OnExamined | None = None,
    stdin: BinaryIO | None = None,
) -> GainsReport:
    """What the policies of `options` gain and lose against those in `before`, or against those last committed to git.

    Raises InputError as `check` does, and where no committed policies are found.
    """
    from drift import sources
    from drift.check.gains import gains as flow
    from drift.engine.pipeline import Standard
    from drift.policies.committed import COMMIT, committed

    after = standard(options.policies, options.as_of, clock)
    if before is not None:
        old, name = registry(before), str(before)
    else:
        with committed(options.policies) as folder:
            old, name = registry(folder), COMMIT
    pages = sources.pages_of(options.sources, published_as=options.published_as)
    if not pages:
        raise InputError("nothing to compare: the sources name no article")
    held = Standard(old, after.as_of, languages.load)
    with Fetching(clock, options.allow_private, stdin) as fetcher:
        return flow(pages, fetcher, held, after, clock, name=name, on_examined=on_examined)


def review(
    options: CheckOptions,
    clock: Clock,
    on_examined: OnExamined | None = None,
    stdin: BinaryIO | None = None,
    *,
    denied: bool = False,
) -> ReviewReport:
    """The questions that the articles of some sources leave open. Raises InputError as `check` does."""
    from drift.check.review import review as flow

    return flow(check(options, clock, on_examined, stdin), languages.load, denied=denied)


def review_stored(
    store: Store,
    settings: Settings | None,
    policies: Path,
    clock: Clock,
    as_of: date | None = None,
    on_examined: OnExamined | None = None,
    *,
    denied: bool = False,
) -> ReviewReport:
    """The questions that the stored pages of a watch leave open: nothing is fetched, and no annotator is asked.

    Raises InputError as `standard` does and where no article is remembered, StoreError where the store cannot be read.
    """
    from drift.check.review import review as flow
    from drift.watch.stored import Way, stored

    ways, annotating = None, None
    if settings is not None:
        ways = {one.name: Way(one.content, one.language, one.asked_about) for one in settings.sources}
    if settings is not None and settings.annotator is not None:
        from drift.assembly.annotating import remembered

        annotating = remembered(settings.annotator, store, clock)
    held = standard(policies, as_of, clock)
    return flow(stored(store, held, clock, ways, on_examined, annotating), languages.load, denied=denied)


def ledger(report: ReviewReport, policies: Path, clock: Clock, by: str | None = None) -> Ledger:
    """Where the answers to the questions of a report are kept."""
    from drift.check.answers import Ledger

    return Ledger.of(report, policies, by, clock().date())


def failing_examples(policies: Path, clock: Clock) -> tuple[Problem, ...]:
    """The examples in a registry that do not do what they say. Raises InputError where it does not load."""
    from drift.check.examples import examples

    return examples(standard(policies, None, clock))


class Fetching(Fetcher):
    """Files for paths and standard input, a Client for addresses, made when the first address is asked for.

    Raises InputError for an `allow_private` that names no network.
    """

    def __init__(self, clock: Clock, allow_private: tuple[str, ...] = (), stdin: BinaryIO | None = None) -> None:
        from drift.fetch import Files

        self._clock = clock
        self._gate: Gate | None = None  # a client has one of its own, which opens nothing private
        if allow_private:
            from drift.fetch.gate import Gate

            self._gate = Gate.opening(allow_private)
        self._files = Files(clock, stdin)
        self._client: Client | None = None

    def fetch(self, page: Page) -> Snapshot:
        """The page as it is now. Raises FetchError with the class of failure."""
        if not page.address.lower().startswith(("http://", "https://")):
            return self._files.fetch(page)
        if self._client is None:
            from drift.fetch import Client

            self._client = Client(self._clock, gate=self._gate)
        return self._client.fetch(page)

    def __enter__(self) -> Fetching:
        return self

    def __exit__(self, *_: object) -> None:
        if self._client is not None:
            self._client.close()
