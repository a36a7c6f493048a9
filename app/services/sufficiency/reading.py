"""What sufficiency is read from: everybody and every placement on record, and the statutory returns that were read in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from app.services.errors import NoReturns
from app.services.office import Office
from app.services.pools import ReadyPool
from matching.histories import AuthorityHistory
from matching.people import Child, SiblingGroup
from matching.placements import Placement
from matching.values import AuthorityId, ChildId, PlacementId


@dataclass(frozen=True)
class OnRecord:
    """Everybody and every placement the authority has on record, whether in the pool or not."""

    children: tuple[Child, ...]
    """By reference."""
    groups: tuple[SiblingGroup, ...]
    placements: tuple[Placement, ...]
    """By reference."""

    @property
    def by_id(self) -> Mapping[ChildId, Child]:
        """Each child."""
        return MappingProxyType({child.id: child for child in self.children})

    def known_from(self, as_of: date) -> date:
        """The first day any placement on record began; the day itself when there is none."""
        return min((one.starts for one in self.placements), default=as_of)


def on_record(office: Office, ready: ReadyPool) -> OnRecord:
    """Read once for a pool, and kept while the pool stands."""
    kept: OnRecord | None = ready.worked_out.get(("sufficiency/on-record",))
    if kept is not None:
        return kept
    with office.store.reading(ready.pool.records.authority.id) as work:
        children = work.children.many(list(work.children.ids_by_ref().values()), words=False)
        groups = work.sibling_groups.many(list(work.sibling_groups.ids_by_ref().values()), words=False)
        placements = work.placements.many(list(work.placements.ids_by_ref().values()), words=False)
    found = OnRecord(
        children=tuple(sorted((one.value for one in children.values()), key=lambda one: one.external_ref)),
        groups=tuple(sorted((one.value for one in groups.values()), key=lambda one: one.external_ref)),
        placements=_ordered([one.value for one in placements.values()]),
    )
    made: OnRecord = ready.worked_out.keep(("sufficiency/on-record",), found)
    return made


def _ordered(placements: Sequence[Placement]) -> tuple[Placement, ...]:
    by_id: dict[PlacementId, Placement] = {one.id: one for one in placements}
    return tuple(sorted(by_id.values(), key=lambda one: one.external_ref))


def returns_on_record(office: Office, authority: AuthorityId) -> AuthorityHistory:
    """Every return that was read in, joined. Raises NoReturns."""
    with office.store.reading(authority) as work:
        if not work.care_histories.returns():
            raise NoReturns
        return work.care_histories.load()


def day_after(history: AuthorityHistory) -> date:
    """The first day that the returns do not tell of."""
    return history.known_until + timedelta(days=1)
