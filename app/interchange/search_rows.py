"""Referrals and placements from their rows, and their rows from them."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from app.interchange import search_files as files
from app.interchange.nouns import BadRow, Record, Resolver, Written
from app.interchange.shared_columns import write_place
from app.interchange.stay_files import PLACEMENTS
from app.interchange.tables import Row, Values
from matching.codes import Known
from matching.placements import Placement
from matching.places import AvoidedPlace
from matching.referrals import Asks, ChildView, Referral
from matching.values import ChildId, HomeId, Metres, PlacementId, ReferralId, SiblingGroupId

_REFERRAL = ("kind", "wanted_by", "state", "opened", "wanted_time", "length", "expected_nights", "nights_a_month")
_SHARED = (*_REFERRAL, "sibling_group_ref")
"""What every row of one referral must say alike."""
_ASK = (
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
_PLACEMENT = ("state", "starts", "planned_end", "ended", "end_reason", "statutory_code")
"""Fields whose column has the same name."""


def read_referral(record: Record, names: Resolver) -> Referral:
    """A referral from a row for each of its children."""
    row = record.row
    for other in record.rows[1:]:
        for key in _SHARED:
            if other[key] != row[key]:
                raise BadRow(
                    other, key, "This differs from the referral's first row", "Say the same in each of its rows"
                )
    _refuse_strangers(record)
    group = row["sibling_group_ref"]
    return Referral(
        id=ReferralId(record.id),
        authority=names.authority.id,
        external_ref=record.ref,
        asks=tuple(_asks(record, one, names) for one in record.rows),
        sibling_group=None
        if group is None
        else SiblingGroupId(names.require(row, "sibling_group", "sibling_group_ref")),
        **row.pick(*_REFERRAL),
    )


def _refuse_strangers(record: Record) -> None:
    children = {row["child_ref"] for row in record.rows}
    for table in (files.PLACES_TO_AVOID, files.NEVER_WITH):
        for at in record.parts(table):
            if at["child_ref"] not in children:
                raise BadRow(at, "child_ref", "The referral is not for this child", "Name a child of the referral")


def _asks(record: Record, row: Row, names: Resolver) -> Asks:
    mine = row["child_ref"]
    avoid = [at for at in record.parts(files.PLACES_TO_AVOID) if at["child_ref"] == mine]
    if not avoid and (row["to_avoid"] is not None or row["any_to_avoid"] is Known.YES):
        key = "to_avoid" if row["to_avoid"] is not None else "any_to_avoid"
        raise BadRow(
            row,
            key,
            "A place to avoid is spoken of, and places_to_avoid.csv has none for this child",
            "Add a row there with a postcode and a radius, so that homes near it can be kept out",
        )
    if row["siblings"] is not None and row["siblings"] > len(record.rows) - 1:
        raise BadRow(
            row,
            "siblings",
            "More brothers and sisters than the referral has other children",
            "Give each of them a row with the same referral_ref",
        )
    never = [at for at in record.parts(files.NEVER_WITH) if at["child_ref"] == mine]
    return Asks(
        child=ChildId(names.require(row, "child", "child_ref")),
        suitability=_said(row, files.SUITABILITY),
        risks=_said(row, files.RISKS),
        avoid=tuple(AvoidedPlace(names.place(at), Metres(at["radius_metres"]), at["reason"]) for at in avoid),
        never_with=frozenset(ChildId(names.require(at, "child", "other_ref")) for at in never),
        view=ChildView(
            row["view_asked"],
            row["view_said"],
            row["view_places_wanted"],
            row["view_people_wanted"],
            row["pre_visit_wanted"],
        ),
        **row.pick(*_ASK),
    )


def _said(row: Row, about: dict[str, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType({what: row[key] for key, what in about.items() if row[key] is not None})


def write_referral(referral: Referral, names: Resolver) -> Iterator[Written]:
    """A row for each child, and one for each place to avoid and each child never to live with."""
    shared: Values = {"referral_ref": referral.external_ref, "siblings": len(referral.asks) - 1}
    shared |= {name: getattr(referral, name) for name in _REFERRAL}
    if referral.sibling_group is not None:
        shared["sibling_group_ref"] = names.ref("sibling_group", referral.sibling_group)
    for ask in referral.asks:
        of = {"referral_ref": referral.external_ref, "child_ref": names.ref("child", ask.child)}
        yield files.REFERRALS, shared | of | _ask_values(ask)
        for avoided in ask.avoid:
            place = write_place(avoided.place, names.gazetteer)
            yield files.PLACES_TO_AVOID, of | place | {"radius_metres": avoided.radius, "reason": avoided.reason}
        for other in sorted(names.ref("child", child) for child in ask.never_with):
            yield files.NEVER_WITH, of | {"other_ref": other}


def _ask_values(ask: Asks) -> Values:
    return {
        **{name: getattr(ask, name) for name in _ASK},
        **{key: ask.suitability.get(setting) for key, setting in files.SUITABILITY.items()},
        **{key: ask.risks.get(risk) for key, risk in files.RISKS.items()},
        "any_to_avoid": Known.YES if ask.avoid else None,
        "view_asked": ask.view.asked,
        "view_said": ask.view.said,
        "view_places_wanted": ask.view.places_wanted,
        "view_people_wanted": ask.view.people_wanted,
        "pre_visit_wanted": ask.view.pre_visit_wanted,
    }


def read_placement(record: Record, names: Resolver) -> Placement:
    """A placement from its row."""
    row = record.row
    return Placement(
        id=PlacementId(record.id),
        authority=names.authority.id,
        external_ref=record.ref,
        child=ChildId(names.require(row, "child", "child_ref")),
        home=HomeId(names.home(row)),
        **row.pick(*_PLACEMENT),
    )


def write_placement(placement: Placement, names: Resolver) -> Iterator[Written]:
    """The row of a placement."""
    authority, home = names.home_ref(placement.home)
    yield (
        PLACEMENTS,
        {
            "placement_ref": placement.external_ref,
            "child_ref": names.ref("child", placement.child),
            "home_ref": home,
            "home_authority": authority,
            **{name: getattr(placement, name) for name in _PLACEMENT},
        },
    )
