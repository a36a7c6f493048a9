"""The outbox: what has happened, who wants to be told, and what could not be delivered."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table

from db.base import metadata
from db.tables.columns import identity, owner, referable, stamps
from db.types import Moment, key, small_map

outbox_events = Table(
    "outbox_events",
    metadata,
    Column("authority_id", key(), ForeignKey("authorities.id"), primary_key=True),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),  # that of the audit event it tells of
    Column("at", Moment, nullable=False),
    Column("action", String(60), nullable=False),
    Column("noun", String(40), nullable=False),
    Column("noun_id", key(), nullable=False),
    Column("told", small_map(), nullable=False),
)

webhooks = Table(
    "webhooks",
    metadata,
    identity(),
    owner(),
    referable(),
    Column("url", String(500), nullable=False),
    Column("secret", String(100), nullable=False),
    Column("nouns", small_map(), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("delivered", BigInteger, nullable=False),  # the sequence up to which everything is delivered or dead
    Column("attempts", Integer, nullable=False),
    Column("last_status", Integer),
    Column("last_attempt_at", Moment),
    *stamps(),
)
Index("ix_webhooks_authority_id", webhooks.c.authority_id)

dead_letters = Table(
    "dead_letters",
    metadata,
    identity(),
    owner(),
    Column("webhook_id", key(), ForeignKey("webhooks.id", ondelete="CASCADE"), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("last_status", Integer),
    Column("failed_at", Moment, nullable=False),
    Column("replay_asked_at", Moment),
    Column("delivered_at", Moment),
)
Index("ix_dead_letters_webhook_id", dead_letters.c.webhook_id, dead_letters.c.sequence, unique=True)
