"""What must hold of a database whatever happened to the servers that worked on it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import text

from db.session import Store, Work
from matching.placements import PlacementState
from matching.referrals import ReferralState
from matching.workflow.states import DecisionState, OfferState
from tests.workflow.county import County
from tests.workflow.cycle import Answered

_DOUBLE = """
SELECT count(*) FROM bed_bookings a JOIN bed_bookings b
ON a.home_id = b.home_id AND a.bed_no = b.bed_no AND a.id < b.id
AND (a.last_morning IS NULL OR a.last_morning > b.first_night)
AND (b.last_morning IS NULL OR b.last_morning > a.first_night)
"""
_WITHOUT_BED = """
SELECT count(*) FROM placements p LEFT JOIN bed_bookings b ON b.placement_id = p.id
WHERE p.state IN ('planned', 'started') AND b.id IS NULL
"""
_UNTOLD = """
SELECT count(*) FROM audit_events a LEFT JOIN outbox_events o
ON o.authority_id = a.authority_id AND o.sequence = a.sequence
WHERE o.sequence IS NULL AND a.noun IN ('offer', 'sign-off', 'decision', 'placement', 'hold')
AND a.action NOT LIKE 'read-%' AND a.action NOT LIKE 'list-%' AND a.noun_id IS NOT NULL
"""


def broken(store: Store, county: County, answered: Iterable[Answered]) -> list[str]:
    """Every invariant that does not hold, in words; empty when nothing was lost, doubled or half done."""
    with store.reading(county.authority) as work:
        found = [f"the audit trail is {one.what} at {one.sequence}" for one in work.audit.verify()]
        found += _counted(work)
        found += _half_done(work, county)
        for told in answered:
            found += _lost(work, told)
    return found


def _counted(work: Work) -> list[str]:
    said = {
        "beds are promised twice": _DOUBLE,
        "placements have no bed": _WITHOUT_BED,
        "changes were not told to the outbox": _UNTOLD,
    }
    counts = {what: work.connection.execute(text(query)).scalar_one() for what, query in said.items()}
    return [f"{count} {what}" for what, count in counts.items() if count]


def _half_done(work: Work, county: County) -> list[str]:
    """A search that is decided has all that a decision makes, and one that is not has none of it."""
    found = []
    for referral in county.referrals:
        state = work.referrals.get(referral).value.state
        decisions = [one.value for one in work.decisions.of_referral(referral)]
        chosen = [one for one in work.offers.of_referral(referral) if one.value.state is OfferState.CHOSEN]
        decided = state in (ReferralState.MATCHED, ReferralState.PLACED)
        if (len(decisions), len(chosen)) != ((1, 1) if decided else (0, 0)):
            found.append(f"a search is {state}, with {len(decisions)} decisions and {len(chosen)} homes chosen")
            continue
        for decision in decisions:
            stays = [one.value.state for one in work.placements.many(list(decision.placements.values())).values()]
            carried = decision.state is DecisionState.CARRIED_OUT
            if stays != [PlacementState.STARTED if carried else PlacementState.PLANNED]:
                found.append(f"a decision is {decision.state}, and its placements are {stays}")
    return found


def _lost(work: Work, told: Answered) -> list[str]:
    """What was answered is on record."""
    found = []
    for decided in told.decided.values():
        kept = work.decisions.many([UUID(decided["id"])])
        if not kept:
            found.append("a decision that was answered is lost")
    started = work.placements.many([UUID(one) for one in told.started])
    if len(started) < len(told.started) or any(one.value.state is PlacementState.PLANNED for one in started.values()):
        found.append("a start that was answered is lost")
    return found
