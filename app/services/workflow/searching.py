"""Use cases about a search itself: it is opened; it ends, and why, with every home that was asked told so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.services.callers import Caller
from app.services.office import Office
from app.services.repeats import Repeat, Reply
from app.services.workflow.doing import Doing, as_expected, once
from app.services.workflow.holding import release_for
from db.mapping.shapes import Stored
from matching.errors import Faults
from matching.referrals import Referral
from matching.values import ReferralId
from matching.workflow.endings import REASONS, SearchEnd
from matching.workflow.states import OFFER_MOVES, REFERRAL_MOVES, OfferState

_ASKED = (OfferState.MADE, OfferState.VIEWED, OfferState.WILLING)
Write = Callable[[Stored[Referral]], Reply]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A search that is to end: withdrawn, because a home is needed no longer; or closed, because none comes of it."""

    referral: ReferralId
    move: str
    """withdraw or close."""
    reason: SearchEnd
    expected: int | None = None


def open_search(
    office: Office, caller: Caller, referral: ReferralId, expected: int | None, write: Write, repeat: Repeat | None
) -> Reply:
    """Opens the search of a draft. Raises NotFound, Stale, IllegalMove, NotInThisRole."""

    def do(doing: Doing) -> Stored[Referral]:
        stored = as_expected(doing.work.referrals.get(referral), "referral", expected)
        after = REFERRAL_MOVES.after(stored.value.state, "open", caller.role)
        doing.work.referrals.becomes(stored, after, doing.act("open-referral"))
        return stored

    return once(office, caller, repeat, do, write)


def end_search(office: Office, caller: Caller, ending: Ending, write: Write, repeat: Repeat | None) -> Reply:
    """Ends a search: beds that are held go free, and homes are asked no longer.

    The reason is in the audit trail, by its code. Raises NotFound, Stale, IllegalMove, NotInThisRole, Invalid for a
    reason that does not go with the move.
    """

    def do(doing: Doing) -> Stored[Referral]:
        _check_reason(ending)
        stored = as_expected(doing.work.referrals.get(ending.referral), "referral", ending.expected)
        after = REFERRAL_MOVES.after(stored.value.state, ending.move, caller.role)
        let_go(doing, stored.value)
        doing.work.referrals.becomes(stored, after, doing.act(f"{ending.move}-referral"))
        doing.work.audit.append(
            doing.act("end-search"), "referral", stored.value.id, after={"move": ending.move, "reason": ending.reason}
        )
        return stored

    return once(office, caller, repeat, do, write)


def let_go(doing: Doing, ended: Referral) -> None:
    """Frees the beds that are held for a search that ends, and asks no home any longer, however it came to end."""
    release_for(doing, ended.id, None, ended.children)
    for offer in doing.work.offers.of_referral(ended.id):
        if offer.value.state_at(doing.now) in _ASKED:
            asked_no_longer = replace(offer.value, state=OFFER_MOVES.move("withdraw").target)
            doing.work.offers.replace(asked_no_longer, doing.act("withdraw-offer"))


def _check_reason(ending: Ending) -> None:
    faults = Faults()
    allowed = REASONS.get(ending.move, ())
    faults.unless(
        ending.reason in allowed,
        "reason",
        "This reason does not go with how the search is to end",
        f"Give one of {', '.join(allowed)}",
    )
    faults.raise_if_any()
