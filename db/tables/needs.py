"""Frameworks of need, versioned, and children's profiles with their history."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from db.base import metadata
from db.tables.columns import identity, of_same_authority, own_reference, owner, referable, stamps
from db.types import Moment, key, small_map

frameworks = Table(
    "frameworks",
    metadata,
    identity(),
    Column("authority_id", key(), ForeignKey("authorities.id")),  # null: every authority may use it
    Column("code", String(60), nullable=False),
    Column("framework_version", Integer, nullable=False),
    Column("name", String(200), nullable=False),
    Column("definition", small_map(), nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("authority_id", "code", "framework_version"),
)

needs_profiles = Table(
    "needs_profiles",
    metadata,
    identity(),
    owner(),
    *own_reference(),
    referable(),
    Column("child_id", key(), nullable=False),
    Column("framework_id", key(), ForeignKey("frameworks.id"), nullable=False),
    Column("made_on", Date, nullable=False),
    Column("author", String(100), nullable=False),
    Column("review_due", Date, nullable=False),
    Column("levels", small_map(), nullable=False),  # level by domain code, in the order given
    *stamps(),
    of_same_authority("child_id", "children", cascade=True),
)
Index("ix_needs_profiles_child_id_made_on", needs_profiles.c.child_id, needs_profiles.c.made_on)

needs_words = Table(
    "needs_words",
    metadata,
    Column("profile_id", key(), primary_key=True),
    Column("domain", String(60), primary_key=True),
    owner(),
    Column("strength", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("childs_words", Text, nullable=False),
    of_same_authority("profile_id", "needs_profiles", cascade=True),
)
"""The words beside a level, kept apart from the levels: matching has no need of them."""
