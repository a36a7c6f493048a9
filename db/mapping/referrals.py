"""Referrals and what they ask for each child."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from db.mapping.places import place_columns, place_of
from db.mapping.shapes import Part, Shape, Values
from db.tables import referrals
from matching.codes import Risk, RiskLevel, Setting, Suitability
from matching.places import AvoidedPlace
from matching.referrals import Asks, ChildView, Referral
from matching.values import Metres

_SAME = (
    "external_ref",
    "state",
    "kind",
    "opened",
    "wanted_by",
    "wanted_time",
    "length",
    "expected_nights",
    "nights_a_month",
)
_ASK_SAME = (
    "close_to_family",
    "in_school",
    "keep_school",
    "school_year",
    "living_with",
    "other_children_sex",
    "pets",
    "staffing",
    "culture",
    "religion",
    "language",
    "skills",
    "add_ons",
    "secure",
    "readiness_assessed",
    "joint_housing_assessed",
    "homeless",
    "parent",
    "baby_born",
    "stability_plan_on",
)
"""Fields whose column has the same name."""


def _referral_row(referral: Referral) -> Values:
    return {
        "id": referral.id,
        "authority_id": referral.authority,
        "sibling_group_id": referral.sibling_group,
        **{name: getattr(referral, name) for name in _SAME},
    }


def _each(referral: Referral) -> Iterator[tuple[Asks, Values]]:
    for ask in referral.asks:
        yield ask, {"referral_id": referral.id, "child_id": ask.child, "authority_id": referral.authority}


def _ask_rows(referral: Referral) -> list[Values]:
    return [
        {
            **of_whom,
            "position": position,
            **{name: getattr(ask, name) for name in _ASK_SAME},
            "suitability": {setting.value: said.value for setting, said in ask.suitability.items()},
            "risks": {risk.value: level.value for risk, level in ask.risks.items()},
            "view_asked": ask.view.asked,
            "pre_visit_wanted": ask.view.pre_visit_wanted,
        }
        for position, (ask, of_whom) in enumerate(_each(referral))
    ]


def _view_rows(referral: Referral) -> list[Values]:
    return [
        {
            **of_whom,
            "said": ask.view.said,
            "places_wanted": ask.view.places_wanted,
            "people_wanted": ask.view.people_wanted,
        }
        for ask, of_whom in _each(referral)
        if ask.view.said or ask.view.places_wanted or ask.view.people_wanted
    ]


def _avoided_rows(referral: Referral) -> list[Values]:
    return [
        {
            **of_whom,
            "position": position,
            **place_columns(avoided.place),
            "radius_metres": avoided.radius,
            "reason": avoided.reason,
        }
        for ask, of_whom in _each(referral)
        for position, avoided in enumerate(ask.avoid)
    ]


def _never_rows(referral: Referral) -> list[Values]:
    return [{**of_whom, "other_id": other} for ask, of_whom in _each(referral) for other in sorted(ask.never_with)]


def referral_of(
    row: Any, asks: Sequence[Any], views: Sequence[Any], avoided: Sequence[Any], never: Sequence[Any]
) -> Referral:
    """The referral that a row and the rows of its parts hold; the child's own words only when they were read."""
    in_order = sorted(asks, key=lambda ask: ask.position)
    return Referral(
        id=row.id,
        authority=row.authority_id,
        external_ref=row.external_ref,
        state=row.state,
        kind=row.kind,
        opened=row.opened,
        wanted_by=row.wanted_by,
        wanted_time=row.wanted_time,
        length=row.length,
        expected_nights=row.expected_nights,
        nights_a_month=row.nights_a_month,
        asks=tuple(
            _ask_of(ask, _of(views, ask.child_id), _of(avoided, ask.child_id), _of(never, ask.child_id))
            for ask in in_order
        ),
        sibling_group=row.sibling_group_id,
    )


def _of(rows: Sequence[Any], child: UUID) -> list[Any]:
    return [row for row in rows if row.child_id == child] if rows else []


def _ask_of(row: Any, views: Sequence[Any], avoided: Sequence[Any], never: Sequence[Any]) -> Asks:
    said = views[0] if views else None
    return Asks(
        child=row.child_id,
        suitability=MappingProxyType({Setting(k): Suitability(v) for k, v in row.suitability.items()}),
        avoid=tuple(AvoidedPlace(place_of(at), Metres(at.radius_metres), at.reason) for at in avoided),
        never_with=frozenset(at.other_id for at in never),
        risks=MappingProxyType({Risk(k): RiskLevel(v) for k, v in row.risks.items()}),
        view=ChildView(
            asked=row.view_asked,
            said=said.said if said else "",
            places_wanted=said.places_wanted if said else "",
            people_wanted=said.people_wanted if said else "",
            pre_visit_wanted=row.pre_visit_wanted,
        ),
        **{name: getattr(row, name) for name in _ASK_SAME},
    )


REFERRALS: Shape[Referral] = Shape(
    noun="referral",
    table=referrals.referrals,
    row=_referral_row,
    build=referral_of,
    parts=(
        Part(table=referrals.referral_asks, parent="referral_id", rows=_ask_rows),
        Part(table=referrals.child_views, parent="referral_id", rows=_view_rows, words=True),
        Part(table=referrals.avoided_places, parent="referral_id", rows=_avoided_rows),
        Part(table=referrals.never_with, parent="referral_id", rows=_never_rows),
    ),
    audited=frozenset({"external_ref", "state", "kind", "wanted_by", "length", "sibling_group_id"}),
)
