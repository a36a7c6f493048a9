"""Match runs: what was asked, what was read, what was proposed, and the whole of it as one document."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Column, Date, ForeignKey, ForeignKeyConstraint, Index, Integer, LargeBinary, String, Table
from sqlalchemy import UniqueConstraint as Unique

from db.base import metadata
from db.tables.columns import code, identity, of_same_authority, owner, referable, stamps
from db.types import Moment, key, small_map


class RunStatus(StrEnum):
    """queued → running → finished | failed."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"


match_runs = Table(
    "match_runs",
    metadata,
    identity(),
    owner(),
    referable(),
    Column("reference", String(12), nullable=False),
    *code("status", RunStatus),
    Column("as_of", Date, nullable=False),
    Column("requested_by", String(100), nullable=False),
    Column("pool_digest", String(64)),
    Column("rule_book_version", String(64)),
    Column("policy", small_map()),
    Column("versions", small_map(), nullable=False),
    Column("timing", small_map(), nullable=False),
    Column("totals", small_map(), nullable=False),
    Column("failure", String(200)),
    Column("finished_at", Moment),
    *stamps(),
    Unique("authority_id", "reference"),
)
Index("ix_match_runs_authority_id_created_at", match_runs.c.authority_id, match_runs.c.created_at)

match_run_proposals = Table(
    "match_run_proposals",
    metadata,
    Column("run_id", key(), primary_key=True),
    Column("position", Integer, primary_key=True),
    owner(),
    Column("referral_id", key(), nullable=False),
    Column("child_id", key(), nullable=False),
    Column("home_id", key(), ForeignKey("homes.id"), nullable=False),
    Column("points", Integer, nullable=False),
    Column("facts", small_map(), nullable=False),
    of_same_authority("run_id", "match_runs", cascade=True),
    of_same_authority("referral_id", "referrals"),
    of_same_authority("child_id", "children"),
)
Index("ix_match_run_proposals_referral_id", match_run_proposals.c.referral_id)

match_run_documents = Table(
    "match_run_documents",
    metadata,
    Column("run_id", key(), primary_key=True),
    owner(),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("compressed", LargeBinary, nullable=False),
    ForeignKeyConstraint(["run_id"], ["match_runs.id"], ondelete="CASCADE"),
)
"""Apart from the run, so that a list of runs never reads a document."""
