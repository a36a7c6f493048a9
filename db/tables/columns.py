"""Columns that many tables share."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Integer, String, UniqueConstraint

from db.types import Code, Moment, key


def identity() -> Column[Any]:
    """The primary key: a UUID made in Python."""
    return Column("id", key(), primary_key=True)


def owner() -> Column[Any]:
    """The authority the row belongs to."""
    return Column("authority_id", key(), ForeignKey("authorities.id"), nullable=False)


def own_reference(*, unique: bool = True) -> list[Any]:
    """The authority's own number for the thing, and what other tables need to refer to it within the authority."""
    parts: list[Any] = [Column("external_ref", String(100), nullable=False)]
    return [*parts, UniqueConstraint("authority_id", "external_ref")] if unique else parts


def referable() -> UniqueConstraint:
    """Lets other rows refer to this one together with its authority, so that none can refer to another authority's."""
    return UniqueConstraint("authority_id", "id")


def of_same_authority(column: str, table: str, *, cascade: bool = False) -> ForeignKeyConstraint:
    """A reference to a row of the same authority; the database refuses one to another authority's."""
    return ForeignKeyConstraint(
        ["authority_id", column],
        [f"{table}.authority_id", f"{table}.id"],
        ondelete="CASCADE" if cascade else None,
    )


def stamps() -> list[Column[Any]]:
    """The version that ETags are made from, and when the row was made and last changed."""
    return [
        Column("version", Integer, nullable=False),
        Column("created_at", Moment, nullable=False),
        Column("updated_at", Moment, nullable=False),
    ]


def code(name: str, codes: type[StrEnum], *, nullable: bool = False) -> tuple[Column[Any], CheckConstraint]:
    """A word of a closed list, and the CHECK that holds the list."""
    words = ", ".join(f"'{word.value}'" for word in codes)
    return Column(name, Code(codes), nullable=nullable), CheckConstraint(f"{name} IN ({words})", name=name)


def place() -> list[Column[Any]]:
    """A postcode or sector; where it is (metres, British National Grid) and in which authority, when known."""
    return [
        Column("postcode", String(10), nullable=False),
        Column("easting", Integer),
        Column("northing", Integer),
        Column("area", String(9)),
    ]
