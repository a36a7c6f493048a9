"""Routes about sign-offs: what the rules ask somebody to agree to, and the answer."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Query, Response

from app.api import answers
from app.api.nouns import Asked
from app.api.workflow.asking import PLACING, Person, PlacingsGiven, Said, Words, chosen
from app.api.workflow.told import Listed, SignOffShown, reply, sign_off_shown
from app.bodies.shapes import Given
from app.dependencies import CallerHere, ExpectedIfSaid, IdHere, OfficeHere, RepeatHere
from app.services.callers import Caller
from app.services.office import Office
from app.services.repeats import Reply
from app.services.workflow import signing
from db.pages import Listing
from matching.values import ReferralId
from matching.workflow.states import SignOffState

router = APIRouter(tags=["sign-offs"])


@router.post(
    "/referrals/{id}/sign-offs",
    name="ask_for_sign_offs",
    status_code=201,
    summary="Ask for every sign-off that these homes would need",
    responses={**answers.shows(Listed[SignOffShown], 201, "Asked"), **answers.problems(404, 409)},
)
def ask_for_sign_offs(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    repeat: RepeatHere,
    body: Annotated[PlacingsGiven, Body(examples=[PLACING])],
) -> Response:
    """What the rules call for as things stand now. Those asked for already are not asked for again."""
    homes = chosen(office, caller, body.chosen)

    def write(asked: tuple[signing.Asked, ...]) -> Reply:
        return reply(Listed(tuple(sign_off_shown(one) for one in asked)), 201)

    return answers.sent(signing.ask_for_sign_offs(office, caller, ReferralId(id), homes, write, repeat))


class SignOffsAsked(Asked):
    """Which sign-offs."""

    referral: UUID | None = None
    state: SignOffState | None = None


@router.get(
    "/sign-offs",
    name="list_sign_offs",
    summary="List sign-offs",
    responses={**answers.shows(Listed[SignOffShown]), **answers.problems()},
)
def list_sign_offs(office: OfficeHere, caller: CallerHere, asked: Annotated[SignOffsAsked, Query()]) -> Response:
    """Oldest first. A key whose role signs off sees those asked of that role only. Leaves an audit event."""
    wanted = {"referral_id": asked.referral, "state": asked.state}
    where = {name: value for name, value in wanted.items() if value is not None}
    listing = Listing(where=where, sort="requested_at", after=asked.after, limit=asked.limit)
    page = signing.list_sign_offs(office, caller, listing)
    return answers.json(Listed(tuple(sign_off_shown(one) for one in page.items), page.next))


_SIGNED = {**answers.shows(SignOffShown, with_etag=True), **answers.problems(404, 409, 412)}


@router.get("/sign-offs/{id}", name="read_sign_off", summary="Read a sign-off", responses=_SIGNED)
def read_sign_off(office: OfficeHere, caller: CallerHere, id: IdHere) -> Response:  # noqa: A002 - the name in the address
    """The rule, its source, the facts and the deadline. Leaves an audit event."""
    return answers.sent(reply(sign_off_shown(signing.read_sign_off(office, caller, id))))


def _answer(office: Office, caller: Caller, answer: signing.Answer, repeat: Any) -> Response:
    return answers.sent(
        signing.answer_sign_off(office, caller, answer, lambda asked: reply(sign_off_shown(asked)), repeat)
    )


class Agreed(Given):
    """Who agrees, and what that person says with it."""

    by: Person
    reason: Words = ""


class Refused(Given):
    """Who refuses, and why."""

    by: Person
    reason: Said


@router.post("/sign-offs/{id}/agree", name="agree_sign_off", summary="Agree", responses=_SIGNED)
def agree_sign_off(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    seen: ExpectedIfSaid,
    repeat: RepeatHere,
    body: Annotated[Agreed, Body(examples=[{"by": "staff-0193"}])],
) -> Response:
    """Only with a key of the role it is asked of."""
    answer = signing.Answer(sign_off=id, move="agree", by=body.by, reason=body.reason, expected=seen)
    return _answer(office, caller, answer, repeat)


@router.post("/sign-offs/{id}/refuse", name="refuse_sign_off", summary="Refuse, and why", responses=_SIGNED)
def refuse_sign_off(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    seen: ExpectedIfSaid,
    repeat: RepeatHere,
    body: Annotated[Refused, Body(examples=[{"by": "staff-0193", "reason": "Too far from school"}])],
) -> Response:
    """Only with a key of the role it is asked of. The home can then not be decided for, unless it is asked anew."""
    answer = signing.Answer(sign_off=id, move="refuse", by=body.by, reason=body.reason, expected=seen)
    return _answer(office, caller, answer, repeat)


@router.post("/sign-offs/{id}/withdraw", name="withdraw_sign_off", summary="Ask no longer", responses=_SIGNED)
def withdraw_sign_off(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    seen: ExpectedIfSaid,
    repeat: RepeatHere,
) -> Response:
    """It is needed no longer."""
    answer = signing.Answer(sign_off=id, move="withdraw", expected=seen)
    return _answer(office, caller, answer, repeat)
