"""Routes of the pages that read: proposed matches, comparison, why or why not a home, what would open one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from app.pages.matches.filters import filters_of
from app.pages.matches.proposed import Looking, proposed
from app.pages.visits import May, Visit
from app.services.case_files import find_referral
from app.services.options import read_options
from app.services.shortlists import Asked

router = APIRouter(include_in_schema=False)

Reader = Annotated[Visit, Depends(May("read_shortlist"))]


def asked(visit: Visit, reference: str) -> Asked:
    """What is asked of the matcher about a referral, as at today. Raises NotFound."""
    referral = find_referral(visit.office, visit.caller, reference)
    return Asked(referral=referral, as_of=visit.office.today())


@router.get("/referrals/{reference}/matches", name="page_matches")
def matches(visit: Reader, reference: str) -> Response:
    """The homes proposed for a referral, with reasons before ranks."""
    query = visit.request.query_params
    options = read_options(visit.office, visit.caller, asked(visit, reference))
    looking = Looking(
        filters=filters_of(query),
        everything=query.get("show") == "all",
        may_offer=visit.may("make_offers"),
        may_open=visit.may("read_openings"),
        query=tuple(query.multi_items()),
    )
    return visit.page(proposed(options, reference, looking))
