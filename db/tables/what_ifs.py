"""What-ifs: named scenarios with every version of them, and studies: questions about what would be, with their answers."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Column, Date, Index, Integer, LargeBinary, String, Table, UniqueConstraint

from db.base import metadata
from db.tables.columns import code, identity, of_same_authority, owner, referable, stamps
from db.types import Moment, key, small_map


class StudyStatus(StrEnum):
    """queued → running → finished | failed | cancelled."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"


scenarios = Table(
    "scenarios",
    metadata,
    identity(),
    owner(),
    referable(),
    Column("name", String(200), nullable=False),
    Column("says", String(1000), nullable=False),
    Column("changes", small_map(), nullable=False),
    *stamps(),
    UniqueConstraint("authority_id", "name"),
)

scenario_versions = Table(
    "scenario_versions",
    metadata,
    Column("scenario_id", key(), primary_key=True),
    Column("version", Integer, primary_key=True),
    owner(),
    Column("name", String(200), nullable=False),
    Column("says", String(1000), nullable=False),
    Column("changes", small_map(), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", String(100), nullable=False),
    of_same_authority("scenario_id", "scenarios", cascade=True),
)

studies = Table(
    "studies",
    metadata,
    identity(),
    owner(),
    referable(),
    Column("reference", String(12), nullable=False),
    Column("kind", String(40), nullable=False),
    *code("status", StudyStatus),
    Column("as_of", Date, nullable=False),
    Column("requested_by", String(100), nullable=False),
    Column("asked", small_map(), nullable=False),
    Column("progress", small_map(), nullable=False),
    Column("pool_digest", String(64)),
    Column("answer", LargeBinary),  # compressed JSON; read only by whoever asks for the whole of it
    Column("failure", String(500)),
    Column("cancel_asked_at", Moment),
    Column("finished_at", Moment),
    *stamps(),
    UniqueConstraint("authority_id", "reference"),
)
Index("ix_studies_authority_id_created_at", studies.c.authority_id, studies.c.created_at)
Index("ix_studies_status", studies.c.status)
