"""Every setting of the service, read once from the environment (and a `.env` file) and never changed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from matching.errors import DomainError

ROOT = Path(__file__).resolve().parent.parent


class BadSetting(DomainError):
    """A setting in the environment cannot be as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What may differ from one installation to another. Each is an environment variable of the same name in capitals."""

    database_url: str = f"sqlite:///{ROOT / 'var' / 'placement.db'}"
    log_level: str = "INFO"
    sign_in: str = "none"
    """How people sign in to the pages: none, or development, which lets anybody be one of a few invented people."""
    most_body_bytes: int = 10_000_000
    """A request with a larger body is refused before it is read."""
    most_import_bytes: int = 500_000_000
    """The same for a bundle of files that is loaded."""
    pools_kept: int = 8
    """Pools kept in memory: one for each authority and day asked about."""
    solver_limit: int = 30
    """Work units of one solve, about a second each; counted, not timed, so that the same input gives the same plan."""
    routing_url: str = ""
    """Address of a routing server for minutes by car; without one, distances are straight lines only."""
    routing_engine: str = "osrm"
    """osrm or valhalla."""


def settings_from(environment: Mapping[str, str]) -> Settings:
    """The settings that an environment gives; what it leaves out or empty has its default. Raises BadSetting."""
    given: dict[str, str | int] = {}
    for field in fields(Settings):
        written = environment.get(field.name.upper(), "").strip()
        if written:
            given[field.name] = _read(field.name, written, field.default)
    return Settings(**given)  # type: ignore[arg-type]  # each was read as what its default is


def settings(file: Path = ROOT / ".env") -> Settings:
    """The settings of this process: its environment, and for what that leaves out the `.env` file."""
    return settings_from({**_lines_of(file), **{name: value for name, value in os.environ.items() if value}})


def _read(name: str, written: str, default: object) -> str | int:
    if not isinstance(default, int):
        return written
    if not written.isdecimal() or int(written) < 1:
        raise BadSetting(f"{name.upper()} is a whole number of 1 or more. Change it in the environment or in .env.")
    return int(written)


def _lines_of(file: Path) -> dict[str, str]:
    if not file.is_file():
        return {}
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    pairs = [line.partition("=") for line in lines if line and not line.startswith("#")]
    return {name.strip(): value.strip() for name, _, value in pairs}
