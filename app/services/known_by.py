"""What things on record are known by: the references that people say, for ids that a page would otherwise show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from app.services.callers import Caller
from app.services.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBy:
    """References by id. What is not on record for the authority is left out."""

    referrals: Mapping[UUID, str]
    """The short reference that people say aloud, R-7K3M9."""
    homes: Mapping[UUID, str]
    children: Mapping[UUID, str]


def known_by(
    office: Office,
    caller: Caller,
    *,
    referrals: Iterable[UUID | None] = (),
    homes: Iterable[UUID | None] = (),
    children: Iterable[UUID | None] = (),
) -> KnownBy:
    """The references of these; in one look at the records. A reference tells nothing of a child's record."""
    with office.store.reading(caller.authority) as work:
        searches = work.referrals.many(_sorted(referrals), words=False)
        found_homes = work.homes.many(_sorted(homes), words=False)
        found_children = work.children.many(_sorted(children), words=False)
    return KnownBy(
        referrals={one: stored.reference or "" for one, stored in searches.items()},
        homes={one: stored.value.external_ref for one, stored in found_homes.items()},
        children={one: stored.value.external_ref for one, stored in found_children.items()},
    )


def _sorted(ids: Iterable[UUID | None]) -> list[UUID]:
    return sorted({one for one in ids if one is not None})
