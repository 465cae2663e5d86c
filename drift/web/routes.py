"""The pages by their addresses. Each asks one flow and shows what it gives; none changes anything.

They are plain functions, which FastAPI runs in threads: a page that waits for the store keeps no other waiting.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response

from drift.model.desk import FindingQuery, PageKind, PageQuery
from drift.web.assets import ASSETS
from drift.web.flows import Desk
from drift.web.guard import LOOKS
from drift.web.rendering import page
from drift.web.table import finding_table

router = APIRouter()

_LONGEST = 200  # characters of what is asked for in an address
_DIGITS = 12  # of a number in an address
_Route = TypeVar("_Route", bound=Callable[..., Response])


def _look(path: str) -> Callable[[_Route], _Route]:
    return router.api_route(path, methods=list(LOOKS), include_in_schema=False, response_model=None)


@_look("/")
def front(request: Request) -> Response:
    return page("front.html", notice=_notice(request), section="front", it=_desk(request).front())


@_look("/findings")
def findings(request: Request) -> Response:
    it = _desk(request).findings(_finding_query(request))
    return page("findings.html", notice=_notice(request), section="findings", it=it)


@_look("/findings.csv")
def findings_csv(request: Request) -> Response:
    table = finding_table(_desk(request).finding_rows(_finding_query(request)))
    headers = {"content-disposition": 'attachment; filename="findings.csv"'}
    return Response(table, media_type="text/csv; charset=utf-8", headers=headers)


@_look("/findings/{name}")
def finding(request: Request, name: str) -> Response:
    it = _found(_desk(request).finding(name[:_LONGEST]))
    return page("finding.html", notice=_notice(request), section="findings", it=it)


@_look("/pages")
def pages(request: Request) -> Response:
    asked = request.query_params
    query = PageQuery(
        kind=asked.get("kind", PageKind.MEND.value)[:_LONGEST],
        source=asked.get("source", "")[:_LONGEST],
        words=asked.get("words", "").strip()[:_LONGEST],
        page=_number(asked.get("page", "")) or 1,
    )
    return page("pages.html", notice=_notice(request), section="pages", it=_desk(request).pages(query))


@_look("/pages/{number}")
def one_page(request: Request, number: str) -> Response:
    wanted = _number(number)
    it = _found(_desk(request).page(wanted) if wanted is not None else None)
    return page("page.html", notice=_notice(request), section="pages", it=it)


@_look("/policies")
def policies(request: Request) -> Response:
    return page("policies.html", notice=_notice(request), section="policies", it=_desk(request).policies())


@_look("/policies/{policy}/{term}")
def term(request: Request, policy: str, term: str) -> Response:
    asked = request.query_params
    outcome, leaf = asked.get("outcome", "")[:_LONGEST], _number(asked.get("page", "")) or 1
    it = _found(_desk(request).term(policy[:_LONGEST], term[:_LONGEST], outcome, leaf))
    return page("term.html", notice=_notice(request), section="policies", it=it)


@_look("/healthz")
def healthz() -> Response:
    """That the desk answers: nothing of what it knows."""
    return PlainTextResponse("ok\n")


@_look("/static/{name}")
def static(name: str) -> Response:
    body, media = _found(ASSETS.get(name))
    return Response(body, media_type=media)


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _notice(request: Request) -> str:
    return _desk(request).notice()


def _finding_query(request: Request) -> FindingQuery:
    asked = request.query_params
    names = ("state", "policy", "owner", "severity", "source", "words", "sort")
    given: dict[str, Any] = {name: asked[name].strip()[:_LONGEST] for name in names if name in asked}
    return FindingQuery(**given, page=_number(asked.get("page", "")) or 1)


def _number(text: str) -> int | None:
    """A number of an address; None for what is none, or greater than any."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


_Thing = TypeVar("_Thing")


def _found(thing: _Thing | None) -> _Thing:
    if thing is None:
        raise HTTPException(404)
    return thing
