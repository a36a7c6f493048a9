"""Use cases of people who look for homes: the list with its vacancies night by night, and all that stands in one file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.services.callers import Caller
from app.services.office import Office
from app.services.tonight import may_be_asked
from db.errors import NotFound
from db.mapping.shapes import Stored
from matching.homes import Home, Provider
from matching.placements import Hold
from matching.pool import Pool, Resident
from matching.values import AgeRange, ProviderId
from matching.workflow.offers import Offer

NIGHTS = 28
"""Nights ahead that the list shows of each home."""
CALENDAR = 56
"""Nights ahead that a home's own page shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeFound:
    """One home as the list shows it."""

    home: Home
    ages: AgeRange | None
    """That its terms or its statement of purpose name today; None when neither does."""
    free: tuple[int, ...]
    """Beds free on each of NIGHTS nights from today; 0 on a night on which the home may not be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomesFound:
    """Every home on record, by reference, and who runs them."""

    as_of: date
    homes: tuple[HomeFound, ...]
    providers: Mapping[ProviderId, Provider]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeFile:
    """One home with everything that stands around it."""

    home: Stored[Home]
    provider: Provider | None
    own: bool
    """Whether the authority keeps the record; others of the region are looked at only."""
    as_of: date
    free: tuple[int | None, ...]
    """Beds free on each of CALENDAR nights from today, below zero where over-full; None when it may not be asked."""
    residents: tuple[Resident, ...]
    holds: tuple[Hold, ...]
    offers: tuple[Stored[Offer], ...]
    """Newest first."""


def find_homes(office: Office, caller: Caller) -> HomesFound:
    """Every home that the authority may see, with the beds that are free. Raises Busy."""
    pool = office.pools.ready(caller.authority, office.today()).pool
    return HomesFound(
        as_of=pool.as_of,
        homes=tuple(
            HomeFound(
                home=home,
                ages=_ages(home, pool.as_of),
                free=tuple(max(0, one or 0) for one in _nights(pool, at, NIGHTS)),
            )
            for at, home in enumerate(pool.homes)
        ),
        providers={one.id: one for one in pool.records.providers},
    )


def read_home_file(office: Office, caller: Caller, reference: str) -> HomeFile:
    """All about one home, by its reference; leaves an audit event, for it says who lives there. Raises NotFound, Busy."""
    now = office.clock()
    pool = office.pools.ready(caller.authority, office.today()).pool
    at = next((n for n, one in enumerate(pool.homes) if one.external_ref.casefold() == reference.casefold()), None)
    if at is None:
        raise NotFound("home", reference)
    found = pool.homes[at]
    with office.store.writing(caller.authority) as work:
        stored = work.homes.get(found.id)
        offers = work.offers.of_home(found.id)
        holds = tuple(one.value for one in work.holds.current(now, home=found.id))
        children = [one.child.id for one in pool.residents[at]]
        work.audit.append(caller.act("read-home-file", now), "home", found.id, after={"children": children})
    provider = next((one for one in pool.records.providers if one.id == found.provider), None)
    return HomeFile(
        home=stored,
        provider=provider,
        own=stored.value.authority == caller.authority,
        as_of=pool.as_of,
        free=_nights(pool, at, CALENDAR),
        residents=pool.residents[at],
        holds=holds,
        offers=offers[::-1],
    )


def _nights(pool: Pool, at: int, nights: int) -> tuple[int | None, ...]:
    home = pool.homes[at]
    days = (date.fromordinal(pool.as_of.toordinal() + n) for n in range(nights))
    free = pool.beds_free[at, :nights].tolist()
    return tuple(beds if may_be_asked(home, day) else None for beds, day in zip(free, days, strict=True))


def _ages(home: Home, day: date) -> AgeRange | None:
    terms, purpose = home.approval_on(day), home.purpose_on(day)
    return terms.ages if terms is not None else purpose.ages if purpose is not None else None
