"""Use case: the statutory return (SSDA903) of a year out of the authority's own records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from db.acts import Act
from db.rows import in_batches
from db.session import Store, Work
from matching.codes.ssda903 import CollectionYear
from matching.homes import Home
from matching.people import Child
from matching.placements import Placement
from matching.statutory_return import StatutoryReturn, statutory_return
from matching.values import AuthorityId, ChildId, HomeId


def export_return(store: Store, authority: AuthorityId, year: CollectionYear, as_of: date, act: Act) -> StatutoryReturn:
    """What the return of a year would tell as far as it is known on a day.

    It reads every child in care, so it leaves an audit event. Raises Busy, NotFound for an authority there is not.
    """
    with store.writing(authority) as work:
        children = _children(work)
        placements = _placements(work, [child.id for child in children])
        homes = _homes(work, {one.home for those in placements.values() for one in those})
        told = statutory_return(year, children, placements, homes, as_of)
        rows = {"children": len(told.header), "episodes": len(told.episodes), "unaccompanied": len(told.unaccompanied)}
        work.audit.append(act, "care return", None, after={"year": str(year), **rows})
    return told


def _children(work: Work) -> list[Child]:
    ids = sorted(work.children.ids_by_ref().values())
    return [stored.value for some in in_batches(ids) for stored in work.children.many(some).values()]


def _placements(work: Work, children: list[ChildId]) -> Mapping[ChildId, list[Placement]]:
    found: dict[ChildId, list[Placement]] = {}
    for some in in_batches(children):
        for placement in work.placements.of_children(some):
            found.setdefault(placement.child, []).append(placement)
    return found


def _homes(work: Work, wanted: set[HomeId]) -> Mapping[HomeId, Home]:
    return {
        stored.value.id: stored.value
        for some in in_batches(sorted(wanted))
        for stored in work.homes.many(some).values()
    }
