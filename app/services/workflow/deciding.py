"""Use cases about decisions: a named person chooses homes, and what that person saw is kept; or takes it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from uuid import UUID, uuid4

from app.services.callers import Caller
from app.services.office import Office
from app.services.repeats import Repeat, Reply
from app.services.workflow.assessing import lock_around, ranked, shown_now
from app.services.workflow.doing import Doing, as_expected, once
from app.services.workflow.holding import release_for
from app.services.workflow.signing import request
from db.mapping.shapes import Stored
from db.pages import Listing, Page
from matching.errors import Fault, Invalid
from matching.placements import Placement, PlacementState
from matching.referrals import Referral
from matching.values import ChildId, DecisionId, HomeId, MatchRunId, PlacementId, ReferralId
from matching.workflow.decisions import Decision, ReasonNeeded, Shown, refuse_unless_decidable
from matching.workflow.offers import Offer
from matching.workflow.sign_offs import SignOffMissing, missing_for_decision, needed
from matching.workflow.states import DECISION_MOVES, OFFER_MOVES, REFERRAL_MOVES, DecisionState, OfferState


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a named person chooses, and why."""

    referral: ReferralId
    chosen: Mapping[ChildId, HomeId]
    decided_by: str
    reasons: Mapping[ReasonNeeded, str]
    run: MatchRunId | None = None
    """The match run that proposed it, when the choice came from a plan."""
    first_night: date | None = None
    """When it begins; the night that the referral wants when left out."""


Write = Callable[[Stored[Decision]], Reply]


def decide(office: Office, caller: Caller, choice: Choice, write: Write, repeat: Repeat | None) -> Reply:
    """Decides where a referral's children will live: placements are planned in their beds, in the same transaction.

    Raises NotFound, IllegalMove, NotInThisRole, CannotDecide naming all that is missing, SignOffMissing, BedTaken.
    """
    ways = ranked(office, caller, choice.referral)

    def do(doing: Doing) -> Stored[Decision]:
        stored = doing.work.referrals.lock(choice.referral)
        after = REFERRAL_MOVES.after(stored.value.state, "decide", caller.role)
        _refuse_strangers(choice, stored.value)
        lock_around(doing, stored.value, choice.chosen)
        seen = shown_now(doing, ways, stored.value, choice.chosen, choice.run)
        offers = doing.work.offers.of_referral(stored.value.id)
        made = _decision(doing, choice, stored.value, seen)
        refuse_unless_decidable(made, stored.value.children, _willing(offers, doing))
        _sign_offs(doing, stored.value, made)
        release_for(doing, stored.value.id, None, stored.value.children)
        made = replace(made, placements=MappingProxyType(_plan(doing, choice, stored.value)))
        _settle_offers(doing, offers, made)
        doing.work.referrals.becomes(stored, after, doing.act("match-referral"))
        return doing.work.decisions.add(made, doing.act("decide"))

    return once(office, caller, repeat, do, write, alone=False)


def _refuse_strangers(choice: Choice, referral: Referral) -> None:
    if not choice.chosen or not set(choice.chosen) <= set(referral.children):
        wrong = "A home is chosen for nobody, or for a child who is not of this referral"
        raise Invalid([Fault("chosen", wrong, "Choose a home for every child of the referral, and no other")])


def _decision(doing: Doing, choice: Choice, referral: Referral, seen: Shown) -> Decision:
    newest = doing.work.recommendations.newest(referral.id)
    return Decision(
        id=DecisionId(uuid4()),
        authority=doing.caller.authority,
        referral=referral.id,
        chosen=choice.chosen,
        decided_by=choice.decided_by,
        role=doing.caller.role,
        at=doing.now,
        reasons=choice.reasons,
        views=MappingProxyType({ask.child: ask.view.asked for ask in referral.asks}),
        recommendation=None if newest is None else newest.value.id,
        shown=seen,
    )


def _willing(offers: tuple[Stored[Offer], ...], doing: Doing) -> dict[ChildId, frozenset[HomeId]]:
    found: dict[ChildId, frozenset[HomeId]] = {}
    for stored in offers:
        if stored.value.state_at(doing.now) is OfferState.WILLING:
            for child in stored.value.children:
                found[child] = found.get(child, frozenset()) | {stored.value.home}
    return found


def _sign_offs(doing: Doing, referral: Referral, made: Decision) -> None:
    """Asks for what the choice needs and nobody asked for yet. Raises SignOffMissing for what must come first."""
    ids = {
        stored.value.external_ref: home for home, stored in doing.work.homes.many(list(made.chosen.values())).items()
    }
    asked = [
        stored.value
        for home in made.shown.chosen
        for stored in request(doing, referral, HomeId(ids[home.home]), needed(home.findings))
    ]
    missing = missing_for_decision(asked)
    if missing:
        raise SignOffMissing("This cannot be decided", missing)


def _plan(doing: Doing, choice: Choice, referral: Referral) -> dict[ChildId, PlacementId]:
    starts = choice.first_night or referral.wanted_by
    planned = {}
    for child, home in choice.chosen.items():
        made = PlacementId(uuid4())
        placement = Placement(
            id=made,
            authority=doing.caller.authority,
            external_ref=f"L-{made.hex[:12]}",
            child=child,
            home=home,
            state=PlacementState.PLANNED,
            starts=starts,
            planned_end=None if referral.until is None else max(referral.until, starts),
        )
        doing.work.placements.add(placement, doing.act("plan-placement"))
        planned[child] = made
    return planned


def _settle_offers(doing: Doing, offers: tuple[Stored[Offer], ...], made: Decision) -> None:
    """The homes chosen are told so; every other home is asked no longer."""
    for stored in offers:
        offer, state = stored.value, stored.value.state_at(doing.now)
        if state not in (OfferState.MADE, OfferState.VIEWED, OfferState.WILLING):
            continue
        chosen = state is OfferState.WILLING and any(made.chosen.get(child) == offer.home for child in offer.children)
        target = OFFER_MOVES.move("choose" if chosen else "withdraw").target
        action = "choose-offer" if chosen else "withdraw-offer"
        doing.work.offers.replace(replace(offer, state=target), doing.act(action))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversal:
    """A decision taken back, and why."""

    decision: UUID
    because: str
    expected: int | None = None


def reverse(office: Office, caller: Caller, reversal: Reversal, write: Write, repeat: Repeat | None) -> Reply:
    """Takes a decision back before every child has moved: planned placements are cancelled, the search goes on.

    Raises NotFound, Stale, IllegalMove, NotInThisRole, Invalid without a reason.
    """

    def do(doing: Doing) -> Stored[Decision]:
        stored = as_expected(doing.work.decisions.get(reversal.decision), "decision", reversal.expected)
        after = DECISION_MOVES.after(stored.value.state, "reverse", caller.role)
        if not reversal.because.strip():
            raise Invalid([Fault("because", "There is no reason", "Say why the decision is taken back")])
        return take_back(doing, stored, after, reversal.because)

    return once(office, caller, repeat, do, write)


def take_back(doing: Doing, stored: Stored[Decision], after: DecisionState, because: str) -> Stored[Decision]:
    """Cancels what is still planned, and looks for homes again."""
    decision = stored.value
    for placement in doing.work.placements.many(list(decision.placements.values())).values():
        if placement.value.state is PlacementState.PLANNED:
            cancelled = replace(placement.value, state=PlacementState.CANCELLED)
            doing.work.placements.replace(cancelled, doing.act("cancel-placement"))
    for offer in doing.work.offers.of_referral(decision.referral):
        if offer.value.state is OfferState.CHOSEN:
            doing.work.offers.replace(replace(offer.value, state=OfferState.WITHDRAWN), doing.act("reverse-offer"))
    referral = doing.work.referrals.get(decision.referral, words=False)
    doing.work.referrals.becomes(referral, REFERRAL_MOVES.move("reverse").target, doing.act("reverse-referral"))
    return doing.work.decisions.becomes(stored, after, doing.act("reverse-decision"), because)


def list_decisions(office: Office, caller: Caller, asked: Listing) -> Page[Stored[Decision]]:
    """One page, without what was shown; leaves an audit event. Raises UnknownList."""
    with office.store.writing(caller.authority, alone=False) as work:
        page = work.decisions.page(asked)
        shown = [one.value.id for one in page.items]
        work.audit.append(caller.act("list-decisions", office.clock()), "decision", None, after={"shown": shown})
        return page


def read_decision(office: Office, caller: Caller, decision: UUID) -> Stored[Decision]:
    """One decision with what was shown; leaves an audit event. Raises NotFound."""
    with office.store.writing(caller.authority, alone=False) as work:
        stored = work.decisions.get(decision)
        work.audit.append(caller.act("read-decision", office.clock()), "decision", decision)
        return stored
