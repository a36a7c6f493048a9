"""The return out of our own records passes the Department's checks, but for what we do not hold."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.geography.postcodes import PostcodeDirectory
from app.interchange.ssda903.writing import files_of
from matching.codes.ssda903 import CollectionYear
from matching.statutory_return import StatutoryReturn, statutory_return
from matching.synthetic import SyntheticAuthority, norfolk_like
from tests.peers import environment
from tests.peers.completing import completed
from tests.peers.running import ask

pytestmark = pytest.mark.skipif(not environment.ready(), reason=environment.WHY_NOT)

NOT_HELD = {
    "101": "SEX is unknown for some who left (before 2024-25 the return has no code for that)",
    "148": "REC: why a child left care is not on record",
    "218": "URN: most homes have none on record",
    "232": "SEX is unknown for some who left",
    "392a": "HOME_POST: no family home on record, so no distance",
    "392b": "HOME_POST: no family home on record",
    "393": "MOTHER: not on record",
    "442": "UPN: not on record",
    "504": "CIN: not on record, and a blank is taken to differ from a blank",
    "607": "MOTHER: not on record",
}
"""Rules that find something because a column is left blank, and which."""
NOT_OURS = {
    "146": "its list of 2024-25 has K3 in small letters",
    "218": "asks for a URN under V3 and V4 as well, where rule 214 forbids one",
    "241": "takes every K3 placement outside the authority for a mistake: it has no list of providers' premises",
    "357": "in care since before the first placement on record: what was before is not on record",
}
"""Rules that find something also when every blank is filled, and why it is no mistake of ours."""


@cache
def county() -> SyntheticAuthority:
    """The made-up county at the end of March."""
    return norfolk_like(date(2026, 3, 31), 1, PostcodeDirectory())


def returned(starts: int) -> StatutoryReturn:
    """Its return of a year."""
    placements: dict[Any, list[Any]] = {}
    for placement in county().placements:
        placements.setdefault(placement.child, []).append(placement)
    homes = {home.id: home for home in county().homes}
    return statutory_return(CollectionYear(starts), county().children, placements, homes, date(2026, 3, 31))


def found(told: StatutoryReturn, folder: Path) -> dict[str, int]:
    """What the checks of the year find: rows by rule."""
    folder.mkdir()
    for name, content in files_of(told).items():
        (folder / name).write_bytes(content)
    answer = ask("validator", folder, str(told.year.starts), county().authority.code)
    assert answer["ran"] > 100
    return {code: what["rows"] for code, what in answer["found"].items()}


@pytest.mark.parametrize("starts", [2023, 2024, 2025])
def test_no_check_finds_anything_but_what_we_do_not_hold(starts: int, tmp_path: Path) -> None:
    told = returned(starts)
    assert len(told.episodes) > 1000
    as_it_is = found(told, tmp_path / "as it is")
    assert as_it_is.keys() <= NOT_HELD.keys() | NOT_OURS.keys(), as_it_is
    assert as_it_is.keys() & NOT_HELD.keys()
    filled_in = found(completed(told), tmp_path / "filled in")
    assert filled_in.keys() <= NOT_OURS.keys(), filled_in
    assert sum(rows for code, rows in filled_in.items() if code != "146") < 0.04 * len(told.episodes)
