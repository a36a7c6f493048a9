"""Referrals, placements, holds and the beds they take, which no two can share."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "referrals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("external_ref", sa.String(length=100), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("opened", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wanted_by", sa.Date(), nullable=False),
        sa.Column("wanted_time", sa.String(length=5), nullable=True),
        sa.Column("length", sa.String(40), nullable=False),
        sa.Column("expected_nights", sa.Integer(), nullable=True),
        sa.Column("nights_a_month", sa.Integer(), nullable=True),
        sa.Column("sibling_group_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('planned', 'emergency', 'same-day', 'pace', 'remand')", name=op.f("ck_referrals_kind")
        ),
        sa.CheckConstraint(
            "length IN ('night', 'short-term', 'bridging', 'until-18', 'short-breaks')",
            name=op.f("ck_referrals_length"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'open', 'searching', 'offered', 'matched', 'placed', 'withdrawn', 'closed')",
            name=op.f("ck_referrals_state"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "sibling_group_id"],
            ["sibling_groups.authority_id", "sibling_groups.id"],
            name=op.f("fk_referrals_authority_id_sibling_group_id_sibling_groups"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_referrals_authority_id_authorities")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
        sa.UniqueConstraint("authority_id", "external_ref", name=op.f("uq_referrals_authority_id_external_ref")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_referrals_authority_id_id")),
        sa.UniqueConstraint("authority_id", "reference", name=op.f("uq_referrals_authority_id_reference")),
    )
    op.create_index("ix_referrals_authority_id_state", "referrals", ["authority_id", "state"], unique=False)
    op.create_table(
        "referral_asks",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("suitability", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("close_to_family", sa.String(40), nullable=False),
        sa.Column("in_school", sa.String(40), nullable=False),
        sa.Column("keep_school", sa.String(40), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=True),
        sa.Column("living_with", sa.String(40), nullable=False),
        sa.Column("other_children_sex", sa.String(40), nullable=False),
        sa.Column("pets", sa.String(40), nullable=False),
        sa.Column("staffing", sa.String(40), nullable=False),
        sa.Column("risks", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("culture", sa.String(40), nullable=False),
        sa.Column("religion", sa.String(40), nullable=False),
        sa.Column("language", sa.String(40), nullable=False),
        sa.Column("skills", sa.Text(), nullable=False),
        sa.Column("add_ons", sa.Text(), nullable=False),
        sa.Column("secure", sa.Boolean(), nullable=False),
        sa.Column("readiness_assessed", sa.String(40), nullable=False),
        sa.Column("joint_housing_assessed", sa.String(40), nullable=False),
        sa.Column("homeless", sa.Boolean(), nullable=False),
        sa.Column("parent", sa.String(40), nullable=True),
        sa.Column("baby_born", sa.Date(), nullable=True),
        sa.Column("stability_plan_on", sa.Date(), nullable=True),
        sa.Column("view_asked", sa.String(40), nullable=False),
        sa.Column("pre_visit_wanted", sa.String(40), nullable=False),
        sa.CheckConstraint(
            "close_to_family IN ('yes', 'no', 'unknown')", name=op.f("ck_referral_asks_close_to_family")
        ),
        sa.CheckConstraint(
            "culture IN ('required', 'preferred', 'not-required')", name=op.f("ck_referral_asks_culture")
        ),
        sa.CheckConstraint("in_school IN ('yes', 'no', 'unknown')", name=op.f("ck_referral_asks_in_school")),
        sa.CheckConstraint(
            "joint_housing_assessed IN ('yes', 'no', 'unknown')", name=op.f("ck_referral_asks_joint_housing_assessed")
        ),
        sa.CheckConstraint("keep_school IN ('yes', 'no', 'unknown')", name=op.f("ck_referral_asks_keep_school")),
        sa.CheckConstraint(
            "language IN ('required', 'preferred', 'not-required')", name=op.f("ck_referral_asks_language")
        ),
        sa.CheckConstraint(
            "living_with IN ('solo', 'with-others', 'only-older', 'only-younger', 'no-preference')",
            name=op.f("ck_referral_asks_living_with"),
        ),
        sa.CheckConstraint(
            "other_children_sex IN ('same-only', 'opposite-only', 'no-preference')",
            name=op.f("ck_referral_asks_other_children_sex"),
        ),
        sa.CheckConstraint("parent IN ('mother', 'father', 'both')", name=op.f("ck_referral_asks_parent")),
        sa.CheckConstraint("pets IN ('yes', 'no', 'unknown')", name=op.f("ck_referral_asks_pets")),
        sa.CheckConstraint(
            "pre_visit_wanted IN ('yes', 'no', 'unknown')", name=op.f("ck_referral_asks_pre_visit_wanted")
        ),
        sa.CheckConstraint(
            "readiness_assessed IN ('yes', 'no', 'unknown')", name=op.f("ck_referral_asks_readiness_assessed")
        ),
        sa.CheckConstraint(
            "religion IN ('required', 'preferred', 'not-required')", name=op.f("ck_referral_asks_religion")
        ),
        sa.CheckConstraint(
            "staffing IN ('not-applicable', 'not-specified', 'standard', '1:1', '2:1', 'more-than-2:1')",
            name=op.f("ck_referral_asks_staffing"),
        ),
        sa.CheckConstraint(
            "view_asked IN ('asked', 'not-asked-too-young', 'not-asked-not-in-contact', 'not-asked-too-urgent', 'not-asked-child-declined', 'not-yet-asked')",
            name=op.f("ck_referral_asks_view_asked"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "child_id"],
            ["children.authority_id", "children.id"],
            name=op.f("fk_referral_asks_authority_id_child_id_children"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "referral_id"],
            ["referrals.authority_id", "referrals.id"],
            name=op.f("fk_referral_asks_authority_id_referral_id_referrals"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_referral_asks_authority_id_authorities")
        ),
        sa.PrimaryKeyConstraint("referral_id", "child_id", name=op.f("pk_referral_asks")),
    )
    op.create_index("ix_referral_asks_child_id", "referral_asks", ["child_id"], unique=False)
    op.create_table(
        "child_views",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("places_wanted", sa.Text(), nullable=False),
        sa.Column("people_wanted", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_child_views_authority_id_authorities")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id", "child_id"],
            ["referral_asks.referral_id", "referral_asks.child_id"],
            name=op.f("fk_child_views_referral_id_child_id_referral_asks"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("referral_id", "child_id", name=op.f("pk_child_views")),
    )
    op.create_table(
        "avoided_places",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("easting", sa.Integer(), nullable=True),
        sa.Column("northing", sa.Integer(), nullable=True),
        sa.Column("area", sa.String(length=9), nullable=True),
        sa.Column("radius_metres", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.CheckConstraint(
            "reason IN ('exploitation', 'gang', 'alleged-abuser', 'missing', 'other')",
            name=op.f("ck_avoided_places_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_avoided_places_authority_id_authorities")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id", "child_id"],
            ["referral_asks.referral_id", "referral_asks.child_id"],
            name=op.f("fk_avoided_places_referral_id_child_id_referral_asks"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("referral_id", "child_id", "position", name=op.f("pk_avoided_places")),
    )
    op.create_table(
        "never_with",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "other_id"],
            ["children.authority_id", "children.id"],
            name=op.f("fk_never_with_authority_id_other_id_children"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_never_with_authority_id_authorities")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id", "child_id"],
            ["referral_asks.referral_id", "referral_asks.child_id"],
            name=op.f("fk_never_with_referral_id_child_id_referral_asks"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("referral_id", "child_id", "other_id", name=op.f("pk_never_with")),
    )
    op.create_index("ix_never_with_other_id", "never_with", ["other_id"], unique=False)
    op.create_table(
        "placements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("external_ref", sa.String(length=100), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("home_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("planned_end", sa.Date(), nullable=True),
        sa.Column("ended", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(40), nullable=True),
        sa.Column("statutory_code", sa.String(length=4), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'ended') = (ended IS NOT NULL)", name=op.f("ck_placements_ended_when_ended")),
        sa.CheckConstraint(
            "end_reason IN ('planned', 'carer-asks-behaviour', 'carer-asks-other', 'child-asks', 'allegation', 'standards-of-care', 'approval-removed', 'closure', 'local-authority', 'custody', 'other')",
            name=op.f("ck_placements_end_reason"),
        ),
        sa.CheckConstraint("state IN ('planned', 'started', 'ended', 'cancelled')", name=op.f("ck_placements_state")),
        sa.CheckConstraint("ended >= starts", name=op.f("ck_placements_ended")),
        sa.CheckConstraint("planned_end >= starts", name=op.f("ck_placements_planned_end")),
        sa.ForeignKeyConstraint(
            ["authority_id", "child_id"],
            ["children.authority_id", "children.id"],
            name=op.f("fk_placements_authority_id_child_id_children"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_placements_authority_id_authorities")
        ),
        sa.ForeignKeyConstraint(["home_id"], ["homes.id"], name=op.f("fk_placements_home_id_homes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placements")),
        sa.UniqueConstraint("authority_id", "external_ref", name=op.f("uq_placements_authority_id_external_ref")),
    )
    op.create_index("ix_placements_child_id", "placements", ["child_id"], unique=False)
    op.create_index("ix_placements_state_ended", "placements", ["state", "ended"], unique=False)
    op.create_index("ix_placements_home_id_state", "placements", ["home_id", "state"], unique=False)
    op.create_table(
        "holds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("home_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("first_night", sa.Date(), nullable=False),
        sa.Column("last_morning", sa.Date(), nullable=True),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("last_morning > first_night", name=op.f("ck_holds_a_night_at_least")),
        sa.ForeignKeyConstraint(
            ["authority_id", "child_id"],
            ["children.authority_id", "children.id"],
            name=op.f("fk_holds_authority_id_child_id_children"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "referral_id"],
            ["referrals.authority_id", "referrals.id"],
            name=op.f("fk_holds_authority_id_referral_id_referrals"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_holds_authority_id_authorities")),
        sa.ForeignKeyConstraint(["home_id"], ["homes.id"], name=op.f("fk_holds_home_id_homes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
    )
    op.create_index("ix_holds_home_id", "holds", ["home_id"], unique=False)
    op.create_index("ix_holds_referral_id", "holds", ["referral_id"], unique=False)
    op.create_table(
        "bed_bookings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("home_id", sa.Uuid(), nullable=False),
        sa.Column("bed_no", sa.Integer(), nullable=False),
        sa.Column("first_night", sa.Date(), nullable=False),
        sa.Column("last_morning", sa.Date(), nullable=True),
        sa.Column("placement_id", sa.Uuid(), nullable=True),
        sa.Column("hold_id", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(placement_id IS NULL) <> (hold_id IS NULL)", name=op.f("ck_bed_bookings_one_stay")),
        sa.CheckConstraint("bed_no >= 1", name=op.f("ck_bed_bookings_bed_no")),
        sa.CheckConstraint("last_morning > first_night", name=op.f("ck_bed_bookings_a_night_at_least")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_bed_bookings_authority_id_authorities")
        ),
        sa.ForeignKeyConstraint(
            ["hold_id"], ["holds.id"], name=op.f("fk_bed_bookings_hold_id_holds"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["home_id"], ["homes.id"], name=op.f("fk_bed_bookings_home_id_homes")),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placements.id"],
            name=op.f("fk_bed_bookings_placement_id_placements"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bed_bookings")),
        sa.UniqueConstraint("hold_id", name=op.f("uq_bed_bookings_hold_id")),
        sa.UniqueConstraint("placement_id", name=op.f("uq_bed_bookings_placement_id")),
    )
    op.create_index(
        "ix_bed_bookings_home_id_bed_no_first_night", "bed_bookings", ["home_id", "bed_no", "first_night"], unique=False
    )


def downgrade() -> None:
    op.drop_table("bed_bookings")
    op.drop_table("holds")
    op.drop_table("placements")
    op.drop_table("never_with")
    op.drop_table("avoided_places")
    op.drop_table("child_views")
    op.drop_table("referral_asks")
    op.drop_table("referrals")
