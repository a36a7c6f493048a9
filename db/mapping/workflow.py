"""Offers, sign-offs, recommendations and decisions."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from db.mapping.enquiries import enquiry_of, written_enquiry
from db.mapping.shapes import Part, Shape, Values
from db.mapping.shown import NOTHING_SHOWN, digest_of, shown_of, written_shown
from db.tables import workflow
from matching.rules.model import Deadline
from matching.workflow.decisions import Decision, ReasonNeeded, Recommendation
from matching.workflow.offers import Offer
from matching.workflow.sign_offs import SignOff

_OFFER_SAME = ("state", "made_at", "answer_by", "viewed_at", "answered_at", "declined_for")
_SIGN_OFF_SAME = (
    *("rule", "says", "facts", "role", "first_night", "state"),
    *("requested_at", "answered_at", "answered_by", "reason"),
)
_DECISION_SAME = ("decided_by", "role", "at", "state", "reversed_because")
"""Fields whose column has the same name."""


def _same(value: Any, names: Sequence[str]) -> Values:
    return {name: getattr(value, name) for name in names}


def _offer_row(offer: Offer) -> Values:
    return {
        "id": offer.id,
        "authority_id": offer.authority,
        "referral_id": offer.referral,
        "home_id": offer.home,
        "provider_id": offer.provider,
        "enquiry": written_enquiry(offer.enquiry),
        **_same(offer, _OFFER_SAME),
    }


def _offer_children(offer: Offer) -> list[Values]:
    own = {"offer_id": offer.id, "authority_id": offer.authority}
    return [{**own, "position": at, "child_id": child} for at, child in enumerate(offer.children)]


def _offer_of(row: Any, children: Sequence[Any]) -> Offer:
    return Offer(
        id=row.id,
        authority=row.authority_id,
        referral=row.referral_id,
        home=row.home_id,
        provider=row.provider_id,
        children=tuple(child.child_id for child in children),
        enquiry=enquiry_of(row.enquiry),
        **_same(row, _OFFER_SAME),
    )


OFFERS: Shape[Offer] = Shape(
    noun="offer",
    table=workflow.offers,
    row=_offer_row,
    build=_offer_of,
    parts=(Part(table=workflow.offer_children, parent="offer_id", rows=_offer_children),),
    audited=frozenset({"referral_id", "home_id", "provider_id", "state", "answer_by", "declined_for"}),
    read_by_matching=False,
)


def _sign_off_row(sign_off: SignOff) -> Values:
    return {
        "id": sign_off.id,
        "authority_id": sign_off.authority,
        "referral_id": sign_off.referral,
        "home_id": sign_off.home,
        "child_id": sign_off.child,
        "sources": list(sign_off.sources),
        "deadline": sign_off.deadline.value,
        **_same(sign_off, _SIGN_OFF_SAME),
    }


def _sign_off_of(row: Any) -> SignOff:
    return SignOff(
        id=row.id,
        authority=row.authority_id,
        referral=row.referral_id,
        home=row.home_id,
        child=row.child_id,
        sources=tuple(row.sources),
        deadline=Deadline(row.deadline),
        **_same(row, _SIGN_OFF_SAME),
    )


SIGN_OFFS: Shape[SignOff] = Shape(
    noun="sign-off",
    table=workflow.sign_offs,
    row=_sign_off_row,
    build=_sign_off_of,
    audited=frozenset(
        {"referral_id", "home_id", "child_id", "rule", "role", "deadline", "first_night", "state", "answered_by"}
    ),
    read_by_matching=False,
)


def _recommendation_row(recommendation: Recommendation) -> Values:
    return {
        "id": recommendation.id,
        "authority_id": recommendation.authority,
        "referral_id": recommendation.referral,
        "reason": recommendation.reason,
        "recommended_by": recommendation.by,
        "at": recommendation.at,
    }


def _recommendation_homes(recommendation: Recommendation) -> list[Values]:
    own = {"recommendation_id": recommendation.id, "authority_id": recommendation.authority}
    return [{**own, "child_id": child, "home_id": home} for child, home in recommendation.chosen.items()]


def _recommendation_of(row: Any, homes: Sequence[Any]) -> Recommendation:
    return Recommendation(
        id=row.id,
        authority=row.authority_id,
        referral=row.referral_id,
        chosen=MappingProxyType({home.child_id: home.home_id for home in homes}),
        reason=row.reason,
        by=row.recommended_by,
        at=row.at,
    )


RECOMMENDATIONS: Shape[Recommendation] = Shape(
    noun="recommendation",
    table=workflow.recommendations,
    row=_recommendation_row,
    build=_recommendation_of,
    parts=(Part(table=workflow.recommendation_homes, parent="recommendation_id", rows=_recommendation_homes),),
    audited=frozenset({"referral_id", "recommended_by", "at"}),
    read_by_matching=False,
)


def _decision_row(decision: Decision) -> Values:
    return {
        "id": decision.id,
        "authority_id": decision.authority,
        "referral_id": decision.referral,
        "reasons": {why.value: said for why, said in decision.reasons.items()},
        "recommendation_id": decision.recommendation,
        **_same(decision, _DECISION_SAME),
    }


def _decision_homes(decision: Decision) -> list[Values]:
    own = {"decision_id": decision.id, "authority_id": decision.authority}
    return [
        {
            **own,
            "child_id": child,
            "home_id": home,
            "placement_id": decision.placements[child],
            "view_asked": decision.views[child],
        }
        for child, home in decision.chosen.items()
    ]


def _decision_shown(decision: Decision) -> list[Values]:
    written = written_shown(decision.shown)
    own = {"decision_id": decision.id, "authority_id": decision.authority}
    return [{**own, "sha256": digest_of(written), "shown": written}]


def _decision_of(row: Any, homes: Sequence[Any], shown: Sequence[Any]) -> Decision:
    return Decision(
        id=row.id,
        authority=row.authority_id,
        referral=row.referral_id,
        chosen=MappingProxyType({home.child_id: home.home_id for home in homes}),
        reasons=MappingProxyType({ReasonNeeded(why): said for why, said in row.reasons.items()}),
        views=MappingProxyType({home.child_id: home.view_asked for home in homes}),
        recommendation=row.recommendation_id,
        shown=shown_of(shown[0].shown) if shown else NOTHING_SHOWN,
        placements=MappingProxyType({home.child_id: home.placement_id for home in homes}),
        **_same(row, _DECISION_SAME),
    )


DECISIONS: Shape[Decision] = Shape(
    noun="decision",
    table=workflow.decisions,
    row=_decision_row,
    build=_decision_of,
    parts=(
        Part(table=workflow.decision_homes, parent="decision_id", rows=_decision_homes),
        Part(table=workflow.decision_shown, parent="decision_id", rows=_decision_shown, words=True),
    ),
    audited=frozenset({"referral_id", "decided_by", "role", "at", "recommendation_id", "state"}),
    read_by_matching=False,
)
