"""Every noun has one table of moves; what is not in it cannot be done, and the answer says what can."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from matching.codes import SignOffRole
from matching.referrals import ReferralState
from matching.workflow.diagrams import states_document
from matching.workflow.roles import SIGN_OFF_ROLES, Role
from matching.workflow.states import (
    OFFER_MOVES,
    PLACEMENT_MOVES,
    REFERRAL_MOVES,
    SIGN_OFF_MOVES,
    TABLES,
    OfferState,
    SignOffState,
)
from matching.workflow.transitions import IllegalMove, NotInThisRole, Transitions

ANY_TABLE = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.noun)


@ANY_TABLE
def test_every_state_can_be_reached_from_the_first(table: Transitions[Any]) -> None:
    reached, before = {table.initial}, set[Any]()
    while reached != before:
        before = set(reached)
        reached |= {move.target for move in table.moves if move.sources & reached}
    assert reached == set(table.every_state)


@ANY_TABLE
def test_from_every_state_something_final_can_be_reached(table: Transitions[Any]) -> None:
    ends, before = {state for state in table.every_state if table.is_final(state)}, set[Any]()
    assert ends
    while ends != before:
        before = set(ends)
        ends |= {source for move in table.moves if move.target in ends for source in move.sources}
    assert ends == set(table.every_state)


@ANY_TABLE
def test_no_two_moves_of_one_noun_share_a_name(table: Transitions[Any]) -> None:
    names = [move.name for move in table.moves]
    assert len(names) == len(set(names))


@ANY_TABLE
def test_a_move_is_made_in_its_roles_from_its_states_and_never_else(table: Transitions[Any]) -> None:
    for state, move, role in product(table.every_state, table.moves, tuple(Role)):
        if state in move.sources and role in move.by:
            assert table.after(state, move.name, role) is move.target
        else:
            with pytest.raises((IllegalMove, NotInThisRole)):
                table.after(state, move.name, role)


def test_an_illegal_move_says_what_is_possible_now() -> None:
    with pytest.raises(IllegalMove, match="Possible now: search, offer, withdraw, close") as refused:
        REFERRAL_MOVES.after(ReferralState.OPEN, "place", Role.PLACEMENTS)
    assert refused.value.possible == ("search", "offer", "withdraw", "close")


def test_when_nothing_is_possible_the_answer_says_so() -> None:
    with pytest.raises(IllegalMove, match="Nothing more can be done"):
        OFFER_MOVES.after(OfferState.DECLINED, "say-willing", Role.PROVIDER)


def test_a_move_in_the_wrong_role_says_whose_it_is() -> None:
    with pytest.raises(NotInThisRole, match="Who may: placements, provider"):
        OFFER_MOVES.after(OfferState.MADE, "decline", Role.AUDITOR)


def test_what_time_does_nobody_does() -> None:
    with pytest.raises(IllegalMove):
        OFFER_MOVES.after(OfferState.MADE, "expire", Role.ADMIN)
    assert "expire" not in OFFER_MOVES.names(OfferState.MADE)


def test_the_possible_moves_of_one_role_are_those_it_may_make() -> None:
    assert OFFER_MOVES.names(OfferState.MADE, Role.PROVIDER) == ("view", "say-willing", "decline")
    assert OFFER_MOVES.names(OfferState.MADE, Role.SOCIAL_WORKER) == ()


def test_every_role_that_signs_off_may_agree_and_refuse() -> None:
    assert {role.signs_off for role in SIGN_OFF_ROLES} == set(SignOffRole)
    for role in SIGN_OFF_ROLES:
        assert SIGN_OFF_MOVES.after(SignOffState.REQUESTED, "agree", role) is SignOffState.AGREED
    assert Role.PROVIDER.signs_off is None


def test_the_states_document_draws_every_move_of_every_noun() -> None:
    document = states_document()
    for table in TABLES:
        assert f"## {table.noun.capitalize()}" in document
        for move in table.moves:
            assert f": {move.name}\n" in document
            assert f"| {move.says} |" in document
    assert "carried_out --> [*]" in document
    assert document.count("stateDiagram-v2") == len(TABLES)
    assert PLACEMENT_MOVES.move("start").says in document
