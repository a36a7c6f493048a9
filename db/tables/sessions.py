"""Who is signed in to the pages, and forms that were sent after a session had ended."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table

from db.base import metadata
from db.tables.columns import identity, owner
from db.types import Moment, key, small_map

sessions = Table(
    "sessions",
    metadata,
    identity(),
    owner(),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("person", String(100), nullable=False),  # the staff reference, which audit events name
    Column("name", String(100), nullable=False),  # shown to the person alone
    Column("role", String(40), nullable=False),
    Column("began_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
)
Index("ix_sessions_seen_at", sessions.c.seen_at)

kept_forms = Table(
    "kept_forms",
    metadata,
    identity(),
    owner(),
    Column("session_id", key(), ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("path", String(500), nullable=False),
    Column("fields", small_map(), nullable=False),
    Column("kept_at", Moment, nullable=False),
)
