"""Care histories read from the statutory return: one set of rows for each authority and collection year."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, String, Table, UniqueConstraint

from db.base import metadata
from db.tables.columns import code, identity, owner
from db.types import Moment, key, small_map
from matching.codes import LegalStatus, Sex
from matching.codes.ssda903 import ReasonNewEpisode

care_returns = Table(
    "care_returns",
    metadata,
    identity(),
    owner(),
    Column("year", Integer, nullable=False),  # the calendar year in which the collection year begins
    Column("sha256", String(64), nullable=False),
    Column("counts", small_map(), nullable=False),
    Column("loaded_at", Moment, nullable=False),
    UniqueConstraint("authority_id", "year"),
)

care_children = Table(
    "care_children",
    metadata,
    Column("return_id", key(), ForeignKey("care_returns.id", ondelete="CASCADE"), primary_key=True),
    Column("child", key(), primary_key=True),  # the pseudonym, never the local number
    owner(),
    *code("sex", Sex),
    Column("born", Date, nullable=False),
    Column("ethnicity", String(4)),
    Column("unaccompanied", Boolean, nullable=False),
    Column("unaccompanied_until", Date),
)

care_episodes = Table(
    "care_episodes",
    metadata,
    Column("return_id", key(), ForeignKey("care_returns.id", ondelete="CASCADE"), primary_key=True),
    Column("child", key(), primary_key=True),
    Column("begins", Date, primary_key=True),
    owner(),
    Column("ends", Date),
    *code("reason_new", ReasonNewEpisode),
    *code("legal_status", LegalStatus),
    Column("need", String(4)),
    Column("placement", String(4), nullable=False),
    Column("provider", String(4)),
    Column("reason_ceased", String(4)),
    Column("reason_place_change", String(8)),
    Column("home_easting", Integer),
    Column("home_northing", Integer),
    Column("home_area", String(9)),
    Column("place_easting", Integer),
    Column("place_northing", Integer),
    Column("place_area", String(9)),
    Column("urn", String(10)),
)
