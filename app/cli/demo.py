"""The demonstration: a made-up county, loaded, planned and shown in the terminal, then served."""

from __future__ import annotations

import argparse
from uuid import NAMESPACE_URL, uuid5

from rich.console import Console
from rich.rule import Rule

from app.cli.made_up import made_up_county
from app.cli.opening import brought_up_to_date
from app.cli.plan_tables import headline, print_comparison, print_plan
from app.cli.serving import free_port, serve_demonstration
from app.cli.shortlist_tables import print_shortlist, print_why_nothing_fits, worth_showing
from app.cli.steps import step
from app.cli.what_if_tables import print_what_if
from app.main import create_office
from app.services.callers import Caller
from app.services.match_runs import make_plan
from app.services.office import Office
from app.settings import settings
from matching.authorities import Authority
from matching.workflow.roles import Role

WIDTH = 100
"""Columns used at most; a narrower terminal is kept to."""


def demo(chosen: argparse.Namespace) -> int:
    """Shows everything, then serves until Ctrl-C; with --check all but the serving."""
    installation = settings()
    port = None if chosen.check or chosen.what_if else free_port(chosen.host, chosen.port)
    if brought_up_to_date(installation.database_url):
        print("The database has the newest tables.")
    office = create_office(installation)
    county = made_up_county(office.store, office.gazetteer, office.today())
    if chosen.what_if:
        _show_what_if(office, county)
    else:
        _show(office, county)
    if port is None:
        office.store.close()
    else:
        serve_demonstration(installation, office, county, chosen.host, port)
    return 0


def _console() -> Console:
    out = Console(highlight=False)
    out.width = min(out.width, WIDTH)
    return out


def _show_what_if(office: Office, county: Authority) -> None:
    caller = Caller(
        key=uuid5(NAMESPACE_URL, "demo"), authority=county.id, role=Role.COMMISSIONER, origin="command-line"
    )
    print_what_if(_console(), office, caller, office.today())


def _show(office: Office, county: Authority) -> None:
    caller = Caller(key=uuid5(NAMESPACE_URL, "demo"), authority=county.id, role=Role.PLACEMENTS, origin="command-line")
    with step("Planning for all who wait"):
        planned, run = make_plan(office, caller, office.today())
    out = _console()
    out.print(Rule(f"{county.name}, {planned.ready.pool.as_of:%-d %B %Y}"))
    out.print(f"{headline(planned.ready.pool)}. Nobody in it is real.\n")
    out.print(Rule(f"The joint plan, stored as {run.reference}", align="left"))
    print_plan(out, planned)
    out.print()
    out.print(Rule("Beside two ways in which homes are found today", align="left"))
    print_comparison(out, planned)
    with step("Looking for a shortlist worth showing"):
        full, empty = worth_showing(planned.ready)
    if full is not None:
        out.print()
        out.print(Rule("One shortlist, with its reasons", align="left"))
        print_shortlist(out, full)
    if empty is not None:
        out.print()
        out.print(Rule("Why nothing fits", align="left"))
        print_why_nothing_fits(out, empty)
