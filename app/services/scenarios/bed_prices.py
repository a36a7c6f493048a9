"""What one more home of each kind, terms and area would be worth: planned anew on several sampled days, ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.services.office import Office
from app.services.pools import ReadyPool
from matching.assess import Assessor
from matching.candidates import Worth, candidates_of
from matching.codes import HomeKind
from matching.pool import pool_of
from matching.records import Records
from matching.scenarios import apply
from matching.scenarios.days import sampled_day
from matching.scenarios.documents import change_of
from matching.scenarios.homes import InventedHomes
from matching.scenarios.offers import Offered, usual_offers
from matching.values import AgeRange, HomeId, Pence
from solver.cheapest_homes import Progress
from solver.one_more import Brought, one_more

KIND = "bed-prices"
USUAL_DAYS, MOST_DAYS = 12, 60


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure over the sampled days: the mean, and from the 5th to the 95th of a hundred of them."""

    mean: float
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BedPrice:
    """What one more home would bring, from the plan without it to the plan made anew with it."""

    rank: int
    name: str
    kind: HomeKind
    ages: AgeRange | None
    beds: int
    postcode: str | None
    home_weekly_pence: int
    """What the home itself costs a week to have."""
    days_used: int
    placed: Spread
    """Children more with a home."""
    together: Spread
    """Pairs of brothers and sisters more together near home."""
    tenths_of_a_mile: Spread
    """Farther from home over all children placed; nearer below zero."""
    weekly_pence: Spread
    """What the places proposed cost more a week; less below zero. The home itself is not in it."""
    sign_offs: Spread
    proved: bool
    """Whether every plan behind these figures is proved best."""
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BedPrices:
    """One more home of each kind, terms and area, the most useful first."""

    as_of: date
    days: int
    seed: int
    policy: str
    pool_digest: str
    items: tuple[BedPrice, ...]
    says: str


def offers_in(records: Records, documents: Sequence[Mapping[str, Any]] | None) -> tuple[Offered, ...]:
    """The homes that are asked about; the usual ones when none is."""
    if not documents:
        return usual_offers(records)
    return tuple(
        Offered(name=one["name"], adding=_adding(one["adding"]), weekly=Pence(one["weekly"])) for one in documents
    )


def _adding(document: Mapping[str, Any]) -> Any:
    return change_of(dict(document))


def work_out(office: Office, ready: ReadyPool, asked: Mapping[str, Any], progress: Progress) -> tuple[BedPrices, str]:
    """Plans each sampled day anew with each home. Raises Stopped when asked to, Invalid for homes that cannot be."""
    records = replace(ready.pool.records, policy=ready.policy)
    days, seed = int(asked.get("days") or USUAL_DAYS), int(asked["seed"])
    offers = tuple(replace(one, adding=replace(one.adding, count=1)) for one in offers_in(records, asked.get("offers")))
    by_day = []
    for day in range(days):

        def told(done: int, of: int, says: str, day: int = day) -> None:
            progress(day * of + done, days * of, f"{says}: day {day + 1} of {days}")

        worth, homes = _with_offers(sampled_day(records, day, seed), offers, seed)
        by_day.append(one_more(worth, homes, office.solve, told))
    digest = ready.digests.of(records)
    items = _ranked(offers, by_day)
    says = (
        f"Each figure is a plan made anew, on {days} days: today, and {days - 1} days on which as many children wait, "
        "in families drawn by the seed from those who wait today."
    )
    answer = BedPrices(
        as_of=ready.pool.as_of,
        days=days,
        seed=seed,
        policy=ready.policy.name,
        pool_digest=digest,
        items=items,
        says=says,
    )
    return answer, digest


def _with_offers(records: Records, offers: Sequence[Offered], seed: int) -> tuple[Worth, tuple[HomeId, ...]]:
    """A pool with every home that is asked about, and which those are, in the order of the offers."""
    draws = InventedHomes(records, seed)
    homes = tuple(draws.drawn(one.adding, records)[0].id for one in offers)
    assessor = Assessor(pool_of(apply(records, tuple(one.adding for one in offers), seed)))
    return Worth(assessor, candidates_of(assessor)), homes


def _ranked(offers: Sequence[Offered], by_day: Sequence[tuple[Brought, ...]]) -> tuple[BedPrice, ...]:
    each = [[day[at] for day in by_day] for at in range(len(offers))]
    order = sorted(range(len(offers)), key=lambda at: (_means(each[at]), offers[at].name))
    return tuple(_price(rank, offers[at], each[at]) for rank, at in enumerate(order, start=1))


def _means(days: Sequence[Brought]) -> tuple[float, ...]:
    levels = [(one.levels.unplaced, one.levels.parted, one.levels.gravity, one.levels.points) for one in days]
    return tuple(sum(column) / len(levels) for column in zip(*levels, strict=True))


def _price(rank: int, offer: Offered, days: Sequence[Brought]) -> BedPrice:
    placed, together = spread([one.placed for one in days]), spread([one.together for one in days])
    used = sum(one.used for one in days)
    adding = offer.adding
    return BedPrice(
        rank=rank,
        name=offer.name,
        kind=adding.kind,
        ages=adding.ages,
        beds=adding.beds,
        postcode=None if adding.place is None else adding.place.postcode.split(" ")[0],
        home_weekly_pence=offer.weekly,
        days_used=used,
        placed=placed,
        together=together,
        tenths_of_a_mile=spread([one.tenths for one in days]),
        weekly_pence=spread([one.weekly for one in days]),
        sign_offs=spread([one.sign_offs for one in days]),
        proved=all(one.proved for one in days),
        says=_says(offer, used, len(days), placed, together),
    )


def _says(offer: Offered, used: int, days: int, placed: Spread, together: Spread) -> str:
    if not used:
        return f"One more {offer.name} would not have been used on any of {days} days."
    more = f"{placed.mean:.1f} more children with a home a day ({placed.low} to {placed.high})"
    pairs = f", {together.mean:.1f} more pairs together" if together.mean > 0 else ""
    return f"One more {offer.name}, used on {used} of {days} days: {more}{pairs}."


def spread(values: Sequence[int]) -> Spread:
    """Mean, and the 5th and 95th of a hundred by nearest rank."""
    ordered = sorted(values)
    last = len(ordered) - 1
    mean = round(sum(ordered) / len(ordered), 2)
    return Spread(mean, ordered[round(last * 0.05)], ordered[round(last * 0.95)])
