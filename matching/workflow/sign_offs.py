"""Sign-offs: what a rule asks somebody to agree to, by when, and whether a placement may start without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from matching.codes import SignOffRole
from matching.errors import DomainError, Faults
from matching.explanations import Finding
from matching.rules.model import Deadline
from matching.values import AuthorityId, ChildId, HomeId, ReferralId, SignOffId
from matching.workflow.calendar import add_working_days
from matching.workflow.states import SignOffState

EMERGENCY_WORKING_DAYS = 6
"""Care Planning Regs 2010 reg 23; the rule book's parameter emergency_working_days says the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """One role asked to agree to one rule not being met, for one child (or all who would live together) in one home."""

    id: SignOffId
    authority: AuthorityId
    referral: ReferralId
    home: HomeId
    child: ChildId | None
    """None when the rule is about all who would live together."""
    rule: str
    says: str
    """The rule in one sentence."""
    facts: str
    """Why it is not met, in words, without names."""
    sources: tuple[str, ...]
    role: SignOffRole
    deadline: Deadline
    first_night: date
    """The first night of the stay, from which an emergency's working days are counted."""
    state: SignOffState
    requested_at: datetime
    answered_at: datetime | None = None
    answered_by: str | None = None
    """The staff reference of the person who answered."""
    reason: str = ""
    """What the person said with the answer."""

    def __post_init__(self) -> None:
        answered = self.state in (SignOffState.AGREED, SignOffState.REFUSED)
        faults = Faults()
        faults.unless(
            answered == (self.answered_by is not None),
            "answered_by",
            "An answer is a named person's, and nothing else is",
            "Give the reference of the person who answers",
        )
        faults.unless(
            self.state is not SignOffState.REFUSED or self.reason.strip(),
            "reason",
            "A refusal has no reason",
            "Say why it is refused",
        )
        faults.raise_if_any()

    @property
    def due(self) -> date:
        """The last day on which it may be given."""
        if self.deadline is Deadline.SIX_WORKING_DAYS:
            return add_working_days(self.first_night, EMERGENCY_WORKING_DAYS)
        return self.first_night

    @property
    def about(self) -> tuple[str, HomeId, ChildId | None]:
        """What it is for: the rule, the home and the child."""
        return self.rule, self.home, self.child


class SignOffMissing(DomainError):
    """Something must be agreed first; `missing` says what, by whom."""

    def __init__(self, what: str, missing: Iterable[SignOff]) -> None:
        self.missing = tuple(missing)
        said = "; ".join(f"{one.rule} ({one.role.value}, {one.state.value})" for one in self.missing)
        super().__init__(f"{what} before these sign-offs are agreed: {said}. Ask for them, or choose another home.")


def needed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that call for somebody's agreement, each rule and child once."""
    once = {(one.rule, one.child): one for one in findings if one.sign_off is not None and one.standing == "sign-off"}
    return tuple(once.values())


def latest(sign_offs: Iterable[SignOff]) -> tuple[SignOff, ...]:
    """The newest for each rule, home and child, without those withdrawn: one refused may be asked for anew."""
    newest: dict[object, SignOff] = {}
    for one in sorted(sign_offs, key=lambda asked: asked.requested_at):
        if one.state is not SignOffState.WITHDRAWN:
            newest[one.about] = one
    return tuple(newest.values())


def missing_for_decision(sign_offs: Iterable[SignOff]) -> tuple[SignOff, ...]:
    """What keeps a decision from being made: refused, or not agreed though the law wants it before the decision."""
    return tuple(
        one
        for one in latest(sign_offs)
        if one.state is SignOffState.REFUSED
        or (one.deadline is Deadline.BEFORE_DECISION and one.state is not SignOffState.AGREED)
    )


def missing_for_start(sign_offs: Iterable[SignOff]) -> tuple[SignOff, ...]:
    """What keeps a placement from starting: refused, or not agreed and not such as the law lets be given after."""
    return tuple(
        one
        for one in latest(sign_offs)
        if one.state is SignOffState.REFUSED
        or (one.deadline is not Deadline.SIX_WORKING_DAYS and one.state is not SignOffState.AGREED)
    )


def owed_after_start(sign_offs: Iterable[SignOff]) -> tuple[SignOff, ...]:
    """What may follow the start, and is not agreed yet: a timer runs for each."""
    return tuple(
        one
        for one in latest(sign_offs)
        if one.deadline is Deadline.SIX_WORKING_DAYS and one.state is not SignOffState.AGREED
    )
