"""Providers and homes, with everything a home says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from db.mapping.home_parts import (
    approval_child_rows,
    approval_rows,
    approvals_of,
    base_prices_of,
    price_rows,
    purpose_rows,
    purposes_of,
    skill_rows,
    skills_of,
)
from db.mapping.places import age_columns, ages_of, place_columns, place_of
from db.mapping.shapes import Part, Shape, Values
from db.tables import homes
from matching.codes import PriceAddOn, Sex
from matching.homes import (
    Availability,
    EffectiveBeds,
    Home,
    Household,
    HouseholdMember,
    PreferredRange,
    Prices,
    Provider,
)

_SAME = (
    "external_ref",
    "sector",
    "kind",
    "urn",
    "registered",
    "ofsted",
    "ofsted_on",
    "provider_concern",
    "registered_beds",
    "bedrooms",
    "bedrooms_may_share",
    "solo_only",
    "access",
    "staffing",
    "bed_types",
    "impact_assessed_on",
    "annual_review_due",
    "dbs_due",
)
"""Fields of a home whose column has the same name."""

_HOUSEHOLD = (
    "smokers",
    "pets",
    "languages",
    "religion",
    "religions_supported",
    "ethnicities",
    "ethnicities_supported",
    "drives",
)


def _home_row(home: Home) -> Values:
    effective, available, household, prices = home.effective, home.availability, home.household, home.prices
    return {
        "id": home.id,
        "authority_id": home.authority,
        "provider_id": home.provider,
        "region_id": home.region,
        **{name: getattr(home, name) for name in _SAME},
        **place_columns(home.place),
        **age_columns(home.preferred.ages, "preferred_"),
        "preferred_sexes": home.preferred.sexes,
        "effective_beds": None if effective is None else effective.beds,
        "effective_reason": None if effective is None else effective.reason,
        "effective_review_on": None if effective is None else effective.review_on,
        "availability": available.state,
        "availability_reason": available.reason,
        "availability_from": available.from_day,
        "availability_until": available.until,
        "last_confirmed": available.last_confirmed,
        "nights_of_week": available.nights_of_week,
        **{name: getattr(household, name) for name in _HOUSEHOLD},
        "own_children": [[member.age, member.sex.value] for member in household.own_children],
        "meets": dict(home.meets),
        "add_ons": {add_on.value: pence for add_on, pence in prices.add_ons.items()},
        "contract": prices.contract,
        "base_year": prices.base_year,
        "notice_days": prices.notice_days,
    }


def home_of(
    row: Any,
    approvals: Sequence[Any],
    approval_children: Sequence[Any],
    purposes: Sequence[Any],
    skills: Sequence[Any],
    prices: Sequence[Any],
) -> Home:
    """The home that a row and the rows of its parts hold."""
    return Home(
        id=row.id,
        authority=row.authority_id,
        external_ref=row.external_ref,
        provider=row.provider_id,
        sector=row.sector,
        kind=row.kind,
        place=place_of(row),
        region=row.region_id,
        urn=row.urn,
        registered=row.registered,
        ofsted=row.ofsted,
        ofsted_on=row.ofsted_on,
        provider_concern=row.provider_concern,
        approvals=approvals_of(approvals, approval_children),
        purposes=purposes_of(purposes),
        preferred=_preferred(row.preferred_youngest, row.preferred_oldest, row.preferred_sexes),
        registered_beds=row.registered_beds,
        effective=None
        if row.effective_beds is None
        else EffectiveBeds(row.effective_beds, row.effective_reason, row.effective_review_on),
        bedrooms=row.bedrooms,
        bedrooms_may_share=row.bedrooms_may_share,
        solo_only=row.solo_only,
        availability=Availability(
            row.availability,
            row.availability_reason,
            row.availability_from,
            row.availability_until,
            row.last_confirmed,
            row.nights_of_week,
        ),
        household=_household(row),
        access=row.access,
        skills=skills_of(skills),
        meets=MappingProxyType(row.meets),
        staffing=row.staffing,
        bed_types=row.bed_types,
        impact_assessed_on=row.impact_assessed_on,
        prices=_prices(row, prices),
        annual_review_due=row.annual_review_due,
        dbs_due=row.dbs_due,
    )


@lru_cache(maxsize=1024)
def _preferred(youngest: int | None, oldest: int | None, sexes: frozenset[Sex]) -> PreferredRange:
    return PreferredRange(ages_of(youngest, oldest), sexes)


def _household(row: Any) -> Household:
    return Household(
        smokers=row.smokers,
        pets=row.pets,
        own_children=tuple(HouseholdMember(age, Sex(sex)) for age, sex in row.own_children),
        languages=row.languages,
        religion=row.religion,
        religions_supported=row.religions_supported,
        ethnicities=row.ethnicities,
        ethnicities_supported=row.ethnicities_supported,
        drives=row.drives,
    )


def _prices(row: Any, base: Sequence[Any]) -> Prices:
    return Prices(
        base=base_prices_of(base),
        add_ons=MappingProxyType({PriceAddOn(add_on): pence for add_on, pence in row.add_ons.items()}),
        contract=row.contract,
        base_year=row.base_year,
        notice_days=row.notice_days,
    )


HOMES: Shape[Home] = Shape(
    noun="home",
    table=homes.homes,
    row=_home_row,
    build=home_of,
    parts=(
        Part(table=homes.approvals, parent="home_id", rows=approval_rows),
        Part(table=homes.approval_children, parent="home_id", rows=approval_child_rows),
        Part(table=homes.purposes, parent="home_id", rows=purpose_rows),
        Part(table=homes.home_skills, parent="home_id", rows=skill_rows),
        Part(table=homes.weekly_prices, parent="home_id", rows=price_rows),
    ),
    audited=frozenset(
        {
            "external_ref",
            "provider_id",
            "region_id",
            "sector",
            "kind",
            "urn",
            "registered",
            "ofsted",
            "ofsted_on",
            "provider_concern",
            "registered_beds",
            "effective_beds",
            "effective_reason",
            "effective_review_on",
            "solo_only",
            "availability",
            "availability_reason",
            "availability_from",
            "availability_until",
            "last_confirmed",
            "contract",
        }
    ),
)

_PROVIDER = ("external_ref", "name", "sector", "framework_tier", "open_concern")

PROVIDERS: Shape[Provider] = Shape(
    noun="provider",
    table=homes.providers,
    row=lambda provider: (
        {"id": provider.id, "authority_id": provider.authority} | {name: getattr(provider, name) for name in _PROVIDER}
    ),
    build=lambda row: Provider(
        id=row.id,
        authority=row.authority_id,
        external_ref=row.external_ref,
        name=row.name,
        sector=row.sector,
        framework_tier=row.framework_tier,
        open_concern=row.open_concern,
    ),
    audited=frozenset({"external_ref", "sector", "framework_tier", "open_concern"}),
)
