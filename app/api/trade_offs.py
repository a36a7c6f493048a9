"""Routes about choices of values: the trade-off curve of two measures, and planning anew with little upset."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.api import answers
from app.bodies.wire import written
from app.dependencies import AsOfHere, CallerHere, IdHere, OfficeHere, PresetHere
from app.services import trade_offs
from app.services.trade_offs import CurveTold, ReplannedTold, TradeOff
from matching.policy import Measure
from matching.values import MatchRunId

router = APIRouter(tags=["match-runs"])


@router.get(
    "/trade-off",
    name="read_trade_off",
    summary="Trade two measures against each other",
    responses={**answers.shows(CurveTold), **answers.problems()},
)
def read_trade_off(
    office: OfficeHere,
    caller: CallerHere,
    as_of: AsOfHere,
    one: Annotated[Measure, Query(description="The first measure.")] = Measure.HOME_DISTANCE,
    other: Annotated[Measure, Query(description="The second measure.")] = Measure.COST,
    policy: PresetHere = None,
) -> Response:
    """The best plan of each policy in which one measure weighs ever more and the other ever less, with and without heed to
    siblings and sign-offs; plans that another betters in everything are left out. Leaves an audit event.
    """
    asked = TradeOff(as_of=as_of, one=one, other=other, preset=policy)
    return Response(trade_offs.read_trade_off(office, caller, asked, written), media_type=answers.JSON)


@router.get(
    "/match-runs/{id}/replanned",
    name="read_replanned",
    summary="Plan a day anew with little upset",
    responses={**answers.shows(ReplannedTold), **answers.problems(404)},
)
def read_replanned(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    as_of: AsOfHere,
    points: Annotated[
        int, Query(ge=0, le=10_000, description="How many points a proposal that was shown and still stands saves.")
    ] = trade_offs.USUAL_POINTS,
) -> Response:
    """After a referral came or a home went: the plan that keeps most of what the run proposed, beside the best plan that
    pays no heed to it. No child goes without a home, and nobody has more to agree to, so that a proposal may stand.
    Nothing is stored. Leaves an audit event.
    """
    return answers.json(trade_offs.read_replanned(office, caller, MatchRunId(id), as_of, points))
