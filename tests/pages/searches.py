"""Searches of the made-up county and of small cases, found by what they are like."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from matching.shortlist_answers import Shortlist
from matching.values import ReferralId
from tests.api.service import Service

Like = Callable[[Shortlist], bool]


def searches(service: Service) -> Iterator[tuple[str, Shortlist]]:
    """Each search that waits, by its short reference, with its shortlist."""
    ready = service.office.pools.ready(service.authority, service.office.today())
    with service.store.reading(service.authority) as work:
        for referral in ready.pool.referrals:
            stored = work.referrals.get(referral.id)
            yield str(stored.reference), ready.shortlister.shortlist(ReferralId(referral.id), 40, 12)


_FOUND: dict[Like, str] = {}


def search_like(service: Service, like: Like) -> str:
    """The short reference of the first search of the made-up county whose shortlist is so: the same in every copy."""
    if like not in _FOUND:
        _FOUND[like] = next(reference for reference, shortlist in searches(service) if like(shortlist))
    return _FOUND[like]


def page_of(like: Like, path: str) -> Callable[[Service], str]:
    """The address of a page of the first search that is so."""
    return lambda service: f"/referrals/{search_like(service, like)}{path}"


def whole_group(shortlist: Shortlist) -> bool:
    """Brothers and sisters whom some home can take together, with a choice of homes and a sign-off among them."""
    some = len(shortlist.children) > 1 and len(shortlist.entries) > 5
    return some and any(len(entry.homes) == 1 for entry in shortlist.entries)


def parted(shortlist: Shortlist) -> bool:
    """Brothers and sisters whom no home can take together."""
    return bool(shortlist.entries) and all(entry.parted for entry in shortlist.entries)


def empty(shortlist: Shortlist) -> bool:
    """A search for which nothing can be proposed, and something nearly could."""
    return not shortlist.entries and bool(shortlist.near_misses)


def long(shortlist: Shortlist) -> bool:
    """A search with more ways than a page shows at first."""
    return len(shortlist.children) == 1 and len(shortlist.entries) == 40
