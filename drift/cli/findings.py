"""`drift findings`: list, show, ack, silence, silences, unsilence, export."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated

import typer

from drift.cli.options import FormatName, Output, ReportFormat, now
from drift.cli.output import look, ready, write
from drift.cli.remembered import By, PoliciesAtHand, SettingsAtHand, StoreAtHand, around, opened, person
from drift.model import Grounds
from drift.model.escaping import inert
from drift.model.finding import State
from drift.reports import export as sheet
from drift.reports import finding as whole
from drift.reports import findings as text
from drift.reports import findings_json
from drift.watch import findings as flow

findings = typer.Typer()


class FindingStateName(StrEnum):
    """The values of `drift.model.State`, and one for several."""

    SUSPECTED = "suspected"
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"
    REGRESSED = "regressed"
    GONE = "gone"
    WITHDRAWN = "withdrawn"
    DISMISSED = "dismissed"
    STANDING = "standing"  # all in which the page is wrong


class ExportFormat(StrEnum):
    CSV = "csv"
    JSON = "json"


States = Annotated[
    list[FindingStateName] | None,
    typer.Option(
        "--state",
        help="Only findings in this state; may be repeated. 'standing' is all that are wrong now.",
        show_default=False,
    ),
]
OfPolicy = Annotated[
    str | None, typer.Option("--policy", metavar="NAME", help="Only those of a policy.", show_default=False)
]
OfTerm = Annotated[str | None, typer.Option("--term", metavar="NAME", help="Only those of a term.", show_default=False)]
OnGrounds = Annotated[
    list[Grounds] | None,
    typer.Option(
        "--grounds",
        help="Only those held on these grounds; may be repeated. 'annotated' is what an annotator alone vouches for.",
        show_default=False,
    ),
]
OnArticle = Annotated[
    str | None,
    typer.Option("--article", metavar="GLOB", help="Only those on an address, or under a glob.", show_default=False),
]
FromSource = Annotated[
    str | None, typer.Option("--source", metavar="NAME", help="Only those on pages of a source.", show_default=False)
]
FindingId = Annotated[str, typer.Argument(metavar="ID", help="The id of a finding: F-3f9a1c20.", show_default=False)]
SilenceId = Annotated[str, typer.Argument(metavar="ID", help="The id of a silence: S-3f9a1c20.", show_default=False)]
Why = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why nobody is to be alerted.", show_default=False)]
Until = Annotated[
    str,
    typer.Option(
        "--until",
        metavar="DATE",
        help="The last day of the silence, or when it ends: 2026-12-31, 2026-12-31T18:00 (UTC).",
        show_default=False,
    ),
]


@findings.command("list")
def list_(
    state: States = None,
    policy: OfPolicy = None,
    term: OfTerm = None,
    article: OnArticle = None,
    source: FromSource = None,
    report_format: ReportFormat = FormatName.TEXT,
    output: Output = None,
    policies: PoliciesAtHand = None,
    file: SettingsAtHand = None,
    store: StoreAtHand = None,
    grounds: OnGrounds = None,
) -> None:
    """List the findings: what stands first, the most severe before all. All states, unless --state is given.

    What is only suspected stands in a part of its own: questions, of which nobody was alerted. Those that were closed
    before anybody answered are left out, unless --state names their state.

    \b
    Examples:
      drift findings list
      drift findings list --state standing
      drift findings list --state suspected
      drift findings list --grounds annotated
      drift findings list --article 'https://help.larkspur.example/wireless/**' --format json

    \b
    Exit status:
      0  the findings were listed, whatever their state; 'drift status' is the one that tells them apart
      2  wrong input, or no store
    """
    ready(output)
    wanted = {State(each.value) for each in state or () if each is not FindingStateName.STANDING}
    wanted |= {each for each in State if each.stands and FindingStateName.STANDING in (state or ())}
    held = set(grounds or ())
    query = flow.Query(sorted(wanted), policy, term, article, source, held, closed_questions=bool(wanted))
    machine = report_format is FormatName.JSON
    with opened(store, file) as (known, settings):
        views = flow.listed(known, query, now(), around(policies, settings) if machine else None)
    write(findings_json.render(views) if machine else text.render(views, look(output)), output, machine=machine)


@findings.command()
def show(
    finding: FindingId,
    report_format: ReportFormat = FormatName.TEXT,
    policies: PoliciesAtHand = None,
    file: SettingsAtHand = None,
    store: StoreAtHand = None,
) -> None:
    """Show one finding: what a customer reads, what it said before, for how long, whose it is, and its history.

    \b
    Examples:
      drift findings show F-3f9a1c20
      drift findings show F-3f9a1c20 --format json

    \b
    Exit status:
      0  the finding was shown
      2  there is none of that id, or no store
    """
    with opened(store, file) as (known, settings):
        view = flow.one(known, finding, now(), around(policies, settings))
    if report_format is FormatName.JSON:
        write(findings_json.render([view], history=True), machine=True)
    else:
        write(whole.render(view, look()))


@findings.command()
def ack(
    finding: FindingId,
    by: By = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="What is done about it.")] = "",
    file: SettingsAtHand = None,
    store: StoreAtHand = None,
) -> None:
    """Acknowledge a finding: say that somebody is on it. Only the page itself resolves it.

    \b
    Examples:
      drift findings ack F-3f9a1c20
      drift findings ack F-3f9a1c20 --by ana@larkspur.example --note 'The web team mends it today.'

    \b
    Exit status:
      0  it is acknowledged
      2  there is none of that id, or it is not open
    """
    who = person(by)
    with opened(store, file) as (known, _):
        moved = flow.acknowledge(known, finding, who, now(), note.strip())
    write(inert(f"{moved.id} is acknowledged by {who}.") + "\n")


@findings.command()
def silence(
    reason: Why,
    until: Until,
    finding: Annotated[
        str | None, typer.Option("--finding", metavar="ID", help="Silence one finding.", show_default=False)
    ] = None,
    policy: Annotated[
        str | None, typer.Option("--policy", metavar="NAME", help="Silence a policy.", show_default=False)
    ] = None,
    term: Annotated[
        str | None, typer.Option("--term", metavar="NAME", help="Silence a term.", show_default=False)
    ] = None,
    article: Annotated[
        str | None,
        typer.Option("--article", metavar="GLOB", help="Silence an address, or all under a glob.", show_default=False),
    ] = None,
    by: By = None,
    file: SettingsAtHand = None,
    store: StoreAtHand = None,
) -> None:
    """Silence findings for a reason and until a day: they go on being found, and nobody is alerted of them.

    Where several of --policy, --term and --article are given, all must hold of a finding.

    \b
    Examples:
      drift findings silence --finding F-3f9a1c20 --reason 'mended with the next release' --until 2026-12-31
      drift findings silence --article 'https://help.larkspur.example/old/**' --reason 'moves away' --until 2027-01-31

    \b
    Exit status:
      0  it is silenced
      2  wrong input: nothing is silenced
    """
    end = _end(until)
    who = person(by)
    with opened(store, file) as (known, settings):
        if policy is not None or term is not None:
            flow.refuse_unknown(known, around(None, settings).registry, policy, term)
        view = flow.silence(
            known, now(), author=who, reason=reason, until=end,
            finding=finding, policy=policy, term=term, article=article,
        )  # fmt: skip
    write(text.render_silence(view, look()))


@findings.command()
def silences(
    ended: Annotated[bool, typer.Option("--all", help="Those that have ended too.")] = False,
    report_format: ReportFormat = FormatName.TEXT,
    file: SettingsAtHand = None,
    store: StoreAtHand = None,
) -> None:
    """List the silences: what they cover, who made them and why, until when, and what they hide.

    \b
    Examples:
      drift findings silences
      drift findings silences --all --format json
    """
    with opened(store, file) as (known, _):
        views = flow.silences(known, now(), ended=ended)
    if report_format is FormatName.JSON:
        write(findings_json.render_silences(views), machine=True)
    else:
        write(text.render_silences(views, look()))


@findings.command()
def unsilence(silence: SilenceId, file: SettingsAtHand = None, store: StoreAtHand = None) -> None:
    """End a silence now. It stays on record: 'drift findings silences --all' lists it.

    \b
    Example:
      drift findings unsilence S-3f9a1c20

    \b
    Exit status:
      0  it has ended
      2  there is none of that id, or it had ended
    """
    with opened(store, file) as (known, _):
        view = flow.end_silence(known, silence, now())
    write(text.render_silence(view, look()))


@findings.command()
def export(
    export_format: Annotated[
        ExportFormat, typer.Option("--format", "-f", help="For spreadsheets, or for programs.")
    ] = ExportFormat.CSV,
    output: Output = None,
    policies: PoliciesAtHand = None,
    file: SettingsAtHand = None,
    store: StoreAtHand = None,
) -> None:
    """Write all findings of all states with their history: a row each for spreadsheets, or as JSON.

    In CSV no cell is a formula: one that would be begins with an apostrophe.

    \b
    Examples:
      drift findings export --output findings.csv
      drift findings export --format json
    """
    ready(output)
    with opened(store, file) as (known, settings):
        views = flow.listed(known, flow.Query(), now(), around(policies, settings), history=True)
    csv = export_format is ExportFormat.CSV
    write(sheet.render_csv(views) if csv else findings_json.render(views, history=True), output, machine=True)


def _end(until: str) -> datetime:
    """When a silence ends: after a day, or at a time, in UTC where it does not say. Raises typer.BadParameter."""
    try:
        if len(until) == len("2026-12-31"):
            return datetime.combine(date.fromisoformat(until), time(), UTC) + timedelta(days=1)
        end = datetime.fromisoformat(until)
        return end.replace(tzinfo=UTC) if end.tzinfo is None else end.astimezone(UTC)
    except (ValueError, OverflowError):
        expected = "expected one like 2026-12-31 or 2026-12-31T18:00"
        raise typer.BadParameter(f"'{until}' is no day and no time; {expected}", param_hint="--until") from None
