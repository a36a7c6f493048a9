"""Routes of the pages that read: proposed matches, comparison, why or why not a home, what would open one."""

from __future__ import annotations

from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Response
from pydantic import TypeAdapter

from app.bodies.wire import written
from app.pages.matches.comparison import FEWEST, MOST, compared, home_of, too_few
from app.pages.matches.filters import filters_of
from app.pages.matches.opening import openings_shown
from app.pages.matches.proposed import MOST_WAYS, Looking, proposed
from app.pages.matches.why import MOST_FOUND, WhyNot, homes_named, price_shown, why_shown
from app.pages.visits import May, Visit
from app.services.case_files import find_referral
from app.services.errors import NotWaitingNow
from app.services.options import column_of, read_comparison, read_options
from app.services.shortlists import Asked
from app.services.what_ifs import OpeningsTold, PriceTold, read_openings, read_price

router = APIRouter(include_in_schema=False)

Reader = Annotated[Visit, Depends(May("read_shortlist"))]
T = TypeVar("T")

_OPENINGS = 5


def asked(visit: Visit, reference: str) -> Asked:
    """What is asked of the matcher about a referral, as at today. Raises NotFound."""
    referral = find_referral(visit.office, visit.caller, reference)
    return Asked(referral=referral, as_of=visit.office.today())


@router.get("/referrals/{reference}/matches", name="page_matches")
def matches(visit: Reader, reference: str) -> Response:
    """The homes proposed for a referral, with reasons before ranks."""
    query = visit.request.query_params
    try:
        options = read_options(visit.office, visit.caller, asked(visit, reference), MOST_WAYS)
    except NotWaitingNow:  # its homes are found, or no longer looked for: the file says how it went
        return visit.go(f"/referrals/{reference}")
    looking = Looking(
        filters=filters_of(query),
        everything=query.get("show") == "all",
        may_offer=visit.may("make_offers"),
        may_open=visit.may("read_openings"),
        query=tuple(query.multi_items()),
    )
    return visit.page(proposed(options, reference, looking))


@router.get("/referrals/{reference}/compare", name="page_compare")
def compare(visit: Reader, reference: str) -> Response:
    """Two to four homes side by side."""
    given = ",".join(visit.request.query_params.getlist("homes"))
    keys = list(dict.fromkeys(key for key in given.split(",") if key))
    if len(keys) < FEWEST:
        return visit.page(too_few(reference), 422)
    homes = [home_of(key) for key in keys[:MOST]]
    comparison = read_comparison(visit.office, visit.caller, asked(visit, reference), homes)
    note = "" if len(keys) <= MOST else f"You chose {len(keys)}. The first {MOST} are shown."
    may_offer = visit.may("make_offers")
    return visit.page(compared(comparison, keys[:MOST], reference, note=note, may_offer=may_offer))


@router.get("/referrals/{reference}/why-not", name="page_why_not")
def why_not(visit: Reader, reference: str, home: str = "") -> Response:
    """Finds a home by its reference or its provider's name, to say why or why not."""
    wanted = asked(visit, reference)
    ready = visit.office.pools.ready(visit.caller.authority, wanted.as_of)
    found = homes_named(ready, home)
    if found and (len(found) == 1 or found[0].reference.casefold() == home.strip().casefold()):
        return visit.go(f"/referrals/{reference}/homes/{found[0].reference}")
    more = max(0, len(found) - MOST_FOUND)
    return visit.page(WhyNot(reference=reference, asked=home, found=found[:MOST_FOUND], more=more))


@router.get("/referrals/{reference}/homes/{home}", name="page_why")
def why(visit: Reader, reference: str, home: str) -> Response:
    """Every rule's answer about one home."""
    comparison = read_comparison(visit.office, visit.caller, asked(visit, reference), [home])
    return visit.page(why_shown(comparison, reference, may_offer=visit.may("make_offers")))


@router.get("/referrals/{reference}/homes/{home}/price", name="page_price")
def price(visit: Annotated[Visit, Depends(May("read_price_to_the_rest"))], reference: str, home: str) -> Response:
    """What choosing this home would cost the others: plans are made for it, which takes seconds."""
    wanted = asked(visit, reference)
    ready = visit.office.pools.ready(visit.caller.authority, wanted.as_of)
    id_ = ready.pool.homes[column_of(ready, home)].id
    told = read_price(visit.office, visit.caller, wanted, id_, written)
    return visit.page(price_shown(_read(PriceTold, told), reference))


@router.get("/referrals/{reference}/openings", name="page_openings")
def openings(visit: Annotated[Visit, Depends(May("read_openings"))], reference: str) -> Response:
    """What would place the children whom the plan leaves without a home."""
    told = read_openings(visit.office, visit.caller, asked(visit, reference), _OPENINGS, written)
    return visit.page(openings_shown(_read(OpeningsTold, told), reference))


def _read(kind: type[T], told: bytes) -> T:
    """What was kept in writing for the API too, read again."""
    return TypeAdapter(kind).validate_json(told)
