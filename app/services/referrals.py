"""Use cases about referrals: a search for a home, for a child or for brothers and sisters."""

from __future__ import annotations

from app.services.errors import AlreadyPlaced
from app.services.office import FARTHEST_DAY
from app.services.recording import Change, Noun
from app.services.workflow.doing import Doing
from app.services.workflow.searching import let_go
from matching.errors import Faults
from matching.placements import PlacementState
from matching.referrals import Referral, ReferralState
from matching.workflow.endings import REASONS
from matching.workflow.states import REFERRAL_MOVES
from matching.workflow.transitions import IllegalMove

BEGINNINGS = frozenset({ReferralState.DRAFT, ReferralState.OPEN})
"""A referral is recorded in one of these states; the others it comes to."""
EDITED = frozenset({"open", "search", "withdraw", "close"})
"""The moves that are made by editing a referral."""
_ENDED = frozenset(REFERRAL_MOVES.move(move).target for move in REASONS)
_PRESENT = frozenset({PlacementState.PLANNED, PlacementState.STARTED})


def _check(change: Change[Referral]) -> None:
    referral, faults = change.now, Faults()
    for at, ask in enumerate(referral.asks):
        faults.unless(
            ask.child not in ask.never_with,
            f"asks/{at}/never_with",
            "A child is named as never to live with themselves",
            "Name other children only",
        )
    _check_dates(change, faults)
    if change.before is None or referral.wanted_by != change.before.wanted_by:
        _check_first_night(change, faults)
    _check_group(change, faults)
    faults.raise_if_any()
    if change.before is None:
        _check_beginning(referral)
    else:
        _check_move(referral.state, change.before.state)
    if change.before is None or referral.wanted_by != change.before.wanted_by:
        _check_not_placed(change)


def _check_dates(change: Change[Referral], faults: Faults) -> None:
    referral = change.now
    faults.unless(
        change.before is not None or referral.opened <= change.at,
        "opened",
        "The search would begin in the future",
        "Leave it out to begin now, or give a moment that has been",
    )
    for at, ask in enumerate(referral.asks):
        faults.unless(
            ask.stability_plan_on is None or ask.stability_plan_on <= change.today,
            f"asks/{at}/stability_plan_on",
            "The stability plan would be made in the future",
            "Give a day up to today",
        )


def _check_first_night(change: Change[Referral], faults: Faults) -> None:
    wanted = change.now.wanted_by
    faults.unless(
        (wanted - change.today).days <= FARTHEST_DAY,
        "wanted_by",
        "The first night is more than five years away",
        "Give the first night wanted, within five years",
    )
    children = change.work.children.many(list(change.now.children))
    faults.unless(
        all(stored.value.born <= wanted for stored in children.values()),
        "wanted_by",
        "A child of the referral is born later than the first night",
        "Give a first night on or after the date of birth, or correct that date",
    )


def _check_group(change: Change[Referral], faults: Faults) -> None:
    if change.now.sibling_group is None:
        return
    group = change.work.sibling_groups.get(change.now.sibling_group).value
    for at, ask in enumerate(change.now.asks):
        faults.unless(
            ask.child in group.members,
            f"asks/{at}/child",
            "This child is not in the sibling group of the referral",
            "Name members of the group, add the child to the group first, or refer the child apart",
        )


def _check_beginning(referral: Referral) -> None:
    faults = Faults()
    faults.unless(
        referral.state in BEGINNINGS, "state", "A referral does not begin in this state", "Give draft or open"
    )
    faults.raise_if_any()


def _check_move(now: ReferralState, before: ReferralState) -> None:
    """Raises IllegalMove when no edit leads from the one state to the other: offers and decisions make the others."""
    if now is before:
        return
    possible = [move for move in REFERRAL_MOVES.possible(before) if move.name in EDITED]
    if now not in {move.target for move in possible}:
        raise IllegalMove("referral", before.value, f"become-{now.value}", dict.fromkeys(m.name for m in possible))


def _check_not_placed(change: Change[Referral]) -> None:
    """Raises AlreadyPlaced for a child whose placement is not planned to end by the first night wanted."""
    wanted = change.now.wanted_by
    for at, ask in enumerate(change.now.asks):
        for stored in change.work.placements.of_child(ask.child):
            placement = stored.value
            if placement.state in _PRESENT and (placement.until is None or placement.until > wanted):
                raise AlreadyPlaced(f"/asks/{at}/child", placement.id)


def _let_go_when_ended(doing: Doing, before: Referral, now: Referral) -> None:
    if now.state is not before.state and now.state in _ENDED:
        let_go(doing, now)


REFERRALS: Noun[Referral] = Noun(
    name="referral",
    plural="referrals",
    records=lambda work: work.referrals,
    check=_check,
    follow=_let_go_when_ended,
    of_children=True,
)
