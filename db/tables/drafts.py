"""What people have typed and not yet recorded: one row for each thing that somebody is in the middle of writing."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table

from db.base import metadata
from db.tables.columns import identity, of_same_authority, owner
from db.types import Moment, key, small_map

drafts = Table(
    "drafts",
    metadata,
    identity(),
    owner(),
    Column("person", String(100), nullable=False),  # the staff reference: nobody reads another's draft
    Column("kind", String(40), nullable=False),
    Column("referral_id", key()),
    Column("child_id", key()),
    Column("answers", small_map(), nullable=False),  # by question, then by field: the texts as they were typed
    Column("bases", small_map(), nullable=False),  # the version of each record that the draft began from
    Column("version", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    of_same_authority("referral_id", "referrals", cascade=True),
    of_same_authority("child_id", "children", cascade=True),
)
Index("ix_drafts_authority_id_person", drafts.c.authority_id, drafts.c.person)
Index("ix_drafts_updated_at", drafts.c.updated_at)
