"""What a plan comes to child by child, added up any way that is asked: money to the penny, and who gains or loses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from matching.assess import Assessor
from matching.candidates import intake_arrays
from matching.codes import HomeKind, NeedsBand, PlaceKind, Sector
from matching.homes import Home
from matching.plan import Plan
from matching.pool import Seeker
from matching.scenarios.ground import INVENTED
from matching.values import ChildId, HomeId, Pence, age_on

WEEKS_IN_A_YEAR = 52
"""A year of a weekly price is 52 weeks of it, so that years add up to the penny as weeks do. Our own convention."""
NOT_KNOWN = "not-known"
AGE_BANDS = (("under-1", 0), ("1-4", 1), ("5-9", 5), ("10-15", 10), ("16-17", 16))
"""The statutory return's bands, each with the age at which it begins."""


class Split(StrEnum):
    """What an outcome may be split by."""

    AGE = "age"
    NEED = "need"
    AREA = "area"
    """The postcode area of the family home: letters only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildOutcome:
    """What a plan means for one child who waits."""

    child: str
    child_id: ChildId
    referral: str
    added: bool
    """Whether a scenario added the child."""
    age: str
    """The age band of the statutory return."""
    need: str
    area: str
    home: str | None
    """The home proposed; None without one."""
    home_id: HomeId | None
    kind: HomeKind | None
    sector: Sector | None
    weekly: Pence | None
    """The price of a week there; None without a home, or where no price is on record."""
    leaving: Pence | None
    """The base price of a week where the child lives now; None where the child lives in no home, or none is on record."""
    tenths: int | None
    """Tenths of a mile from the family home, straight line."""
    out_of_area: bool
    distant: bool
    """Whether it is farther than the authority calls distant."""
    sign_offs: int
    checks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Children added up."""

    children: int
    placed: int
    unplaced: int
    weekly_pence: int
    """Of the places proposed whose price is known."""
    yearly_pence: int
    """52 weeks of it."""
    prices_missing: int
    leaving_weekly_pence: int
    """Of the places that the children who are proposed a home would leave, where known: what would no longer be paid."""
    tenths_of_a_mile: int
    """From the family home, straight line, of the children placed for whom it is known."""
    distances: int
    """For how many it is known."""
    distant: int
    out_of_area: int
    distant_and_out_of_area: int
    sign_offs: int
    checks: int

    @property
    def mean_miles(self) -> float | None:
        """Mean miles from the family home, straight line, to one decimal; None when none is known."""
        return round(self.tenths_of_a_mile / self.distances / 10, 1) if self.distances else None


@dataclass(frozen=True, slots=True)
class Cell:
    """One part of a breakdown; an axis that is not split by has no word."""

    age: str | None
    need: str | None
    area: str | None
    sums: Sums


@dataclass(frozen=True, slots=True)
class PairTonight:
    """Two brothers or sisters who wait and should live together; by reference."""

    one: str
    other: str
    together: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a plan comes to."""

    children: tuple[ChildOutcome, ...]
    """In the order of the pool."""
    pairs: tuple[PairTonight, ...]

    @property
    def sums(self) -> Sums:
        """Everybody added up."""
        return sums_of(self.children)


def outcome_of(assessor: Assessor, plan: Plan) -> Outcome:
    """Works out what a plan means for each child who waits."""
    pool = assessor.pool
    given = [
        (pool.home_index[one.home], tuple(pool.seeker_index[child] for child in one.children)) for one in plan.intakes
    ]
    shared = assessor.intakes(*intake_arrays(given)).tally
    with_first = {rows[0]: (int(shared.sign_offs[at]), int(shared.checks[at])) for at, (_, rows) in enumerate(given)}
    at_home = {row: home for home, rows in given for row in rows}
    pairings, _ = assessor.beside(slice(0, len(pool.seekers)))
    journey, tally, area = pairings.facts.journey, pairings.tally, pairings.facts.home.area
    distant = assessor.parameters["distant_miles"]
    found = []
    for row, seeker in enumerate(pool.seekers):
        home = at_home.get(row)
        if home is None:
            found.append(_outcome(assessor, seeker, None, _NOWHERE))
            continue
        tenths, more = journey.home_distance.at(row, home), with_first.get(row, (0, 0))
        there = _There(
            weekly=journey.cost.at(row, home),
            tenths=tenths,
            out_of_area=(area.at(0, home) or 0) > 0,
            distant=tenths is not None and tenths > distant,
            sign_offs=int(tally.sign_offs[row, home]) + more[0],
            checks=int(tally.checks[row, home]) + more[1],
        )
        found.append(_outcome(assessor, seeker, pool.homes[home], there))
    return Outcome(children=tuple(found), pairs=tuple(_pairs(assessor, plan)))


@dataclass(frozen=True, slots=True)
class _There:
    weekly: int | None = None
    tenths: int | None = None
    out_of_area: bool = False
    distant: bool = False
    sign_offs: int = 0
    checks: int = 0


_NOWHERE = _There()


def _outcome(assessor: Assessor, seeker: Seeker, home: Home | None, there: _There) -> ChildOutcome:
    age = age_on(seeker.child.born, assessor.pool.as_of)
    return ChildOutcome(
        child=seeker.child.external_ref,
        child_id=seeker.child.id,
        referral=seeker.referral.external_ref,
        added=seeker.child.external_ref.startswith(INVENTED),
        age=age_band(age),
        need=need_band(seeker),
        area=area_of(seeker),
        home=None if home is None else home.external_ref,
        home_id=None if home is None else home.id,
        kind=None if home is None else home.kind,
        sector=None if home is None else home.sector,
        weekly=None if there.weekly is None else Pence(there.weekly),
        leaving=_leaving(assessor, seeker, age),
        tenths=there.tenths,
        out_of_area=there.out_of_area,
        distant=there.distant,
        sign_offs=there.sign_offs,
        checks=there.checks,
    )


def age_band(age: int) -> str:
    """The statutory band of an age in whole years."""
    return [name for name, begins in AGE_BANDS if begins <= age][-1]


def need_band(seeker: Seeker) -> str:
    """The band of a child's needs; not-known without a profile."""
    return NOT_KNOWN if seeker.profile is None else seeker.framework.band(seeker.profile.levels).value


def area_of(seeker: Seeker) -> str:
    """The letters of the postcode area of the family home: coarse on purpose, so that no family can be told by it."""
    for one in seeker.child.important_places:
        if one.kind is PlaceKind.FAMILY_HOME:
            return one.place.postcode[:2].rstrip("0123456789") or NOT_KNOWN
    return NOT_KNOWN


def _leaving(assessor: Assessor, seeker: Seeker, age: int) -> Pence | None:
    pool = assessor.pool
    if seeker.lives_in is None or seeker.lives_in.home not in pool.home_index or seeker.profile is None:
        return None
    band: NeedsBand = seeker.framework.band(seeker.profile.levels)
    return pool.homes[pool.home_index[seeker.lives_in.home]].prices.weekly_base(age, band)


def _pairs(assessor: Assessor, plan: Plan) -> Iterator[PairTonight]:
    pool, lives, weights = assessor.pool, plan.home_of, assessor.policy.sibling_pairs
    groups = {seeker.group.id: seeker.group for seeker in pool.seekers if seeker.group is not None}
    names = {seeker.child.id: seeker.child.external_ref for seeker in pool.seekers}
    for group in sorted(groups.values(), key=lambda group: group.external_ref):
        for pair in group.every_pair():
            if weights.get(pair.assessed, 0) and pair.one in names and pair.other in names:
                together = pair.one in lives and lives[pair.one] == lives.get(pair.other)
                yield PairTonight(names[pair.one], names[pair.other], together)


def sums_of(children: Iterable[ChildOutcome]) -> Sums:
    """Some children added up."""
    given = list(children)
    placed = [one for one in given if one.home is not None]
    known = [one.weekly for one in placed if one.weekly is not None]
    far = [one.tenths for one in placed if one.tenths is not None]
    return Sums(
        children=len(given),
        placed=len(placed),
        unplaced=len(given) - len(placed),
        weekly_pence=sum(known),
        yearly_pence=sum(known) * WEEKS_IN_A_YEAR,
        prices_missing=len(placed) - len(known),
        leaving_weekly_pence=sum(one.leaving or 0 for one in placed),
        tenths_of_a_mile=sum(far),
        distances=len(far),
        distant=sum(one.distant for one in placed),
        out_of_area=sum(one.out_of_area for one in placed),
        distant_and_out_of_area=sum(one.distant and one.out_of_area for one in placed),
        sign_offs=sum(one.sign_offs for one in placed),
        checks=sum(one.checks for one in placed),
    )


_Key = tuple[str | None, str | None, str | None]


def breakdown(children: Iterable[ChildOutcome], by: Sequence[Split]) -> tuple[Cell, ...]:
    """The children split by one thing or several, each part added up; parts without children are left out."""
    parts: dict[_Key, list[ChildOutcome]] = {}
    for one in children:
        words = [getattr(one, split.value) if split in by else None for split in Split]
        key = (words[0], words[1], words[2])
        parts.setdefault(key, []).append(one)
    ordered = sorted(parts.items(), key=lambda part: _place(part[0]))
    return tuple(Cell(age, need, area, sums_of(some)) for (age, need, area), some in ordered)


_AGES = [name for name, _ in AGE_BANDS]
_NEEDS = [*(band.value for band in NeedsBand), NOT_KNOWN]


def _place(key: _Key) -> tuple[int, int, str]:
    age, need, area = key
    return (_AGES.index(age) if age else -1, _NEEDS.index(need) if need else -1, area or "")


@dataclass(frozen=True, slots=True)
class OtherHome:
    """A child who would be proposed another home than in the plan of today."""

    child: str
    before: str
    after: str
    tenths: int | None
    """Tenths of a mile farther from the family home, nearer below zero; None where one is not known."""
    weekly: int | None
    """Pence a week more, less below zero; None where one is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """What a scenario changes against the plan of today, by reference of the child."""

    gain_a_home: tuple[str, ...]
    lose_a_home: tuple[str, ...]
    other_home: tuple[OtherHome, ...]
    brought_together: tuple[tuple[str, str], ...]
    """Pairs of brothers and sisters."""
    parted: tuple[tuple[str, str], ...]
    added_placed: tuple[str, ...]
    """Children whom the scenario added, who are proposed a home."""
    added_unplaced: tuple[str, ...]
    no_longer_wait: tuple[str, ...]
    homes_used: tuple[str, ...]
    """Homes that the scenario added and the plan proposes, each once."""


def against(baseline: Outcome, scenario: Outcome) -> Against:
    """Who gains and who loses by a scenario. Children whom it added are told of apart."""
    before = {one.child_id: one for one in baseline.children}
    now = {one.child_id: one for one in scenario.children}
    both = [(before[child], after) for child, after in now.items() if child in before]
    new = [one for child, one in now.items() if child not in before]
    pairs = {(pair.one, pair.other): pair.together for pair in baseline.pairs}
    later = {(pair.one, pair.other): pair.together for pair in scenario.pairs}
    changed = [(pair, together) for pair, together in later.items() if pairs.get(pair, together) != together]
    return Against(
        gain_a_home=tuple(after.child for one, after in both if one.home is None and after.home is not None),
        lose_a_home=tuple(after.child for one, after in both if one.home is not None and after.home is None),
        other_home=tuple(
            _other(one, after) for one, after in both if one.home and after.home and one.home != after.home
        ),
        brought_together=tuple(pair for pair, together in changed if together),
        parted=tuple(pair for pair, together in changed if not together),
        added_placed=tuple(one.child for one in new if one.home is not None),
        added_unplaced=tuple(one.child for one in new if one.home is None),
        no_longer_wait=tuple(one.child for child, one in before.items() if child not in now),
        homes_used=tuple(
            dict.fromkeys(one.home for one in scenario.children if one.home and one.home.startswith(INVENTED))
        ),
    )


def _other(one: ChildOutcome, after: ChildOutcome) -> OtherHome:
    return OtherHome(
        child=after.child,
        before=one.home or "",
        after=after.home or "",
        tenths=None if one.tenths is None or after.tenths is None else after.tenths - one.tenths,
        weekly=None if one.weekly is None or after.weekly is None else after.weekly - one.weekly,
    )
