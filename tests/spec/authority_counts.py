"""Counts over an authority's records, as a statistician would take them: from the records only, not from drafts."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from functools import cache
from hashlib import sha256

from matching.codes import AvailabilityState, HomeKind, Sector, Setting
from matching.homes import Home
from matching.people import Child
from matching.placements import Placement, PlacementState
from matching.synthetic import SyntheticAuthority, norfolk_like, north_east_lincolnshire_like
from matching.values import ChildId, HomeId
from tests.spec.invented_gazetteer import InventedGazetteer

ORDINARY = {HomeKind.FOSTERING_MAINSTREAM, HomeKind.FOSTERING_ENHANCED, HomeKind.FOSTERING_MOCKINGBIRD_SATELLITE}
YEAR = timedelta(days=365)
AS_OF = date(2026, 9, 1)


class Counts:
    """Looks things up in an authority's records, and counts."""

    def __init__(self, authority: SyntheticAuthority) -> None:
        self.authority, self.as_of = authority, authority.as_of
        self.children: dict[ChildId, Child] = {child.id: child for child in authority.children}
        self.homes: dict[HomeId, Home] = {home.id: home for home in authority.homes}
        self.present = [p for p in authority.placements if p.state is PlacementState.STARTED]
        self.planned = [p for p in authority.placements if p.state is PlacementState.PLANNED]
        self.home_of = {placement.child: placement.home for placement in self.present}
        self.by_home: dict[HomeId, list[Placement]] = defaultdict(list)
        self.by_child: dict[ChildId, list[Placement]] = defaultdict(list)
        for placement in authority.placements:
            self.by_home[placement.home].append(placement)
            self.by_child[placement.child].append(placement)
        self.in_care = list(authority.placed_as)

    def age(self, child: ChildId) -> int:
        """Whole years on the day."""
        return self.children[child].age_on(self.as_of)

    def living_in(self, home: Home) -> list[Child]:
        """Everybody who lives in a home today, over-18s too."""
        return [self.children[p.child] for p in self.by_home[home.id] if p.state is PlacementState.STARTED]

    def own_households(self) -> list[Home]:
        """The authority's own fostering households."""
        own = [home for home in self.homes.values() if home.sector is Sector.IN_HOUSE]
        return [home for home in own if home.kind.setting is Setting.FOSTERING]

    def own_kind(self) -> Counter[str]:
        """Own fostering households: connected, short-break, and all the others as mainstream."""
        named = {HomeKind.FOSTERING_CONNECTED: "connected", HomeKind.FOSTERING_SHORT_BREAK: "short-break"}
        return Counter(named.get(home.kind, "mainstream") for home in self.own_households())

    def free_tonight(self, home: Home) -> int:
        """Effective beds that nobody sleeps in tonight."""
        return home.beds - sum(placement.takes(self.as_of) for placement in self.by_home[home.id])

    def place_use(self) -> dict[str, float]:
        """Per cent of own approved places that are filled by children in care, vacant, or neither."""
        own = self.own_households()
        places = sum(home.registered_beds for home in own)
        filled = sum(
            self.home_of[child] in {home.id for home in own} for child in self.in_care if child in self.home_of
        )
        open_homes = [home for home in own if home.availability.state is AvailabilityState.AVAILABLE]
        vacant = sum(max(0, self.free_tonight(home)) for home in open_homes)
        return {
            "filled": 100 * filled / places,
            "vacant": 100 * vacant / places,
            "neither": 100 * (places - filled - vacant) / places,
        }

    def matchable(self) -> int:
        """Own beds free now and from now on, for an ordinary stay, in households that may be asked."""
        return sum(
            max(0, home.beds - sum(p.state is not PlacementState.ENDED for p in self.by_home[home.id]))
            for home in self.own_households()
            if home.kind in ORDINARY and home.availability.state is AvailabilityState.AVAILABLE
        )

    def placements_in_year(self, child: ChildId) -> int:
        """Placements of a child that were open at some time in the twelve months."""
        return len([p for p in self.by_child[child] if _open_after(p, self.as_of - YEAR)])

    def open_in_year(self) -> list[Placement]:
        """Every placement of children in care, and of those who left, open at some time in the twelve months."""
        not_counted = {*self.authority.staying_put, *self.authority.guests}
        open_then = [p for p in self.authority.placements if _open_after(p, self.as_of - YEAR)]
        return [placement for placement in open_then if placement.child not in not_counted]

    def separated(self) -> dict[int, tuple[int, int]]:
        """By number of siblings in care: children parted from at least one of them, and all such children."""
        counted: dict[int, tuple[int, int]] = {}
        placed = self.authority.placed_as
        for group in self.authority.sibling_groups:
            members = [member for member in group.members if member in placed]
            for member in members:
                others = [other for other in members if other != member]
                parted, every = counted.get(len(others), (0, 0))
                apart = any(self._apart(member, other) for other in others)
                counted[len(others)] = (parted + apart, every + 1)
        return {number: counts for number, counts in sorted(counted.items()) if number}

    def _apart(self, one: ChildId, other: ChildId) -> bool:
        """Children without a home on record live together when they are placed in the same way."""
        homes = (self.home_of.get(one), self.home_of.get(other))
        if homes == (None, None):
            return self.authority.placed_as[one] is not self.authority.placed_as[other]
        return homes[0] != homes[1]

    def most_at_once(self, home: Home) -> int:
        """Most people who have slept, or are to sleep, in a home on any one night, present and planned included."""
        changes: Counter[date] = Counter()
        for placement in self.by_home[home.id]:
            changes[placement.starts] += 1
            if placement.until is not None:
                changes[placement.until] -= 1
        now, most = 0, 0
        for day in sorted(changes):
            now += changes[day]
            most = max(most, now)
        return most


def _open_after(placement: Placement, day: date) -> bool:
    return placement.state is not PlacementState.PLANNED and (placement.ended is None or placement.ended > day)


def digest(value: object) -> str:
    """A fingerprint of everything in an object, whatever order its sets and mappings come in."""
    return sha256(_written(value).encode()).hexdigest()


def _written(value: object) -> str:
    if is_dataclass(value) and not isinstance(value, type):
        return "{" + ";".join(_written(getattr(value, field.name)) for field in fields(value)) + "}"
    if isinstance(value, dict) or hasattr(value, "items"):
        return "{" + ";".join(sorted(f"{_written(k)}:{_written(v)}" for k, v in value.items())) + "}"
    if isinstance(value, (set, frozenset)):
        return "{" + ";".join(sorted(map(_written, value))) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ";".join(map(_written, value)) + "]"
    return repr(value)


@cache
def gazetteer() -> InventedGazetteer:
    """The invented gazetteer, made once."""
    return InventedGazetteer()


@cache
def norfolk(seed: int) -> Counts:
    """The Norfolk-like authority of a seed, made once."""
    return Counts(norfolk_like(AS_OF, seed, gazetteer()))


@cache
def north_east_lincolnshire(seed: int) -> Counts:
    """The North-East-Lincolnshire-like authority of a seed, made once."""
    return Counts(north_east_lincolnshire_like(AS_OF, seed, gazetteer()))


def of_name(name: str) -> Counts:
    """An authority by its name and seed, as in norfolk-1."""
    place, seed = name.rsplit("-", 1)
    return norfolk(int(seed)) if place == "norfolk" else north_east_lincolnshire(int(seed))
