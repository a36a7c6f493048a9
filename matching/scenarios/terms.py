"""A home on record with other beds, availability, terms or prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from matching.codes import AvailabilityState, EffectiveBedsReason, NeedsBand, PriceAddOn
from matching.homes import ApprovalTerms, EffectiveBeds, Home, Prices, StatementOfPurpose, WeeklyPrice
from matching.scenarios.changes import ChangeApprovals, ChangeAvailability, ChangeBeds, ChangePrices
from matching.values import AgeRange, Pence, Period, plus_days

REVIEWED_IN_DAYS = 90
"""When a lower number of beds is looked at again, in a scenario. Our own convention."""
Terms = TypeVar("Terms", ApprovalTerms, StatementOfPurpose)


def changed_home(
    home: Home, change: ChangeBeds | ChangeAvailability | ChangeApprovals | ChangePrices, as_of: date
) -> Home:
    """The home as the change has it."""
    if isinstance(change, ChangeBeds):
        return with_beds(home, home.beds + (change.by or 0) if change.to is None else change.to, as_of)
    if isinstance(change, ChangeAvailability):
        said: dict[str, Any] = {"state": change.state, "reason": None, "from_day": None, "until": change.until}
        return replace(home, availability=replace(home.availability, **said, last_confirmed=as_of))
    if isinstance(change, ChangeApprovals):
        return replace(
            home,
            approvals=tuple(_terms(terms, change, as_of) for terms in home.approvals),
            purposes=tuple(_purpose(purpose, change, as_of) for purpose in home.purposes),
        )
    return replace(home, prices=_prices(home.prices, change))


def with_beds(home: Home, beds: int, as_of: date) -> Home:
    """The home with so many effective beds: a lower number is a decision with a review, a higher one a registration.

    The terms follow: a home that may take one more child is approved, or registered, for one more.
    """
    if beds <= home.registered_beds:
        lower = EffectiveBeds(beds, EffectiveBedsReason.STAFFING, plus_days(as_of, REVIEWED_IN_DAYS))
        return replace(home, effective=None if beds == home.registered_beds else lower)
    more = beds - home.registered_beds
    return replace(
        home,
        registered_beds=beds,
        effective=None,
        bedrooms=None if home.bedrooms is None else home.bedrooms + more,
        approvals=tuple(_for_more(terms, more) for terms in home.approvals),
        purposes=tuple(_for_more(purpose, more) for purpose in home.purposes),
    )


def _for_more(terms: Terms, more: int) -> Terms:
    return terms if terms.number is None else replace(terms, number=terms.number + more)


def _terms(terms: ApprovalTerms, change: ChangeApprovals, as_of: date) -> ApprovalTerms:
    if as_of not in terms.period:
        return terms
    return replace(
        terms,
        ages=change.ages or terms.ages,
        sexes=change.sexes or terms.sexes,
        number=change.number or terms.number,
        care_types=change.care_types or terms.care_types,
    )


def _purpose(purpose: StatementOfPurpose, change: ChangeApprovals, as_of: date) -> StatementOfPurpose:
    if as_of not in purpose.period:
        return purpose
    return replace(
        purpose,
        ages=change.ages or purpose.ages,
        sexes=change.sexes or purpose.sexes,
        number=change.number or purpose.number,
    )


def one_price(weekly: Pence, prices: Prices) -> Prices:
    """The same price at every age and need; add-ons and contract as they are."""
    return replace(prices, base=tuple(WeeklyPrice(AgeRange(0, 25), band, weekly) for band in NeedsBand))


def _prices(prices: Prices, change: ChangePrices) -> Prices:
    if change.weekly is not None:
        return one_price(change.weekly, prices)
    base = tuple(replace(row, weekly=_more(row.weekly, change.per_mille or 0)) for row in prices.base)
    add_ons: Mapping[PriceAddOn, Pence] = {
        name: _more(pence, change.per_mille or 0) for name, pence in prices.add_ons.items()
    }
    return replace(prices, base=base, add_ons=MappingProxyType(dict(add_ons)))


def _more(pence: Pence, per_mille: int) -> Pence:
    """So many thousandths more, to the nearest penny."""
    return Pence((pence * (1_000 + per_mille) + 500) // 1_000)


def closed_for_all(home: Home) -> Home:
    """Nobody new moves in."""
    return replace(home, availability=replace(home.availability, state=AvailabilityState.SUSPENDED, until=None))


def newly_approved(as_of: date) -> Period:
    """From the day before, so that the terms hold on the first night."""
    return Period(plus_days(as_of, -1))
