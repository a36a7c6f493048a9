"""Children, brothers and sisters, frameworks of need and profiles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "children",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("external_ref", sa.String(length=100), nullable=False),
        sa.Column("born", sa.Date(), nullable=False),
        sa.Column("sex", sa.String(40), nullable=False),
        sa.Column("ethnicity", sa.String(length=10), nullable=True),
        sa.Column("religion", sa.String(40), nullable=True),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("communication", sa.Text(), nullable=False),
        sa.Column("health", sa.Text(), nullable=False),
        sa.Column("health_recorded", sa.Boolean(), nullable=False),
        sa.Column("disabled", sa.String(40), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("send", sa.String(40), nullable=False),
        sa.Column("ehcp", sa.String(40), nullable=False),
        sa.Column("uasc", sa.Boolean(), nullable=False),
        sa.Column("legal_status", sa.String(40), nullable=True),
        sa.Column("care_plan", sa.String(40), nullable=False),
        sa.Column("deprivation_of_liberty", sa.String(40), nullable=False),
        sa.Column("section_20_consent", sa.String(40), nullable=False),
        sa.Column("delegated_authority", sa.String(40), nullable=False),
        sa.Column("in_care_since", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "care_plan IN ('return-home', 'kinship', 'long-term-fostering', 'adoption', 'residential', 'independence', 'assessment', 'not-specified')",
            name=op.f("ck_children_care_plan"),
        ),
        sa.CheckConstraint(
            "delegated_authority IN ('yes', 'no', 'unknown')", name=op.f("ck_children_delegated_authority")
        ),
        sa.CheckConstraint(
            "deprivation_of_liberty IN ('current', 'previous', 'no')", name=op.f("ck_children_deprivation_of_liberty")
        ),
        sa.CheckConstraint("disabled IN ('yes', 'no', 'unknown')", name=op.f("ck_children_disabled")),
        sa.CheckConstraint("ehcp IN ('yes', 'no', 'unknown')", name=op.f("ck_children_ehcp")),
        sa.CheckConstraint(
            "legal_status IN ('C1', 'C2', 'D1', 'E1', 'V2', 'V3', 'V4', 'L1', 'L2', 'L3', 'J1', 'J2', 'J3')",
            name=op.f("ck_children_legal_status"),
        ),
        sa.CheckConstraint(
            "religion IN ('none', 'christian', 'buddhist', 'hindu', 'jewish', 'muslim', 'sikh', 'other')",
            name=op.f("ck_children_religion"),
        ),
        sa.CheckConstraint(
            "section_20_consent IN ('yes', 'no', 'unknown')", name=op.f("ck_children_section_20_consent")
        ),
        sa.CheckConstraint("send IN ('yes', 'no', 'unknown')", name=op.f("ck_children_send")),
        sa.CheckConstraint("sex IN ('M', 'F', 'U')", name=op.f("ck_children_sex")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_children_authority_id_authorities")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_children")),
        sa.UniqueConstraint("authority_id", "external_ref", name=op.f("uq_children_authority_id_external_ref")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_children_authority_id_id")),
    )
    op.create_table(
        "child_identities",
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("given_name", sa.String(length=200), nullable=False),
        sa.Column("family_name", sa.String(length=200), nullable=False),
        sa.Column("initials", sa.String(length=10), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "child_id"],
            ["children.authority_id", "children.id"],
            name=op.f("fk_child_identities_authority_id_child_id_children"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_child_identities_authority_id_authorities")
        ),
        sa.PrimaryKeyConstraint("child_id", name=op.f("pk_child_identities")),
    )
    op.create_table(
        "important_places",
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("easting", sa.Integer(), nullable=True),
        sa.Column("northing", sa.Integer(), nullable=True),
        sa.Column("area", sa.String(length=9), nullable=True),
        sa.Column("frequency", sa.String(40), nullable=False),
        sa.CheckConstraint(
            "frequency IN ('daily', 'few-times-a-week', 'weekly', '2-weekly', 'monthly', 'other')",
            name=op.f("ck_important_places_frequency"),
        ),
        sa.CheckConstraint(
            "kind IN ('family-home', 'school', 'family-time', 'other')", name=op.f("ck_important_places_kind")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "child_id"],
            ["children.authority_id", "children.id"],
            name=op.f("fk_important_places_authority_id_child_id_children"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_important_places_authority_id_authorities")
        ),
        sa.PrimaryKeyConstraint("child_id", "position", name=op.f("pk_important_places")),
    )
    op.create_table(
        "sibling_groups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("external_ref", sa.String(length=100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_sibling_groups_authority_id_authorities")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sibling_groups")),
        sa.UniqueConstraint("authority_id", "external_ref", name=op.f("uq_sibling_groups_authority_id_external_ref")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_sibling_groups_authority_id_id")),
    )
    op.create_table(
        "sibling_members",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "child_id"],
            ["children.authority_id", "children.id"],
            name=op.f("fk_sibling_members_authority_id_child_id_children"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "group_id"],
            ["sibling_groups.authority_id", "sibling_groups.id"],
            name=op.f("fk_sibling_members_authority_id_group_id_sibling_groups"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_sibling_members_authority_id_authorities")
        ),
        sa.PrimaryKeyConstraint("group_id", "child_id", name=op.f("pk_sibling_members")),
        sa.UniqueConstraint("group_id", "position", name=op.f("uq_sibling_members_group_id_position")),
    )
    op.create_index("ix_sibling_members_child_id", "sibling_members", ["child_id"], unique=False)
    op.create_table(
        "sibling_pairs",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("one_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("assessed", sa.String(40), nullable=False),
        sa.Column("assessed_by", sa.String(length=100), nullable=True),
        sa.Column("assessed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "assessed IN ('together-required', 'together-preferred', 'apart-required')",
            name=op.f("ck_sibling_pairs_assessed"),
        ),
        sa.CheckConstraint("one_id <> other_id", name=op.f("ck_sibling_pairs_two_children")),
        sa.ForeignKeyConstraint(
            ["authority_id", "group_id"],
            ["sibling_groups.authority_id", "sibling_groups.id"],
            name=op.f("fk_sibling_pairs_authority_id_group_id_sibling_groups"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_sibling_pairs_authority_id_authorities")
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "one_id"],
            ["sibling_members.group_id", "sibling_members.child_id"],
            name=op.f("fk_sibling_pairs_group_id_one_id_sibling_members"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "other_id"],
            ["sibling_members.group_id", "sibling_members.child_id"],
            name=op.f("fk_sibling_pairs_group_id_other_id_sibling_members"),
        ),
        sa.PrimaryKeyConstraint("group_id", "one_id", "other_id", name=op.f("pk_sibling_pairs")),
    )
    op.create_table(
        "frameworks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("framework_version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("definition", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_frameworks_authority_id_authorities")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frameworks")),
        sa.UniqueConstraint(
            "authority_id", "code", "framework_version", name=op.f("uq_frameworks_authority_id_code_framework_version")
        ),
    )
    op.create_table(
        "needs_profiles",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("external_ref", sa.String(length=100), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("framework_id", sa.Uuid(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("author", sa.String(length=100), nullable=False),
        sa.Column("review_due", sa.Date(), nullable=False),
        sa.Column("levels", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "child_id"],
            ["children.authority_id", "children.id"],
            name=op.f("fk_needs_profiles_authority_id_child_id_children"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_needs_profiles_authority_id_authorities")
        ),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["frameworks.id"], name=op.f("fk_needs_profiles_framework_id_frameworks")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needs_profiles")),
        sa.UniqueConstraint("authority_id", "external_ref", name=op.f("uq_needs_profiles_authority_id_external_ref")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_needs_profiles_authority_id_id")),
    )
    op.create_index("ix_needs_profiles_child_id_made_on", "needs_profiles", ["child_id", "made_on"], unique=False)
    op.create_table(
        "needs_words",
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("domain", sa.String(length=60), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("strength", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("childs_words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "profile_id"],
            ["needs_profiles.authority_id", "needs_profiles.id"],
            name=op.f("fk_needs_words_authority_id_profile_id_needs_profiles"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_needs_words_authority_id_authorities")
        ),
        sa.PrimaryKeyConstraint("profile_id", "domain", name=op.f("pk_needs_words")),
    )


def downgrade() -> None:
    op.drop_table("needs_words")
    op.drop_table("needs_profiles")
    op.drop_table("frameworks")
    op.drop_table("sibling_pairs")
    op.drop_table("sibling_members")
    op.drop_table("sibling_groups")
    op.drop_table("important_places")
    op.drop_table("child_identities")
    op.drop_table("children")
