"""Every page of the service, in one list, and what makes them part of the application."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

from app.auth.doors import Door
from app.pages import (
    alerts,
    assets,
    audit,
    decisions,
    home,
    homes,
    matches,
    measures,
    placing,
    plan,
    problems,
    rule_book,
    sign_offs,
    signing_in,
    statements,
    what_if,
)
from app.pages.referrals import every_page as referrals
from app.pages.report import routes as report
from app.sections import sections

ROUTERS: tuple[APIRouter, ...] = (
    assets.router,
    signing_in.router,
    home.router,
    alerts.router,
    sign_offs.router,
    decisions.router,
    audit.router,
    rule_book.router,
    statements.router,
    *referrals.ROUTERS,
    *matches.ROUTERS,
    *placing.ROUTERS,
    report.router,
    *plan.ROUTERS,
    *homes.ROUTERS,
    *what_if.ROUTERS,
    *measures.ROUTERS,
)
"""A new page is a module with a router, named here."""

OPEN = frozenset(
    {
        *("page_asset", "page_sign_in", "page_choose_person", "page_arrive", "page_sign_out", "page_signed_out"),
        *("page_how_matching_works", "page_accessibility", "page_privacy"),
    }
)
"""Pages for whoever is not signed in; all others begin with May(...)."""


def install(app: FastAPI, door: Door) -> None:
    """Adds the pages to the application, whose office is made already. After app.problem_details.install."""
    for route in page_routes():
        if route.methods and "GET" in route.methods:
            route.methods.add("HEAD")  # what watches a service, and proxies, ask for a page without its words
    for section in sections(ROUTERS):
        app.include_router(section)
    app.state.door = door
    app.state.page_addresses = frozenset(route.path for route in page_routes() if "GET" in (route.methods or ()))
    problems.install(app)


def page_routes() -> tuple[APIRoute, ...]:
    """Every route of a page."""
    return tuple(route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute))
