"""The audit trail: one chain of events for each authority, which may be added to and never changed."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table

from db.base import metadata
from db.types import Moment, key, small_map

audit_heads = Table(
    "audit_heads",
    metadata,
    Column("authority_id", key(), primary_key=True),  # the nil UUID for what belongs to no authority
    Column("sequence", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
)

audit_events = Table(
    "audit_events",
    metadata,
    Column("authority_id", key(), ForeignKey("audit_heads.authority_id"), primary_key=True),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", String(100), nullable=False),
    Column("role", String(40), nullable=False),
    Column("action", String(60), nullable=False),
    Column("noun", String(40), nullable=False),
    Column("noun_id", key()),
    Column("origin", String(100), nullable=False),
    Column("before", small_map(), nullable=False),
    Column("after", small_map(), nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
Index("ix_audit_events_noun_id", audit_events.c.noun_id)
