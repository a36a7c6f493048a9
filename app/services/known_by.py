"""What things on record are known by: the references that people say, for ids that a page would otherwise show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from app.services.callers import Caller
from app.services.office import Office
from db.session import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementKnown:
    """A placement by whose it is, where, and which search it came from."""

    child: str
    home: str
    referral: str
    """Empty when it was not decided here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBy:
    """References by id. What is not on record for the authority is left out."""

    referrals: Mapping[UUID, str]
    """The short reference that people say aloud, R-7K3M9."""
    homes: Mapping[UUID, str]
    children: Mapping[UUID, str]
    placements: Mapping[UUID, PlacementKnown]


def known_by(
    office: Office,
    caller: Caller,
    *,
    referrals: Iterable[UUID | None] = (),
    homes: Iterable[UUID | None] = (),
    children: Iterable[UUID | None] = (),
    placements: Iterable[UUID | None] = (),
) -> KnownBy:
    """The references of these; in one look at the records. A reference tells nothing of a child's record."""
    with office.store.reading(caller.authority) as work:
        searches = work.referrals.many(_sorted(referrals), words=False)
        found_homes = work.homes.many(_sorted(homes), words=False)
        found_children = work.children.many(_sorted(children), words=False)
        stays = _placements(work, _sorted(placements))
    return KnownBy(
        referrals={one: stored.reference or "" for one, stored in searches.items()},
        homes={one: stored.value.external_ref for one, stored in found_homes.items()},
        children={one: stored.value.external_ref for one, stored in found_children.items()},
        placements=stays,
    )


def _placements(work: Work, wanted: list[UUID]) -> Mapping[UUID, PlacementKnown]:
    stays = {one: stored.value for one, stored in work.placements.many(wanted).items()}
    children = work.children.many(_sorted(stay.child for stay in stays.values()), words=False)
    homes = work.homes.many(_sorted(stay.home for stay in stays.values()), words=False)
    decided = {one: work.decisions.of_placement(one) for one in stays}
    searches = work.referrals.many(_sorted(one.value.referral for one in decided.values() if one), words=False)
    found = {}
    for one, stay in stays.items():
        decision = decided[one]
        search = searches.get(decision.value.referral) if decision else None
        child, home = children.get(stay.child), homes.get(stay.home)
        found[one] = PlacementKnown(
            child=child.value.external_ref if child else "",
            home=home.value.external_ref if home else "",
            referral=(search.reference or "") if search else "",
        )
    return found


def _sorted(ids: Iterable[UUID | None]) -> list[UUID]:
    return sorted({one for one in ids if one is not None})
