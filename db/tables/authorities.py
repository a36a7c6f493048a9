"""Regions, authorities and what each has decided: parameters, policies and its framework of needs."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint, text

from db.base import metadata
from db.tables.columns import identity, owner, stamps
from db.types import Codes, Moment, key, small_map

regions = Table(
    "regions",
    metadata,
    identity(),
    Column("external_ref", String(100), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("pool_version", BigInteger, nullable=False, server_default="0"),
    *stamps(),
)

authorities = Table(
    "authorities",
    metadata,
    identity(),
    Column("code", String(9), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("region_id", key(), ForeignKey("regions.id")),
    Column("adjoining", Codes, nullable=False),
    Column("parameters", small_map(), nullable=False),
    Column("framework_id", key()),  # the framework in use; no foreign key, for frameworks refer to authorities
    Column("pool_version", BigInteger, nullable=False, server_default="0"),
    *stamps(),
)

policies = Table(
    "policies",
    metadata,
    identity(),
    owner(),
    Column("name", String(60), nullable=False),
    Column("policy_version", Integer, nullable=False),
    Column("definition", small_map(), nullable=False),
    Column("retired_at", Moment),  # null for the one in force
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("authority_id", "policy_version"),
)

Index(
    "ix_policies_in_force",
    policies.c.authority_id,
    unique=True,
    sqlite_where=text("retired_at IS NULL"),
    postgresql_where=text("retired_at IS NULL"),
)
