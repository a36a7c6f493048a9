"""The made-up county in the database: invented once, recorded in bulk, and found again by every later run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.cli.opening import NotReady, command_act
from app.cli.steps import step
from db.repositories.children import Identity
from db.session import Store, Work
from matching.authorities import Authority
from matching.geography import Gazetteer
from matching.synthetic import SyntheticAuthority, norfolk_like
from matching.values import AuthorityId, ChildId

SEED = 1
_NOUNS = ("providers", "children", "sibling_groups", "profiles", "homes", "placements", "referrals")
"""In the order in which they refer to one another."""
_MADE_UP = "(synthetic)"
"""Ends the name of every authority nobody lives in."""


def made_up_county(store: Store, gazetteer: Gazetteer, today: date) -> Authority:
    """The county on record; invented and recorded when the database is empty.

    Raises NotReady when the database holds somebody else's records: they are not to be played with.
    """
    with store.reading() as work:
        known = work.authorities.all()
    for authority in known:
        if authority.name.endswith(_MADE_UP) and _is_whole(store, authority.id):
            return authority
    if any(not authority.name.endswith(_MADE_UP) for authority in known):
        raise NotReady(
            "This database holds an authority's own records, and the demonstration would add made-up ones. "
            "Name another database in DATABASE_URL, or leave it out to use var/placement.db."
        )
    with step("Inventing a county: 1,115 children in care, nobody real"):
        county = norfolk_like(today, SEED, gazetteer)
    with step("Recording it"):
        _record(store, county)
    return county.authority


def _is_whole(store: Store, authority: AuthorityId) -> bool:
    """Whether its records were written to the end; they are written in one transaction."""
    with store.reading(authority) as work:
        return work.referrals.count() > 0


def _record(store: Store, county: SyntheticAuthority) -> None:
    act = command_act("record-made-up-county")
    with store.writing() as work:
        if work.authorities.by_code(county.authority.code) is None:
            for region in county.regions:
                work.regions.add(region, act)
            work.authorities.add(county.authority, act)
            work.frameworks.add(county.framework, act)
    with store.writing(county.authority.id) as work:
        for noun in _NOUNS:
            getattr(work, noun).upsert_many(getattr(county, noun), act)
        _record_names(work, county.names)
        for hold in county.holds:
            work.holds.add(hold, act)


def _record_names(work: Work, names: Mapping[ChildId, tuple[str, str]]) -> None:
    act = command_act("record-made-up-county")
    invented = [Identity(child, given, family, f"{given[:1]}{family[:1]}") for child, (given, family) in names.items()]
    work.identities.record_many(invented, act)
