"""The gap table: groups of need, how many wait, how many beds could take them by every rule, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.assess import Assessor
from matching.codes import HomeKind, NeedsBand, SearchKind, Setting, Suitability
from matching.pool import Pool, Seeker


@dataclass(frozen=True, slots=True)
class Waiting:
    """A child who waits, and the age on the day."""

    seeker: Seeker
    age: int

    @property
    def band(self) -> NeedsBand | None:
        """The band of need; None without a profile."""
        profile = self.seeker.profile
        return None if profile is None else self.seeker.framework.band(profile.levels)

    @property
    def together(self) -> int:
        """Children in the same search."""
        return len(self.seeker.referral.children)


Fits = Callable[[Waiting], bool]


@dataclass(frozen=True, slots=True)
class NeedGroup:
    """Children who wait and have something in common that homes must have."""

    id: str
    name: str
    action: str
    """What closes the gap, when there is one."""
    fits: Fits


@dataclass(frozen=True, slots=True)
class Gap:
    """One row of the gap table."""

    group: str
    name: str
    demand: int
    """Children of the group who wait."""
    searches: int
    matchable_beds: int
    """Beds free tonight or within 26 weeks in homes that no rule shuts to at least one child of the group; no bed twice."""
    homes: int
    """Homes with such beds."""
    without_any: int
    """Children of the group with no home at all that could be proposed."""
    placeable: int
    """Most children of the group who could have such a bed at one time; brothers and sisters are counted one by one."""
    gap: int
    """Demand less placeable. Other groups want the same beds: the gap of all together is larger than one by one."""
    action: str
    """What is suggested; empty where there is no gap."""


GROUPS = (
    NeedGroup("everybody", "Everybody who waits", "See the groups below.", lambda one: one.age >= 0),
    NeedGroup(
        "under-5", "Under five", "Recruit foster carers approved from birth, non-smoking.", lambda one: one.age < 5
    ),
    NeedGroup("5-9", "Five to nine", "Recruit foster carers for primary-school ages.", lambda one: 5 <= one.age <= 9),
    NeedGroup(
        "10-15",
        "Ten to fifteen",
        "Recruit foster carers for teenagers; ask carers of younger children whether they would widen their terms.",
        lambda one: 10 <= one.age <= 15,
    ),
    NeedGroup(
        "16-17",
        "Sixteen and seventeen",
        "Commission supported lodgings and registered supported accommodation; offer foster care first.",
        lambda one: one.age >= 16,
    ),
    NeedGroup(
        "siblings",
        "Two or more brothers and sisters in one search",
        "Recruit carers with room for two or more; ask for exemptions from the usual fostering limit.",
        lambda one: one.together >= 2,
    ),
    NeedGroup(
        "siblings-3",
        "Three or more brothers and sisters in one search",
        "Recruit carers with three bedrooms free; plan exemptions (Children Act 1989 Sch 7).",
        lambda one: one.together >= 3,
    ),
    NeedGroup(
        "complex",
        "Complex needs",
        "Commission enhanced fostering and solo or dual homes with therapy; see the step-down list for beds to free.",
        lambda one: one.band is NeedsBand.COMPLEX,
    ),
    NeedGroup(
        "fostering-preferred",
        "Foster care preferred",
        "Recruit foster carers; compare the price of agency beds tonight.",
        lambda one: one.seeker.asks.suitability.get(Setting.FOSTERING) is Suitability.PREFERRED,
    ),
    NeedGroup(
        "access",
        "Wheelchair, ground floor or adaptation",
        "Adapt a home, or recruit carers in adapted housing.",
        lambda one: bool(one.seeker.child.access),
    ),
    NeedGroup(
        "unaccompanied",
        "Unaccompanied children seeking asylum",
        "Keep arrival beds; recruit carers and lodgings with the languages asked for.",
        lambda one: one.seeker.child.uasc,
    ),
    NeedGroup(
        "urgent",
        "Same day, emergency, PACE or remand",
        "Keep beds for urgent purposes that can be asked for at night.",
        lambda one: one.seeker.referral.kind is not SearchKind.PLANNED,
    ),
)
"""Groups in reading order; a child may be in several."""


def gap_table(pool: Pool, assessor: Assessor, groups: Sequence[NeedGroup] = GROUPS) -> tuple[Gap, ...]:
    """A row for each group, also where nobody waits. Every rule is asked of every pairing, as for a match run."""
    able = _able(pool, assessor)
    free = np.array([_free(pool, at) for at in range(len(pool.homes))], dtype=np.int64)
    return tuple(_rows(pool, able, free, groups))


def _able(pool: Pool, assessor: Assessor) -> NDArray[np.bool_]:
    """Which pairings could be proposed, shape (seekers, homes)."""
    found = [assessor.pairings(rows).tally.proposable for rows in assessor.chunks()]
    if not found:
        return np.zeros((0, len(pool.homes)), dtype=np.bool_)
    shape = (-1, len(pool.homes))
    return np.concatenate([np.broadcast_to(part, (part.shape[0], len(pool.homes))) for part in found]).reshape(shape)


def _free(pool: Pool, home: int) -> int:
    """Beds free on some night of those looked at: whether the stay fits is the rules' to say."""
    if pool.homes[home].kind in (HomeKind.FOSTERING_CONNECTED, HomeKind.STAYING_PUT):
        return 1  # a connected carer's bed is for the child it is approved for
    return max(0, int(pool.beds_free[home].max()))


def _rows(pool: Pool, able: NDArray[np.bool_], free: NDArray[np.int64], groups: Sequence[NeedGroup]) -> Iterator[Gap]:
    for group in groups:
        rows = [
            at for at, seeker in enumerate(pool.seekers) if group.fits(Waiting(seeker, seeker.child.age_on(pool.as_of)))
        ]
        reach = able[rows]
        open_homes = np.flatnonzero(reach.any(axis=0) & (free > 0)) if rows else np.array([], dtype=np.intp)
        placeable = _most(reach, free)
        gap = len(rows) - placeable
        yield Gap(
            group=group.id,
            name=group.name,
            demand=len(rows),
            searches=len({pool.seekers[at].referral.id for at in rows}),
            matchable_beds=int(free[open_homes].sum()),
            homes=int(open_homes.size),
            without_any=int((~reach.any(axis=1)).sum()) if rows else 0,
            placeable=placeable,
            gap=gap,
            action=group.action if gap else "",
        )


def _most(reach: NDArray[np.bool_], free: NDArray[np.int64]) -> int:
    """The most children who can have a bed at one time: augmenting paths, each home as often as it has beds."""
    lives: dict[int, list[int]] = {}
    return sum(_settle(child, reach, free, lives, set()) for child in range(reach.shape[0]))


def _settle(
    child: int, reach: NDArray[np.bool_], free: NDArray[np.int64], lives: dict[int, list[int]], tried: set[int]
) -> bool:
    """Finds the child a bed, moving others on where that frees one."""
    for home in np.flatnonzero(reach[child]).tolist():
        if home in tried:
            continue
        tried.add(home)
        here = lives.setdefault(home, [])
        if len(here) < free[home]:
            here.append(child)
            return True
        for at, other in enumerate(here):
            if _settle(other, reach, free, lives, tried):
                here[at] = child
                return True
    return False
