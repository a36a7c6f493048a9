"""Children, who they are (kept apart), the places that matter to them, and brothers and sisters."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from db.base import metadata
from db.tables.columns import code, identity, of_same_authority, own_reference, owner, place, referable, stamps
from db.types import Codes, Moment, key
from matching.codes import (
    Access,
    CarePlan,
    Communication,
    DeprivationOfLiberty,
    Frequency,
    Health,
    Known,
    LegalStatus,
    PlaceKind,
    Religion,
    Sex,
    SiblingAssessed,
)

children = Table(
    "children",
    metadata,
    identity(),
    owner(),
    *own_reference(),
    referable(),
    Column("born", Date, nullable=False),
    *code("sex", Sex),
    Column("ethnicity", String(10)),
    *code("religion", Religion, nullable=True),
    Column("languages", Codes, nullable=False),
    Column("communication", Codes(Communication), nullable=False),
    Column("health", Codes(Health), nullable=False),
    Column("health_recorded", Boolean, nullable=False),
    *code("disabled", Known),
    Column("access", Codes(Access), nullable=False),
    *code("send", Known),
    *code("ehcp", Known),
    Column("uasc", Boolean, nullable=False),
    *code("legal_status", LegalStatus, nullable=True),
    *code("care_plan", CarePlan),
    *code("deprivation_of_liberty", DeprivationOfLiberty),
    *code("section_20_consent", Known),
    *code("delegated_authority", Known),
    Column("in_care_since", Date),
    *stamps(),
)

child_identities = Table(
    "child_identities",
    metadata,
    Column("child_id", key(), primary_key=True),
    owner(),
    Column("given_name", String(200), nullable=False),
    Column("family_name", String(200), nullable=False),
    Column("initials", String(10), nullable=False),
    Column("updated_at", Moment, nullable=False),
    of_same_authority("child_id", "children", cascade=True),
)

important_places = Table(
    "important_places",
    metadata,
    Column("child_id", key(), primary_key=True),
    Column("position", Integer, primary_key=True),
    owner(),
    *code("kind", PlaceKind),
    *place(),
    *code("frequency", Frequency),
    of_same_authority("child_id", "children", cascade=True),
)

sibling_groups = Table(
    "sibling_groups",
    metadata,
    identity(),
    owner(),
    *own_reference(),
    referable(),
    *stamps(),
)

sibling_members = Table(
    "sibling_members",
    metadata,
    Column("group_id", key(), primary_key=True),
    Column("child_id", key(), primary_key=True),
    Column("position", Integer, nullable=False),
    owner(),
    of_same_authority("group_id", "sibling_groups", cascade=True),
    of_same_authority("child_id", "children"),
    UniqueConstraint("group_id", "position"),
)
Index("ix_sibling_members_child_id", sibling_members.c.child_id)

sibling_pairs = Table(
    "sibling_pairs",
    metadata,
    Column("group_id", key(), primary_key=True),
    Column("one_id", key(), primary_key=True),
    Column("other_id", key(), primary_key=True),
    Column("position", Integer, nullable=False),
    owner(),
    *code("assessed", SiblingAssessed),
    Column("assessed_by", String(100)),
    Column("assessed_on", Date),
    of_same_authority("group_id", "sibling_groups", cascade=True),
    # both must be members of this very group
    ForeignKeyConstraint(["group_id", "one_id"], ["sibling_members.group_id", "sibling_members.child_id"]),
    ForeignKeyConstraint(["group_id", "other_id"], ["sibling_members.group_id", "sibling_members.child_id"]),
    CheckConstraint("one_id <> other_id", name="two_children"),
)
