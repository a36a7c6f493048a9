"""The roll of workers: which are at work, each under its name, and when each last said so."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from db.base import metadata
from db.types import Moment

workers = Table(
    "workers",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("machine", String(255), nullable=False),
    Column("process", Integer, nullable=False),
    Column("seen_at", Moment, nullable=False),
)
