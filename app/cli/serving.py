"""Serves the pages and the API, on the port asked for or on a free one."""

from __future__ import annotations

import argparse
import errno
import socket
from contextlib import nullcontext

import uvicorn
from fastapi import FastAPI

from app.auth.doors import DevelopmentDoor
from app.auth.keys import make_key
from app.cli.opening import NotReady, command_act, require_newest_tables
from app.cli.working import working_inside
from app.main import create_app, create_office
from app.services.office import Office
from app.settings import Settings, settings
from app.telemetry import configure
from matching.authorities import Authority
from matching.workflow.roles import Role

_FIRST, _LAST = 8000, 8019
"""Ports tried when none is asked for."""


def serve(chosen: argparse.Namespace) -> int:
    """Serves the pages, the API and its description until Ctrl-C."""
    installation = settings()
    require_newest_tables(installation.database_url)
    port = free_port(chosen.host, chosen.port)
    configure(installation.log_level)
    address = _address(chosen.host, port)
    print(where_served(installation.sign_in, address), flush=True)
    office = create_office(installation)
    with working_inside(installation, office) if chosen.with_worker else nullcontext():
        _run(create_app(installation, office), chosen.host, port)
    return 0


def where_served(sign_in: str, address: str) -> str:
    """Where what is served is found; the pages only where somebody can sign in to them."""
    pages = f"The pages: {address}/   "
    if sign_in == "none":
        pages = "Nobody can sign in to the pages here yet (SIGN_IN).   "
    return f"{pages}The API: {address}/docs   Stop it with Ctrl-C."


def serve_demonstration(installation: Settings, office: Office, county: Authority, host: str, port: int) -> None:
    """Serves until Ctrl-C, with a key to try it."""
    app = create_app(installation, office, DevelopmentDoor())
    key = make_key(
        office.store, office.clock, county.id, Role.PLACEMENTS, "demonstration", lambda _: command_act("make-key")
    )
    address = _address(host, port)
    print(f"\nOpen {address}/ and sign in as one of a few invented people.")
    print(f"The API and its description: {address}/docs")
    print(f"A key of a placements team:  {key}")
    print(f'Try it:  curl -H "Authorization: Bearer {key}" "{address}/api/v1/referrals?limit=3"')
    print("Stop it with Ctrl-C; nothing is lost.", flush=True)
    with working_inside(installation, office):
        _run(app, host, port)


def free_port(host: str, wanted: int | None) -> int:
    """The port asked for, or the first free one from 8000. Raises NotReady when there is none."""
    for port in range(_FIRST, _LAST + 1) if wanted is None else (wanted,):
        if _is_free(host, port):
            if wanted is None and port != _FIRST:
                print(f"Port {_FIRST} is taken by another program; using {port}.")
            return port
    which = f"Ports {_FIRST} to {_LAST} are all" if wanted is None else f"Port {wanted} is"
    raise NotReady(f"{which} taken by another program. Name a free one with --port.")


def _is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except (OSError, OverflowError) as error:
            if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
                return False
            raise NotReady(f"{host} port {port} cannot be served on: {error}.") from error
        return True


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _run(app: FastAPI, host: str, port: int) -> None:
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False)
