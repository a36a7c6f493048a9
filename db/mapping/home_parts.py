"""The parts of a home that stand in tables of their own: approvals, purposes, skills and prices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from db.mapping.places import age_columns, ages_of
from db.mapping.shapes import Values
from matching.codes import NeedsBand, Skill, SkillLevel
from matching.homes import ApprovalTerms, Home, SkillHeld, StatementOfPurpose, WeeklyPrice
from matching.values import AgeRange, ChildId, Pence, Period


def _at(home: Home, position: int) -> Values:
    return {"home_id": home.id, "position": position, "authority_id": home.authority}


def _period_columns(period: Period) -> Values:
    return {"starts": period.starts, "ends": period.ends}


def approval_rows(home: Home) -> list[Values]:
    """A row for each set of terms of approval."""
    return [
        {
            **_at(home, position),
            **_period_columns(terms.period),
            **age_columns(terms.ages),
            "sexes": terms.sexes,
            "number": terms.number,
            "care_types": terms.care_types,
            "named_children_only": terms.named_children_only,
            "temporary_until": terms.temporary_until,
            "temporary_extended": terms.temporary_extended,
        }
        for position, terms in enumerate(home.approvals)
    ]


def approval_child_rows(home: Home) -> list[Values]:
    """A row for each child whom terms of approval, or an exemption, name."""
    return [
        {**_at(home, position), "child_id": child, "exempt": exempt}
        for position, terms in enumerate(home.approvals)
        for exempt, children in ((False, terms.named_children), (True, terms.exempt_children))
        for child in sorted(children)
    ]


def approvals_of(rows: Sequence[Any], children: Sequence[Any]) -> tuple[ApprovalTerms, ...]:
    """The terms of approval of one home, in their order."""
    return tuple(
        ApprovalTerms(
            period=Period(row.starts, row.ends),
            ages=ages_of(row.youngest, row.oldest),
            sexes=row.sexes,
            number=row.number,
            care_types=row.care_types,
            named_children=_named(children, row.position, exempt=False),
            named_children_only=row.named_children_only,
            exempt_children=_named(children, row.position, exempt=True),
            temporary_until=row.temporary_until,
            temporary_extended=row.temporary_extended,
        )
        for row in rows
    )


_NOBODY: frozenset[ChildId] = frozenset()


def _named(rows: Sequence[Any], position: int, *, exempt: bool) -> frozenset[ChildId]:
    if not rows:
        return _NOBODY
    return frozenset(row.child_id for row in rows if row.position == position and row.exempt is exempt)


def purpose_rows(home: Home) -> list[Values]:
    """A row for each statement of purpose."""
    return [
        {
            **_at(home, position),
            **_period_columns(statement.period),
            **age_columns(statement.ages),
            "sexes": statement.sexes,
            "number": statement.number,
            "highest_levels": dict(statement.highest_levels),
        }
        for position, statement in enumerate(home.purposes)
    ]


def purposes_of(rows: Sequence[Any]) -> tuple[StatementOfPurpose, ...]:
    """The statements of purpose of one home, in their order."""
    return tuple(
        StatementOfPurpose(
            period=Period(row.starts, row.ends),
            ages=ages_of(row.youngest, row.oldest),
            sexes=row.sexes,
            number=row.number,
            highest_levels=MappingProxyType(row.highest_levels),
        )
        for row in rows
    )


def skills_of(rows: Sequence[Any]) -> tuple[SkillHeld, ...]:
    """The skills held in one home. Thousands of rows: they are unpacked by place, which is twice as fast."""
    return tuple(_held(skill, level, since, weeks) for _home, _at, skill, level, since, weeks in rows)


def base_prices_of(rows: Sequence[Any]) -> tuple[WeeklyPrice, ...]:
    """The base prices of one home, unpacked by place."""
    return tuple(_price(youngest, oldest, band, pence) for _home, _at, youngest, oldest, band, pence in rows)


def skill_rows(home: Home) -> list[Values]:
    """A row for each skill held."""
    return [
        {
            **_at(home, position),
            "skill": held.skill,
            "level": held.level,
            "since": held.since,
            "weeks_to_train": held.weeks_to_train,
        }
        for position, held in enumerate(home.skills)
    ]


def price_rows(home: Home) -> list[Values]:
    """A row for each base price."""
    return [
        {
            **_at(home, position),
            "youngest": price.ages.youngest,
            "oldest": price.ages.oldest,
            "band": price.band,
            "weekly_pence": price.weekly,
        }
        for position, price in enumerate(home.prices.base)
    ]


@lru_cache(maxsize=8192)
def _held(skill: Skill, level: SkillLevel, since: date | None, weeks_to_train: int | None) -> SkillHeld:
    return SkillHeld(skill, level, since, weeks_to_train)


@lru_cache(maxsize=8192)
def _price(youngest: int, oldest: int, band: NeedsBand, pence: int) -> WeeklyPrice:
    return WeeklyPrice(AgeRange(youngest, oldest), band, Pence(pence))
