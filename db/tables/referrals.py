"""Referrals, and what is asked for each child of one."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from db.base import metadata
from db.tables.columns import code, identity, of_same_authority, own_reference, owner, place, referable, stamps
from db.types import Codes, Moment, key, small_map
from matching.codes import (
    AvoidReason,
    ExpectedLength,
    Known,
    LivingWith,
    OtherChildrenSex,
    Parent,
    PriceAddOn,
    SearchKind,
    Skill,
    Staffing,
    ViewAsked,
    Wanted,
)
from matching.referrals import ReferralState

referrals = Table(
    "referrals",
    metadata,
    identity(),
    owner(),
    *own_reference(),
    referable(),
    Column("reference", String(12), nullable=False),
    *code("state", ReferralState),
    *code("kind", SearchKind),
    Column("opened", Moment, nullable=False),
    Column("wanted_by", Date, nullable=False),
    Column("wanted_time", String(5)),
    *code("length", ExpectedLength),
    Column("expected_nights", Integer),
    Column("nights_a_month", Integer),
    Column("sibling_group_id", key()),
    *stamps(),
    of_same_authority("sibling_group_id", "sibling_groups"),
    UniqueConstraint("authority_id", "reference"),
)
Index("ix_referrals_authority_id_state", referrals.c.authority_id, referrals.c.state)

referral_asks = Table(
    "referral_asks",
    metadata,
    Column("referral_id", key(), primary_key=True),
    Column("child_id", key(), primary_key=True),
    Column("position", Integer, nullable=False),
    owner(),
    Column("suitability", small_map(), nullable=False),
    *code("close_to_family", Known),
    *code("in_school", Known),
    *code("keep_school", Known),
    Column("school_year", Integer),
    *code("living_with", LivingWith),
    *code("other_children_sex", OtherChildrenSex),
    *code("pets", Known),
    *code("staffing", Staffing),
    Column("risks", small_map(), nullable=False),
    *code("culture", Wanted),
    *code("religion", Wanted),
    *code("language", Wanted),
    Column("skills", Codes(Skill), nullable=False),
    Column("add_ons", Codes(PriceAddOn), nullable=False),
    Column("secure", Boolean, nullable=False),
    *code("readiness_assessed", Known),
    *code("joint_housing_assessed", Known),
    Column("homeless", Boolean, nullable=False),
    *code("parent", Parent, nullable=True),
    Column("baby_born", Date),
    Column("stability_plan_on", Date),
    *code("view_asked", ViewAsked),
    *code("pre_visit_wanted", Known),
    of_same_authority("referral_id", "referrals", cascade=True),
    of_same_authority("child_id", "children"),
)
Index("ix_referral_asks_child_id", referral_asks.c.child_id)

_ASK = (["referral_id", "child_id"], ["referral_asks.referral_id", "referral_asks.child_id"])

child_views = Table(
    "child_views",
    metadata,
    Column("referral_id", key(), primary_key=True),
    Column("child_id", key(), primary_key=True),
    owner(),
    Column("said", Text, nullable=False),
    Column("places_wanted", Text, nullable=False),
    Column("people_wanted", Text, nullable=False),
    ForeignKeyConstraint(*_ASK, ondelete="CASCADE"),
)
"""The child's own words, kept apart: matching has no need of them."""

avoided_places = Table(
    "avoided_places",
    metadata,
    Column("referral_id", key(), primary_key=True),
    Column("child_id", key(), primary_key=True),
    Column("position", Integer, primary_key=True),
    owner(),
    *place(),
    Column("radius_metres", Integer, nullable=False),
    *code("reason", AvoidReason),
    ForeignKeyConstraint(*_ASK, ondelete="CASCADE"),
)

never_with = Table(
    "never_with",
    metadata,
    Column("referral_id", key(), primary_key=True),
    Column("child_id", key(), primary_key=True),
    Column("other_id", key(), primary_key=True),
    owner(),
    ForeignKeyConstraint(*_ASK, ondelete="CASCADE"),
    of_same_authority("other_id", "children"),
)
Index("ix_never_with_other_id", never_with.c.other_id)
