"""Use cases about choices of values: the plans between which they decide, and planning anew with little upset."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.services.callers import Caller
from app.services.errors import FaultyPlan
from app.services.office import Office
from app.services.pools import ReadyPool
from app.services.what_ifs import ChangesTold, changes_told
from matching.errors import Fault, Invalid
from matching.plan import Plan, faults
from matching.policy import Measure, Preset
from matching.run_documents import run_of, unpacked
from matching.scenarios.outcomes import outcome_of
from matching.values import MatchRunId
from solver.differences import Difference
from solver.exact import ExactSolver
from solver.made_plans import make_plan
from solver.replanning import Replanned, replan
from solver.tradeoff import Choice, grid, tradeoff

USUAL_POINTS = 100
"""How many points a proposal that was shown counts as, where nobody says: as much as five miles from home."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeOff:
    """Which two measures are traded, as at which day, from which policy."""

    as_of: date
    one: Measure
    other: Measure
    preset: Preset | None = None


@dataclass(frozen=True, slots=True)
class ChoiceTold:
    """One plan of the curve: no other of it is as good at everything and better at something."""

    policies: tuple[str, ...]
    """The policies by which it is best."""
    unplaced: int
    """As the policy at the beginning weighs it, like the two that follow; fewer is better at each."""
    parted: int
    gravity: int
    measures: dict[str, int]
    """Units of each of the two measures; fewer is better."""
    placed: int
    children: int
    weekly_pence: int
    mean_miles: float | None
    exact: bool
    """Whether the plan is proved best by its policies."""


@dataclass(frozen=True, slots=True)
class CurveTold:
    """The plans between which the choice of values decides, the best by the policy at the beginning first."""

    as_of: date
    policy: str
    one: Measure
    other: Measure
    choices: tuple[ChoiceTold, ...]


@dataclass(frozen=True, slots=True)
class ReplannedTold:
    """A plan for today that keeps most of what a run proposed, beside the best plan that pays no heed to it."""

    run: MatchRunId
    as_of: date
    kept: int
    """Children who are proposed the home that was shown for them."""
    shown: int
    """Children for whom a home was shown."""
    spared: int
    """How many children fewer are moved from what was shown than by the best plan."""
    changed: ChangesTold
    """From what was shown to this plan; levels are those of the best plan to this one: what keeping it costs."""
    exact: bool
    """Whether both plans are proved best."""


def read_trade_off(office: Office, caller: Caller, asked: TradeOff, write: Callable[[CurveTold], bytes]) -> bytes:
    """The curve of two measures, as it is written; leaves an audit event. Raises Invalid for one measure twice."""
    if asked.one is asked.other:
        raise Invalid([Fault("other", "A measure is not traded against itself", "Give another measure")])
    ready = office.pools.ready(caller.authority, asked.as_of, asked.preset)
    name = ("trade-off", asked.one, asked.other)
    answer = ready.answers.get(name)
    if answer is None:
        with ready.at_work:
            answer = ready.answers.keep(name, write(_curve(office, ready, asked)))
    with office.store.writing(caller.authority) as work:
        work.audit.append(caller.act("read-trade-off", office.clock()), "plan", None, after={"as_of": asked.as_of})
    return answer


def _curve(office: Office, ready: ReadyPool, asked: TradeOff) -> CurveTold:
    measures = (asked.one, asked.other)
    found = tradeoff(ExactSolver(), ready.pool, grid(ready.policy, measures), measures, office.solve)
    choices = tuple(_choice(ready, choice, measures) for choice in found)
    return CurveTold(asked.as_of, ready.policy.name, asked.one, asked.other, choices)


def _choice(ready: ReadyPool, choice: Choice, measures: tuple[Measure, Measure]) -> ChoiceTold:
    sums = outcome_of(ready.shortlister.assessor, choice.plan).sums
    return ChoiceTold(
        policies=tuple(policy.name for policy in choice.policies),
        unplaced=choice.unplaced,
        parted=choice.parted,
        gravity=choice.gravity,
        measures={measure.value: units for measure, units in zip(measures, choice.measures, strict=True)},
        placed=sums.placed,
        children=sums.children,
        weekly_pence=sums.weekly_pence,
        mean_miles=sums.mean_miles,
        exact=choice.exact,
    )


def read_replanned(office: Office, caller: Caller, run: MatchRunId, as_of: date, points: int) -> ReplannedTold:
    """Plans a day anew, keeping what a run proposed where that does no harm; leaves an audit event. Raises NotFound."""
    with office.store.reading(caller.authority) as work:
        work.match_runs.get(run)
        shown = run_of(unpacked(work.match_runs.document(run))).plan
    ready = office.pools.ready(caller.authority, as_of)
    with ready.at_work:
        made = make_plan(ExactSolver(), ready.shortlister.worth, settings=office.solve)
        found = replan(made, shown, points)
    wrong = faults(ready.pool, found.plan, ready.policy)
    if wrong:
        raise FaultyPlan(f"the plan has {len(wrong)} faults, the first: {wrong[0].what}")
    with office.store.writing(caller.authority) as work:
        act = caller.act("read-replanned", office.clock())
        work.audit.append(act, "match run", run, after={"as_of": as_of})
    return _replanned(ready, run, shown, found)


def _replanned(ready: ReadyPool, run: MatchRunId, shown: Plan, found: Replanned) -> ReplannedTold:
    waiting = ready.pool.seeker_index
    moves = tuple(move for move in found.changed if move.child in waiting)
    known = ready.pool.home_index
    moves = tuple(move for move in moves if move.before is None or move.before in known)
    return ReplannedTold(
        run=run,
        as_of=ready.pool.as_of,
        kept=found.kept,
        shown=len(shown.home_of),
        spared=found.spared,
        changed=changes_told(ready.pool, Difference(moves, found.price.levels)),
        exact=found.exact,
    )
