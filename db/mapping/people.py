"""Children and sibling groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from db.mapping.places import place_columns, place_of
from db.mapping.shapes import Part, Shape, Values
from db.tables import people
from matching.people import Child, SiblingGroup, SiblingPair
from matching.places import ImportantPlace

_SAME = (
    "external_ref",
    "born",
    "sex",
    "ethnicity",
    "religion",
    "languages",
    "communication",
    "health",
    "health_recorded",
    "disabled",
    "access",
    "send",
    "ehcp",
    "uasc",
    "legal_status",
    "care_plan",
    "deprivation_of_liberty",
    "section_20_consent",
    "delegated_authority",
    "in_care_since",
)
"""Fields of a child whose column has the same name."""


def _child_row(child: Child) -> Values:
    return {"id": child.id, "authority_id": child.authority} | {name: getattr(child, name) for name in _SAME}


def _place_rows(child: Child) -> list[Values]:
    return [
        {
            "child_id": child.id,
            "position": position,
            "authority_id": child.authority,
            "kind": important.kind,
            "frequency": important.frequency,
            **place_columns(important.place),
        }
        for position, important in enumerate(child.important_places)
    ]


def child_of(row: Any, places: Sequence[Any]) -> Child:
    """The child that a row and its places hold."""
    return Child(
        id=row.id,
        authority=row.authority_id,
        external_ref=row.external_ref,
        born=row.born,
        sex=row.sex,
        ethnicity=row.ethnicity,
        religion=row.religion,
        languages=row.languages,
        communication=row.communication,
        health=row.health,
        health_recorded=row.health_recorded,
        disabled=row.disabled,
        access=row.access,
        send=row.send,
        ehcp=row.ehcp,
        uasc=row.uasc,
        legal_status=row.legal_status,
        care_plan=row.care_plan,
        deprivation_of_liberty=row.deprivation_of_liberty,
        section_20_consent=row.section_20_consent,
        delegated_authority=row.delegated_authority,
        in_care_since=row.in_care_since,
        important_places=tuple(ImportantPlace(at.kind, place_of(at), at.frequency) for at in places),
    )


CHILDREN: Shape[Child] = Shape(
    noun="child",
    table=people.children,
    row=_child_row,
    build=child_of,
    parts=(Part(table=people.important_places, parent="child_id", rows=_place_rows),),
    audited=frozenset({"id", "external_ref", "version"}),  # the rest is special-category data, and audit is for ever
)


def _member_rows(group: SiblingGroup) -> list[Values]:
    return [
        {"group_id": group.id, "child_id": child, "position": position, "authority_id": group.authority}
        for position, child in enumerate(group.members)
    ]


def _pair_rows(group: SiblingGroup) -> list[Values]:
    return [
        {
            "group_id": group.id,
            "one_id": pair.one,
            "other_id": pair.other,
            "position": position,
            "authority_id": group.authority,
            "assessed": pair.assessed,
            "assessed_by": pair.assessed_by,
            "assessed_on": pair.assessed_on,
        }
        for position, pair in enumerate(group.pairs)
    ]


def group_of(row: Any, members: Sequence[Any], pairs: Sequence[Any]) -> SiblingGroup:
    """The sibling group that a row, its members and their assessments hold."""
    return SiblingGroup(
        id=row.id,
        authority=row.authority_id,
        external_ref=row.external_ref,
        members=tuple(member.child_id for member in members),
        pairs=tuple(
            SiblingPair(pair.one_id, pair.other_id, pair.assessed, pair.assessed_by, pair.assessed_on) for pair in pairs
        ),
    )


SIBLING_GROUPS: Shape[SiblingGroup] = Shape(
    noun="sibling group",
    table=people.sibling_groups,
    row=lambda group: {"id": group.id, "authority_id": group.authority, "external_ref": group.external_ref},
    build=group_of,
    parts=(
        Part(table=people.sibling_members, parent="group_id", rows=_member_rows),
        Part(table=people.sibling_pairs, parent="group_id", rows=_pair_rows),
    ),
    audited=frozenset({"external_ref"}),
)
