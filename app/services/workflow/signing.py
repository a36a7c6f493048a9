"""Use cases about sign-offs: what the rules ask somebody to agree to is asked, and answered by that role alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from app.services.callers import Caller
from app.services.office import Office
from app.services.repeats import Repeat, Reply
from app.services.workflow.assessing import child_of, findings_now
from app.services.workflow.doing import Doing, as_expected, once
from app.services.workflow.errors import NotYourSignOff, OtherChild
from db.acts import Act
from db.mapping.shapes import Stored
from db.pages import Listing, Page
from matching.codes import SignOffRole
from matching.explanations import Finding
from matching.referrals import Referral
from matching.rules.model import Deadline
from matching.values import ChildId, HomeId, ReferralId, SignOffId
from matching.workflow.sign_offs import SignOff, latest, needed
from matching.workflow.states import SIGN_OFF_MOVES, SignOffState


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A sign-off with what can be done with it now."""

    sign_off: Stored[SignOff]
    possible: tuple[str, ...]


def ask_for_sign_offs(
    office: Office,
    caller: Caller,
    referral: ReferralId,
    chosen: Mapping[ChildId, HomeId],
    write: Callable[[tuple[Asked, ...]], Reply],
    repeat: Repeat | None,
) -> Reply:
    """Asks for every sign-off that these homes would need for these children, but those asked for already.

    Raises NotFound, OtherChild.
    """

    def do(doing: Doing) -> tuple[Asked, ...]:
        found = doing.work.referrals.lock(referral).value
        if not set(chosen) <= set(found.children):
            raise OtherChild
        asked = [
            one
            for home, shown in findings_now(doing, found, chosen)
            for one in request(doing, found, home, needed(shown.findings))
        ]
        return tuple(_told(caller, one) for one in asked)

    return once(office, caller, repeat, do, write, alone=False)


def request(
    doing: Doing, referral: Referral, home: HomeId, findings: tuple[Finding, ...]
) -> tuple[Stored[SignOff], ...]:
    """The sign-offs for these findings in a home: those on record, and new ones for the rest. One refused stays so."""
    children = doing.work.children.many(list(referral.children))
    references = {stored.value.external_ref: stored.value.id for stored in children.values()}
    before = {stored.value.id: stored for stored in doing.work.sign_offs.of_referral(referral.id)}
    known = {one.about: before[one.id] for one in latest(stored.value for stored in before.values())}
    asked = []
    for finding in findings:
        child = child_of(finding, references)
        stored = known.get((finding.rule, home, child))
        asked.append(stored or doing.work.sign_offs.add(_new(doing, referral, home, child, finding), _act(doing)))
    return tuple(asked)


def _act(doing: Doing) -> Act:
    return doing.act("request-sign-off")


def _new(doing: Doing, referral: Referral, home: HomeId, child: ChildId | None, finding: Finding) -> SignOff:
    assert finding.sign_off is not None, "a finding that asks nobody"
    return SignOff(
        id=SignOffId(uuid4()),
        authority=doing.caller.authority,
        referral=referral.id,
        home=home,
        child=child,
        rule=finding.rule,
        says=finding.says,
        facts=finding.reason,
        sources=finding.sources,
        role=SignOffRole(finding.sign_off.role),
        deadline=Deadline(finding.sign_off.deadline),
        first_night=referral.wanted_by,
        state=SignOffState.REQUESTED,
        requested_at=doing.now,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer to a sign-off (agree, refuse), or its withdrawal, by a named person."""

    sign_off: UUID
    move: str
    by: str | None = None
    reason: str = ""
    expected: int | None = None


def answer_sign_off(
    office: Office, caller: Caller, answer: Answer, write: Callable[[Asked], Reply], repeat: Repeat | None
) -> Reply:
    """Agrees, refuses or withdraws. Raises NotFound, NotYourSignOff, IllegalMove, NotInThisRole, Stale, Invalid."""

    def do(doing: Doing) -> Asked:
        doing.work.referrals.lock_of_sign_off(answer.sign_off)
        stored = as_expected(doing.work.sign_offs.get(answer.sign_off), "sign-off", answer.expected)
        after = SIGN_OFF_MOVES.after(stored.value.state, answer.move, caller.role)
        if after is not SignOffState.WITHDRAWN and caller.role.signs_off is not stored.value.role:
            raise NotYourSignOff(stored.value.role.value)
        by = None if after is SignOffState.WITHDRAWN else (answer.by or "")
        changed = replace(stored.value, state=after, answered_at=doing.now, answered_by=by, reason=answer.reason)
        return _told(caller, doing.work.sign_offs.replace(changed, doing.act(f"{answer.move}-sign-off")))

    return once(office, caller, repeat, do, write, alone=False)


def list_sign_offs(office: Office, caller: Caller, asked: Listing) -> Page[Asked]:
    """One page: of the caller's own role when it signs off, else of all. Leaves an audit event. Raises UnknownList."""
    role = caller.role.signs_off
    if role is not None:
        asked = replace(asked, where={**asked.where, "role": role})
    with office.store.writing(caller.authority, alone=False) as work:
        page = work.sign_offs.page(asked)
        shown = [one.value.id for one in page.items]
        act = caller.act("list-sign-offs", office.clock())
        work.audit.append(act, "sign-off", None, after={"shown": shown})
        return Page(tuple(_told(caller, one) for one in page.items), page.next)


def read_sign_off(office: Office, caller: Caller, sign_off: UUID) -> Asked:
    """One sign-off; leaves an audit event. Raises NotFound, NotYourSignOff."""
    with office.store.writing(caller.authority, alone=False) as work:
        stored = work.sign_offs.get(sign_off)
        if caller.role.signs_off not in (None, stored.value.role):
            raise NotYourSignOff(stored.value.role.value)
        work.audit.append(caller.act("read-sign-off", office.clock()), "sign-off", sign_off)
        return _told(caller, stored)


def _told(caller: Caller, stored: Stored[SignOff]) -> Asked:
    mine = caller.role.signs_off in (None, stored.value.role)
    return Asked(sign_off=stored, possible=SIGN_OFF_MOVES.names(stored.value.state, caller.role) if mine else ())
