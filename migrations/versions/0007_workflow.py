"""From proposal to placement: offers, sign-offs, recommendations, decisions and reviews.

Only new tables: nothing that holds records is rebuilt, so every trigger stays where it is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "offers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("home_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("enquiry", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("viewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_for", sa.String(40), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "declined_for IN ('no-bed', 'mix-with-children-there', 'needs-beyond-us', 'risk', 'age', 'sex', 'number-of-children', 'staffing', 'skills-or-training', 'school-or-distance', 'too-short-notice', 'too-long-a-stay', 'carers-not-available', 'pets', 'price', 'other')",
            name=op.f("ck_offers_declined_for"),
        ),
        sa.CheckConstraint(
            "state IN ('made', 'viewed', 'willing', 'chosen', 'declined', 'expired', 'withdrawn')",
            name=op.f("ck_offers_state"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "referral_id"],
            ["referrals.authority_id", "referrals.id"],
            name=op.f("fk_offers_authority_id_referral_id_referrals"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_offers_authority_id_authorities")),
        sa.ForeignKeyConstraint(["home_id"], ["homes.id"], name=op.f("fk_offers_home_id_homes")),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"], name=op.f("fk_offers_provider_id_providers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_offers_authority_id_id")),
    )
    op.create_index("ix_offers_authority_id_state", "offers", ["authority_id", "state"], unique=False)
    op.create_index("ix_offers_home_id_state", "offers", ["home_id", "state"], unique=False)
    op.create_index("ix_offers_referral_id", "offers", ["referral_id"], unique=False)
    op.create_table(
        "recommendations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recommended_by", sa.String(length=100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "referral_id"],
            ["referrals.authority_id", "referrals.id"],
            name=op.f("fk_recommendations_authority_id_referral_id_referrals"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_recommendations_authority_id_authorities")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendations")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_recommendations_authority_id_id")),
    )
    op.create_index("ix_recommendations_referral_id", "recommendations", ["referral_id"], unique=False)
    op.create_table(
        "sign_offs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("home_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=True),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("deadline", sa.String(length=60), nullable=False),
        sa.Column("first_night", sa.Date(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=100), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('team-manager', 'registered-manager', 'nominated-officer', 'fostering-panel', 'resource-panel', 'area-authority', 'director-of-childrens-services')",
            name=op.f("ck_sign_offs_role"),
        ),
        sa.CheckConstraint("state IN ('requested', 'agreed', 'refused', 'withdrawn')", name=op.f("ck_sign_offs_state")),
        sa.ForeignKeyConstraint(
            ["authority_id", "child_id"],
            ["children.authority_id", "children.id"],
            name=op.f("fk_sign_offs_authority_id_child_id_children"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "referral_id"],
            ["referrals.authority_id", "referrals.id"],
            name=op.f("fk_sign_offs_authority_id_referral_id_referrals"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_sign_offs_authority_id_authorities")
        ),
        sa.ForeignKeyConstraint(["home_id"], ["homes.id"], name=op.f("fk_sign_offs_home_id_homes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_offs")),
    )
    op.create_index(
        "ix_sign_offs_authority_id_state_role", "sign_offs", ["authority_id", "state", "role"], unique=False
    )
    op.create_index("ix_sign_offs_referral_id", "sign_offs", ["referral_id"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("decided_by", sa.String(length=100), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reasons", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("reversed_because", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('placements', 'social-worker', 'commissioner', 'auditor', 'admin', 'provider', 'team-manager', 'registered-manager', 'nominated-officer', 'fostering-panel', 'resource-panel', 'area-authority', 'director-of-childrens-services')",
            name=op.f("ck_decisions_role"),
        ),
        sa.CheckConstraint("state IN ('made', 'carried-out', 'reversed')", name=op.f("ck_decisions_state")),
        sa.ForeignKeyConstraint(
            ["authority_id", "recommendation_id"],
            ["recommendations.authority_id", "recommendations.id"],
            name=op.f("fk_decisions_authority_id_recommendation_id_recommendations"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "referral_id"],
            ["referrals.authority_id", "referrals.id"],
            name=op.f("fk_decisions_authority_id_referral_id_referrals"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_decisions_authority_id_authorities")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_decisions_authority_id_id")),
    )
    op.create_index("ix_decisions_referral_id", "decisions", ["referral_id"], unique=False)
    op.create_table(
        "offer_children",
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "child_id"],
            ["children.authority_id", "children.id"],
            name=op.f("fk_offer_children_authority_id_child_id_children"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_offer_children_authority_id_authorities")
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offers.id"], name=op.f("fk_offer_children_offer_id_offers"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("offer_id", "position", name=op.f("pk_offer_children")),
    )
    op.create_table(
        "placement_reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_placement_reviews_authority_id_authorities")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placements.id"],
            name=op.f("fk_placement_reviews_placement_id_placements"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement_reviews")),
    )
    op.create_index("ix_placement_reviews_placement_id", "placement_reviews", ["placement_id"], unique=False)
    op.create_table(
        "recommendation_homes",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("home_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "child_id"],
            ["children.authority_id", "children.id"],
            name=op.f("fk_recommendation_homes_authority_id_child_id_children"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_recommendation_homes_authority_id_authorities")
        ),
        sa.ForeignKeyConstraint(["home_id"], ["homes.id"], name=op.f("fk_recommendation_homes_home_id_homes")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendations.id"],
            name=op.f("fk_recommendation_homes_recommendation_id_recommendations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("recommendation_id", "child_id", name=op.f("pk_recommendation_homes")),
    )
    op.create_table(
        "decision_homes",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("home_id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("view_asked", sa.String(40), nullable=False),
        sa.CheckConstraint(
            "view_asked IN ('asked', 'not-asked-too-young', 'not-asked-not-in-contact', 'not-asked-too-urgent', 'not-asked-child-declined', 'not-yet-asked')",
            name=op.f("ck_decision_homes_view_asked"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "child_id"],
            ["children.authority_id", "children.id"],
            name=op.f("fk_decision_homes_authority_id_child_id_children"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_decision_homes_authority_id_authorities")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_decision_homes_decision_id_decisions"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["home_id"], ["homes.id"], name=op.f("fk_decision_homes_home_id_homes")),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f("fk_decision_homes_placement_id_placements")
        ),
        sa.PrimaryKeyConstraint("decision_id", "child_id", name=op.f("pk_decision_homes")),
        sa.UniqueConstraint("placement_id", name=op.f("uq_decision_homes_placement_id")),
    )
    op.create_table(
        "decision_shown",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("shown", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_decision_shown_authority_id_authorities")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_decision_shown_decision_id_decisions"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_decision_shown")),
    )


def downgrade() -> None:
    op.drop_table("decision_shown")
    op.drop_table("decision_homes")
    op.drop_table("recommendation_homes")
    op.drop_table("placement_reviews")
    op.drop_table("offer_children")
    op.drop_table("decisions")
    op.drop_table("sign_offs")
    op.drop_table("recommendations")
    op.drop_table("offers")
