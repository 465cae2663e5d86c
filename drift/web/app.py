"""The application: routes, what is said where there is no page, and the guard around all of it."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from drift.model.errors import StoreError
from drift.web import routes
from drift.web.flows import Desk
from drift.web.guard import Application, Guard
from drift.web.rendering import page


def application(desk: Desk) -> Application:
    """The desk as an ASGI application, guarded. FastAPI's own pages are off: they load scripts from elsewhere."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state.desk = desk
    app.include_router(routes.router)
    app.add_exception_handler(HTTPException, _no_page)
    app.add_exception_handler(RequestValidationError, _no_page)
    app.add_exception_handler(StoreError, _no_store)
    return Guard(app)


def _no_page(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return page("missing.html", status=status)


def _no_store(_: Request, error: Exception) -> Response:
    return page("unreachable.html", status=503, why=str(error))
