"""Providers and homes from their rows, and their rows from them."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from app.interchange import home_files as files
from app.interchange.nouns import BadRow, Record, Resolver, Written
from app.interchange.shared_columns import (
    read_ages,
    read_period,
    write_ages,
    write_period,
    write_place,
)
from app.interchange.tables import Row, Values
from matching.homes import (
    ApprovalTerms,
    Availability,
    EffectiveBeds,
    Home,
    Household,
    HouseholdMember,
    PreferredRange,
    Prices,
    Provider,
    SkillHeld,
    StatementOfPurpose,
    WeeklyPrice,
)
from matching.values import ChildId, HomeId, Pence, ProviderId

_PROVIDER = ("name", "sector", "framework_tier", "open_concern")
_HOME = (
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
_TERMS = ("sexes", "number", "care_types", "named_children_only", "temporary_until", "temporary_extended")
_PRICES = ("contract", "base_year", "notice_days")
"""Fields whose column has the same name."""


def read_provider(record: Record, names: Resolver) -> Provider:
    """A provider from its row."""
    row = record.row
    return Provider(
        id=ProviderId(record.id), authority=names.authority.id, external_ref=record.ref, **row.pick(*_PROVIDER)
    )


def write_provider(provider: Provider, names: Resolver) -> Iterator[Written]:
    """The row of a provider."""
    del names
    yield files.PROVIDERS, {"provider_ref": provider.external_ref} | _same(provider, _PROVIDER)


def read_home(record: Record, names: Resolver) -> Home:
    """A home from its row and the rows of its parts."""
    row = record.row
    return Home(
        id=HomeId(record.id),
        authority=names.authority.id,
        external_ref=record.ref,
        provider=ProviderId(names.require(row, "provider", "provider_ref")),
        place=names.place(row),
        region=names.authority.region if row["shared"] else None,
        approvals=_approvals(record, names),
        purposes=tuple(_purpose(part) for part in record.parts(files.PURPOSES)),
        preferred=PreferredRange(read_ages(row.values, "preferred_"), row["preferred_sexes"]),
        effective=_effective(row),
        availability=Availability(
            row["availability"],
            row["availability_reason"],
            row["availability_from"],
            row["availability_until"],
            row["last_confirmed"],
            row["nights_of_week"],
        ),
        household=Household(
            own_children=tuple(HouseholdMember(at["age"], at["sex"]) for at in record.parts(files.OWN_CHILDREN)),
            **row.pick(*_HOUSEHOLD),
        ),
        skills=tuple(
            SkillHeld(at["skill"], at["level"], at["since"], at["weeks_to_train"])
            for at in record.parts(files.HOME_SKILLS)
        ),
        meets=MappingProxyType(record.once(files.HOME_MEETS, "domain", "level")),
        prices=_prices(record),
        **row.pick(*_HOME),
    )


def _effective(row: Row) -> EffectiveBeds | None:
    beds, reason, review = row["effective_beds"], row["effective_reason"], row["effective_review_on"]
    if beds is None and reason is None and review is None:
        return None
    if None in (beds, reason, review):
        raise BadRow(
            row, "effective_beds", "Effective beds need a number, a reason and a review date", "Give all three"
        )
    return EffectiveBeds(beds, reason, review)


def _approvals(record: Record, names: Resolver) -> tuple[ApprovalTerms, ...]:
    rows = record.parts(files.APPROVALS)
    named: dict[tuple[int, bool], set[ChildId]] = {}
    for at in record.parts(files.APPROVAL_CHILDREN):
        if at["approval"] > len(rows):
            raise BadRow(at, "approval", "The home has no such row in approvals.csv", "Count its rows from 1")
        child = ChildId(names.require(at, "child", "child_ref"))
        named.setdefault((at["approval"], at["exempt"]), set()).add(child)
    return tuple(
        ApprovalTerms(
            period=read_period(at),
            ages=read_ages(at.values),
            named_children=frozenset(named.get((number, False), ())),
            exempt_children=frozenset(named.get((number, True), ())),
            **at.pick(*_TERMS),
        )
        for number, at in enumerate(rows, start=1)
    )


def _purpose(at: Row) -> StatementOfPurpose:
    return StatementOfPurpose(
        period=read_period(at),
        ages=read_ages(at.values),
        sexes=at["sexes"],
        number=at["number"],
        highest_levels=MappingProxyType(at["highest_levels"]),
    )


def _prices(record: Record) -> Prices:
    return Prices(
        base=tuple(
            WeeklyPrice(ages, at["band"], Pence(at["weekly"]))
            for at in record.parts(files.PRICES)
            if (ages := read_ages(at.values)) is not None
        ),
        add_ons=MappingProxyType(record.once(files.PRICE_ADD_ONS, "add_on", "weekly")),
        **record.row.pick(*_PRICES),
    )


def write_home(home: Home, names: Resolver) -> Iterator[Written]:
    """The row of a home, and the rows of its parts."""
    effective, available = home.effective, home.availability
    of = {"home_ref": home.external_ref}
    yield (
        files.HOMES,
        of
        | {"provider_ref": names.ref("provider", home.provider), "shared": home.region is not None}
        | write_place(home.place, names.gazetteer)
        | write_ages(home.preferred.ages, "preferred_")
        | {"preferred_sexes": home.preferred.sexes}
        | _same(home, _HOME)
        | _same(home.household, _HOUSEHOLD)
        | _same(home.prices, _PRICES)
        | {
            "effective_beds": effective and effective.beds,
            "effective_reason": effective and effective.reason,
            "effective_review_on": effective and effective.review_on,
            "availability": available.state,
            "availability_reason": available.reason,
            "availability_from": available.from_day,
            "availability_until": available.until,
            "last_confirmed": available.last_confirmed,
            "nights_of_week": available.nights_of_week,
        },
    )
    yield from ((table, of | values) for table, values in _part_rows(home, names))


def _part_rows(home: Home, names: Resolver) -> Iterator[Written]:
    for number, terms in enumerate(home.approvals, start=1):
        yield files.APPROVALS, write_period(terms.period) | write_ages(terms.ages) | _same(terms, _TERMS)
        for exempt, children in ((False, terms.named_children), (True, terms.exempt_children)):
            for ref in sorted(names.ref("child", child) for child in children):
                yield files.APPROVAL_CHILDREN, {"approval": number, "child_ref": ref, "exempt": exempt}
    yield from _other_part_rows(home)


def _other_part_rows(home: Home) -> Iterator[Written]:
    for statement in home.purposes:
        same = _same(statement, ("sexes", "number", "highest_levels"))
        yield files.PURPOSES, write_period(statement.period) | write_ages(statement.ages) | same
    for held in home.skills:
        yield files.HOME_SKILLS, _same(held, ("skill", "level", "since", "weeks_to_train"))
    for domain, level in home.meets.items():
        yield files.HOME_MEETS, {"domain": domain, "level": level}
    for price in home.prices.base:
        yield files.PRICES, write_ages(price.ages) | _same(price, ("band", "weekly"))
    for add_on, pence in home.prices.add_ons.items():
        yield files.PRICE_ADD_ONS, {"add_on": add_on, "weekly": pence}
    for member in home.household.own_children:
        yield files.OWN_CHILDREN, _same(member, ("age", "sex"))


def _same(value: Any, names: tuple[str, ...]) -> Values:
    return {name: getattr(value, name) for name in names}
