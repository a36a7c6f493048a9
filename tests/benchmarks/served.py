"""A service with a county on record, served by a process of its own on SQLite: what HTTP benchmarks call."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import httpx2

from app.auth.keys import make_key
from db.acts import Act
from db.migrate import upgrade
from db.session import Store
from matching.records import Records
from matching.synthetic.pools import county
from matching.workflow.roles import Role

ACT = Act(actor="benchmark", role="admin", action="benchmark", at=datetime.now(UTC), origin="benchmark")
_NOUNS = ("providers", "children", "sibling_groups", "homes", "placements", "referrals")
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Served:
    """A running service."""

    address: str
    key: str
    as_of: date
    referrals: tuple[str, ...]
    """Ids of those who wait."""

    def client(self) -> httpx2.Client:
        """A client with a connection and the key of its own."""
        headers = {"Authorization": f"Bearer {self.key}"}
        return httpx2.Client(base_url=f"{self.address}/api/v1", headers=headers, timeout=120)


@contextmanager
def served_county(seed: int = 1) -> Iterator[Served]:
    """60 children who wait and 900 homes on record in a new SQLite file, served until the end."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'county.db'}"
        upgrade(url)
        records = county(seed)
        key = recorded(url, records)
        with _server(url) as address:
            yield Served(address, key, records.as_of, tuple(str(one.id) for one in records.referrals))


def recorded(url: str, records: Records) -> str:
    """Puts records into a migrated database; gives back a key of the authority."""
    store = Store(url)
    with store.writing() as work:
        work.authorities.add(replace(records.authority, region=None), ACT)
        work.frameworks.add(records.framework, ACT)
    with store.writing(records.authority.id) as work:
        for noun in _NOUNS:
            getattr(work, noun).upsert_many(getattr(records, noun), ACT)
        work.profiles.upsert_many(records.profiles.values(), ACT)
    key = make_key(store, lambda: ACT.at, records.authority.id, Role.PLACEMENTS, "benchmark", lambda _: ACT)
    store.close()
    return key


@contextmanager
def _server(url: str) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port)]
    server = subprocess.Popen(
        command, env={**os.environ, "DATABASE_URL": url, "LOG_LEVEL": "WARNING"}, stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _await(address, server)
        yield address
    finally:
        server.terminate()
        server.wait()


def _await(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        assert server.poll() is None, "the server ended before it answered"
        try:
            if httpx2.get(f"{address}/api/v1/health/ready").status_code == httpx2.codes.OK:
                return
        except httpx2.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"the server did not answer within {_PATIENCE:.0f} s")
