"""Routes about offers and holds: homes are asked and answer; beds are kept for a while."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Query, Response
from pydantic import Field

from app.api import answers
from app.api.nouns import Asked
from app.api.workflow.asking import Named, ids
from app.api.workflow.told import HoldShown, Listed, OfferShown, hold_shown, offer_shown, reply
from app.bodies.kinds import Moment
from app.bodies.shapes import Given
from app.dependencies import CallerHere, ExpectedIfSaid, IdHere, OfficeHere, RepeatHere
from app.services.callers import Caller
from app.services.office import Office
from app.services.repeats import Reply
from app.services.workflow import holding, offers
from app.services.workflow.offers import Ask, Step, Told
from db.pages import Listing
from matching.values import ChildId, HomeId, ReferralId
from matching.workflow.offers import DeclineReason, Taught
from matching.workflow.states import OfferState

router = APIRouter(tags=["offers"])
_MOVED = {**answers.shows(OfferShown, with_etag=True), **answers.problems(404, 409, 412)}


class HomeAsked(Given):
    """One home to be asked."""

    home: Named
    children: list[Named] = Field(default_factory=list, max_length=20)
    """Children of the referral; all of them when left out."""
    answer_by: Moment | None = None
    """When left out: 4 hours in an emergency, 2 days otherwise."""


class OffersGiven(Given):
    """Homes to be asked, all of them or none."""

    offers: list[HomeAsked] = Field(min_length=1, max_length=50)


class Declined(Given):
    """Why the home says no."""

    reason: DeclineReason


@router.post(
    "/referrals/{id}/offers",
    name="make_offers",
    status_code=201,
    summary="Ask homes whether they would take the children",
    responses={**answers.shows(Listed[OfferShown], 201, "Asked"), **answers.problems(404, 409)},
)
def make_offers(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    repeat: RepeatHere,
    body: Annotated[OffersGiven, Body(examples=[{"offers": [{"home": "FH-0291"}]}])],
) -> Response:
    """Several at once. Each home is shown ages, needs and nights, and nothing that says who the children are; what it
    said no to before is told with the answer.
    """
    asks = _asks(office, caller, body)

    def write(told: tuple[Told, ...]) -> Reply:
        return reply(Listed(tuple(offer_shown(one, caller) for one in told)), 201)

    return answers.sent(offers.make_offers(office, caller, ReferralId(id), asks, write, repeat))


def _asks(office: Office, caller: Caller, body: OffersGiven) -> tuple[Ask, ...]:
    named: list[tuple[Any, str, str]] = []
    for at, one in enumerate(body.offers):
        named.append((HomeId, one.home, f"offers/{at}/home"))
        named += [(ChildId, child, f"offers/{at}/children/{nr}") for nr, child in enumerate(one.children)]
    found = iter(ids(office, caller, named))
    return tuple(
        Ask(
            home=HomeId(next(found)),
            children=tuple(ChildId(next(found)) for _ in one.children),
            answer_by=one.answer_by,
        )
        for one in body.offers
    )


class OffersAsked(Asked):
    """Which offers."""

    referral: UUID | None = None
    home: UUID | None = None
    state: OfferState | None = None


@router.get(
    "/offers",
    name="list_offers",
    summary="List offers",
    responses={**answers.shows(Listed[OfferShown]), **answers.problems()},
)
def list_offers(office: OfficeHere, caller: CallerHere, asked: Annotated[OffersAsked, Query()]) -> Response:
    """Oldest first; a provider's key lists those made to its own homes. Leaves an audit event."""
    wanted = {"referral_id": asked.referral, "home_id": asked.home, "state": asked.state}
    where = {name: value for name, value in wanted.items() if value is not None}
    page = offers.list_offers(
        office, caller, Listing(where=where, sort="made_at", after=asked.after, limit=asked.limit)
    )
    return answers.json(Listed(tuple(offer_shown(one, caller) for one in page.items), page.next))


@router.get("/offers/{id}", name="read_offer", summary="Read an offer", responses=_MOVED)
def read_offer(office: OfficeHere, caller: CallerHere, id: IdHere) -> Response:  # noqa: A002 - the name in the address
    """As the caller may see it. Leaves an audit event."""
    return answers.sent(reply(offer_shown(offers.read_offer(office, caller, id), caller)))


def _move(office: Office, caller: Caller, step: Step, repeat: Any) -> Response:
    return answers.sent(offers.move_offer(office, caller, step, lambda told: reply(offer_shown(told, caller)), repeat))


@router.post("/offers/{id}/view", name="view_offer", summary="Say that an offer was read", responses=_MOVED)
def view_offer(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    seen: ExpectedIfSaid,
    repeat: RepeatHere,
) -> Response:
    """The home has read it."""
    return _move(office, caller, Step(offer=id, move="view", expected=seen), repeat)


@router.post("/offers/{id}/say-willing", name="say_willing", summary="Say yes to an offer", responses=_MOVED)
def say_willing(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    seen: ExpectedIfSaid,
    repeat: RepeatHere,
) -> Response:
    """The home is willing, and its beds are held for a day. Refused with 409 when another search has the beds."""
    return _move(office, caller, Step(offer=id, move="say-willing", expected=seen), repeat)


@router.post("/offers/{id}/decline", name="decline_offer", summary="Say no to an offer, and why", responses=_MOVED)
def decline_offer(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    seen: ExpectedIfSaid,
    repeat: RepeatHere,
    body: Annotated[Declined, Body(examples=[{"reason": "needs-beyond-us"}])],
) -> Response:
    """The reason is shown the next time that the home is asked."""
    step = Step(offer=id, move="decline", expected=seen, declined_for=body.reason)
    return _move(office, caller, step, repeat)


@router.post("/offers/{id}/withdraw", name="withdraw_offer", summary="Ask a home no longer", responses=_MOVED)
def withdraw_offer(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    seen: ExpectedIfSaid,
    repeat: RepeatHere,
) -> Response:
    """Beds that were held for it are free again."""
    return _move(office, caller, Step(offer=id, move="withdraw", expected=seen), repeat)


@router.get(
    "/homes/{id}/declines",
    name="read_declines",
    summary="Why a home said no before",
    responses={**answers.shows(Listed[Taught]), **answers.problems(404)},
)
def read_declines(office: OfficeHere, caller: CallerHere, id: IdHere) -> Response:  # noqa: A002 - the name in the address
    """The most frequent reason first."""
    return answers.json(Listed(offers.read_declines(office, caller, id)))


class HoldGiven(Given):
    """A bed to be kept."""

    home: Named
    child: Named
    until: Moment


@router.post(
    "/referrals/{id}/holds",
    name="hold_bed",
    status_code=201,
    summary="Hold a bed until a moment",
    responses={**answers.shows(HoldShown, 201, "Held"), **answers.problems(404, 409)},
)
def hold_bed(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    repeat: RepeatHere,
    body: Annotated[
        HoldGiven,
        Body(examples=[{"home": "FH-0291", "child": "CH-10412", "until": "2026-09-03T16:00:00+01:00"}]),
    ],
) -> Response:
    """Two searches never hold one bed on one night: the second is told until when, and by whom it is not. Holding it
    again renews it.
    """
    home, child = ids(office, caller, [(HomeId, body.home, "home"), (ChildId, body.child, "child")])
    keep = holding.Keep(referral=ReferralId(id), home=HomeId(home), child=ChildId(child), until=body.until)
    return answers.sent(holding.hold_bed(office, caller, keep, lambda held: reply(hold_shown(held), 201), repeat))


@router.get(
    "/holds",
    name="list_holds",
    summary="List the holds that hold now",
    responses={**answers.shows(Listed[HoldShown]), **answers.problems()},
)
def list_holds(
    office: OfficeHere,
    caller: CallerHere,
    home: Annotated[UUID | None, Query(description="Only in this home.")] = None,
    referral: Annotated[UUID | None, Query(description="Only for this referral.")] = None,
) -> Response:
    """Soonest to run out first. Leaves an audit event."""
    found = holding.list_holds(office, caller, home=home, referral=referral)
    return answers.json(Listed(tuple(hold_shown(one) for one in found)))


@router.delete(
    "/holds/{id}",
    name="release_hold",
    status_code=204,
    summary="Give up a bed that is held",
    response_class=Response,
    responses=answers.problems(404, 409),
)
def release_hold(office: OfficeHere, caller: CallerHere, id: IdHere, repeat: RepeatHere) -> Response:  # noqa: A002 - the name in the address
    """The bed is free again at once."""
    return answers.sent(holding.release_hold(office, caller, id, repeat))
