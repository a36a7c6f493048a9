"""The page of the homes that were asked: what each said, the beds kept, the sign-offs that are needed, and the next step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.pages.naming import kind, role
from app.pages.placing.case import Case, Key
from app.pages.typed import NOTHING_TYPED, Typed
from app.pages.visits import Visit
from app.pages.wording import DECLINED, OFFER_STATES, SIGN_OFF_STATES, VIEWS
from app.pages.words import capital, moment, sentence
from db.mapping.shapes import Stored
from matching.codes import ViewAsked
from matching.values import ChildId, HomeId
from matching.workflow.offers import Offer
from matching.workflow.sign_offs import SignOff, latest
from matching.workflow.states import OFFER_MOVES, REFERRAL_MOVES, OfferState, SignOffState

COLOURS = {
    OfferState.WILLING: "green",
    OfferState.CHOSEN: "green",
    OfferState.DECLINED: "red",
    OfferState.EXPIRED: "grey",
    OfferState.WITHDRAWN: "grey",
}
MOVES = {"view": "The home has read it", "say-willing": "The home says yes", "withdraw": "Ask this home no longer"}
"""The buttons, by the name of the move; a decline has a reason and so a form of its own."""


@dataclass(frozen=True, slots=True)
class Button:
    """One move."""

    text: str
    action: str
    label: str
    """For whom it is, read out with the text."""


@dataclass(frozen=True, slots=True)
class HoldShown:
    """One bed kept."""

    says: str
    release: str
    """Where its release is sent; empty when this person may not."""


@dataclass(frozen=True, slots=True)
class SignOffShown:
    """One sign-off."""

    who: str
    says: str
    state: str
    colour: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferShown:
    """One home that was asked, and what can be done."""

    anchor: str
    home: str
    title: str
    children: str
    state: str
    colour: str
    when: str
    key: str
    buttons: tuple[Button, ...]
    decline: str
    """Where a decline is sent; empty when it cannot be."""
    holds: tuple[HoldShown, ...]
    may_hold: bool
    sign_offs: tuple[SignOffShown, ...]
    may_ask: bool
    is_over: bool
    """Whether nothing more is expected of this home."""


@dataclass(frozen=True, slots=True)
class Waits:
    """One thing that must be there before a decision."""

    done: bool
    says: str
    href: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OffersPage:
    """The page."""

    template: ClassVar[str] = "placing/offers.html"

    reference: str
    offers: tuple[OfferShown, ...]
    reasons: tuple[tuple[str, str], ...]
    steps: tuple[Waits, ...]
    recommended: str
    may_recommend: bool
    may_decide: bool
    decided: bool
    failed: str = ""
    """The anchor of the home at which something was refused."""
    typed: Typed = NOTHING_TYPED
    title: str = "Offers, holds and sign-offs"

    @property
    def base(self) -> str:
        """Below which every page of this referral is."""
        return f"/referrals/{self.reference}"


def offers_page(visit: Visit, case: Case) -> OffersPage:
    """The page, from the referral's file."""
    moves = REFERRAL_MOVES.names(case.file.referral.value.state, visit.role)
    shown = tuple(_offer(visit, case, stored) for stored in reversed(case.file.offers))
    newest = case.file.recommendation
    return OffersPage(
        reference=case.reference,
        offers=tuple(sorted(shown, key=lambda one: one.is_over)),
        reasons=tuple((reason.value, words) for reason, words in DECLINED.items()),
        steps=_steps(case),
        recommended="" if newest is None else _recommended(case, newest.value.chosen, newest.value.reason),
        may_recommend=visit.may("recommend") and case.file.referral.value.state.is_waiting,
        may_decide="decide" in moves,
        decided=bool(case.file.decisions),
    )


def _recommended(case: Case, chosen: Mapping[ChildId, HomeId], reason: str) -> str:
    homes = "; ".join(f"{case.child(child)} in {case.home(home)}" for child, home in chosen.items())
    return f"{homes}. {sentence(reason)}"


def _steps(case: Case) -> tuple[Waits, ...]:
    """What a decision still waits for."""
    missing = [ask.child for ask in case.file.referral.value.asks if ask.view.asked is ViewAsked.NOT_YET]
    willing = any(one.value.state_at(case.now) is OfferState.WILLING for one in case.file.offers)
    said = f"The view of {case.children(missing)} is not recorded" if missing else "The child's view is recorded"
    views = "; ".join(dict.fromkeys(VIEWS[ask.view.asked] for ask in case.file.referral.value.asks))
    return (
        Waits(bool(case.file.offers), "A home has been asked", f"{case.base}/matches", "Choose homes to ask"),
        Waits(willing, "A home is willing", "", ""),
        Waits(not missing, said if missing else f"{said} ({views.lower()})", f"{case.base}/view", "Record it"),
    )


def _offer(visit: Visit, case: Case, stored: Stored[Offer]) -> OfferShown:
    offer = stored.value
    state, home = offer.state_at(case.now), case.file.homes.get(offer.home)
    reference = case.home_ref(offer.home)
    moves = OFFER_MOVES.names(state, visit.role)
    waiting = case.file.referral.value.state.is_waiting
    over = state in (OfferState.DECLINED, OfferState.EXPIRED, OfferState.WITHDRAWN)
    action = f"{case.base}/offers/{offer.id}"
    return OfferShown(
        anchor=str(offer.id),
        home=reference,
        title=f"{reference}: {kind(home.kind.value)}" if home else case.home(offer.home),
        children=case.children(offer.children),
        state=OFFER_STATES[state],
        colour=COLOURS.get(state, "blue"),
        when=_when(offer, state),
        key=_key(case, offer).written,
        buttons=tuple(Button(MOVES[move], f"{action}/{move}", reference) for move in moves if move in MOVES),
        decline=f"{action}/decline" if "decline" in moves else "",
        holds=_holds(visit, case, offer),
        may_hold=visit.may("hold_bed") and waiting and not over,
        sign_offs=_sign_offs(case, offer.home),
        may_ask=visit.may("ask_for_sign_offs") and waiting and not over,
        is_over=over,
    )


def _key(case: Case, offer: Offer) -> Key:
    refs = {one.child.value.id: one.child.value.external_ref for one in case.file.children}
    return Key(case.home_ref(offer.home), tuple(refs[child] for child in offer.children if child in refs))


def _when(offer: Offer, state: OfferState) -> str:
    if state in (OfferState.MADE, OfferState.VIEWED):
        return f"Asked on {moment(offer.made_at)}. Answer wanted by {moment(offer.answer_by)}"
    if offer.declined_for is not None:
        return f"Declined on {moment(offer.answered_at)}: {DECLINED[offer.declined_for].lower()}"
    if state is OfferState.EXPIRED:
        return f"No answer came by {moment(offer.answer_by)}"
    return f"Answered on {moment(offer.answered_at)}" if offer.answered_at else f"Asked on {moment(offer.made_at)}"


def _holds(visit: Visit, case: Case, offer: Offer) -> tuple[HoldShown, ...]:
    found = (one.value for one in case.file.holds if one.value.home == offer.home and one.value.child in offer.children)
    may = visit.may("release_hold")
    return tuple(
        HoldShown(
            f"Bed held for {case.child(one.child)} until {moment(one.held_until)}",
            f"{case.base}/holds/{one.id}/release" if may else "",
        )
        for one in found
    )


_SIGN_OFF_COLOURS = {SignOffState.AGREED: "green", SignOffState.REFUSED: "red"}


def _sign_offs(case: Case, home: HomeId) -> tuple[SignOffShown, ...]:
    found = latest(stored.value for stored in case.file.sign_offs)
    return tuple(_sign_off(case, one) for one in found if one.home == home)


def _sign_off(case: Case, one: SignOff) -> SignOffShown:
    whose = f"{case.child(one.child)}: " if one.child is not None and case.many else ""
    return SignOffShown(
        who=capital(role(one.role.value)),
        says=f"{whose}{sentence(one.facts)}",
        state=SIGN_OFF_STATES[one.state],
        colour=_SIGN_OFF_COLOURS.get(one.state, "yellow"),
        answer=f"By {one.answered_by}: {sentence(one.reason)}" if one.answered_by and one.reason else "",
    )
