"""Use cases about moving on: who in residential care could live with a foster family, and whose need has outgrown a home."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import uuid4

from app.services.callers import Caller
from app.services.errors import FaultyPlan
from app.services.office import Office
from app.services.pools import ReadyPool
from app.services.repeats import Repeat, Reply, answered_before, keep_answer
from db.repositories.studies import Study, StudyStatus
from matching.assess import Assessor
from matching.codes import NeedsBand
from matching.plan import faults
from matching.policy import Preset
from matching.pool import pool_of
from matching.scenarios.outcomes import WEEKS_IN_A_YEAR
from matching.scenarios.rehoming import could_step_down, with_searches
from matching.scenarios.stepping import CouldStepDown, Outgrown, outgrown, stepping_down
from matching.shortlists import Shortlister
from matching.values import ChildId, Pence
from solver.exact import ExactSolver

KIND = "step-down"
MANAGEABLE = 1
"""Levels short in one domain that support is taken to close; beyond it the rule book asks for a sign-off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SteppingDown:
    """Who could step down, one by one and all at once, and whose need has outgrown the home."""

    as_of: date
    policy: str
    pool_digest: str
    looked_at: int
    """Children in residential care with a needs profile for whom no home is sought."""
    with_a_match: int
    """Those for whom the rules allow a foster home that has a bed free, each looked at alone."""
    needs_met: int
    """Those whose best match falls short by no more than one level anywhere, so that support would close it."""
    at_once: int
    """Those who would have a foster home in one joint plan with everybody who waits: beds are counted once."""
    saving_weekly_pence: int
    """Of those at once, where both prices are known: base price now less the price there."""
    saving_yearly_pence: int
    children: tuple[CouldStepDown, ...]
    """The least need first."""
    planned: dict[str, str]
    """Child and home, by reference, in the joint plan."""
    outgrown: tuple[Outgrown, ...]
    bands: dict[NeedsBand, int]
    """Those looked at by band of need."""
    says: str


def read_step_down(
    office: Office,
    caller: Caller,
    as_of: date,
    preset: Preset | None,
    write: Callable[[Study, SteppingDown], tuple[bytes, Reply]],
    repeat: Repeat | None = None,
) -> Reply:
    """Finds who could step down on a day, keeps it as a study, and answers. Raises KeyReused and Busy."""
    told = step_down(office, caller, as_of, preset)
    study = Study(
        id=uuid4(),
        kind=KIND,
        status=StudyStatus.FINISHED,
        as_of=as_of,
        requested_by=str(caller.key),
        asked={"policy": None if preset is None else preset.value},
        pool_digest=told.pool_digest,
    )
    answer, reply = write(study, told)
    with office.store.writing(caller.authority) as work:
        now = office.clock()
        before = answered_before(work, caller, repeat, now)
        if before is not None:
            return before
        work.studies.add(replace(study, finished_at=now), caller.act("find-step-downs", now), answer)
        return keep_answer(work, caller, repeat, reply, now)


def step_down(office: Office, caller: Caller, as_of: date, preset: Preset | None = None) -> SteppingDown:
    """Who could step down on a day; nothing is stored."""
    ready = office.pools.ready(caller.authority, as_of, preset)
    with ready.at_work:
        kept = ready.worked_out.get((KIND,))
        found: SteppingDown = kept if kept is not None else ready.worked_out.keep((KIND,), _found(office, ready))
    return found


def _found(office: Office, ready: ReadyPool) -> SteppingDown:
    records = replace(ready.pool.records, policy=ready.policy)
    able = could_step_down(records)
    shortlister = Shortlister(Assessor(pool_of(with_searches(records, [child for child, _ in able]))))
    children = tuple(stepping_down(shortlister, able))
    planned = _planned(office, shortlister)
    at_once = [one for one in children if one.child_id in planned]
    saving = sum(_saving(one, planned[one.child_id][1]) for one in at_once)
    fits = [one for one in children if one.matches]
    met = [one for one in fits if _manageable(one)]
    says = (
        f"{len(fits)} of {len(children)} children in residential care have a foster home that the rules allow and that "
        f"has a bed; for {len(met)} of them needs are met or one level short. All at once, beside those who wait, "
        f"{len(at_once)} would have one, for £{saving / 100:,.0f} a week less."
    )
    return SteppingDown(
        as_of=ready.pool.as_of,
        policy=ready.policy.name,
        pool_digest=ready.digests.of(records),
        looked_at=len(children),
        with_a_match=len(fits),
        needs_met=len(met),
        at_once=len(at_once),
        saving_weekly_pence=saving,
        saving_yearly_pence=saving * WEEKS_IN_A_YEAR,
        children=children,
        planned={one.child: planned[one.child_id][0] for one in at_once},
        outgrown=outgrown(records),
        bands={band: sum(one.band is band for one in children) for band in NeedsBand},
        says=says,
    )


def _planned(office: Office, shortlister: Shortlister) -> dict[ChildId, tuple[str, Pence | None]]:
    """The home of each child in the best joint plan, by reference, with its price."""
    pool, assessor = shortlister.pool, shortlister.assessor
    solved = ExactSolver().solve(shortlister.worth, settings=office.solve)
    found = faults(pool, solved.plan, assessor.policy)
    if found:
        raise FaultyPlan(f"the plan has {len(found)} faults, the first: {found[0].what}")
    cost = assessor.pairings(slice(0, len(pool.seekers))).facts.journey.cost
    homes = {}
    for child, home in solved.plan.home_of.items():
        row, column = pool.seeker_index[child], pool.home_index[home]
        price = cost.at(row, column)
        homes[child] = (pool.homes[column].external_ref, None if price is None else Pence(price))
    return homes


def _saving(one: CouldStepDown, there: Pence | None) -> int:
    return 0 if one.weekly is None or there is None else one.weekly - there


def _manageable(one: CouldStepDown) -> bool:
    return all(short.needed - short.met <= MANAGEABLE for short in one.matches[0].shortfalls)
