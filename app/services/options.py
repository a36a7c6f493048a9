"""Use case: the homes proposed for a referral, with all that a person weighs beside the rules before asking anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from app.services.callers import Caller
from app.services.errors import NotWaitingNow
from app.services.office import Office
from app.services.pools import ReadyPool
from app.services.shortlists import Asked, WhyWithGaps, shortlist_of, why_of
from db.errors import NotFound
from db.mapping.shapes import Stored
from db.session import Work
from matching.homes import Home, Provider
from matching.placements import Hold
from matching.referrals import Referral
from matching.shortlist_answers import Shortlist
from matching.values import ChildId, HomeId
from matching.workflow.offers import Offer, Taught, taught


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """All that stands behind the homes proposed for one referral, at one moment."""

    asked: Asked
    referral: Stored[Referral]
    """With the children's own words."""
    initials: Mapping[ChildId, str]
    """Of the children whose name is on record."""
    ready: ReadyPool
    shortlist: Shortlist
    offers: tuple[Stored[Offer], ...]
    """Made for this referral, oldest first."""
    holds: tuple[Stored[Hold], ...]
    """Beds kept for this referral now."""
    declines: Mapping[HomeId, tuple[Taught, ...]]
    """Why each home said no before, to anybody."""
    now: datetime

    @property
    def rows(self) -> tuple[int, ...]:
        """Where the referral's children stand among those who wait."""
        wanted = self.referral.value.id
        return tuple(at for at, one in enumerate(self.ready.pool.seekers) if one.referral.id == wanted)

    def home(self, reference: str) -> Home:
        """A home of the pool by its reference. Raises NotFound."""
        return self.ready.pool.homes[self.column(reference)]

    def column(self, reference: str) -> int:
        """Where a home stands among those of the pool. Raises NotFound."""
        return column_of(self.ready, reference)

    def provider(self, home: Home) -> Provider | None:
        """Who runs a home; None when the authority does not know."""
        return next((one for one in self.ready.pool.records.providers if one.id == home.provider), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Some homes side by side: every finding for all of the referral's children in each."""

    options: Options
    whys: tuple[WhyWithGaps, ...]


def column_of(ready: ReadyPool, reference: str) -> int:
    """Where a home stands in a pool, by its reference in any case. Raises NotFound."""
    wanted = reference.strip().casefold()
    found = (at for at, home in enumerate(ready.pool.homes) if home.external_ref.casefold() == wanted)
    at = next(found, None)
    if at is None:
        raise NotFound("home", reference)
    return at


def read_options(office: Office, caller: Caller, asked: Asked, most: int = 40, near: int = 12) -> Options:
    """The ranked ways with their homes, the children's views, earlier answers and beds kept; leaves an audit event.

    Raises NotFound, and NotWaitingNow when no child of the referral waits for a home on that day.
    """
    ready = office.pools.ready(caller.authority, asked.as_of, asked.preset)
    shortlist = shortlist_of(office, caller, ready, asked, most, near)
    homes = {option.home for entry in shortlist.entries for option in entry.homes}
    with office.store.writing(caller.authority) as work:
        return _options(office, caller, work, asked, ready, shortlist, homes)


def read_comparison(office: Office, caller: Caller, asked: Asked, homes: Sequence[str]) -> Comparison:
    """Homes side by side, by reference, whatever the rules say of each; leaves an audit event.

    Raises NotFound for the referral or a home, and NotWaitingNow.
    """
    ready = office.pools.ready(caller.authority, asked.as_of, asked.preset)
    columns = [column_of(ready, reference) for reference in homes]
    shortlist = shortlist_of(office, caller, ready, asked, most=40, near=0)
    whys = tuple(why_of(office, caller, ready, asked, column) for column in columns)
    with office.store.writing(caller.authority) as work:
        options = _options(office, caller, work, asked, ready, shortlist, {why.home for why in whys})
    return Comparison(options=options, whys=whys)


def _options(
    office: Office,
    caller: Caller,
    work: Work,
    asked: Asked,
    ready: ReadyPool,
    shortlist: Shortlist,
    homes: set[str],
) -> Options:
    now = office.clock()
    referral = work.referrals.get(asked.referral)
    if not referral.value.state.is_waiting:
        raise NotWaitingNow(referral.value.state.value)
    ids = [home.id for home in ready.pool.homes if home.external_ref in homes]
    said: dict[HomeId, tuple[Taught, ...]] = {}
    for one in taught(stored.value for stored in work.offers.declined(ids)):
        said[one.home] = (*said.get(one.home, ()), one)
    told = {"as_of": asked.as_of, "homes": sorted(homes)}
    work.audit.append(caller.act("read-options", now), "referral", asked.referral, after=told)
    return Options(
        asked=asked,
        referral=referral,
        initials=MappingProxyType(dict(work.identities.initials(referral.value.children))),
        ready=ready,
        shortlist=shortlist,
        offers=work.offers.of_referral(asked.referral),
        holds=work.holds.current(now, referral=asked.referral),
        declines=MappingProxyType(said),
        now=now,
    )
