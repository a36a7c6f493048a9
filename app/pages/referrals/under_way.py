"""What homes were asked and what was answered: each offer with its hold, its sign-offs and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.pages.naming import called, kind, listed
from app.pages.wording import DECLINED, OFFER_STATES, ROLES, SIGN_OFF_STATES
from app.pages.words import capital, moment
from app.services.case_files import CaseFile
from matching.values import HomeId
from matching.workflow.offers import Offer
from matching.workflow.roles import Role
from matching.workflow.sign_offs import SignOff, latest
from matching.workflow.states import OfferState

COLOURS = {
    OfferState.MADE: "blue",
    OfferState.VIEWED: "blue",
    OfferState.WILLING: "green",
    OfferState.CHOSEN: "green",
    OfferState.DECLINED: "red",
}


@dataclass(frozen=True, slots=True)
class SignOffLine:
    """One sign-off that a home would need."""

    says: str
    whose: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One home that was asked, is held or needs a sign-off."""

    home: str
    kind: str
    whom: str
    state: str
    colour: str
    when: str
    held: str
    sign_offs: tuple[SignOffLine, ...]


def under_way(file: CaseFile, now: datetime) -> tuple[Asked, ...]:
    """Every home that was asked, the newest offer of each first made first; then homes held or looked at without one."""
    newest = {stored.value.home: stored.value for stored in file.offers}
    others = [one.value.home for one in file.holds] + [one.value.home for one in file.sign_offs]
    homes = dict.fromkeys([*newest, *others])
    return tuple(_asked(home, newest.get(home), file, now) for home in homes)


def _asked(home: HomeId, offer: Offer | None, file: CaseFile, now: datetime) -> Asked:
    found = file.homes.get(home)
    state = None if offer is None else offer.state_at(now)
    holds = [one.value for one in file.holds if one.value.home == home]
    names = {one.child.value.id: called(one.child.value, one.initials) for one in file.children}
    return Asked(
        home=found.external_ref if found else "A home of another authority",
        kind=capital(kind(found.kind.value)) if found else "",
        whom="" if offer is None else listed([names.get(child, "another child") for child in offer.children]),
        state="Not asked" if state is None else OFFER_STATES[state],
        colour="grey" if state is None else COLOURS.get(state, "grey"),
        when="" if offer is None or state is None else _when(offer, state),
        held=f"Bed held until {moment(min(one.held_until for one in holds))}" if holds else "",
        sign_offs=tuple(_line(one) for one in latest(stored.value for stored in file.sign_offs) if one.home == home),
    )


def _when(offer: Offer, state: OfferState) -> str:
    if state in (OfferState.MADE, OfferState.VIEWED):
        return f"Answer wanted by {moment(offer.answer_by)}"
    if offer.declined_for is not None:
        return f"Declined: {DECLINED[offer.declined_for].lower()}"
    return f"Answered on {moment(offer.answered_at)}" if offer.answered_at else f"Asked on {moment(offer.made_at)}"


def _line(one: SignOff) -> SignOffLine:
    return SignOffLine(one.says, ROLES[Role(one.role.value)], SIGN_OFF_STATES[one.state])
