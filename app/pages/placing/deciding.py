"""Deciding: one of the willing homes is chosen, what it would mean is laid out, and every reason is asked for first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar

from fastapi import APIRouter, Depends, Response

from app.pages.findings import FindingShown, shown
from app.pages.matches.comparison import VERDICTS
from app.pages.naming import kind, role
from app.pages.placing.case import Case, Key, case_of, chosen_ids, keys_of, named, refused
from app.pages.typed import NOTHING_TYPED, FieldError, Reading, Typed
from app.pages.visits import May, Visit, answered
from app.pages.wording import SIGN_OFF_STATES, VIEWS
from app.pages.words import capital, day, pounds, sentence
from app.services.workflow.deciding import Choice, decide
from app.services.workflow.weighing import SignOffAhead, Weighed, weigh
from db.errors import BedTaken, NotFound
from matching.codes import ViewAsked
from matching.errors import DomainError
from matching.shortlist_answers import lacks_in
from matching.values import ChildId, HomeId
from matching.workflow.decisions import ReasonNeeded, ShownHome
from matching.workflow.offers import Offer
from matching.workflow.states import OfferState

router = APIRouter(include_in_schema=False)

Decider = Annotated[Visit, Depends(May("decide"))]
MOST_WAYS = 12
REASONS = {
    ReasonNeeded.OTHER_THAN_FIRST: "Why this, and not what is ranked first?",
    ReasonNeeded.SIBLINGS_SPLIT: "Why are the brothers and sisters to live apart?",
    ReasonNeeded.CONNECTED_PASSED_OVER: "Why is the connected carer (family or friend) passed over?",
}


@dataclass(frozen=True, slots=True)
class WayToDecide:
    """One way to place every child among homes that said yes."""

    value: str
    text: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoosePage:
    """The first page: which of the willing homes."""

    template: ClassVar[str] = "placing/choose.html"

    reference: str
    ways: tuple[WayToDecide, ...]
    unsaid: tuple[str, ...]
    """Children whose view is not recorded."""
    recommended: str
    title: str = "Decide where the children will live"
    typed: Typed = NOTHING_TYPED

    @property
    def base(self) -> str:
        """Below which every page of this referral is."""
        return f"/referrals/{self.reference}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenHome:
    """One home of the choice."""

    title: str
    children: str
    verdict: str
    colour: str
    weekly: str
    findings: tuple[FindingShown, ...]
    """What is not met, worst first."""
    met: int


@dataclass(frozen=True, slots=True)
class Needed:
    """A sign-off, and how it stands."""

    who: str
    says: str
    deadline: str
    state: str
    blocks: bool


@dataclass(frozen=True, slots=True)
class ReasonAsked:
    """A reason that the choice needs."""

    field: str
    asks: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidePage:
    """The second page: all that stands before the person, and the reasons."""

    template: ClassVar[str] = "placing/decide.html"

    reference: str
    choose: str
    ranked: str
    ways: int
    homes: tuple[ChosenHome, ...]
    sign_offs: tuple[Needed, ...]
    views: tuple[tuple[str, str], ...]
    unsaid: tuple[str, ...]
    reasons: tuple[ReasonAsked, ...]
    wanted_by: str
    person: str
    typed: Typed = NOTHING_TYPED
    title: str = "Check and decide"

    @property
    def base(self) -> str:
        """Below which every page of this referral is."""
        return f"/referrals/{self.reference}"

    @property
    def can(self) -> bool:
        """Whether the form may be sent: nothing must come first."""
        return not self.unsaid and not any(one.blocks for one in self.sign_offs)


@router.get("/referrals/{reference}/decide", name="page_decide")
def choose(visit: Decider, reference: str) -> Response:
    """The willing homes; or, once one is chosen, what it would mean."""
    case = case_of(visit, reference)
    if not case.file.referral.value.state.is_waiting:
        return visit.go(f"{case.base}/decision")
    if "choose" not in visit.request.query_params:
        return visit.page(_choices(case))
    keys = keys_of(visit.request.query_params.getlist("choose"))
    if not _is_known(case, keys):
        wrong = FieldError("choose", "Choose one of the ways", "choose")
        return visit.page(replace(_choices(case), typed=Typed(errors=(wrong,))), 422)
    return visit.page(_page(visit, case, keys))


@router.post("/referrals/{reference}/decide", name="page_make_decision")
def make(visit: Decider, reference: str) -> Response:
    """Decides: the placements are planned in their beds, and what was shown is kept."""
    case = case_of(visit, reference)
    keys = keys_of(visit.sent.typed.values("choose"))
    reading = Reading(visit.sent)
    first_night = reading.day("first_night")
    page = _page(visit, case, keys) if case.file.referral.value.state.is_waiting else None
    asked = () if page is None else page.reasons
    for one in asked:
        reading.text(one.field, "Give a reason that others can read later")
    if reading.wrong and page is not None:
        return visit.page(replace(page, typed=reading.typed), 422)
    given = {reason: visit.sent.typed.value(reason.value).strip() for reason in ReasonNeeded}
    choice = Choice(
        referral=case.file.referral.value.id,
        chosen=_chosen(case, keys),
        decided_by=visit.person,
        reasons={reason: words for reason, words in given.items() if words},
        first_night=first_night,
    )
    try:
        reply = decide(
            visit.office,
            visit.caller,
            choice,
            lambda _: visit.gone(f"{case.base}/decision", said="decided"),
            visit.sent.repeat,
        )
    except DomainError as error:
        if page is None:
            raise
        return _refused(visit, reference, keys, error)
    return answered(reply)


def _refused(visit: Visit, reference: str, keys: Sequence[Key], error: DomainError) -> Response:
    """The page anew, for what stands before the person may have changed, with why it could not be."""
    names = {f"reasons/{reason.value}": reason.value for reason in ReasonNeeded} | {"first_night": "first_night"}
    typed, status = refused(visit.sent.typed, error, "decision", names)
    case = case_of(visit, reference)
    if not case.file.referral.value.state.is_waiting and not isinstance(error, BedTaken | NotFound):
        raise error
    return visit.page(replace(_page(visit, case, keys), typed=typed), status)


# --- the first page --------------------------------------------------------------------------------


def _choices(case: Case) -> ChoosePage:
    newest = case.file.recommendation
    said = "" if newest is None else f"{_homes(case, newest.value.chosen.values())}. {sentence(newest.value.reason)}"
    return ChoosePage(reference=case.reference, ways=tuple(_ways(case)), unsaid=_unsaid(case), recommended=said)


def _homes(case: Case, homes: Iterable[HomeId]) -> str:
    return "; ".join(dict.fromkeys(case.home(home) for home in homes))


def _unsaid(case: Case) -> tuple[str, ...]:
    asks = case.file.referral.value.asks
    return tuple(case.child(ask.child) for ask in asks if ask.view.asked is ViewAsked.NOT_YET)


def _ways(case: Case) -> Iterator[WayToDecide]:
    """Every child in one home that said yes, together where that can be; at most a dozen ways."""
    offers = [one.value for one in case.file.offers if one.value.state_at(case.now) is OfferState.WILLING]
    children = case.file.referral.value.children
    found = sorted(_covering(offers, frozenset(children), ()), key=len)
    for way in found[:MOST_WAYS]:
        value = ",".join(_key(case, offer).written for offer in way)
        text = " and ".join(
            f"{case.home(offer.home)}" + (f" for {case.children(offer.children)}" if len(way) > 1 else "")
            for offer in way
        )
        yield WayToDecide(value, capital(text), "Together" if len(way) == 1 and len(children) > 1 else "")


def _covering(
    offers: Sequence[Offer], left: frozenset[ChildId], so_far: tuple[Offer, ...]
) -> Iterator[tuple[Offer, ...]]:
    if not left:
        yield so_far
        return
    for at, offer in enumerate(offers):
        if offer.children and set(offer.children) <= left:
            yield from _covering(offers[at + 1 :], left - set(offer.children), (*so_far, offer))


def _key(case: Case, offer: Offer) -> Key:
    refs = {one.child.value.id: one.child.value.external_ref for one in case.file.children}
    if len(offer.children) == len(refs):
        return Key(case.home_ref(offer.home))
    return Key(case.home_ref(offer.home), tuple(refs[child] for child in offer.children))


def _is_known(case: Case, keys: Sequence[Key]) -> bool:
    return len(_chosen(case, keys)) == len(case.file.referral.value.children)


def _chosen(case: Case, keys: Sequence[Key]) -> dict[ChildId, HomeId]:
    children = {one.child.value.external_ref: one.child.value.id for one in case.file.children}
    homes = {home.external_ref: id_ for id_, home in case.file.homes.items()}
    return chosen_ids(keys, children, homes)


# --- the second page -------------------------------------------------------------------------------


def _page(visit: Visit, case: Case, keys: Sequence[Key]) -> DecidePage:
    weighed = weigh(visit.office, visit.caller, case.file.referral.value.id, _chosen(case, keys))
    rank = weighed.shown.rank
    ranked = (
        "It is not among the ways that were ranked."
        if rank is None
        else f"It is number {rank} of {len(weighed.shown.ways)}."
    )
    return DecidePage(
        reference=case.reference,
        choose=",".join(key.written for key in keys),
        ranked=ranked,
        ways=len(weighed.shown.ways),
        homes=tuple(_chosen_home(case, home) for home in weighed.shown.chosen),
        sign_offs=tuple(_needed(case, one) for one in weighed.sign_offs),
        views=tuple(_view(case)),
        unsaid=_unsaid(case),
        reasons=_reasons(visit, weighed),
        wanted_by=day(case.file.referral.value.wanted_by),
        person=visit.signed_in.session.name,
    )


def _reasons(visit: Visit, weighed: Weighed) -> tuple[ReasonAsked, ...]:
    asked = [reason for reason in ReasonNeeded if reason in weighed.reasons]
    return tuple(ReasonAsked(one.value, REASONS[one], visit.sent.typed.value(one.value)) for one in asked)


def _chosen_home(case: Case, home: ShownHome) -> ChosenHome:
    record = next((one for one in case.file.homes.values() if one.external_ref == home.home), None)
    words, colour = VERDICTS[home.verdict]
    short = lacks_in(home.findings)
    return ChosenHome(
        title=f"{home.home}: {kind(record.kind.value)}" if record else home.home,
        children="; ".join(_by_reference(case, child) for child in home.children),
        verdict=words,
        colour=colour,
        weekly=pounds(home.weekly_pence),
        findings=tuple(shown(one) for one in short),
        met=sum(one.standing == "met" for one in home.findings),
    )


def _by_reference(case: Case, reference: str) -> str:
    return next(named(one, case.file) for one in case.file.children if one.child.value.external_ref == reference)


def _needed(case: Case, one: SignOffAhead) -> Needed:
    asked = one.finding.sign_off
    assert asked is not None, "a finding that asks nobody"
    whose = f"{_by_reference(case, one.finding.child)}: " if one.finding.child and case.many else ""
    return Needed(
        who=capital(role(asked.role)),
        says=f"{whose}{sentence(one.finding.reason)}",
        deadline=asked.deadline,
        state="Not asked for yet" if one.asked is None else SIGN_OFF_STATES[one.asked.state],
        blocks=one.keeps_from_deciding,
    )


def _view(case: Case) -> Iterator[tuple[str, str]]:
    for ask in case.file.referral.value.asks:
        words = "; ".join(said for said in (ask.view.said, ask.view.places_wanted, ask.view.people_wanted) if said)
        yield case.child(ask.child), f"{VIEWS[ask.view.asked]}. {words}".strip()
