"""Use cases of the social worker: the child's view, and what is recommended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from uuid import uuid4

from app.services.callers import Caller
from app.services.office import Office
from app.services.repeats import Repeat, Reply
from app.services.workflow.doing import Doing, as_expected, once
from app.services.workflow.errors import OtherChild
from db.errors import NotFound
from db.mapping.shapes import Stored
from matching.referrals import ChildView, Referral
from matching.values import ChildId, HomeId, RecommendationId, ReferralId
from matching.workflow.decisions import Recommendation, checked_view


@dataclass(frozen=True, slots=True, kw_only=True)
class OfChild:
    """One child of one referral: `expected` is the version of the referral that the caller saw."""

    referral: ReferralId
    child: ChildId
    expected: int | None = None


def read_view(office: Office, caller: Caller, of: OfChild) -> tuple[Stored[Referral], ChildView]:
    """What a child said, with the referral it stands in; leaves an audit event. Raises NotFound, OtherChild."""
    with office.store.writing(caller.authority, alone=False) as work:
        stored = work.referrals.get(of.referral)
        view = _view(stored.value, of.child)
        work.audit.append(caller.act("read-child-view", office.clock()), "child", of.child)
        return stored, view


def record_view(
    office: Office,
    caller: Caller,
    of: OfChild,
    view: ChildView,
    write: Callable[[tuple[Stored[Referral], ChildView]], Reply],
    repeat: Repeat | None,
) -> Reply:
    """Records a child's view. Raises NotFound, OtherChild, Stale, Invalid."""

    def do(doing: Doing) -> tuple[Stored[Referral], ChildView]:
        stored = as_expected(doing.work.referrals.get(of.referral), "referral", of.expected)
        _view(stored.value, of.child)
        asks = tuple(
            replace(ask, view=checked_view(view)) if ask.child == of.child else ask for ask in stored.value.asks
        )
        after = doing.work.referrals.replace(replace(stored.value, asks=asks), doing.act("record-child-view"))
        return after, _view(after.value, of.child)

    return once(office, caller, repeat, do, write)


def _view(referral: Referral, child: ChildId) -> ChildView:
    found = next((ask.view for ask in referral.asks if ask.child == child), None)
    if found is None:
        raise OtherChild
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """What somebody would choose, and why."""

    referral: ReferralId
    chosen: Mapping[ChildId, HomeId]
    by: str
    reason: str


def recommend(
    office: Office,
    caller: Caller,
    preference: Preference,
    write: Callable[[Stored[Recommendation]], Reply],
    repeat: Repeat | None,
) -> Reply:
    """Records a recommendation; the newest is in force. Raises NotFound, OtherChild, Invalid."""

    def do(doing: Doing) -> Stored[Recommendation]:
        referral = doing.work.referrals.get(preference.referral).value
        if not set(preference.chosen) <= set(referral.children):
            raise OtherChild
        wanted = sorted(set(preference.chosen.values()))
        for home in set(wanted) - set(doing.work.homes.many(wanted)):
            raise NotFound("home", home)
        made = Recommendation(
            id=RecommendationId(uuid4()),
            authority=caller.authority,
            referral=referral.id,
            chosen=preference.chosen,
            reason=preference.reason,
            by=preference.by,
            at=doing.now,
        )
        return doing.work.recommendations.add(made, doing.act("recommend"))

    return once(office, caller, repeat, do, write)


def read_recommendation(office: Office, caller: Caller, referral: ReferralId) -> Stored[Recommendation]:
    """The recommendation in force; leaves an audit event. Raises NotFound."""
    with office.store.writing(caller.authority, alone=False) as work:
        work.referrals.get(referral)
        found = work.recommendations.newest(referral)
        if found is None:
            raise NotFound("recommendation", referral)
        work.audit.append(caller.act("read-recommendation", office.clock()), "recommendation", found.value.id)
        return found
