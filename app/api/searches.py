"""Routes about one referral's homes: the shortlist, and why or why not one home."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app.api import answers
from app.bodies.wire import written
from app.dependencies import AsOfHere, CallerHere, HomeHere, IdHere, OfficeHere, PresetHere
from app.services import journeys, shortlists
from app.services.journeys import JourneysTold
from app.services.shortlists import Asked, WhyWithGaps
from matching.shortlist_answers import Shortlist
from matching.values import HomeId, ReferralId

router = APIRouter(tags=["referrals"])


def search_here(id: IdHere, as_of: AsOfHere, policy: PresetHere = None) -> Asked:  # noqa: A002 - the name in the address
    """The referral of the address, as at the day and by the policy asked for."""
    return Asked(referral=ReferralId(id), as_of=as_of, preset=policy)


@router.get(
    "/referrals/{id}/shortlist",
    name="read_shortlist",
    summary="Rank homes for a referral, with reasons",
    responses={**answers.shows(Shortlist), **answers.problems(404, 409)},
)
def read_shortlist(
    office: OfficeHere,
    caller: CallerHere,
    asked: Annotated[Asked, Depends(search_here)],
    most: Annotated[int, Query(ge=1, le=100, description="The most ways to place the children.")] = 20,
    near: Annotated[int, Query(ge=0, le=100, description="The most near misses, and homes to check.")] = 10,
) -> Response:
    """Whole sibling groups first, then the best splits; near misses with what would open them; and which rules keep the
    rest away. An empty list is an answer: its summary says why nothing fits. Leaves an audit event.
    """
    return Response(shortlists.read_shortlist(office, caller, asked, written, most, near), media_type=answers.JSON)


@router.get(
    "/referrals/{id}/homes/{home}",
    name="read_why_this_home",
    summary="Why, or why not, this home for this referral",
    responses={**answers.shows(WhyWithGaps), **answers.problems(404, 409)},
)
def read_why_this_home(
    office: OfficeHere,
    caller: CallerHere,
    home: HomeHere,
    asked: Annotated[Asked, Depends(search_here)],
) -> Response:
    """Every finding of every rule, whatever it comes to, for all the children together; and for each need above what
    the home can meet the support that would close the gap. Leaves an audit event.
    """
    return Response(
        shortlists.read_why_this_home(office, caller, asked, HomeId(home), written), media_type=answers.JSON
    )


@router.get(
    "/referrals/{id}/homes/{home}/journeys",
    name="read_journeys",
    summary="How far this home is from the places that matter to the children",
    responses={**answers.shows(JourneysTold), **answers.problems(404, 409)},
)
def read_journeys(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    home: HomeHere,
    as_of: AsOfHere,
) -> Response:
    """Straight-line miles to family home, school, family time and other places, with how often; and minutes by car where
    a routing server is set up. When that server does not answer, the note says why. Leaves an audit event.
    """
    asked = Asked(referral=ReferralId(id), as_of=as_of)
    return Response(written(journeys.read_journeys(office, caller, asked, HomeId(home))), media_type=answers.JSON)
