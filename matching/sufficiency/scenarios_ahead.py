"""What-ifs ahead: the changes of a scenario, read as what they do to who comes, to beds and to prices from night to night."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Final

import numpy as np

from matching.codes import AvailabilityState
from matching.errors import Fault, Invalid
from matching.homes import Home
from matching.records import Records
from matching.scenarios.changes import (
    NAMES,
    AddChildren,
    AddHomes,
    Change,
    ChangeApprovals,
    ChangeAvailability,
    ChangeBeds,
    ChangeDemand,
    ChangeParameters,
    ChangePolicy,
    ChangePrices,
    CloseHomes,
    PostponeSearches,
    StepDown,
)
from matching.scenarios.chosen import chosen, faults_of
from matching.scenarios.documents import in_order
from matching.scenarios.terms import changed_home
from matching.sufficiency.coming import Demand, Surge
from matching.sufficiency.futures import Situation
from matching.sufficiency.grid import DAYS_OF_A_YEAR
from matching.sufficiency.kinds import KINDS, CareKind, Supplier, kind_of_home, supplier_of
from matching.sufficiency.nights import InCare
from matching.sufficiency.supply import Beds, postcode_area, supply_of
from matching.values import HomeId

NOT_AHEAD: Final = MappingProxyType(
    {
        ChangeApprovals: "Terms of approval decide who fits which bed: ahead only beds are counted. Ask the question of tonight.",
        PostponeSearches: "Days that somebody waits tonight are lost in years: ahead nobody's search is told apart. Ask the question of tonight.",
        ChangePolicy: "Policy decides who is proposed where: ahead only beds are counted. Ask the question of tonight.",
        ChangeParameters: "Parameters decide who is proposed where: ahead only beds are counted. Ask the question of tonight.",
    }
)
"""Changes that make no difference ahead, and why."""


def with_changes(situation: Situation, records: Records, changes: Sequence[Change], seed: int) -> Situation:
    """The situation as the changes would have it; without changes the situation itself. Their order does not matter.

    Raises Invalid naming each change that cannot be, as it is for tonight.
    """
    if not changes:
        return situation
    faults = faults_of(records, changes, seed)
    if faults:
        raise Invalid(list(faults))
    ahead = _Ahead(situation, records, seed)
    for change in in_order(changes):
        ahead.take(change)
    return ahead.situation


class _Ahead:
    """A situation while changes are applied to it."""

    def __init__(self, situation: Situation, records: Records, seed: int) -> None:
        self.situation, self._records, self._seed = situation, records, seed

    def take(self, change: Change) -> None:
        if isinstance(change, AddHomes):
            self._with_beds((*self.situation.beds, *_new(change, self.situation)))
        elif isinstance(change, CloseHomes | ChangeBeds | ChangeAvailability | ChangePrices):
            about = {home.id: home for home in chosen(self._records, change.which, self._seed)}
            rows = [(row, about.get(row.home) if row.home is not None else None) for row in self.situation.beds]
            then = self._as_on_record(about, change)
            changed = (row if home is None else self._changed(row, home, change, then) for row, home in rows)
            self._with_beds(tuple(changed))
        elif isinstance(change, ChangeDemand | AddChildren):
            self.situation = replace(self.situation, demand=_demand(self.situation.demand, change))
        elif isinstance(change, StepDown):
            start = stepped_down(self.situation.start, change, self._seed)
            self.situation = replace(self.situation, start=start)
        else:
            says = f"{NAMES[type(change)]}: {NOT_AHEAD[type(change)]}"
            self.situation = replace(self.situation, notes=(*self.situation.notes, says))

    def _with_beds(self, beds: tuple[Beds, ...]) -> None:
        self.situation = replace(self.situation, beds=beds)

    def _changed(
        self,
        row: Beds,
        home: Home,
        change: CloseHomes | ChangeBeds | ChangeAvailability | ChangePrices,
        then: Mapping[HomeId, Beds],
    ) -> Beds:
        if isinstance(change, CloseHomes):
            return replace(row, last_day=_day(change.on, self.situation.first), fades=change.children_stay)
        if isinstance(change, ChangeBeds):
            beds = home.beds + (change.by or 0) if change.to is None else change.to
            return replace(row, beds=beds, usable=float(max(0, row.usable + beds - home.beds)))
        if isinstance(change, ChangePrices):
            return replace(row, weekly=then[home.id].weekly)
        open_again = change.state is AvailabilityState.AVAILABLE
        return replace(row, usable=then[home.id].usable if open_again else float(row.used))

    def _as_on_record(
        self, about: Mapping[HomeId, Home], change: CloseHomes | ChangeBeds | ChangeAvailability | ChangePrices
    ) -> Mapping[HomeId, Beds]:
        """The rows that the homes would give once changed, where the change is of availability or prices."""
        if isinstance(change, CloseHomes | ChangeBeds):
            return {}
        changed = tuple(changed_home(home, change, self._records.as_of) for home in about.values())
        return {row.home: row for row in supply_of(replace(self._records, homes=changed)) if row.home is not None}


def _day(on: date | None, first: date) -> int:
    """A date as a day counted from the first; days past are today."""
    return 0 if on is None else max(0, (on - first).days)


def _new(change: AddHomes, situation: Situation) -> list[Beds]:
    """A row for each home to come. Of their beds the share is usable that is usable in homes of the kind today."""
    kind, supplier = kind_of_home(change.kind), supplier_of(change.sector)
    if kind is None:
        return []
    share = _usable_share(situation.beds, kind, supplier)
    first = _day(change.from_day, situation.first)
    home = Beds(
        home=None,
        kind=kind,
        supplier=supplier,
        area=postcode_area(change.place) if change.place else _commonest(situation.beds),
        beds=change.beds,
        used=0,
        usable=change.beds * share,
        weekly=change.weekly,
        block=any(row.block for row in situation.beds if (row.kind, row.supplier) == (kind, supplier)),
        household=kind is CareKind.FOSTERING and supplier is Supplier.OWN,
    )
    starts = [first + round(year * DAYS_OF_A_YEAR) for year in range(change.years)]
    return [replace(home, first_day=start) for start in starts for _ in range(change.count)]


def _usable_share(beds: Sequence[Beds], kind: CareKind, supplier: Supplier) -> float:
    """Of the beds that homes of a kind have, how many can be used; all of them where there is none to go by."""
    rows = [row for row in beds if row.home is not None and (row.kind, row.supplier) == (kind, supplier)]
    every = sum(row.beds for row in rows)
    return min(1.0, sum(row.usable for row in rows) / every) if every else 1.0


def _commonest(beds: Sequence[Beds]) -> str:
    """The area with the most of the authority's own homes; of all homes where it has none."""
    own = [row.area for row in beds if row.supplier is Supplier.OWN] or [row.area for row in beds]
    return max(sorted(set(own)), key=own.count, default="")


def _demand(demand: Demand, change: ChangeDemand | AddChildren) -> Demand:
    if isinstance(change, ChangeDemand):
        if demand.per_mille_a_year:
            wrong = "Two changes of demand in one scenario"
            raise Invalid([Fault("changes", wrong, "Put them together into one rate a year")])
        return replace(demand, per_mille_a_year=change.per_mille_a_year, grows_for_years=change.years)
    ages = (change.ages.youngest, change.ages.oldest) if change.ages else (15, 17) if change.uasc else (0, 17)
    surge = Surge(count=change.count, days=max(1, change.within_days), ages=ages)
    return replace(demand, surges=(*demand.surges, surge))


def stepped_down(start: InCare, change: StepDown, seed: int) -> InCare:
    """So many children in residential care, drawn by the seed, live in foster care from the first day."""
    residential, fostering = KINDS.index(CareKind.RESIDENTIAL), KINDS.index(CareKind.FOSTERING)
    years = start.age / np.float32(DAYS_OF_A_YEAR)
    young, old = (change.ages.youngest, change.ages.oldest) if change.ages else (0, 17)
    able = np.flatnonzero((start.kind == residential) & (years >= young) & (years < old + 1))
    drawn = np.random.Generator(np.random.PCG64(seed)).permutation(able)[: change.count]
    kind, so_far = start.kind.copy(), start.so_far.copy()
    kind[drawn], so_far[drawn] = fostering, 0
    return replace(start, kind=kind, so_far=so_far)
