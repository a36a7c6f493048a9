"""Use case: what stands before a person about to decide, before anything is decided: findings, reasons, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.services.callers import Caller
from app.services.office import Office
from app.services.workflow.assessing import child_of, ranked, shown_now
from app.services.workflow.doing import Doing
from db.session import Work
from matching.explanations import Finding
from matching.rules.model import Deadline
from matching.values import ChildId, HomeId, ReferralId
from matching.workflow.decisions import ReasonNeeded, Shown, reasons_needed
from matching.workflow.sign_offs import SignOff, latest, needed
from matching.workflow.states import SignOffState


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffAhead:
    """A sign-off that the choice needs, and how it stands; None when nobody has been asked yet."""

    home: HomeId
    finding: Finding
    asked: SignOff | None

    @property
    def keeps_from_deciding(self) -> bool:
        """Whether nothing can be decided until it is agreed."""
        if self.asked is not None and self.asked.state in (SignOffState.AGREED, SignOffState.REFUSED):
            return self.asked.state is SignOffState.REFUSED
        assert self.finding.sign_off is not None, "a finding that asks nobody"
        return self.finding.sign_off.deadline == Deadline.BEFORE_DECISION.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A choice as it would be shown and kept, the reasons it needs, and its sign-offs."""

    shown: Shown
    reasons: frozenset[ReasonNeeded]
    sign_offs: tuple[SignOffAhead, ...]


def weigh(office: Office, caller: Caller, referral: ReferralId, chosen: Mapping[ChildId, HomeId]) -> Weighed:
    """What choosing these homes would mean now; decides nothing, and leaves an audit event.

    Raises NotFound for the referral or a home.
    """
    with office.store.reading(caller.authority) as work:
        waiting = work.referrals.get(referral).value
    ways = ranked(office, caller, referral)
    now = office.clock()
    with office.store.writing(caller.authority) as work:
        seen = shown_now(Doing(office, work, caller, now, office.today()), ways, waiting, chosen, None)
        told = {"homes": sorted(home.home for home in seen.chosen)}
        work.audit.append(caller.act("weigh-choice", now), "referral", referral, after=told)
        return Weighed(shown=seen, reasons=reasons_needed(seen), sign_offs=_ahead(work, referral, chosen, seen))


def _ahead(work: Work, referral: ReferralId, chosen: Mapping[ChildId, HomeId], seen: Shown) -> tuple[SignOffAhead, ...]:
    asked = {one.about: one for one in latest(stored.value for stored in work.sign_offs.of_referral(referral))}
    children = {
        child.value.external_ref: ChildId(id_)
        for id_, child in work.children.many(list(work.referrals.get(referral).value.children)).items()
    }
    ids = {stored.value.external_ref: id_ for id_, stored in work.homes.many(list(chosen.values())).items()}
    return tuple(
        SignOffAhead(
            home=HomeId(ids[home.home]),
            finding=finding,
            asked=asked.get((finding.rule, HomeId(ids[home.home]), child_of(finding, children))),
        )
        for home in seen.chosen
        for finding in needed(home.findings)
    )
