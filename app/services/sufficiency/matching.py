"""Matching inside the years ahead: sampled snapshots are planned by the same rules and solver as tonight."""

from __future__ import annotations

from app.services.errors import FaultyPlan
from app.services.office import Office
from matching.assess import Assessor
from matching.candidates import Worth, candidates_of
from matching.plan import faults
from matching.policy import Policy
from matching.pool import Pool
from matching.scenarios.outcomes import outcome_of
from matching.sufficiency.snapshots import Match, Matched
from solver.exact import ExactSolver


def matcher(office: Office, policy: Policy) -> Match:
    """Plans a pool exactly, checks the plan, and says what it comes to."""

    def match(pool: Pool) -> Matched:
        assessor = Assessor(pool, policy)
        plan = ExactSolver().solve(Worth(assessor, candidates_of(assessor)), settings=office.solve).plan
        found = faults(pool, plan, policy)
        if found:
            raise FaultyPlan(f"the plan has {len(found)} faults, the first: {found[0].what}")
        outcome = outcome_of(assessor, plan)
        sums = outcome.sums
        return Matched(
            waiting=sums.children,
            placed=sums.placed,
            pairs=len(outcome.pairs),
            together=sum(pair.together for pair in outcome.pairs),
            tenths=sums.tenths_of_a_mile,
            distances=sums.distances,
            weekly=sums.weekly_pence,
            priced=sums.placed - sums.prices_missing,
        )

    return match
