"""Providers and homes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "providers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("external_ref", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sector", sa.String(40), nullable=False),
        sa.Column("framework_tier", sa.Integer(), nullable=True),
        sa.Column("open_concern", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "sector IN ('in-house', 'other-authority', 'independent-agency', 'private', 'voluntary')",
            name=op.f("ck_providers_sector"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_providers_authority_id_authorities")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_providers")),
        sa.UniqueConstraint("authority_id", "external_ref", name=op.f("uq_providers_authority_id_external_ref")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_providers_authority_id_id")),
    )
    op.create_table(
        "homes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("external_ref", sa.String(length=100), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("sector", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("easting", sa.Integer(), nullable=True),
        sa.Column("northing", sa.Integer(), nullable=True),
        sa.Column("area", sa.String(length=9), nullable=True),
        sa.Column("region_id", sa.Uuid(), nullable=True),
        sa.Column("urn", sa.String(length=20), nullable=True),
        sa.Column("registered", sa.String(40), nullable=False),
        sa.Column("ofsted", sa.String(40), nullable=False),
        sa.Column("ofsted_on", sa.Date(), nullable=True),
        sa.Column("provider_concern", sa.Boolean(), nullable=False),
        sa.Column("preferred_youngest", sa.Integer(), nullable=True),
        sa.Column("preferred_oldest", sa.Integer(), nullable=True),
        sa.Column("preferred_sexes", sa.Text(), nullable=False),
        sa.Column("registered_beds", sa.Integer(), nullable=False),
        sa.Column("effective_beds", sa.Integer(), nullable=True),
        sa.Column("effective_reason", sa.String(40), nullable=True),
        sa.Column("effective_review_on", sa.Date(), nullable=True),
        sa.Column("bedrooms", sa.Integer(), nullable=True),
        sa.Column("bedrooms_may_share", sa.Boolean(), nullable=False),
        sa.Column("solo_only", sa.Boolean(), nullable=False),
        sa.Column("availability", sa.String(40), nullable=False),
        sa.Column("availability_reason", sa.String(40), nullable=True),
        sa.Column("availability_from", sa.Date(), nullable=True),
        sa.Column("availability_until", sa.Date(), nullable=True),
        sa.Column("last_confirmed", sa.Date(), nullable=True),
        sa.Column("nights_of_week", sa.Text(), nullable=False),
        sa.Column("smokers", sa.String(40), nullable=False),
        sa.Column("pets", sa.String(40), nullable=False),
        sa.Column("own_children", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("religion", sa.String(40), nullable=True),
        sa.Column("religions_supported", sa.Text(), nullable=False),
        sa.Column("ethnicities", sa.Text(), nullable=False),
        sa.Column("ethnicities_supported", sa.Text(), nullable=False),
        sa.Column("drives", sa.String(40), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("meets", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("staffing", sa.String(40), nullable=False),
        sa.Column("bed_types", sa.Text(), nullable=False),
        sa.Column("impact_assessed_on", sa.Date(), nullable=True),
        sa.Column("add_ons", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("contract", sa.String(40), nullable=False),
        sa.Column("base_year", sa.Integer(), nullable=False),
        sa.Column("notice_days", sa.Integer(), nullable=False),
        sa.Column("annual_review_due", sa.Date(), nullable=True),
        sa.Column("dbs_due", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "availability IN ('available', 'on-hold', 'full', 'suspended', 'closing')",
            name=op.f("ck_homes_availability"),
        ),
        sa.CheckConstraint(
            "availability_reason IN ('family-circumstances', 'illness', 'needs-of-child-in-placement', 'allegation', 'other')",
            name=op.f("ck_homes_availability_reason"),
        ),
        sa.CheckConstraint("contract IN ('block', 'spot')", name=op.f("ck_homes_contract")),
        sa.CheckConstraint("drives IN ('yes', 'no', 'unknown')", name=op.f("ck_homes_drives")),
        sa.CheckConstraint(
            "effective_reason IN ('group-dynamic-risk-assessment', 'single-placement-decision', 'staffing', 'building-works')",
            name=op.f("ck_homes_effective_reason"),
        ),
        sa.CheckConstraint(
            "kind IN ('fostering-mainstream', 'fostering-enhanced', 'fostering-connected', 'fostering-short-break', 'fostering-parent-and-child', 'fostering-pace', 'fostering-emergency', 'fostering-remand', 'fostering-mockingbird-hub', 'fostering-mockingbird-satellite', 'childrens-home', 'childrens-home-with-education', 'childrens-home-solo-or-dual', 'childrens-home-emergency', 'childrens-home-assessment', 'childrens-home-short-break', 'residential-school-38-week', 'residential-school-52-week', 'residential-parent-and-child', 'term-time-boarding', 'secure', 'supported-single-occupancy', 'supported-shared-ringfenced', 'supported-shared-non-ringfenced', 'supported-private-residence', 'supported-lodgings', 'staying-put')",
            name=op.f("ck_homes_kind"),
        ),
        sa.CheckConstraint(
            "ofsted IN ('outstanding', 'good', 'requires-improvement', 'inadequate', 'not-yet-inspected')",
            name=op.f("ck_homes_ofsted"),
        ),
        sa.CheckConstraint("pets IN ('yes', 'no', 'unknown')", name=op.f("ck_homes_pets")),
        sa.CheckConstraint("registered IN ('yes', 'no', 'unknown')", name=op.f("ck_homes_registered")),
        sa.CheckConstraint(
            "religion IN ('none', 'christian', 'buddhist', 'hindu', 'jewish', 'muslim', 'sikh', 'other')",
            name=op.f("ck_homes_religion"),
        ),
        sa.CheckConstraint(
            "sector IN ('in-house', 'other-authority', 'independent-agency', 'private', 'voluntary')",
            name=op.f("ck_homes_sector"),
        ),
        sa.CheckConstraint("smokers IN ('yes', 'no', 'unknown')", name=op.f("ck_homes_smokers")),
        sa.CheckConstraint(
            "staffing IN ('not-applicable', 'not-specified', 'standard', '1:1', '2:1', 'more-than-2:1')",
            name=op.f("ck_homes_staffing"),
        ),
        sa.CheckConstraint("effective_beds BETWEEN 0 AND registered_beds", name=op.f("ck_homes_effective_beds")),
        sa.CheckConstraint("registered_beds BETWEEN 1 AND 60", name=op.f("ck_homes_registered_beds")),
        sa.ForeignKeyConstraint(
            ["authority_id", "provider_id"],
            ["providers.authority_id", "providers.id"],
            name=op.f("fk_homes_authority_id_provider_id_providers"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_homes_authority_id_authorities")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_homes_region_id_regions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_homes")),
        sa.UniqueConstraint("authority_id", "external_ref", name=op.f("uq_homes_authority_id_external_ref")),
    )
    op.create_index("ix_homes_provider_id", "homes", ["provider_id"], unique=False)
    op.create_index("ix_homes_region_id", "homes", ["region_id"], unique=False)
    op.create_table(
        "approvals",
        sa.Column("home_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("youngest", sa.Integer(), nullable=True),
        sa.Column("oldest", sa.Integer(), nullable=True),
        sa.Column("sexes", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("care_types", sa.Text(), nullable=False),
        sa.Column("named_children_only", sa.Boolean(), nullable=False),
        sa.Column("temporary_until", sa.Date(), nullable=True),
        sa.Column("temporary_extended", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_approvals_authority_id_authorities")
        ),
        sa.ForeignKeyConstraint(["home_id"], ["homes.id"], name=op.f("fk_approvals_home_id_homes"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("home_id", "position", name=op.f("pk_approvals")),
    )
    op.create_table(
        "approval_children",
        sa.Column("home_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("exempt", sa.Boolean(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_approval_children_authority_id_authorities")
        ),
        sa.ForeignKeyConstraint(["child_id"], ["children.id"], name=op.f("fk_approval_children_child_id_children")),
        sa.ForeignKeyConstraint(
            ["home_id", "position"],
            ["approvals.home_id", "approvals.position"],
            name=op.f("fk_approval_children_home_id_position_approvals"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("home_id", "position", "child_id", "exempt", name=op.f("pk_approval_children")),
    )
    op.create_index("ix_approval_children_child_id", "approval_children", ["child_id"], unique=False)
    op.create_table(
        "purposes",
        sa.Column("home_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("youngest", sa.Integer(), nullable=True),
        sa.Column("oldest", sa.Integer(), nullable=True),
        sa.Column("sexes", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("highest_levels", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_purposes_authority_id_authorities")
        ),
        sa.ForeignKeyConstraint(["home_id"], ["homes.id"], name=op.f("fk_purposes_home_id_homes"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("home_id", "position", name=op.f("pk_purposes")),
    )
    op.create_table(
        "home_skills",
        sa.Column("home_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("skill", sa.String(40), nullable=False),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("weeks_to_train", sa.Integer(), nullable=True),
        sa.CheckConstraint("level IN ('trainable', 'trained', 'experienced')", name=op.f("ck_home_skills_level")),
        sa.CheckConstraint(
            "skill IN ('moving-and-handling', 'epilepsy', 'medication', 'gastrostomy', 'tracheostomy', 'oxygen', 'diabetes', 'continence', 'makaton', 'bsl', 'esol', 'autism', 'learning-disability', 'adhd', 'fasd', 'attachment', 'therapeutic-parenting', 'trauma-informed', 'harmful-sexual-behaviour', 'de-escalation', 'exploitation', 'self-harm', 'substance-misuse', 'eating-disorder', 'fire-setting', 'uasc', 'parent-assessment', 'newborn-care', 'moving-to-independence')",
            name=op.f("ck_home_skills_skill"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_home_skills_authority_id_authorities")
        ),
        sa.ForeignKeyConstraint(
            ["home_id"], ["homes.id"], name=op.f("fk_home_skills_home_id_homes"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("home_id", "position", name=op.f("pk_home_skills")),
    )
    op.create_index("ix_home_skills_skill", "home_skills", ["skill"], unique=False)
    op.create_table(
        "weekly_prices",
        sa.Column("home_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("youngest", sa.Integer(), nullable=False),
        sa.Column("oldest", sa.Integer(), nullable=False),
        sa.Column("band", sa.String(40), nullable=False),
        sa.Column("weekly_pence", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "band IN ('universal', 'additional', 'high', 'complex')", name=op.f("ck_weekly_prices_band")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_weekly_prices_authority_id_authorities")
        ),
        sa.ForeignKeyConstraint(
            ["home_id"], ["homes.id"], name=op.f("fk_weekly_prices_home_id_homes"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("home_id", "position", name=op.f("pk_weekly_prices")),
    )


def downgrade() -> None:
    op.drop_table("weekly_prices")
    op.drop_table("home_skills")
    op.drop_table("purposes")
    op.drop_table("approval_children")
    op.drop_table("approvals")
    op.drop_table("homes")
    op.drop_table("providers")
