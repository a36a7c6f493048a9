"""Children, brothers and sisters and needs profiles from their rows, and their rows from them."""

from __future__ import annotations

from collections.abc import Iterator

from app.interchange import people_files as files
from app.interchange.nouns import BadRow, Record, Resolver, Written
from app.interchange.shared_columns import write_place
from app.interchange.tables import Row
from matching.needs import DomainFinding, NeedsProfile
from matching.people import Child, SiblingGroup, SiblingPair
from matching.places import ImportantPlace
from matching.values import ChildId, ProfileId, SiblingGroupId

_CHILD = (
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
_WORDS = ("strength", "evidence", "childs_words")
"""Fields whose column has the same name."""


def read_child(record: Record, names: Resolver) -> Child:
    """A child from its row and those of the places that matter."""
    return Child(
        id=ChildId(record.id),
        authority=names.authority.id,
        external_ref=record.ref,
        important_places=tuple(
            ImportantPlace(at["kind"], names.place(at), at["frequency"]) for at in record.parts(files.IMPORTANT_PLACES)
        ),
        **record.row.pick(*_CHILD),
    )


def write_child(child: Child, names: Resolver) -> Iterator[Written]:
    """The row of a child, and one for each place that matters."""
    of = {"child_ref": child.external_ref}
    yield files.CHILDREN, of | {name: getattr(child, name) for name in _CHILD}
    for important in child.important_places:
        place = write_place(important.place, names.gazetteer)
        yield files.IMPORTANT_PLACES, of | place | {"kind": important.kind, "frequency": important.frequency}


def read_sibling_group(record: Record, names: Resolver) -> SiblingGroup:
    """A sibling group from the rows of its members and of its pairs."""
    members = [ChildId(names.require(row, "child", "child_ref")) for row in record.rows]
    if len(members) < 2:
        raise BadRow(record.row, None, "This group has one member", "Give a row for each of two or more children")
    if len(set(members)) < len(members):
        raise BadRow(record.row, "child_ref", "The group has a member twice", "Name each child once")
    return SiblingGroup(
        id=SiblingGroupId(record.id),
        authority=names.authority.id,
        external_ref=record.ref,
        members=tuple(members),
        pairs=tuple(_pair(row, names, frozenset(members)) for row in record.parts(files.SIBLING_PAIRS)),
    )


def _pair(row: Row, names: Resolver, members: frozenset[ChildId]) -> SiblingPair:
    one, other = (ChildId(names.require(row, "child", key)) for key in ("one_ref", "other_ref"))
    for child, key in ((one, "one_ref"), (other, "other_ref")):
        if child not in members:
            raise BadRow(row, key, "This child is no member of the group", "Add a row to sibling_groups.csv")
    return SiblingPair(one, other, row["assessed"], row["assessed_by"], row["assessed_on"])


def write_sibling_group(group: SiblingGroup, names: Resolver) -> Iterator[Written]:
    """A row for each member, and one for each pair that was assessed."""
    of = {"sibling_group_ref": group.external_ref}
    for child in group.members:
        yield files.SIBLING_GROUPS, of | {"child_ref": names.ref("child", child)}
    for pair in group.pairs:
        yield (
            files.SIBLING_PAIRS,
            of
            | {"one_ref": names.ref("child", pair.one), "other_ref": names.ref("child", pair.other)}
            | {name: getattr(pair, name) for name in ("assessed", "assessed_by", "assessed_on")},
        )


def read_profile(record: Record, names: Resolver) -> NeedsProfile:
    """A needs profile from its row and those of its findings."""
    row = record.row
    framework = names.framework(row, "framework")
    known = {domain.code for domain in framework.domains}
    for at in record.parts(files.NEEDS_FINDINGS):
        if at["domain"] not in known:
            raise BadRow(at, "domain", "The framework has no such domain", f"Give one of: {', '.join(sorted(known))}")
    record.once(files.NEEDS_FINDINGS, "domain", "level")
    return NeedsProfile(
        id=ProfileId(record.id),
        child=ChildId(names.require(row, "child", "child_ref")),
        external_ref=record.ref,
        framework=framework.id,
        findings=tuple(
            DomainFinding(at["domain"], at["level"], **at.pick(*_WORDS)) for at in record.parts(files.NEEDS_FINDINGS)
        ),
        **row.pick("made_on", "author", "review_due"),
    )


def write_profile(profile: NeedsProfile, names: Resolver) -> Iterator[Written]:
    """The row of a profile, and one for each domain."""
    of = {"profile_ref": profile.external_ref}
    yield (
        files.NEEDS_PROFILES,
        of
        | {"child_ref": names.ref("child", profile.child), "framework": names.framework_name(profile.framework)}
        | {name: getattr(profile, name) for name in ("made_on", "author", "review_due")},
    )
    for found in profile.findings:
        yield files.NEEDS_FINDINGS, of | {name: getattr(found, name) for name in ("domain", "level", *_WORDS)}
