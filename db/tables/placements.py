"""Placements, holds, and the numbered beds that each of them takes."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from db.base import metadata
from db.tables.columns import code, identity, of_same_authority, own_reference, owner, stamps
from db.types import Moment, key
from matching.codes import EndReason
from matching.placements import PlacementState

placements = Table(
    "placements",
    metadata,
    identity(),
    owner(),
    *own_reference(),
    Column("child_id", key(), nullable=False),
    Column("home_id", key(), ForeignKey("homes.id"), nullable=False),
    *code("state", PlacementState),
    Column("starts", Date, nullable=False),
    Column("planned_end", Date),
    Column("ended", Date),
    *code("end_reason", EndReason, nullable=True),
    Column("statutory_code", String(4)),
    *stamps(),
    of_same_authority("child_id", "children"),
    CheckConstraint("ended >= starts", name="ended"),
    CheckConstraint("planned_end >= starts", name="planned_end"),
    CheckConstraint("(state = 'ended') = (ended IS NOT NULL)", name="ended_when_ended"),
)
Index("ix_placements_home_id_state", placements.c.home_id, placements.c.state)
Index("ix_placements_state_ended", placements.c.state, placements.c.ended)
Index("ix_placements_child_id", placements.c.child_id)

holds = Table(
    "holds",
    metadata,
    identity(),
    owner(),
    Column("home_id", key(), ForeignKey("homes.id"), nullable=False),
    Column("referral_id", key(), nullable=False),
    Column("child_id", key(), nullable=False),
    Column("first_night", Date, nullable=False),
    Column("last_morning", Date),
    Column("held_until", Moment, nullable=False),
    Column("released_at", Moment),
    *stamps(),
    of_same_authority("referral_id", "referrals"),
    of_same_authority("child_id", "children"),
    CheckConstraint("last_morning > first_night", name="a_night_at_least"),
)
Index("ix_holds_home_id", holds.c.home_id)
Index("ix_holds_referral_id", holds.c.referral_id)

bed_bookings = Table(
    "bed_bookings",
    metadata,
    identity(),  # the placement's or the hold's own id
    owner(),
    Column("home_id", key(), ForeignKey("homes.id"), nullable=False),
    Column("bed_no", Integer, nullable=False),
    Column("first_night", Date, nullable=False),
    Column("last_morning", Date),  # null: until further notice
    Column("placement_id", key(), ForeignKey("placements.id", ondelete="CASCADE")),
    Column("hold_id", key(), ForeignKey("holds.id", ondelete="CASCADE")),
    Column("expires_at", Moment),  # a hold's: from this moment on the booking is no more
    UniqueConstraint("placement_id"),
    UniqueConstraint("hold_id"),
    CheckConstraint("(placement_id IS NULL) <> (hold_id IS NULL)", name="one_stay"),
    CheckConstraint("last_morning > first_night", name="a_night_at_least"),
    CheckConstraint("bed_no >= 1", name="bed_no"),
)
"""One row for each present or coming stay. No two rows share a bed and a night: an exclusion constraint on
PostgreSQL and triggers on SQLite, made by migration 0004, refuse it."""
Index("ix_bed_bookings_home_id_bed_no_first_night", *(bed_bookings.c[n] for n in ("home_id", "bed_no", "first_night")))
