"""My sign-offs: what the rules ask a role to agree to, with the rule, its source, the facts and the deadline; and the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from app.pages.clashes import Clash, clash
from app.pages.facts import Fact
from app.pages.typed import NOTHING_TYPED, Reading, Typed
from app.pages.visits import May, Visit, answered
from app.pages.wording import ROLES, SIGN_OFF_STATES
from app.pages.words import capital, day, moment, plain, sentence
from app.services.known_by import KnownBy, known_by
from app.services.workflow import signing
from app.services.workflow.signing import Answer, Asked
from db.errors import Stale
from db.pages import Listing
from matching.errors import Invalid
from matching.workflow.roles import Role
from matching.workflow.sign_offs import SignOff
from matching.workflow.states import SignOffState

router = APIRouter(include_in_schema=False)

_MOST = 200


class Said(StrEnum):
    """The two answers."""

    AGREE = "agree"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffLine:
    """One sign-off in the list."""

    id: str
    href: str
    says: str
    facts: str
    whose: str
    due: str
    tag: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffsPage:
    """The sign-offs that wait, and those that were answered."""

    template: ClassVar[str] = "sign_offs/list.html"
    title: str
    intro: str
    waiting: tuple[SignOffLine, ...]
    answered: tuple[SignOffLine, ...]
    more: bool
    """Whether there are more than are shown."""


@router.get("/sign-offs", name="page_sign_offs")
def sign_offs(visit: Annotated[Visit, Depends(May("list_sign_offs"))]) -> Response:
    """Those that wait, the soonest due first; then those answered, the newest first."""
    waiting = _listed(visit, (SignOffState.REQUESTED,))
    settled = _listed(visit, tuple(state for state in SignOffState if state is not SignOffState.REQUESTED))
    every = [*waiting, *settled]
    names = _names(visit, [one.sign_off.value for one in every])
    today = visit.office.today()
    mine = visit.role.signs_off is not None
    role = ROLES[visit.role].lower()
    return visit.page(
        SignOffsPage(
            title="My sign-offs" if mine else "Sign-offs",
            intro=(
                f"What the rules ask the {role} to agree to or refuse. Nothing is placed against a rule without it."
                if mine
                else "What the rules ask people in named roles to agree to or refuse."
            ),
            waiting=tuple(
                _line(one.sign_off.value, names, today)
                for one in sorted(waiting, key=lambda one: (one.sign_off.value.due, one.sign_off.value.requested_at))
            ),
            answered=tuple(_line(one.sign_off.value, names, today) for one in reversed(settled)),
            more=len(waiting) == _MOST or len(settled) == _MOST,
        )
    )


def _listed(visit: Visit, states: tuple[SignOffState, ...]) -> Sequence[Asked]:
    asked = Listing(where={"state": states}, sort="requested_at", limit=_MOST)
    return signing.list_sign_offs(visit.office, visit.caller, asked).items


def _names(visit: Visit, sign_offs: Sequence[SignOff]) -> KnownBy:
    return known_by(
        visit.office,
        visit.caller,
        referrals=[one.referral for one in sign_offs],
        homes=[one.home for one in sign_offs],
        children=[one.child for one in sign_offs],
    )


def _line(one: SignOff, names: KnownBy, today: date) -> SignOffLine:
    tag, colour = _stands(one, today)
    return SignOffLine(
        id=f"about-{one.id}",
        href=f"/sign-offs/{one.id}",
        says=f"{_about(one, names)}: {one.says[:1].lower()}{one.says[1:]}",
        facts=sentence(one.facts),
        whose=ROLES[Role(one.role.value)],
        due=day(one.due),
        tag=tag,
        colour=colour,
    )


def _about(one: SignOff, names: KnownBy) -> str:
    child = f", child {names.children.get(one.child, '')}" if one.child else ""
    return f"{names.referrals.get(one.referral, '')}{child}, home {names.homes.get(one.home, 'no longer here')}"


_COLOURS: Mapping[SignOffState, str] = MappingProxyType({SignOffState.AGREED: "green", SignOffState.REFUSED: "red"})


def _stands(one: SignOff, today: date) -> tuple[str, str]:
    if one.state is not SignOffState.REQUESTED:
        return SIGN_OFF_STATES[one.state], _COLOURS.get(one.state, "grey")
    if one.due < today:
        return "Overdue", "red"
    return ("Due today", "orange") if one.due == today else (f"Due {day(one.due)}", "blue")


# --- one -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffPage:
    """One sign-off, and the form to answer it when it is for whoever looks."""

    template: ClassVar[str] = "sign_offs/one.html"
    title: str
    tag: str
    colour: str
    facts: str
    about: tuple[Fact, ...]
    sources: tuple[str, ...]
    rule: str
    reason: str
    """What was said with the answer; empty before."""
    action: str
    may_answer: bool
    may_withdraw: bool
    version: int
    typed: Typed = NOTHING_TYPED
    clash: Clash | None = None


@router.get("/sign-offs/{id}", name="page_sign_off")
def sign_off(
    visit: Annotated[Visit, Depends(May("read_sign_off"))],
    id: UUID,  # noqa: A002 - the name in the address
) -> Response:
    """The rule, its source, the facts and the deadline."""
    return visit.page(_view(visit, id))


def _view(visit: Visit, wanted: UUID) -> SignOffPage:
    asked = signing.read_sign_off(visit.office, visit.caller, wanted)
    one = asked.sign_off.value
    names = _names(visit, [one])
    tag, colour = _stands(one, visit.office.today())
    return SignOffPage(
        title=sentence(one.says).rstrip("."),
        tag=tag,
        colour=colour,
        facts=sentence(one.facts),
        about=tuple(_facts(one, names, sees_searches=visit.may("read_referral"))),
        sources=one.sources,
        rule=one.rule,
        reason=one.reason,
        action=f"/sign-offs/{one.id}",
        may_answer="agree" in asked.possible and visit.may("agree_sign_off"),
        may_withdraw="withdraw" in asked.possible and visit.may("withdraw_sign_off"),
        version=asked.sign_off.version,
    )


def _facts(one: SignOff, names: KnownBy, *, sees_searches: bool) -> list[Fact]:
    search = names.referrals.get(one.referral, "")
    found = [
        Fact(name="Search", says=search, href=f"/referrals/{search}" if sees_searches and search else ""),
        Fact(name="Home", says=names.homes.get(one.home, "No longer on record")),
        Fact(name="Child", says=names.children.get(one.child, "") if one.child else "All who would live together"),
        Fact(name="Who must agree", says=ROLES[Role(one.role.value)]),
        Fact(name="By when", says=f"{day(one.due)}: {one.deadline.value}"),
        Fact(name="Asked", says=moment(one.requested_at)),
    ]
    if one.answered_by:
        found.append(Fact(name="Answered", says=f"by {one.answered_by}, {moment(one.answered_at)}"))
    return found


@router.post("/sign-offs/{id}", name="page_answer_sign_off")
def answer(
    visit: Annotated[Visit, Depends(May("agree_sign_off"))],
    id: UUID,  # noqa: A002 - the name in the address
) -> Response:
    """Agrees or refuses; a refusal says why."""
    reading = Reading(visit.sent)
    said = reading.choice("answer", Said, needed="Say whether you agree")
    reason = reading.text("reason", needed="Say why you refuse" if said is Said.REFUSE else "")
    if reading.wrong or said is None:
        return visit.page(replace(_view(visit, id), typed=reading.typed), 422)
    given = Answer(sign_off=id, move=said.value, by=visit.person, reason=reason, expected=visit.sent.version)
    done = "agreed" if said is Said.AGREE else "refused"
    try:
        reply = signing.answer_sign_off(
            visit.office, visit.caller, given, lambda _: visit.gone("/sign-offs", said=done), visit.sent.repeat
        )
    except Invalid as refused:
        typed = visit.sent.typed.told(refused, {"by": "answer"})
        return visit.page(replace(_view(visit, id), typed=typed), 422)
    except Stale:
        return _lost_race(visit, id, said, reason)
    return answered(reply)


def _lost_race(visit: Visit, wanted: UUID, said: Said, reason: str) -> Response:
    now = _view(visit, wanted)
    both = clash(
        now.version,
        yours={"Answer": capital(plain(said.value)), "Reason": reason},
        theirs={"Answer": now.tag, "Reason": now.reason},
    )
    return visit.page(replace(now, typed=visit.sent.typed, clash=both), 412)


@router.post("/sign-offs/{id}/withdraw", name="page_withdraw_sign_off")
def withdraw(
    visit: Annotated[Visit, Depends(May("withdraw_sign_off"))],
    id: UUID,  # noqa: A002 - the name in the address
) -> Response:
    """It is needed no longer."""
    given = Answer(sign_off=id, move="withdraw", expected=visit.sent.version)
    reply = signing.answer_sign_off(
        visit.office,
        visit.caller,
        given,
        lambda _: visit.gone(f"/sign-offs/{id}", said="sign-off-withdrawn"),
        visit.sent.repeat,
    )
    return answered(reply)
