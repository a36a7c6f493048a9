"""Use case: the plan weighed before anything is kept - what pins, forbids and other weights change, and what each part costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from app.services.callers import Caller
from app.services.match_runs import NO_WEIGHTS, Planned, PlanWanted, plan_for
from app.services.office import Office
from app.services.plan_totals import Reckoner, Totals
from app.services.pools import ReadyPool
from db.session import Work
from matching.arrangements import best_arrangements
from matching.candidates import intake_arrays
from matching.errors import Fault, Invalid
from matching.plan import Wishes
from matching.policy import Measure, Preset
from matching.pool import Pool
from matching.rules.book import RULES
from matching.rules.model import Standing
from matching.rules.states import standings
from matching.values import ChildId, HomeId, ReferralId
from solver.differences import Move, difference

MOST_FIXED = 100
"""Pairings that may be fixed, and rules done without, on one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAsked:
    """What somebody wants to see; homes and children by their references."""

    as_of: date
    preset: Preset | None = None
    weights: Mapping[Measure, int] = field(default_factory=lambda: NO_WEIGHTS)
    """Points for one unit of a measure, where they are to differ from the policy's."""
    pinned: tuple[tuple[str, str], ...] = ()
    """(child, home) pairings that must be in the plan."""
    forbidden: tuple[tuple[str, str], ...] = ()
    without: tuple[str, ...] = ()
    """Rules whose sign-off nobody is to be asked for."""

    @property
    def is_as_it_stands(self) -> bool:
        """Whether nothing is asked for but the plan by the policy in force."""
        return not (self.preset or self.weights or self.pinned or self.forbidden or self.without)


@dataclass(frozen=True, slots=True)
class Contest:
    """A home that is the best for several referrals at once and cannot take them all."""

    home: str
    wanted_by: tuple[str, ...]
    """References of the referrals, longest waiting first."""
    proposed_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WithoutSignOff:
    """What the plan would come to if nobody were asked for the sign-off of one rule."""

    rule: str
    asked_for: int
    """How often the plan asks for it."""
    avoidable: bool
    """Whether leaving pairings out avoids it; not where it is about who lives together."""
    totals: Totals | None
    """None when it cannot be avoided, or was not worked out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The plan as asked for, beside the plan as it stands."""

    asked: PlanAsked
    planned: Planned
    standing: Planned
    moves: tuple[Move, ...]
    """Who would live elsewhere, from the plan as it stands to the one asked for."""
    contests: tuple[Contest, ...]
    sign_offs: tuple[WithoutSignOff, ...]
    references: Mapping[str, str]
    """The short reference of each referral that waits, by the authority's own."""

    @property
    def pool(self) -> Pool:
        """Who waits and what there is."""
        return self.planned.ready.pool


def weigh_plan(office: Office, caller: Caller, asked: PlanAsked, *, price_sign_offs: bool = False) -> Weighed:
    """The plan as asked for, worked out once while the pool stands; nothing is kept but an audit event of the reading.

    Raises Invalid for a reference that is not in the pool; PinnedPairingBlocked; Busy.
    """
    ready = office.pools.ready(caller.authority, asked.as_of)
    wishes = wishes_of(ready, asked)
    with ready.at_work:
        standing = _planned(office, caller, PlanAsked(as_of=asked.as_of), Wishes())
        planned = standing if asked.is_as_it_stands else _planned(office, caller, asked, wishes)
        contests = _contests(planned)
        sign_offs = tuple(_sign_offs(office, planned, price=price_sign_offs))
    with office.store.writing(caller.authority) as work:
        work.audit.append(caller.act("weigh-plan", office.clock()), "plan", None, after={"as_of": asked.as_of})
        references = _short_references(work, {one.referral.id for one in ready.pool.seekers})
    return Weighed(
        asked=asked,
        planned=planned,
        standing=standing,
        moves=_moves(standing, planned),
        contests=contests,
        sign_offs=sign_offs,
        references=references,
    )


def short_references_of(office: Office, caller: Caller, referrals: Iterable[ReferralId]) -> Mapping[str, str]:
    """The short reference of each referral, by the authority's own."""
    with office.store.reading(caller.authority) as work:
        return _short_references(work, referrals)


def _short_references(work: Work, referrals: Iterable[ReferralId]) -> Mapping[str, str]:
    stored = work.referrals.many(sorted(set(referrals)), words=False).values()
    return {one.value.external_ref: one.reference for one in stored if one.reference}


def _moves(before: Planned, after: Planned) -> tuple[Move, ...]:
    one, other = before.ready.shortlister.worth, after.ready.shortlister.worth
    return difference(one, before.solved.plan, after.solved.plan, other).moves


def wishes_of(ready: ReadyPool, asked: PlanAsked) -> Wishes:
    """What is asked for, as the solver takes it. Raises Invalid naming each reference that is not in the pool."""
    faults: list[Fault] = []
    if len(asked.pinned) + len(asked.forbidden) + len(asked.without) > MOST_FIXED:
        faults.append(Fault("pin", "Too much is fixed at once", f"Take some away: {MOST_FIXED} at most"))
    pinned = frozenset(_pairings(ready.pool, asked.pinned, "pin", faults))
    forbidden = frozenset(_pairings(ready.pool, asked.forbidden, "forbid", faults))
    both = pinned & forbidden
    if both:
        faults.append(Fault("forbid", "A pairing is both kept and forbidden", "Take one of the two away"))
    unknown = (rule for rule in asked.without if rule not in RULES)
    faults += [
        Fault("without", f"There is no rule {rule[:40]}", "Choose one from the plan's sign-offs") for rule in unknown
    ]
    if faults:
        raise Invalid(faults)
    asking = (pairing for rule in asked.without for pairing in pairings_asking(ready, rule))
    return Wishes(pinned, forbidden | frozenset(asking) - pinned)


def _pairings(
    pool: Pool, given: Iterable[tuple[str, str]], field: str, faults: list[Fault]
) -> Iterable[tuple[ChildId, HomeId]]:
    children = {one.child.external_ref: one.child.id for one in pool.seekers}
    homes = {home.external_ref: home.id for home in pool.homes}
    for child, home in given:
        if child not in children:
            faults.append(Fault(field, f"Child {child[:40]} does not wait for a home now", "Take this choice away"))
        elif home not in homes:
            faults.append(Fault(field, f"There is no home {home[:40]} on record now", "Take this choice away"))
        else:
            yield children[child], homes[home]


def pairings_asking(ready: ReadyPool, rule: str) -> tuple[tuple[ChildId, HomeId], ...]:
    """Every pairing that might be proposed but for which the rule's sign-off would have to be given."""
    pool, assessor = ready.pool, ready.shortlister.assessor
    found = []
    for answer in assessor.beside(slice(0, len(pool.seekers)))[0].answers:
        if answer.rule.id == rule:
            asks = (standings(answer.rule) == Standing.SIGN_OFF)[answer.states]
            rows, columns = np.nonzero(np.broadcast_to(asks, (len(pool.seekers), len(pool.homes))))
            found += [(pool.seekers[row].child.id, pool.homes[at].id) for row, at in zip(rows, columns, strict=True)]
    return tuple(found)


def _planned(office: Office, caller: Caller, asked: PlanAsked, wishes: Wishes) -> Planned:
    ready = office.pools.ready(caller.authority, asked.as_of, asked.preset)
    name = ("planned", tuple(sorted(asked.weights.items())), wishes)
    kept = ready.worked_out.get(name)
    if kept is None:
        made = plan_for(office, caller, PlanWanted(asked.as_of, asked.preset, wishes, asked.weights))
        kept = ready.worked_out.keep(name, made)
    found: Planned = kept
    return found


def _contests(planned: Planned) -> tuple[Contest, ...]:
    """Homes that are the best for several referrals, each by itself, and cannot take them all."""
    ready = planned.ready
    kept = ready.worked_out.get(("best of each",))
    if kept is None:
        kept = ready.worked_out.keep(("best of each",), _best_of_each(ready))
    best: dict[int, dict[str, tuple[int, ...]]] = kept
    worth, pool, lives = ready.shortlister.worth, ready.pool, planned.solved.plan.home_of
    found = []
    for home, wanted in sorted(best.items()):
        together = tuple(sorted(row for rows in wanted.values() for row in rows))
        if len(wanted) > 1 and not worth.gains(*intake_arrays([(home, together)])).feasible[0]:
            here = pool.homes[home].id
            got = [
                name for name, rows in wanted.items() if any(lives.get(pool.seekers[r].child.id) == here for r in rows)
            ]
            found.append(Contest(pool.homes[home].external_ref, tuple(wanted), tuple(got)))
    return tuple(found)


def _best_of_each(ready: ReadyPool) -> dict[int, dict[str, tuple[int, ...]]]:
    """By home, the referrals whose best way it is part of, and which of their children would live there."""
    rows: dict[str, list[int]] = {}
    waiting = sorted(enumerate(ready.pool.seekers), key=lambda one: (one[1].referral.opened, one[0]))
    for row, seeker in waiting:
        rows.setdefault(seeker.referral.external_ref, []).append(row)
    best: dict[int, dict[str, tuple[int, ...]]] = {}
    for reference, children in rows.items():
        for way in best_arrangements(ready.shortlister.worth, sorted(children), 1):
            for home, moving_in in way.placings:
                best.setdefault(home, {})[reference] = moving_in
    return best


def _sign_offs(office: Office, planned: Planned, *, price: bool) -> Iterable[WithoutSignOff]:
    """The sign-offs that the plan asks for, by rule, and what doing without each would come to."""
    asked: dict[str, int] = {}
    for one in planned.proposals:
        for needed in one.proposal.sign_offs:
            asked[needed.rule] = asked.get(needed.rule, 0) + 1
    living = {rule.id for rule in planned.ready.shortlister.assessor.living_rules}
    for rule, number in sorted(asked.items(), key=lambda one: (-one[1], one[0])):
        avoidable = rule not in living
        yield WithoutSignOff(rule, number, avoidable, _without(office, planned, rule) if price and avoidable else None)


def _without(office: Office, planned: Planned, rule: str) -> Totals:
    ready = planned.ready
    name = ("without", rule, planned.wishes)
    kept = ready.worked_out.get(name)
    if kept is None:
        pairings = frozenset(pairings_asking(ready, rule))
        wishes = replace(planned.wishes, forbidden=planned.wishes.forbidden | pairings - planned.wishes.pinned)
        solved = office.solver.solve(ready.shortlister.worth, wishes, office.solve)
        kept = ready.worked_out.keep(name, Reckoner(ready).totals(solved.plan))
    found: Totals = kept
    return found
