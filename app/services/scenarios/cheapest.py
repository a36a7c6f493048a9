"""The inverse: the cheapest mix of new homes that reaches a service level, with what less would cost, in plain sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.services.office import Office
from app.services.pools import ReadyPool
from app.services.scenarios.bed_prices import offers_in
from matching.assess import Assessor
from matching.candidates import Worth, candidates_of
from matching.plan import faults
from matching.pool import pool_of
from matching.scenarios import SEED, apply
from matching.scenarios.documents import changes_of
from matching.scenarios.homes import InventedHomes
from matching.scenarios.offers import Offered, usual_offers
from matching.scenarios.outcomes import WEEKS_IN_A_YEAR, outcome_of
from solver.cheapest_homes import Cheapest, HomesOffered, Level, Progress, Tried, cheapest_homes
from solver.services import Served, Services

KIND = "cheapest-homes"
USUAL_LIMIT = 3
"""Homes of each usual kind, in the area where most families live: more are offered by saying so."""


@dataclass(frozen=True, slots=True)
class SomeHomes:
    """So many homes of one offer."""

    name: str
    count: int
    weekly_pence: int
    """Of all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Some homes, what they cost, and what the plan made anew with them serves."""

    homes: tuple[SomeHomes, ...]
    weekly_pence: int
    """What the homes cost a week to have, used or not."""
    yearly_pence: int
    placed: int
    together: int
    emergencies: int
    places_weekly_pence: int
    """What the places that the plan proposes cost a week, in all homes."""
    proved: bool
    """Whether the plan is proved best."""
    bound_weekly_pence: int | None
    """No mix of these homes that serves as much as this level wants costs less; null beside the levels."""
    cheapest: bool | None
    """Whether it is proved that nothing cheaper reaches the level; null beside the levels."""
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheapestHomes:
    """What it takes to reach a service level."""

    as_of: date
    policy: str
    pool_digest: str
    everybody: Served
    """What serving everybody would be."""
    wanted: Served
    reached: bool
    out_of_reach: bool
    """Whether it is proved that no mix of the homes offered reaches it."""
    today: Point
    best: Point
    """The cheapest that was found to reach what is wanted, or as much of it as these homes can."""
    levels: tuple[Point, ...]
    """From little to what is wanted: the trade-off between cost and service."""
    curve: tuple[Point, ...]
    """Everything tried that nothing tried betters in cost and in everything served."""
    tried: int
    says: str


def work_out(
    office: Office, ready: ReadyPool, asked: Mapping[str, Any], progress: Progress
) -> tuple[CheapestHomes, str]:
    """Searches for the cheapest mix. Raises Stopped when asked to, Invalid for homes that cannot be."""
    seed = int(asked.get("seed") or SEED)
    records = apply(replace(ready.pool.records, policy=ready.policy), changes_of(asked.get("changes") or ()), seed)
    digest = ready.digests.of(records)
    given = asked.get("offers")
    offers = offers_in(records, given) if given else usual_offers(records, USUAL_LIMIT, areas=1)
    draws = InventedHomes(records, seed)
    homes = [draws.drawn(one.adding, records) for one in offers]
    assessor = Assessor(pool_of(apply(records, tuple(one.adding for one in offers), seed)))
    worth = Worth(assessor, candidates_of(assessor))
    services = Services(worth)
    wanted = _wanted(services.everybody(), asked["level"])
    offered = [
        HomesOffered(homes=tuple(home.id for home in some), beds=one.adding.beds, pounds=-(-one.weekly // 100))
        for one, some in zip(offers, homes, strict=True)
    ]
    found = cheapest_homes(worth, offered, wanted, office.solve, progress)
    return _told(ready, digest, worth, offers, services.everybody(), found), digest


def _wanted(everybody: Served, level: Mapping[str, Any]) -> Served:
    """Shares of everybody as whole numbers of children and pairs, upward."""
    return Served(
        placed=-(-everybody.placed * int(level.get("placed_per_cent") or 0) // 100),
        together=-(-everybody.together * int(level.get("together_per_cent") or 0) // 100),
        emergencies=everybody.emergencies if level.get("emergencies") else 0,
    )


def _told(
    ready: ReadyPool, digest: str, worth: Worth, offers: Sequence[Offered], everybody: Served, found: Cheapest
) -> CheapestHomes:
    telling = _Telling(worth, offers, everybody)
    best = telling.point(found.levels[-1].best, found.levels[-1])
    return CheapestHomes(
        as_of=ready.pool.as_of,
        policy=ready.policy.name,
        pool_digest=digest,
        everybody=everybody,
        wanted=found.targets,
        reached=found.reached,
        out_of_reach=found.out_of_reach,
        today=telling.point(found.none, None),
        best=best,
        levels=tuple(telling.point(level.best, level) for level in found.levels),
        curve=tuple(telling.point(one, None) for one in found.curve),
        tried=found.tried,
        says=_says(found, best),
    )


def _says(found: Cheapest, best: Point) -> str:
    if found.reached:
        return best.says
    why = "no mix of these homes can reach it: that is proved" if found.out_of_reach else "no mix tried reaches it"
    return f"What is wanted is not reached: {why}. Offer other kinds, terms or places. The most they do: {best.says}"


class _Telling:
    """Puts what was tried in words; every plan is checked before it is told."""

    def __init__(self, worth: Worth, offers: Sequence[Offered], everybody: Served) -> None:
        self._worth, self._offers, self._everybody = worth, offers, everybody

    def point(self, one: Tried, level: Level | None) -> Point:
        wrong = faults(self._worth.pool, one.plan, self._worth.policy)
        assert not wrong, f"the plan has a fault: {wrong[0].what}"
        homes = tuple(
            SomeHomes(offer.name, count, -(-offer.weekly // 100) * 100 * count)
            for offer, count in zip(self._offers, one.counts, strict=True)
            if count
        )
        weekly = one.pounds * 100
        return Point(
            homes=homes,
            weekly_pence=weekly,
            yearly_pence=weekly * WEEKS_IN_A_YEAR,
            placed=one.served.placed,
            together=one.served.together,
            emergencies=one.served.emergencies,
            places_weekly_pence=outcome_of(self._worth.assessor, one.plan).sums.weekly_pence,
            proved=one.proved,
            bound_weekly_pence=None if level is None else level.bound * 100,
            cheapest=None if level is None else level.exact,
            says=self._says(homes, one, level),
        )

    def _says(self, homes: Sequence[SomeHomes], one: Tried, level: Level | None) -> str:
        every = self._everybody
        serves = f"{one.served.placed} of {every.placed} children have a home"
        if every.together:
            serves += (
                f", {one.served.together} of {every.together} pairs of brothers and sisters live together near home"
            )
        if every.emergencies:
            serves += f", {one.served.emergencies} of {every.emergencies} urgent searches end tonight"
        if not homes:
            return f"With no new home: {serves}."
        mix = ", ".join(f"{some.count} x {some.name}" for some in homes)
        cost = f"£{one.pounds:,} a week (£{one.pounds * WEEKS_IN_A_YEAR:,} a year)"
        return f"With {mix}, for {cost}: {serves}.{_sure(level)}"


def _sure(level: Level | None) -> str:
    if level is None:
        return ""
    if level.exact:
        return " Nothing cheaper among these homes does as much: that is proved."
    return f" Something cheaper may do as much, but for no less than £{level.bound:,} a week."
