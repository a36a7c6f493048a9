"""Who may use what lies between a proposal and a placement; the tables of moves say who may make each move."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from matching.workflow.roles import CASE_WORKERS, DECIDERS, SIGN_OFF_ROLES, Role
from matching.workflow.states import (
    DECISION_MOVES,
    HOLD_MOVES,
    OFFER_MOVES,
    PLACEMENT_MOVES,
    REFERRAL_MOVES,
    SIGN_OFF_MOVES,
)

_READERS = CASE_WORKERS | {Role.AUDITOR, Role.ADMIN}
_PROVIDER = frozenset({Role.PROVIDER})
_TOLD = frozenset({Role.PLACEMENTS, Role.AUDITOR, Role.ADMIN})
_ADMIN = frozenset({Role.ADMIN})

WORKFLOW: Mapping[str, frozenset[Role]] = MappingProxyType(
    {
        "make_offers": REFERRAL_MOVES.move("offer").by,
        "list_offers": _READERS | _PROVIDER | DECIDERS,
        "read_offer": _READERS | _PROVIDER | DECIDERS,
        "view_offer": OFFER_MOVES.move("view").by,
        "say_willing": OFFER_MOVES.move("say-willing").by,
        "decline_offer": OFFER_MOVES.move("decline").by,
        "withdraw_offer": OFFER_MOVES.move("withdraw").by,
        "read_declines": _READERS | {Role.COMMISSIONER},
        "hold_bed": HOLD_MOVES.move("release").by,
        "release_hold": HOLD_MOVES.move("release").by,
        "list_holds": _READERS | DECIDERS,
        "ask_for_sign_offs": CASE_WORKERS,
        "list_sign_offs": _READERS | SIGN_OFF_ROLES,
        "read_sign_off": _READERS | SIGN_OFF_ROLES,
        "agree_sign_off": SIGN_OFF_MOVES.move("agree").by,
        "refuse_sign_off": SIGN_OFF_MOVES.move("refuse").by,
        "withdraw_sign_off": SIGN_OFF_MOVES.move("withdraw").by,
        "read_child_view": _READERS | DECIDERS,
        "record_child_view": frozenset({Role.SOCIAL_WORKER, Role.PLACEMENTS}),
        "recommend": frozenset({Role.SOCIAL_WORKER}),
        "read_recommendation": _READERS | DECIDERS,
        "decide": DECIDERS,
        "list_decisions": _READERS | DECIDERS,
        "read_decision": _READERS | DECIDERS,
        "reverse_decision": DECISION_MOVES.move("reverse").by,
        "start_placement": PLACEMENT_MOVES.move("start").by,
        "end_placement": PLACEMENT_MOVES.move("end").by,
        "move_placement": PLACEMENT_MOVES.move("move").by,
        "cancel_placement": PLACEMENT_MOVES.move("cancel").by,
        "expect_end": CASE_WORKERS,
        "review_placement": CASE_WORKERS,
        "read_waiting": _READERS | SIGN_OFF_ROLES | _PROVIDER | {Role.COMMISSIONER},
        "read_timers": _READERS | {Role.COMMISSIONER, Role.TEAM_MANAGER},
        "list_vacancies": _PROVIDER,
        "confirm_vacancy": _PROVIDER,
        "change_vacancy": _PROVIDER,
        "read_events": _TOLD,
        "subscribe": _ADMIN,
        "list_webhooks": _TOLD,
        "unsubscribe": _ADMIN,
        "list_dead_letters": _TOLD,
        "replay_dead_letters": _ADMIN,
    }
)
"""Each use case with the roles that may call it."""
