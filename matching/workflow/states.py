"""The states of each noun, and the tables of moves between them."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from matching.placements import PlacementState
from matching.referrals import ReferralState
from matching.workflow.roles import CASE_WORKERS, DECIDERS, SIGN_OFF_ROLES, TIME, Role
from matching.workflow.transitions import Move, Transitions

PLACEMENTS_TEAM = frozenset({Role.PLACEMENTS})
HOMES_SIDE = frozenset({Role.PROVIDER, Role.PLACEMENTS})
"""The home answers for itself, or the placements team writes down what it said on the telephone."""


class OfferState(StrEnum):
    """made → viewed → willing / declined; or it expires, or is withdrawn. A willing home may be chosen."""

    MADE = "made"
    VIEWED = "viewed"
    WILLING = "willing"
    CHOSEN = "chosen"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class HoldState(StrEnum):
    """A bed is held until it is used by a placement, released, or its time runs out."""

    HELD = "held"
    USED = "used"
    RELEASED = "released"
    EXPIRED = "expired"


class SignOffState(StrEnum):
    """requested → agreed / refused; withdrawn when it is asked for no longer."""

    REQUESTED = "requested"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class DecisionState(StrEnum):
    """made → carried out, when every child has moved; or reversed, when the plan falls through."""

    MADE = "made"
    CARRIED_OUT = "carried-out"
    REVERSED = "reversed"


_R, _O, _H, _S, _D, _P = ReferralState, OfferState, HoldState, SignOffState, DecisionState, PlacementState
_SEARCHED = frozenset({_R.OPEN, _R.SEARCHING, _R.OFFERED})

REFERRAL_MOVES = Transitions(
    "referral",
    ReferralState,
    _R.DRAFT,
    (
        Move("open", frozenset({_R.DRAFT}), _R.OPEN, CASE_WORKERS, "The search may begin"),
        Move("search", _SEARCHED, _R.SEARCHING, PLACEMENTS_TEAM, "Homes are looked for, or looked for anew"),
        Move("offer", _SEARCHED, _R.OFFERED, PLACEMENTS_TEAM, "Homes have been asked"),
        Move("decide", frozenset({_R.OFFERED}), _R.MATCHED, DECIDERS, "A named person has decided"),
        Move("reverse", frozenset({_R.MATCHED}), _R.SEARCHING, DECIDERS, "The plan fell through: look again"),
        Move("place", frozenset({_R.MATCHED}), _R.PLACED, CASE_WORKERS, "Every child has moved in"),
        Move("withdraw", _SEARCHED | {_R.DRAFT}, _R.WITHDRAWN, CASE_WORKERS, "A home is needed no longer"),
        Move("close", _SEARCHED, _R.CLOSED, PLACEMENTS_TEAM, "The search ends without a home found here"),
    ),
)

OFFER_MOVES = Transitions(
    "offer",
    OfferState,
    _O.MADE,
    (
        Move("view", frozenset({_O.MADE}), _O.VIEWED, HOMES_SIDE, "The home has read it"),
        Move(
            "say-willing",
            frozenset({_O.MADE, _O.VIEWED}),
            _O.WILLING,
            HOMES_SIDE,
            "The home is willing; its bed is held",
        ),
        Move(
            "decline", frozenset({_O.MADE, _O.VIEWED, _O.WILLING}), _O.DECLINED, HOMES_SIDE, "The home says no, and why"
        ),
        Move("choose", frozenset({_O.WILLING}), _O.CHOSEN, DECIDERS, "The decision is for this home"),
        Move(
            "withdraw",
            frozenset({_O.MADE, _O.VIEWED, _O.WILLING}),
            _O.WITHDRAWN,
            PLACEMENTS_TEAM,
            "The home is asked no longer",
        ),
        Move("reverse", frozenset({_O.CHOSEN}), _O.WITHDRAWN, DECIDERS, "The decision was reversed"),
        Move("expire", frozenset({_O.MADE, _O.VIEWED}), _O.EXPIRED, TIME, "No answer came in time"),
    ),
)

HOLD_MOVES = Transitions(
    "hold",
    HoldState,
    _H.HELD,
    (
        Move("use", frozenset({_H.HELD}), _H.USED, DECIDERS, "A placement takes the bed"),
        Move("release", frozenset({_H.HELD}), _H.RELEASED, PLACEMENTS_TEAM, "The bed is needed no longer"),
        Move("expire", frozenset({_H.HELD}), _H.EXPIRED, TIME, "Its time ran out"),
    ),
)

SIGN_OFF_MOVES = Transitions(
    "sign-off",
    SignOffState,
    _S.REQUESTED,
    (
        Move("agree", frozenset({_S.REQUESTED}), _S.AGREED, SIGN_OFF_ROLES, "The role it is asked of agrees"),
        Move(
            "refuse", frozenset({_S.REQUESTED}), _S.REFUSED, SIGN_OFF_ROLES, "The role it is asked of refuses, and why"
        ),
        Move("withdraw", frozenset({_S.REQUESTED}), _S.WITHDRAWN, PLACEMENTS_TEAM, "It is asked for no longer"),
    ),
)

DECISION_MOVES = Transitions(
    "decision",
    DecisionState,
    _D.MADE,
    (
        Move("carry-out", frozenset({_D.MADE}), _D.CARRIED_OUT, CASE_WORKERS, "Every child has moved in"),
        Move("reverse", frozenset({_D.MADE}), _D.REVERSED, DECIDERS, "The plan fell through, and why"),
    ),
)

PLACEMENT_MOVES = Transitions(
    "placement",
    PlacementState,
    _P.PLANNED,
    (
        Move("start", frozenset({_P.PLANNED}), _P.STARTED, CASE_WORKERS, "The child has moved in"),
        Move("cancel", frozenset({_P.PLANNED}), _P.CANCELLED, CASE_WORKERS | DECIDERS, "The child will not move in"),
        Move("move", frozenset({_P.STARTED}), _P.ENDED, CASE_WORKERS, "The child has moved to another home"),
        Move("end", frozenset({_P.STARTED}), _P.ENDED, CASE_WORKERS, "The child has left, and why"),
    ),
)

TABLES: tuple[Transitions[Any], ...] = (
    REFERRAL_MOVES,
    OFFER_MOVES,
    HOLD_MOVES,
    SIGN_OFF_MOVES,
    DECISION_MOVES,
    PLACEMENT_MOVES,
)
"""Every noun's table, in the order of the journey."""
