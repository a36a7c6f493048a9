"""Providers and homes: terms of approval, statements of purpose, beds, household, skills and prices."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
)

from db.base import metadata
from db.tables.columns import code, identity, of_same_authority, own_reference, owner, place, referable, stamps
from db.types import Codes, key, small_map
from matching.codes import (
    Access,
    AvailabilityState,
    CareType,
    Contract,
    EffectiveBedsReason,
    HomeKind,
    Known,
    NeedsBand,
    Ofsted,
    OnHoldReason,
    Religion,
    Sector,
    Sex,
    Skill,
    SkillLevel,
    Staffing,
)

providers = Table(
    "providers",
    metadata,
    identity(),
    owner(),
    *own_reference(),
    referable(),
    Column("name", String(200), nullable=False),
    *code("sector", Sector),
    Column("framework_tier", Integer),
    Column("open_concern", Boolean, nullable=False),
    *stamps(),
)

homes = Table(
    "homes",
    metadata,
    identity(),
    owner(),
    *own_reference(),
    Column("provider_id", key(), nullable=False),
    *code("sector", Sector),
    *code("kind", HomeKind),
    *place(),
    Column("region_id", key(), ForeignKey("regions.id")),
    Column("urn", String(20)),
    *code("registered", Known),
    *code("ofsted", Ofsted),
    Column("ofsted_on", Date),
    Column("provider_concern", Boolean, nullable=False),
    Column("preferred_youngest", Integer),
    Column("preferred_oldest", Integer),
    Column("preferred_sexes", Codes(Sex), nullable=False),
    Column("registered_beds", Integer, nullable=False),
    Column("effective_beds", Integer),
    *code("effective_reason", EffectiveBedsReason, nullable=True),
    Column("effective_review_on", Date),
    Column("bedrooms", Integer),
    Column("bedrooms_may_share", Boolean, nullable=False),
    Column("solo_only", Boolean, nullable=False),
    *code("availability", AvailabilityState),
    *code("availability_reason", OnHoldReason, nullable=True),
    Column("availability_from", Date),
    Column("availability_until", Date),
    Column("last_confirmed", Date),
    Column("nights_of_week", Codes, nullable=False),
    *code("smokers", Known),
    *code("pets", Known),
    Column("own_children", small_map(), nullable=False),
    Column("languages", Codes, nullable=False),
    *code("religion", Religion, nullable=True),
    Column("religions_supported", Codes(Religion), nullable=False),
    Column("ethnicities", Codes, nullable=False),
    Column("ethnicities_supported", Codes, nullable=False),
    *code("drives", Known),
    Column("access", Codes(Access), nullable=False),
    Column("meets", small_map(), nullable=False),
    *code("staffing", Staffing),
    Column("bed_types", Codes(CareType), nullable=False),
    Column("impact_assessed_on", Date),
    Column("add_ons", small_map(), nullable=False),
    *code("contract", Contract),
    Column("base_year", Integer, nullable=False),
    Column("notice_days", Integer, nullable=False),
    Column("annual_review_due", Date),
    Column("dbs_due", Date),
    *stamps(),
    of_same_authority("provider_id", "providers"),
    CheckConstraint("registered_beds BETWEEN 1 AND 60", name="registered_beds"),
    CheckConstraint("effective_beds BETWEEN 0 AND registered_beds", name="effective_beds"),
)
Index("ix_homes_region_id", homes.c.region_id)
Index("ix_homes_provider_id", homes.c.provider_id)

approvals = Table(
    "approvals",
    metadata,
    Column("home_id", key(), ForeignKey("homes.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    owner(),
    Column("starts", Date, nullable=False),
    Column("ends", Date),
    Column("youngest", Integer),
    Column("oldest", Integer),
    Column("sexes", Codes(Sex), nullable=False),
    Column("number", Integer),
    Column("care_types", Codes(CareType), nullable=False),
    Column("named_children_only", Boolean, nullable=False),
    Column("temporary_until", Date),
    Column("temporary_extended", Boolean, nullable=False),
)

approval_children = Table(
    "approval_children",
    metadata,
    Column("home_id", key(), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("child_id", key(), ForeignKey("children.id"), primary_key=True),
    Column("exempt", Boolean, primary_key=True),  # False: named in the terms; True: named in an exemption
    owner(),
    ForeignKeyConstraint(["home_id", "position"], ["approvals.home_id", "approvals.position"], ondelete="CASCADE"),
)
Index("ix_approval_children_child_id", approval_children.c.child_id)

purposes = Table(
    "purposes",
    metadata,
    Column("home_id", key(), ForeignKey("homes.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    owner(),
    Column("starts", Date, nullable=False),
    Column("ends", Date),
    Column("youngest", Integer),
    Column("oldest", Integer),
    Column("sexes", Codes(Sex), nullable=False),
    Column("number", Integer),
    Column("highest_levels", small_map(), nullable=False),
)

home_skills = Table(
    "home_skills",
    metadata,
    Column("home_id", key(), ForeignKey("homes.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    owner(),
    *code("skill", Skill),
    *code("level", SkillLevel),
    Column("since", Date),
    Column("weeks_to_train", Integer),
)
Index("ix_home_skills_skill", home_skills.c.skill)

weekly_prices = Table(
    "weekly_prices",
    metadata,
    Column("home_id", key(), ForeignKey("homes.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    owner(),
    Column("youngest", Integer, nullable=False),
    Column("oldest", Integer, nullable=False),
    *code("band", NeedsBand),
    Column("weekly_pence", Integer, nullable=False),
)
