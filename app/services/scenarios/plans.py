"""A pool as a scenario has it, with its best plan, checked: made once for a pool, and kept while the pool stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.services.errors import FaultyPlan
from app.services.office import Office
from app.services.pools import ReadyPool
from matching.assess import Assessor
from matching.candidates import Worth, candidates_of
from matching.plan import Plan, faults
from matching.pool import Pool, pool_of
from matching.record_documents import canonical_text
from matching.scenarios import Change, apply
from matching.scenarios.documents import changes_document, in_order
from matching.scenarios.outcomes import Outcome, outcome_of
from solver.exact import ExactSolver
from solver.interface import Solved


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """What is so if some changes are made: the pool, its best plan and what that comes to."""

    pool: Pool
    worth: Worth
    solved: Solved
    solver: ExactSolver
    """It remembers the pool, so that a further question about it is quick."""
    outcome: Outcome
    digest: str
    """Of the pool: equal for equal facts."""

    @property
    def plan(self) -> Plan:
        """The best plan."""
        return self.solved.plan


def supposed(office: Office, ready: ReadyPool, changes: Sequence[Change], seed: int) -> Supposed:
    """The best plan if some changes are made; the plan of today without any. Raises Invalid for changes that cannot be.

    The same changes, in whatever order, give the same; they are worked out once while the pool stands.
    """
    name = ("supposed", canonical_text(changes_document(in_order(changes))), seed)
    kept = ready.worked_out.get(name)
    if kept is None:
        kept = ready.worked_out.keep(name, _worked_out(office, ready, changes, seed))
    found: Supposed = kept
    return found


def _worked_out(office: Office, ready: ReadyPool, changes: Sequence[Change], seed: int) -> Supposed:
    if changes:
        pool = pool_of(apply(replace(ready.pool.records, policy=ready.policy), changes, seed))
        assessor = Assessor(pool)
        worth = Worth(assessor, candidates_of(assessor))
    else:
        pool, worth = ready.pool, ready.shortlister.worth
        assessor = worth.assessor
    solver = ExactSolver()
    solved = solver.solve(worth, settings=office.solve)
    found = faults(pool, solved.plan, assessor.policy)
    if found:
        raise FaultyPlan(f"the plan has {len(found)} faults, the first: {found[0].what}")
    return Supposed(
        pool=pool,
        worth=worth,
        solved=solved,
        solver=solver,
        outcome=outcome_of(assessor, solved.plan),
        digest=ready.digests.of(replace(pool.records, policy=assessor.policy)),
    )
