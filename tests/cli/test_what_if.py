"""The 20-household question in the terminal, three years ahead."""

from __future__ import annotations

import io
from uuid import UUID

import pytest
from rich.console import Console

from app.cli import ahead_tables
from app.cli.made_up import made_up_county
from app.main import create_office
from app.services.callers import Caller
from app.settings import Settings
from matching.workflow.roles import Role
from tests.api.service import Clock


def test_twenty_households_are_answered_years_ahead(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead_tables, "FUTURES", 100)
    monkeypatch.setattr(ahead_tables, "YEARS", 1)
    clock = Clock()
    office = create_office(Settings(database_url=sqlite_url), clock)
    day = office.today()
    county = made_up_county(office.store, office.gazetteer, day)
    out = Console(file=io.StringIO(), width=80, highlight=False)
    caller = Caller(key=UUID(int=1), authority=county.id, role=Role.COMMISSIONER)
    ahead_tables.print_ahead(out, office, caller, day)
    office.store.close()
    said = out.file.getvalue()  # type: ignore[attr-defined]
    assert max(map(len, said.splitlines())) <= 80
    for words in (
        "And ahead: 1 years, night by night",
        "Waiting children whom a plan can place",
        "Expected cost of the first year",
        "Over 1 years the scenario is expected to save £",
        "have no placement on record",
    ):
        assert words in said, words
