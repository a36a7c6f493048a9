"""Use cases about what waits for whom and what runs out: computed from what is on record at the moment of asking."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from app.services.callers import Caller
from app.services.office import Office
from db.pages import Listing
from db.session import Work
from matching.placements import PlacementState
from matching.records import Records
from matching.referrals import Referral, ReferralState
from matching.workflow.roles import Role
from matching.workflow.timers import Timer, Watched, timers
from matching.workflow.waits import Afoot, Wait, waits

_ALL = 500
_SEE_EVERYTHING = frozenset({Role.PLACEMENTS, Role.ADMIN, Role.AUDITOR, Role.COMMISSIONER})


def read_waiting(office: Office, caller: Caller, *, everybodys: bool = False) -> tuple[Wait, ...]:
    """What waits, most urgent and oldest first: for the caller's role, or for everybody when the role may see it.

    A provider sees only what waits at its own homes. Leaves an audit event.
    """
    now = office.clock()
    with office.store.writing(caller.authority, alone=False) as work:
        found = waits(afoot(work, office))
        mine = tuple(one for one in found if _is_for(one, caller, work, everybodys=everybodys))
        told = {"shown": [one.about for one in mine]}
        work.audit.append(caller.act("list-waiting", now), "referral", None, after=told)
        return mine


def afoot(work: Work, office: Office) -> Afoot:
    """What is under way for the authority, at this moment."""
    now = office.clock()
    return Afoot(
        now=now,
        referrals=_referrals(work, ("open", "searching", "offered", "matched")),
        offers=tuple(stored.value for stored in work.offers.open()),
        holds=tuple(stored.value for stored in work.holds.current(now)),
        sign_offs=tuple(stored.value for stored in work.sign_offs.requested()),
        placements=tuple(
            stored.value
            for stored in work.placements.page(Listing(where={"state": PlacementState.PLANNED}, limit=_ALL)).items
        ),
    )


def _referrals(work: Work, states: tuple[str, ...]) -> tuple[Referral, ...]:
    wanted = tuple(ReferralState(state) for state in states)
    page = work.referrals.page(Listing(where={"state": wanted}, sort="wanted_by", limit=_ALL))
    return tuple(stored.value for stored in page.items)


def _is_for(wait: Wait, caller: Caller, work: Work, *, everybodys: bool) -> bool:
    if caller.role is Role.PROVIDER:
        return wait.role is Role.PROVIDER and wait.home in _homes_of(work, caller)
    return wait.role is caller.role or (everybodys and caller.role in _SEE_EVERYTHING)


def _homes_of(work: Work, caller: Caller) -> frozenset[UUID]:
    if caller.provider is None:
        return frozenset()
    return frozenset(stored.value.id for stored in work.homes.of_provider(caller.provider))


def read_timers(office: Office, caller: Caller, as_of: date) -> tuple[Timer, ...]:
    """Every timer that runs as at a day, the longest overdue first; leaves an audit event."""
    ready = office.pools.ready(caller.authority, as_of)
    with office.store.writing(caller.authority, alone=False) as work:
        found = timers(_watched(work, ready.pool.records))
        act = caller.act("list-timers", office.clock())
        work.audit.append(act, "placement", None, after={"as_of": as_of, "shown": len(found)})
        return found


def _watched(work: Work, records: Records) -> Watched:
    own = records.authority.id
    return Watched(
        as_of=records.as_of,
        parameters=records.parameters,
        homes=tuple(home for home in records.homes if home.authority == own),
        placements=tuple(one for one in records.placements if one.authority == own),
        profiles=records.profiles,
        references={child.id: child.external_ref for child in records.children if child.authority == own},
        waiting=records.referrals,
        sign_offs=tuple(stored.value for stored in work.sign_offs.requested()),
        reviewed=work.reviews.last(),
    )
