"""Keys to the service, answers kept so that a request may be repeated, and files that were loaded."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table

from db.base import metadata
from db.tables.columns import identity, of_same_authority, owner
from db.types import Moment, key, small_map

api_keys = Table(
    "api_keys",
    metadata,
    identity(),
    owner(),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("role", String(40), nullable=False),
    Column("provider_id", key()),
    Column("name", String(100), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Column("last_used_at", Moment),
    of_same_authority("provider_id", "providers"),
)
Index("ix_api_keys_authority_id", api_keys.c.authority_id)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("authority_id", key(), ForeignKey("authorities.id"), primary_key=True),
    Column("caller", String(100), primary_key=True),  # the API key's id: nobody is given another's answer
    Column("route", String(200), primary_key=True),
    Column("idempotency_key", String(200), primary_key=True),
    Column("request_sha256", String(64), nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", small_map(), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("expires_at", Moment, nullable=False),
)
Index("ix_idempotency_keys_expires_at", idempotency_keys.c.expires_at)

imports = Table(
    "imports",
    metadata,
    identity(),
    owner(),
    Column("sha256", String(64), nullable=False),
    Column("counts", small_map(), nullable=False),
    Column("created_at", Moment, nullable=False),
)
Index("ix_imports_authority_id_created_at", imports.c.authority_id, imports.c.created_at)
