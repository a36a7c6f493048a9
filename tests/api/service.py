"""A service under test: one authority with a key for each role, on a day of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api.examples import IN_ORDER
from app.auth.keys import make_key
from app.main import create_app
from app.services.office import Office
from app.settings import Settings
from db.acts import Act
from db.errors import AlreadyExists
from db.session import Store
from matching.authorities import Authority
from matching.default_framework import DEFAULT_FRAMEWORK
from matching.values import AuthorityCode, AuthorityId
from matching.workflow.roles import Role

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
    authority: AuthorityId
    keys: Mapping[Role, str]
    url: str
    recorded: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def office(self) -> Office:
        """What the use cases work with."""
        office: Office = self.app.state.office
        return office

    @property
    def store(self) -> Store:
        """The database."""
        return self.office.store

    def call(self, method: str, path: str, role: Role = Role.ADMIN, **more: Any) -> Any:
        """One request below /api/v1 with the key of a role."""
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
    clock = Clock()
    app = create_app(Settings(database_url=url), clock)
    office: Office = app.state.office
    authority = found_authority(office.store, code, "County (synthetic)")
    keys = {
        role: make_key(office.store, clock, authority, role, f"{role.value} in tests", act)
        for role in (Role.PLACEMENTS, Role.SOCIAL_WORKER, Role.COMMISSIONER, Role.AUDITOR, Role.ADMIN)
    }
    with TestClient(app, raise_server_exceptions=False) as client:
        yield Service(app, client, clock, authority, keys, url)
