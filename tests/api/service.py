"""A service under test: one authority with a key for each role, on a day of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api.examples import IN_ORDER
from app.auth.keys import Keys, make_key
from app.geography.postcodes import PostcodeDirectory
from app.main import create_app, create_office
from app.services.office import Office
from app.settings import Settings
from db.acts import Act
from db.errors import AlreadyExists
from db.session import Store
from matching.authorities import Authority
from matching.default_framework import DEFAULT_FRAMEWORK
from matching.values import AuthorityCode, AuthorityId
from matching.workflow.roles import Role

_GAZETTEER = PostcodeDirectory()  # shared: it reads a file the first time it is asked about a letter
NOW = datetime(2026, 9, 2, 9, 0, tzinfo=UTC)
NORFOLK, CAMBRIDGESHIRE = AuthorityCode("E10000020"), AuthorityCode("E10000003")


@dataclass(slots=True)
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: int) -> None:
        """Moves the clock on."""
        self.now += timedelta(**by)


@dataclass(slots=True)
class Service:
    """One running service, and what is needed to call it."""

    app: FastAPI
    client: TestClient
    clock: Clock
    office: Office
    authority: AuthorityId
    keys: Mapping[Role, str]
    known: Keys
    url: str
    recorded: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def store(self) -> Store:
        """The database."""
        return self.office.store

    def call(self, method: str, path: str, role: Role = Role.ADMIN, **more: Any) -> Any:
        """One request below /api/v1 with the key of a role."""
        self.app.state.office, self.app.state.keys = self.office, self.known  # another may have been put in
        headers = {"Authorization": f"Bearer {self.keys[role]}", **more.pop("headers", {})}
        return self.client.request(method, f"/api/v1{path}", headers=headers, **more)

    def get(self, path: str, role: Role = Role.ADMIN, **more: Any) -> Any:
        """Reads."""
        return self.call("GET", path, role, **more)

    def post(self, path: str, body: Any, role: Role = Role.ADMIN, **more: Any) -> Any:
        """Records."""
        return self.call("POST", path, role, json=body, **more)

    def put(self, path: str, body: Any, version: int | None, role: Role = Role.ADMIN) -> Any:
        """Replaces what has a version."""
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        return self.call("PUT", path, role, json=body, headers=headers)

    def patch(self, path: str, body: Any, version: int | None = 1, role: Role = Role.ADMIN) -> Any:
        """Changes parts of what has a version."""
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        return self.call("PATCH", path, role, json=body, headers=headers)

    def record_examples(self) -> None:
        """Sends every example of the description, each of which must be recorded."""
        for path, bodies in IN_ORDER.items():
            for body in bodies:
                answer = self.post(f"/{path}", body)
                assert answer.status_code == 201, (path, answer.text)
                self.recorded[body["external_ref"]] = answer.json()

    def id(self, ref: str) -> UUID:
        """The id of what an example recorded."""
        return UUID(self.recorded[ref]["id"])


def act(action: str = "set-up") -> Act:
    """What the tests do before anybody calls."""
    return Act(actor="tests", role="admin", action=action, at=NOW)


def found_authority(store: Store, code: AuthorityCode, name: str) -> AuthorityId:
    """Records an authority that uses the default framework."""
    authority = Authority(id=AuthorityId(uuid4()), code=code, name=name)
    with store.writing() as work:
        work.authorities.add(authority, act())
    with suppress(AlreadyExists), store.writing() as work:
        work.frameworks.add(DEFAULT_FRAMEWORK, act())
    return authority.id


@contextmanager
def running(url: str, code: AuthorityCode = NORFOLK) -> Iterator[Service]:
    """A service on a migrated database that has nothing in it but an authority and its keys."""
    with _opened(url) as (office, clock):
        yield _service(office, clock, found_authority(office.store, code, "County (synthetic)"), url)


@contextmanager
def serving(url: str) -> Iterator[Service]:
    """A service on a database that holds one authority already."""
    with _opened(url) as (office, clock):
        with office.store.reading() as work:
            (authority,) = work.authorities.all()
        yield _service(office, clock, authority.id, url)


@contextmanager
def _opened(url: str) -> Iterator[tuple[Office, Clock]]:
    clock = Clock()
    office = replace(create_office(Settings(database_url=url), clock), gazetteer=_GAZETTEER)
    # entered without the lifespan of the application: it is shared, and closing it would close its first office
    try:
        yield office, clock
    finally:
        office.store.close()


def _service(office: Office, clock: Clock, authority: AuthorityId, url: str) -> Service:
    app = application()
    app.state.office, app.state.keys = office, Keys(office.store)
    keys = {
        role: make_key(office.store, clock, authority, role, f"{role.value} in tests", act)
        for role in (Role.PLACEMENTS, Role.SOCIAL_WORKER, Role.COMMISSIONER, Role.AUDITOR, Role.ADMIN)
    }
    client = TestClient(app, raise_server_exceptions=False)
    return Service(app, client, clock, office, authority, keys, app.state.keys, url)


@cache
def application() -> FastAPI:
    """One application for all tests, for making it takes longer than most of them; each puts its own office in."""
    return create_app(Settings(database_url="sqlite:///nowhere.db"))
