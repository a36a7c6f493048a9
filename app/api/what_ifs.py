"""Routes about what a plan did not do: other plans, what a choice costs the rest, what would open a home."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from app.api import answers
from app.api.searches import search_here
from app.bodies.wire import written
from app.dependencies import CallerHere, HomeHere, IdHere, OfficeHere
from app.services import what_ifs
from app.services.shortlists import Asked
from app.services.what_ifs import AlternativesTold, OpeningsTold, Otherwise, PriceTold
from matching.values import HomeId, MatchRunId

router = APIRouter()


@router.get(
    "/match-runs/{id}/alternatives",
    name="read_alternatives",
    tags=["match-runs"],
    summary="Other plans, best first",
    responses={**answers.shows(AlternativesTold), **answers.problems(404, 409)},
)
def read_alternatives(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    most: Annotated[int, Query(ge=1, le=10, description="The most plans.")] = 3,
    differing: Annotated[int, Query(ge=1, le=10, description="How many children each is to move, at least.")] = 1,
    child: Annotated[UUID | None, Query(description="A child who is to have another home in each.")] = None,
) -> Response:
    """Near ties abound: never show one plan as the answer. Each is the best plan that moves so many children from where
    every plan before it has them, or that gives the child named a home not seen before; made from what the run read.
    Leaves an audit event.
    """
    wanted = Otherwise(most=most, differing=differing, child=child)
    return answers.json(what_ifs.read_alternatives(office, caller, MatchRunId(id), wanted))


@router.get(
    "/referrals/{id}/homes/{home}/price",
    name="read_price_to_the_rest",
    tags=["referrals"],
    summary="What choosing a home would cost the others",
    responses={**answers.shows(PriceTold), **answers.problems(404, 409)},
)
def read_price_to_the_rest(
    office: OfficeHere,
    caller: CallerHere,
    home: HomeHere,
    asked: Annotated[Asked, Depends(search_here)],
) -> Response:
    """The best plan with the referral's children in this home, beside the best plan of all: who would move, who would
    lose a home, and what each level would rise by; or the rules that stand against it. Leaves an audit event.
    """
    return Response(what_ifs.read_price(office, caller, asked, HomeId(home), written), media_type=answers.JSON)


@router.get(
    "/referrals/{id}/opens",
    name="read_openings",
    tags=["referrals"],
    summary="What would give children with nothing a home",
    responses={**answers.shows(OpeningsTold), **answers.problems(404, 409)},
)
def read_openings(
    office: OfficeHere,
    caller: CallerHere,
    asked: Annotated[Asked, Depends(search_here)],
    most: Annotated[int, Query(ge=1, le=20, description="The most ways.")] = 3,
) -> Response:
    """The fewest lawful changes to one home, each with its remedy, that place the children whom the plan leaves without
    one; every one borne out by a plan made anew. What a safety rule forbids is never offered. Leaves an audit event.
    """
    return Response(what_ifs.read_openings(office, caller, asked, most, written), media_type=answers.JSON)
