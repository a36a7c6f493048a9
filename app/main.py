"""The only maker: puts one service together from its settings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

from app import problem_details, telemetry
from app.api import (
    description,
    documentation,
    frameworks,
    health,
    imports,
    match_runs,
    people,
    policies,
    questions,
    rules,
    scenarios,
    searches,
    statutory_returns,
    studies,
    sufficiency,
    trade_offs,
    what_ifs,
)
from app.api.nouns import ROOT, add_routes
from app.api.resources import RESOURCES
from app.api.workflow import ROUTES as WORKFLOW
from app.auth.doors import Door, door_of
from app.auth.keys import Keys
from app.auth.signing_in import SigningIn
from app.body_limits import BodyLimits
from app.geography.postcodes import PostcodeDirectory
from app.geography.routing import Engine, RoutingSettings, TravelTimes
from app.pages import routes as pages
from app.sections import sections
from app.services.office import Clock, Office, system_clock
from app.services.pools import Pools
from app.settings import BadSetting, Settings
from db.session import Store
from matching.geography import Distances, StraightLine
from solver.exact import ExactSolver
from solver.interface import SolveSettings


def create_office(settings: Settings, clock: Clock = system_clock) -> Office:
    """What use cases work with, without any HTTP: for the command line, and for the application."""
    store = Store(settings.database_url)
    return Office(
        store=store,
        gazetteer=PostcodeDirectory(),
        pools=Pools(store, clock, most=settings.pools_kept),
        solver=ExactSolver(),
        solve=SolveSettings(deterministic_limit=float(settings.solver_limit)),
        distances=_distances(settings),
        clock=clock,
    )


def _distances(settings: Settings) -> Distances:
    """Straight lines, unless a routing server is named. Raises BadSetting."""
    if not settings.routing_url:
        return StraightLine()
    if settings.routing_engine not in set(Engine):
        raise BadSetting("ROUTING_ENGINE is osrm or valhalla. Change it in the environment or in .env.")
    return TravelTimes(RoutingSettings(Engine(settings.routing_engine), settings.routing_url))


def create_app(settings: Settings, office: Office | None = None, door: Door | None = None) -> FastAPI:
    """The whole application, which closes its office when it ends. The database must have the newest tables.

    People sign in to the pages by the door that the settings name, or by the one given. Raises BadSetting.
    """
    door = door or door_of(settings)
    office = office or create_office(settings)
    app = FastAPI(
        **description.ABOUT,
        telemetry=telemetry.FASTAPI,
        generate_unique_id_function=_operation,
        lifespan=_closing(office),
    )
    app.state.office, app.state.keys = office, Keys(office.store)
    for section in sections(api(), ROOT):
        app.include_router(section, prefix=ROOT)
    app.include_router(health.add_routes("", ""))
    app.include_router(documentation.router)
    problem_details.install(app)
    pages.install(app, door)
    app.add_middleware(SigningIn)
    large = dict.fromkeys((f"{ROOT}/imports", f"{ROOT}/ssda903"), settings.most_import_bytes)
    app.add_middleware(BodyLimits, most=settings.most_body_bytes, elsewhere=large)
    app.add_middleware(telemetry.Requests)
    description.install(app)
    return app


def api() -> list[APIRouter]:
    """Every route of the API, to be found below /api/v1."""
    routers = []
    for resource in RESOURCES:
        nouns = APIRouter(tags=[resource.path])
        add_routes(nouns, resource)
        routers.append(nouns)
    files = (imports, statutory_returns)
    supposing = (what_ifs, trade_offs, scenarios, questions, studies, sufficiency)
    modules = (people, frameworks, searches, match_runs, *supposing, rules, policies, *files, *WORKFLOW)
    routers += [module.router for module in modules]
    return [*routers, health.add_routes("", "_in_version")]


def _operation(route: APIRoute) -> str:
    """The name of the use case is the operation's id."""
    return route.name


def _closing(office: Office) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        office.store.close()

    return lifespan
