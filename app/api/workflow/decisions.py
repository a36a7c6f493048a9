"""Routes about children's views, recommendations and decisions."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Path, Query, Response
from pydantic import Field

from app.api import answers
from app.api.nouns import ROOT, Asked
from app.api.workflow.asking import PLACING, Person, PlacingsGiven, Said, chosen
from app.api.workflow.told import (
    DecisionShown,
    Listed,
    RecommendationShown,
    decision_shown,
    recommendation_shown,
    reply,
)
from app.bodies.kinds import Day
from app.bodies.shapes import Given, nested
from app.dependencies import CallerHere, ExpectedHere, ExpectedIfSaid, IdHere, OfficeHere, RepeatHere
from app.services.repeats import Reply
from app.services.workflow import deciding, views
from app.services.workflow.views import OfChild
from db.mapping.shapes import Stored
from db.pages import Listing
from matching.referrals import ChildView, Referral
from matching.values import ChildId, MatchRunId, ReferralId
from matching.workflow.decisions import Decision, ReasonNeeded
from matching.workflow.states import DecisionState

router = APIRouter(tags=["decisions"])


ChildHere = Annotated[UUID, Path(description="The id of a child of the referral.")]


def _view(told: tuple[Stored[Referral], ChildView]) -> Reply:
    stored, view = told
    shown = reply(view)
    return Reply(shown.status, shown.body, {"ETag": answers.etag(stored.version)})


@router.get(
    "/referrals/{id}/children/{child}/view",
    name="read_child_view",
    summary="Read what a child said",
    responses={**answers.shows(ChildView, with_etag=True), **answers.problems(404)},
)
def read_child_view(office: OfficeHere, caller: CallerHere, id: IdHere, child: ChildHere) -> Response:  # noqa: A002 - the name in the address
    """The child's own words. Leaves an audit event."""
    of = OfChild(referral=ReferralId(id), child=ChildId(child))
    return answers.sent(_view(views.read_view(office, caller, of)))


@router.put(
    "/referrals/{id}/children/{child}/view",
    name="record_child_view",
    summary="Record the child's view",
    responses={**answers.shows(ChildView, with_etag=True), **answers.problems(404, 409, 412, 428)},
)
def record_child_view(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    child: ChildHere,
    expected: ExpectedHere,
    body: Annotated[
        nested(ChildView),  # type: ignore[valid-type]  # made while running
        Body(examples=[{"asked": "asked", "said": "Near my nan", "pre_visit_wanted": "yes"}]),
    ],
) -> Response:
    """Asked and what was said, or why the child could not be asked. No decision is made without it."""
    of = OfChild(referral=ReferralId(id), child=ChildId(child), expected=expected)
    view = ChildView(**{name: getattr(body, name) for name in ChildView.__dataclass_fields__})
    return answers.sent(views.record_view(office, caller, of, view, _view, None))


class RecommendationGiven(PlacingsGiven):
    """What a named person would choose, and why."""

    by: Person
    reason: Said


@router.post(
    "/referrals/{id}/recommendations",
    name="recommend",
    status_code=201,
    summary="Recommend homes",
    responses={**answers.shows(RecommendationShown, 201, "Recorded"), **answers.problems(404, 409)},
)
def recommend(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    repeat: RepeatHere,
    body: Annotated[
        RecommendationGiven, Body(examples=[{**PLACING, "by": "staff-0044", "reason": "Keeps the school"}])
    ],
) -> Response:
    """The newest is in force."""
    homes = chosen(office, caller, body.chosen)
    said = views.Preference(referral=ReferralId(id), chosen=homes, by=body.by, reason=body.reason)
    write = lambda stored: reply(recommendation_shown(stored), 201)  # noqa: E731 - used once
    return answers.sent(views.recommend(office, caller, said, write, repeat))


@router.get(
    "/referrals/{id}/recommendation",
    name="read_recommendation",
    summary="Read the recommendation in force",
    responses={**answers.shows(RecommendationShown), **answers.problems(404)},
)
def read_recommendation(office: OfficeHere, caller: CallerHere, id: IdHere) -> Response:  # noqa: A002 - the name in the address
    """Leaves an audit event."""
    stored = views.read_recommendation(office, caller, ReferralId(id))
    return answers.sent(reply(recommendation_shown(stored)))


class DecisionGiven(PlacingsGiven):
    """What a named person decides, and why."""

    decided_by: Person
    reasons: dict[ReasonNeeded, Said] = Field(default_factory=dict)
    """Needed for a choice other than the first rank, for siblings split, and for a connected carer passed over."""
    run: UUID | None = None
    """The match run that proposed it, when it came from a plan."""
    first_night: Day | None = None
    """The night that the referral wants, when left out."""


@router.post(
    "/referrals/{id}/decisions",
    name="decide",
    status_code=201,
    summary="Decide where the children will live",
    responses={**answers.shows(DecisionShown, 201, "Decided", with_etag=True), **answers.problems(404, 409)},
)
def decide(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    repeat: RepeatHere,
    body: Annotated[DecisionGiven, Body(examples=[{**PLACING, "decided_by": "staff-0007"}])],
) -> Response:
    """By a named person. Refused without each child's view, a home's yes, a sign-off that must come first, or a reason
    where the choice needs one: all that is missing is named at once. The placements are planned in their beds, and
    what was shown (ranks and findings) is kept.
    """
    choice = deciding.Choice(
        referral=ReferralId(id),
        chosen=chosen(office, caller, body.chosen),
        decided_by=body.decided_by,
        reasons=body.reasons,
        run=None if body.run is None else MatchRunId(body.run),
        first_night=body.first_night,
    )

    def write(stored: Stored[Decision]) -> Reply:
        place = f"{ROOT}/decisions/{stored.value.id}"
        return reply(decision_shown(stored, caller), 201, place=place)

    return answers.sent(deciding.decide(office, caller, choice, write, repeat))


class DecisionsAsked(Asked):
    """Which decisions."""

    referral: UUID | None = None
    state: DecisionState | None = None


@router.get(
    "/decisions",
    name="list_decisions",
    summary="List decisions",
    responses={**answers.shows(Listed[DecisionShown]), **answers.problems()},
)
def list_decisions(office: OfficeHere, caller: CallerHere, asked: Annotated[DecisionsAsked, Query()]) -> Response:
    """Oldest first, without what was shown. Leaves an audit event."""
    wanted = {"referral_id": asked.referral, "state": asked.state}
    where = {name: value for name, value in wanted.items() if value is not None}
    listing = Listing(where=where, sort="at", after=asked.after, limit=asked.limit)
    page = deciding.list_decisions(office, caller, listing)
    return answers.json(Listed(tuple(decision_shown(one, caller, in_list=True) for one in page.items), page.next))


_DECIDED = {**answers.shows(DecisionShown, with_etag=True), **answers.problems(404, 409, 412)}


@router.get("/decisions/{id}", name="read_decision", summary="Read a decision", responses=_DECIDED)
def read_decision(office: OfficeHere, caller: CallerHere, id: IdHere) -> Response:  # noqa: A002 - the name in the address
    """With the ranks and findings as they stood when it was made. Leaves an audit event."""
    return answers.sent(reply(decision_shown(deciding.read_decision(office, caller, id), caller)))


class Reversed(Given):
    """Why a decision is taken back."""

    because: Said


@router.post("/decisions/{id}/reverse", name="reverse_decision", summary="Take a decision back", responses=_DECIDED)
def reverse_decision(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    seen: ExpectedIfSaid,
    repeat: RepeatHere,
    body: Annotated[Reversed, Body(examples=[{"because": "The carers fell ill"}])],
) -> Response:
    """Before every child has moved: what was planned is cancelled, and the search goes on."""
    reversal = deciding.Reversal(decision=id, because=body.because, expected=seen)
    write = lambda stored: reply(decision_shown(stored, caller))  # noqa: E731 - used once
    return answers.sent(deciding.reverse(office, caller, reversal, write, repeat))
