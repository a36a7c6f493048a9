"""From proposal to placement: offers, sign-offs, recommendations, decisions and reviews."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text

from db.base import metadata
from db.tables.columns import code, identity, of_same_authority, owner, referable, stamps
from db.types import Moment, key, small_map
from matching.codes import SignOffRole, ViewAsked
from matching.workflow.offers import DeclineReason
from matching.workflow.roles import Role
from matching.workflow.states import DecisionState, OfferState, SignOffState

offers = Table(
    "offers",
    metadata,
    identity(),
    owner(),
    referable(),
    Column("referral_id", key(), nullable=False),
    Column("home_id", key(), ForeignKey("homes.id"), nullable=False),
    Column("provider_id", key(), ForeignKey("providers.id"), nullable=False),
    Column("enquiry", small_map(), nullable=False),
    *code("state", OfferState),
    Column("made_at", Moment, nullable=False),
    Column("answer_by", Moment, nullable=False),
    Column("viewed_at", Moment),
    Column("answered_at", Moment),
    *code("declined_for", DeclineReason, nullable=True),
    *stamps(),
    of_same_authority("referral_id", "referrals"),
)
Index("ix_offers_referral_id", offers.c.referral_id)
Index("ix_offers_home_id_state", offers.c.home_id, offers.c.state)
Index("ix_offers_authority_id_state", offers.c.authority_id, offers.c.state)

offer_children = Table(
    "offer_children",
    metadata,
    Column("offer_id", key(), ForeignKey("offers.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    owner(),
    Column("child_id", key(), nullable=False),
    of_same_authority("child_id", "children"),
)

sign_offs = Table(
    "sign_offs",
    metadata,
    identity(),
    owner(),
    Column("referral_id", key(), nullable=False),
    Column("home_id", key(), ForeignKey("homes.id"), nullable=False),
    Column("child_id", key()),  # null: about all who would live together
    Column("rule", String(60), nullable=False),
    Column("says", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("sources", small_map(), nullable=False),
    *code("role", SignOffRole),
    Column("deadline", String(60), nullable=False),  # a Deadline, in its own words
    Column("first_night", Date, nullable=False),
    *code("state", SignOffState),
    Column("requested_at", Moment, nullable=False),
    Column("answered_at", Moment),
    Column("answered_by", String(100)),
    Column("reason", Text, nullable=False),
    *stamps(),
    of_same_authority("referral_id", "referrals"),
    of_same_authority("child_id", "children"),
)
Index("ix_sign_offs_referral_id", sign_offs.c.referral_id)
Index("ix_sign_offs_authority_id_state_role", sign_offs.c.authority_id, sign_offs.c.state, sign_offs.c.role)

recommendations = Table(
    "recommendations",
    metadata,
    identity(),
    owner(),
    referable(),
    Column("referral_id", key(), nullable=False),
    Column("reason", Text, nullable=False),
    Column("recommended_by", String(100), nullable=False),
    Column("at", Moment, nullable=False),
    *stamps(),
    of_same_authority("referral_id", "referrals"),
)
Index("ix_recommendations_referral_id", recommendations.c.referral_id)

recommendation_homes = Table(
    "recommendation_homes",
    metadata,
    Column("recommendation_id", key(), ForeignKey("recommendations.id", ondelete="CASCADE"), primary_key=True),
    Column("child_id", key(), primary_key=True),
    owner(),
    Column("home_id", key(), ForeignKey("homes.id"), nullable=False),
    of_same_authority("child_id", "children"),
)

decisions = Table(
    "decisions",
    metadata,
    identity(),
    owner(),
    referable(),
    Column("referral_id", key(), nullable=False),
    Column("decided_by", String(100), nullable=False),
    *code("role", Role),
    Column("at", Moment, nullable=False),
    Column("reasons", small_map(), nullable=False),
    Column("recommendation_id", key()),
    *code("state", DecisionState),
    Column("reversed_because", Text, nullable=False),
    *stamps(),
    of_same_authority("referral_id", "referrals"),
    of_same_authority("recommendation_id", "recommendations"),
)
Index("ix_decisions_referral_id", decisions.c.referral_id)

decision_homes = Table(
    "decision_homes",
    metadata,
    Column("decision_id", key(), ForeignKey("decisions.id", ondelete="CASCADE"), primary_key=True),
    Column("child_id", key(), primary_key=True),
    owner(),
    Column("home_id", key(), ForeignKey("homes.id"), nullable=False),
    Column("placement_id", key(), ForeignKey("placements.id"), nullable=False, unique=True),
    *code("view_asked", ViewAsked),
    of_same_authority("child_id", "children"),
)

decision_shown = Table(
    "decision_shown",
    metadata,
    Column("decision_id", key(), ForeignKey("decisions.id", ondelete="CASCADE"), primary_key=True),
    owner(),
    Column("sha256", String(64), nullable=False),
    Column("shown", small_map(), nullable=False),
)
"""What stood before the person who decided: never changed, and read only when the one decision is read."""

placement_reviews = Table(
    "placement_reviews",
    metadata,
    identity(),
    owner(),
    Column("placement_id", key(), ForeignKey("placements.id", ondelete="CASCADE"), nullable=False),
    Column("held_on", Date, nullable=False),
    Column("recorded_at", Moment, nullable=False),
)
Index("ix_placement_reviews_placement_id", placement_reviews.c.placement_id)
