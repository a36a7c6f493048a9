"""Use case: the journeys between one home and the places that matter to a referral's children."""

from __future__ import annotations

from dataclasses import dataclass

from app.geography.routing import NO_WAY
from app.services.callers import Caller
from app.services.errors import NotWaitingNow
from app.services.office import Office
from app.services.shortlists import Asked
from db.errors import NotFound
from matching.geography import Journeys, Point, Points, statutory_miles
from matching.places import JOURNEYS_A_MONTH
from matching.pool import Seeker
from matching.values import HomeId


@dataclass(frozen=True, slots=True)
class Journey:
    """One journey of one child, there or back. It names what the place is to the child, never where it is."""

    child: str
    to: str
    """What the place is: family-home, school, family-time or other."""
    times_a_month: int
    """Journeys each way."""
    miles: float | None
    """Straight line, as the statutory return counts them; None when either place is not known."""
    minutes: int | None
    """By car, from the routing server; None without one, or when there is no way."""


@dataclass(frozen=True, slots=True)
class JourneysTold:
    """Every journey between the home and the children's places, and what the figures are."""

    referral: str
    home: str
    journeys: tuple[Journey, ...]
    note: str
    """That miles are straight lines; and where there are no travel times, why."""


STRAIGHT = "Miles are straight lines, as the statutory return counts them."


def read_journeys(office: Office, caller: Caller, asked: Asked, home: HomeId) -> JourneysTold:
    """The journeys of the referral's children if they lived in the home; leaves an audit event.

    Raises NotFound for either, and NotWaitingNow.
    """
    pool = office.pools.ready(caller.authority, asked.as_of, asked.preset).pool
    column = pool.home_index.get(home)
    if column is None:
        raise NotFound("home", home)
    with office.store.writing(caller.authority) as work:
        told = {"as_of": asked.as_of, "home": home}
        work.audit.append(caller.act("read-journeys", office.clock()), "referral", asked.referral, after=told)
        state = work.referrals.get(asked.referral).value.state.value
    seekers = [seeker for seeker in pool.seekers if seeker.referral.id == asked.referral]
    if not seekers:
        raise NotWaitingNow(state)
    there = pool.homes[column]
    found, note = _journeys(office, there.place.point, seekers)
    return JourneysTold(seekers[0].referral.external_ref, there.external_ref, found, note)


def _journeys(office: Office, home: Point | None, seekers: list[Seeker]) -> tuple[tuple[Journey, ...], str]:
    visits = [(one.child.external_ref, visit) for one in seekers for visit in one.child.important_places]
    points = [visit.place.point for _, visit in visits if visit.place.point is not None]
    ways = None
    if home is not None and points:
        ways = office.distances.journeys(Points.of([home]), Points.of(points))
    known = iter(range(len(points)))
    found = []
    for child, visit in visits:
        at = next(known) if visit.place.point is not None else None
        miles, minutes = (None, None) if ways is None or at is None else _figures(ways, at)
        times = JOURNEYS_A_MONTH[visit.frequency]
        found.append(Journey(child, visit.kind.value, times, miles, minutes))
    reason = None if ways is None else ways.fallback_reason
    return tuple(found), STRAIGHT if reason is None else f"{STRAIGHT} {reason}"


def _figures(ways: Journeys, at: int) -> tuple[float, int | None]:
    minutes = None if ways.minutes is None else int(ways.minutes[0, at])
    return statutory_miles(int(ways.metres[0, at])), None if minutes == NO_WAY else minutes
