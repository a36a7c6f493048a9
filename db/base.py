"""The one catalogue of tables, with a name for every constraint so that migrations can speak of them."""

from __future__ import annotations

from sqlalchemy import MetaData

NAMES = {
    "pk": "pk_%(table_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
}
"""Fixed before the first migration: a constraint without a name cannot be changed on SQLite."""

metadata = MetaData(naming_convention=NAMES)
