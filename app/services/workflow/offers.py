"""Use cases about offers: homes are asked, answer for themselves, and what they said before is remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from app.services.callers import Caller
from app.services.office import Office
from app.services.repeats import Repeat, Reply
from app.services.workflow.doing import Doing, as_expected, once
from app.services.workflow.errors import AlreadyAsked, NotYourHome, OtherChild
from app.services.workflow.holding import hold_for, release_for
from db.errors import NotFound
from db.mapping.shapes import Stored
from db.pages import Listing, Page
from matching.codes import AvailabilityState
from matching.errors import Fault, Invalid
from matching.referrals import Referral
from matching.values import ChildId, HomeId, OfferId, ReferralId
from matching.workflow.offers import DeclineReason, Offer, Taught, enquiry, taught
from matching.workflow.roles import Role
from matching.workflow.states import OFFER_MOVES, REFERRAL_MOVES, OfferState

WILLING_KEEPS = timedelta(hours=24)
"""How long a home's yes keeps its beds, unless somebody holds them for longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One home to be asked about some of a referral's children (all of them when none is named)."""

    home: HomeId
    children: tuple[ChildId, ...] = ()
    answer_by: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An offer as the authority's own people see it, with what can be done now and what the home said before."""

    offer: Stored[Offer]
    state: OfferState
    possible: tuple[str, ...]
    declined_before: tuple[Taught, ...] = ()


def make_offers(
    office: Office,
    caller: Caller,
    referral: ReferralId,
    asks: Sequence[Ask],
    write: Callable[[tuple[Told, ...]], Reply],
    repeat: Repeat | None,
) -> Reply:
    """Asks homes, several at once: all of them or none.

    Raises NotFound, IllegalMove from a referral that is not searched for, OtherChild, AlreadyAsked, Invalid.
    """

    def do(doing: Doing) -> tuple[Told, ...]:
        stored = doing.work.referrals.lock(referral)
        after = REFERRAL_MOVES.after(stored.value.state, "offer", caller.role)
        made = [_make(doing, stored.value, ask, place) for place, ask in enumerate(asks)]
        doing.work.referrals.becomes(stored, after, doing.act("offer-referral"))
        lessons = taught(one.value for one in doing.work.offers.declined([offer.value.home for offer in made]))
        return tuple(_told(doing.now, caller, offer, lessons) for offer in made)

    return once(office, caller, repeat, do, write, alone=False)


def _make(doing: Doing, referral: Referral, ask: Ask, place: int) -> Stored[Offer]:
    named = ask.children or referral.children
    if not set(named) <= set(referral.children):
        raise OtherChild
    home = doing.work.homes.get(ask.home).value
    if home.availability.state in (AvailabilityState.SUSPENDED, AvailabilityState.CLOSING):
        wrong = f"The home is {home.availability.state}"
        raise Invalid([Fault(f"offers/{place}/home", wrong, "Ask another home, or change its availability first")])
    before = doing.work.offers.of_referral(referral.id)
    if any(_still_open(one.value, doing.now) and _same(one.value, ask.home, named) for one in before):
        raise AlreadyAsked
    children = [stored.value for stored in doing.work.children.many(list(named)).values()]
    profiles = {child: doing.work.profiles.history(child, as_of=doing.today, words=False) for child in named}
    in_force = {child: history[0].value for child, history in profiles.items() if history}
    offer = Offer(
        id=OfferId(uuid4()),
        authority=doing.caller.authority,
        referral=referral.id,
        home=home.id,
        provider=home.provider,
        children=named,
        enquiry=enquiry(referral, children, in_force, named),
        state=OfferState.MADE,
        made_at=doing.now,
        answer_by=ask.answer_by
        or doing.now + (timedelta(hours=4) if referral.kind.is_emergency else timedelta(days=2)),
    )
    return doing.work.offers.add(offer, doing.act("make-offer"))


def _still_open(offer: Offer, now: datetime) -> bool:
    return offer.state_at(now) in (OfferState.MADE, OfferState.VIEWED, OfferState.WILLING)


def _same(offer: Offer, home: HomeId, children: tuple[ChildId, ...]) -> bool:
    return offer.home == home and bool(set(offer.children) & set(children))


def list_offers(office: Office, caller: Caller, asked: Listing) -> Page[Told]:
    """One page of the offers that the caller may see: a provider's own, or the authority's. Raises UnknownList."""
    if caller.provider is not None:
        asked = replace(asked, where={**asked.where, "provider_id": caller.provider})
    now = office.clock()
    with office.store.writing(caller.authority, alone=False) as work:
        page = work.offers.page(asked)
        shown = [one.value.id for one in page.items]
        work.audit.append(caller.act("list-offers", now), "offer", None, after={"shown": shown})
        return Page(tuple(_told(now, caller, one) for one in page.items), page.next)


def read_offer(office: Office, caller: Caller, offer: UUID) -> Told:
    """One offer; leaves an audit event. Raises NotFound, also for another provider's."""
    now = office.clock()
    with office.store.writing(caller.authority, alone=False) as work:
        stored = _own(work.offers.get(offer), caller)
        work.audit.append(caller.act("read-offer", now), "offer", offer)
        return _told(now, caller, stored)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One move of an offer: `expected` is the version that the caller saw."""

    offer: UUID
    move: str
    expected: int | None = None
    declined_for: DeclineReason | None = None


def move_offer(
    office: Office, caller: Caller, step: Step, write: Callable[[Told], Reply], repeat: Repeat | None
) -> Reply:
    """Views, says yes to, declines or withdraws an offer. A yes holds the beds.

    Raises NotFound, Stale, IllegalMove, NotInThisRole, Invalid, and BedTaken when another search has the beds.
    """

    def do(doing: Doing) -> Told:
        doing.work.referrals.lock_of_offer(step.offer)
        stored = as_expected(_own(doing.work.offers.get(step.offer), caller), "offer", step.expected)
        now = stored.value.state_at(doing.now)
        after = OFFER_MOVES.after(now, step.move, caller.role)
        if after is OfferState.WILLING:
            _hold(doing, stored.value)
        elif now is OfferState.WILLING:
            release_for(doing, stored.value.referral, stored.value.home, stored.value.children)
        changed = _changed(stored.value, after, doing.now, step.declined_for)
        return _told(doing.now, caller, doing.work.offers.replace(changed, doing.act(f"{step.move}-offer")))

    return once(office, caller, repeat, do, write, alone=False)


def _changed(offer: Offer, after: OfferState, now: datetime, declined_for: DeclineReason | None) -> Offer:
    answered = now if after in (OfferState.WILLING, OfferState.DECLINED) else offer.answered_at
    viewed = offer.viewed_at or (now if after is not OfferState.WITHDRAWN else None)
    why = declined_for if after is OfferState.DECLINED else None
    return replace(offer, state=after, viewed_at=viewed, answered_at=answered, declined_for=why)


def _hold(doing: Doing, offer: Offer) -> None:
    referral = doing.work.referrals.get(offer.referral, words=False).value
    until = doing.now + WILLING_KEEPS
    for child in offer.children:
        hold_for(doing, referral, offer.home, child, until)


def _own(stored: Stored[Offer], caller: Caller) -> Stored[Offer]:
    if caller.role is Role.PROVIDER and stored.value.provider != caller.provider:
        raise NotYourHome("offer")
    return stored


def read_declines(office: Office, caller: Caller, home: UUID) -> tuple[Taught, ...]:
    """Why a home said no before, the most frequent first. Raises NotFound."""
    with office.store.reading(caller.authority) as work:
        if not work.homes.many([home]):
            raise NotFound("home", home)
        return taught(one.value for one in work.offers.declined([home]))


def _told(now: datetime, caller: Caller, stored: Stored[Offer], lessons: Sequence[Taught] = ()) -> Told:
    state = stored.value.state_at(now)
    mine = tuple(lesson for lesson in lessons if lesson.home == stored.value.home)
    return Told(offer=stored, state=state, possible=OFFER_MOVES.names(state, caller.role), declined_before=mine)
