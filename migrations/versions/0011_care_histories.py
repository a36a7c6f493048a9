"""Care histories from the statutory return. Only new tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "care_returns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_care_returns_authority_id_authorities")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_returns")),
        sa.UniqueConstraint("authority_id", "year", name=op.f("uq_care_returns_authority_id_year")),
    )
    op.create_table(
        "care_children",
        sa.Column("return_id", sa.Uuid(), nullable=False),
        sa.Column("child", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("sex", sa.String(length=40), nullable=False),
        sa.Column("born", sa.Date(), nullable=False),
        sa.Column("ethnicity", sa.String(length=4), nullable=True),
        sa.Column("unaccompanied", sa.Boolean(), nullable=False),
        sa.Column("unaccompanied_until", sa.Date(), nullable=True),
        sa.CheckConstraint("sex IN ('M', 'F', 'U')", name=op.f("ck_care_children_sex")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_care_children_authority_id_authorities")
        ),
        sa.ForeignKeyConstraint(
            ["return_id"], ["care_returns.id"], name=op.f("fk_care_children_return_id_care_returns"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("return_id", "child", name=op.f("pk_care_children")),
    )
    op.create_table(
        "care_episodes",
        sa.Column("return_id", sa.Uuid(), nullable=False),
        sa.Column("child", sa.Uuid(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("reason_new", sa.String(length=40), nullable=False),
        sa.Column("legal_status", sa.String(length=40), nullable=False),
        sa.Column("need", sa.String(length=4), nullable=True),
        sa.Column("placement", sa.String(length=4), nullable=False),
        sa.Column("provider", sa.String(length=4), nullable=True),
        sa.Column("reason_ceased", sa.String(length=4), nullable=True),
        sa.Column("reason_place_change", sa.String(length=8), nullable=True),
        sa.Column("home_easting", sa.Integer(), nullable=True),
        sa.Column("home_northing", sa.Integer(), nullable=True),
        sa.Column("home_area", sa.String(length=9), nullable=True),
        sa.Column("place_easting", sa.Integer(), nullable=True),
        sa.Column("place_northing", sa.Integer(), nullable=True),
        sa.Column("place_area", sa.String(length=9), nullable=True),
        sa.Column("urn", sa.String(length=10), nullable=True),
        sa.CheckConstraint(
            "legal_status IN ('C1', 'C2', 'D1', 'E1', 'V2', 'V3', 'V4', 'L1', 'L2', 'L3', 'J1', 'J2', 'J3')",
            name=op.f("ck_care_episodes_legal_status"),
        ),
        sa.CheckConstraint("reason_new IN ('S', 'L', 'P', 'T', 'B', 'U')", name=op.f("ck_care_episodes_reason_new")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_care_episodes_authority_id_authorities")
        ),
        sa.ForeignKeyConstraint(
            ["return_id"], ["care_returns.id"], name=op.f("fk_care_episodes_return_id_care_returns"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("return_id", "child", "begins", name=op.f("pk_care_episodes")),
    )


def downgrade() -> None:
    op.drop_table("care_episodes")
    op.drop_table("care_children")
    op.drop_table("care_returns")
