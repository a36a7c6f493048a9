"""Use cases about holds: a bed kept for a child until a moment, by itself given up when that has passed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from app.services.callers import Caller
from app.services.office import Office
from app.services.repeats import Repeat, Reply
from app.services.workflow.doing import Doing, once
from app.services.workflow.errors import OtherChild
from db.mapping.shapes import Stored
from matching.errors import Faults
from matching.placements import Hold
from matching.referrals import Referral
from matching.values import ChildId, HoldId, HomeId, ReferralId
from matching.workflow.states import REFERRAL_MOVES
from matching.workflow.transitions import IllegalMove

LONGEST = timedelta(days=14)
"""A hold keeps other children out: it is never longer than this, and may be renewed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """A bed to be kept: for which child of which referral, where, and until when."""

    referral: ReferralId
    home: HomeId
    child: ChildId
    until: datetime


def hold_beds(
    office: Office,
    caller: Caller,
    keeps: Sequence[Keep],
    write: Callable[[tuple[Stored[Hold], ...]], Reply],
    repeat: Repeat | None,
) -> Reply:
    """Keeps a bed for each of several children until a moment: all of them or none. Raises what hold_bed raises."""
    return once(office, caller, repeat, lambda doing: tuple(_keep(doing, keep) for keep in keeps), write)


def hold_bed(
    office: Office, caller: Caller, keep: Keep, write: Callable[[Stored[Hold]], Reply], repeat: Repeat | None
) -> Reply:
    """Keeps a bed for a child until a moment; holding it again renews it.

    Raises NotFound, OtherChild, Invalid for the moment, IllegalMove for a referral that no longer waits, and BedTaken
    when another search has the bed ("held until 16:00 by another search").
    """
    return once(office, caller, repeat, lambda doing: _keep(doing, keep), write, alone=False)


def _keep(doing: Doing, keep: Keep) -> Stored[Hold]:
    found = doing.work.referrals.lock(keep.referral).value
    if keep.child not in found.children:
        raise OtherChild
    _check_until(keep.until, doing.now)
    return hold_for(doing, found, keep.home, keep.child, keep.until, renew=True)


def _check_until(until: datetime, now: datetime) -> None:
    faults = Faults()
    faults.unless(
        now < until <= now + LONGEST,
        "until",
        "A hold ends later than now, and within 14 days",
        "Give a later moment, within 14 days; it can be renewed",
    )
    faults.raise_if_any()


def hold_for(
    doing: Doing, referral: Referral, home: HomeId, child: ChildId, until: datetime, *, renew: bool = False
) -> Stored[Hold]:
    """Keeps the bed within a transaction, in place of the hold that the child has there already.

    Without `renew` a hold that lasts longer is left as it is. Raises BedTaken, IllegalMove.
    """
    if not referral.state.is_waiting:
        raise IllegalMove("referral", referral.state.value, "hold-a-bed", REFERRAL_MOVES.names(referral.state))
    for stored in doing.work.holds.current(doing.now, home=home, referral=referral.id):
        if stored.value.child == child:
            if not renew and stored.value.held_until >= until:
                return stored
            doing.work.holds.release(stored.value.id, doing.act("renew-hold"))
    made = Hold(
        id=HoldId(uuid4()),
        authority=doing.caller.authority,
        home=home,
        referral=referral.id,
        child=child,
        first_night=referral.wanted_by,
        last_morning=referral.until,
        held_until=until,
    )
    return doing.work.holds.add(made, doing.act("hold-bed"))


def release_for(doing: Doing, referral: ReferralId, home: HomeId | None, children: Sequence[ChildId]) -> None:
    """Gives up the beds held for some children of a referral, in one home or in all."""
    for stored in doing.work.holds.current(doing.now, home=home, referral=referral):
        if stored.value.child in children:
            doing.work.holds.release(stored.value.id, doing.act("release-hold"))


def release_hold(office: Office, caller: Caller, hold: UUID, repeat: Repeat | None) -> Reply:
    """Gives up a bed. Raises NotFound, HoldGone."""

    def do(doing: Doing) -> None:
        doing.work.holds.release(hold, doing.act("release-hold"))

    return once(office, caller, repeat, do, lambda _: Reply(204, b""))


def list_holds(
    office: Office, caller: Caller, *, home: UUID | None = None, referral: UUID | None = None
) -> tuple[Stored[Hold], ...]:
    """The holds that hold now, soonest to run out first; leaves an audit event."""
    now = office.clock()
    with office.store.writing(caller.authority, alone=False) as work:
        found = work.holds.current(now, home=home, referral=referral)
        shown = [one.value.id for one in found]
        work.audit.append(caller.act("list-holds", now), "hold", None, after={"shown": shown})
        return found
