"""What one more home would bring on a day: for each that could be added, the plan made anew with it and no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matching.candidates import Worth
from matching.plan import Levels, Plan, Wishes
from matching.scenarios.outcomes import Sums, outcome_of
from matching.values import HomeId
from solver.cheapest_homes import Progress
from solver.exact import ExactSolver
from solver.interface import Proof, SolveSettings
from solver.services import Served, Services, pairings_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What one more home brings on one day, each number from the plan without it to the best plan with it."""

    home: HomeId
    used: bool
    """Whether the plan proposes it for anybody."""
    placed: int
    """Children more who are proposed a home."""
    together: int
    """Pairs of brothers and sisters more who would live together near home."""
    tenths: int
    """Tenths of a mile farther from home, over all children placed on both days; nearer below zero."""
    weekly: int
    """Pence a week more that the places proposed cost; less below zero. What the home itself costs is not in it."""
    sign_offs: int
    levels: Levels
    """What each level rises by; below zero is better."""
    proved: bool


def one_more(
    worth: Worth,
    homes: Sequence[HomeId],
    settings: SolveSettings | None = None,
    progress: Progress = lambda *_: None,
) -> tuple[Brought, ...]:
    """What each of some homes, which are in the pool already, brings alone, in the order given.

    Every figure is a plan made anew. A home that nobody can be proposed to is not solved for: it brings nothing.
    """
    pairs = pairings_of(worth, homes)
    every = frozenset(pair for some in pairs.values() for pair in some)
    solver, services = ExactSolver(), Services(worth)
    without = solver.solve(worth, Wishes(forbidden=every), settings)
    base = _reckoned(worth, services, without.plan)
    found = []
    for at, home in enumerate(homes):
        progress(at, len(homes), "Planning anew with one more home")
        if not pairs[home]:
            found.append(_nothing(home, proved=without.certificate.proof is Proof.OPTIMAL))
            continue
        solved = solver.solve(worth, Wishes(forbidden=every - pairs[home]), settings)
        served, sums = _reckoned(worth, services, solved.plan)
        found.append(
            Brought(
                home=home,
                used=home in solved.plan.home_of.values(),
                placed=served.placed - base[0].placed,
                together=served.together - base[0].together,
                tenths=sums.tenths_of_a_mile - base[1].tenths_of_a_mile,
                weekly=sums.weekly_pence - base[1].weekly_pence,
                sign_offs=sums.sign_offs - base[1].sign_offs,
                levels=solved.plan.levels - without.plan.levels,
                proved=Proof.OPTIMAL is solved.certificate.proof is without.certificate.proof,
            )
        )
    return tuple(found)


def _nothing(home: HomeId, *, proved: bool) -> Brought:
    same = Levels(0, 0, 0, 0, 0, 0)
    return Brought(
        home=home, used=False, placed=0, together=0, tenths=0, weekly=0, sign_offs=0, levels=same, proved=proved
    )


def _reckoned(worth: Worth, services: Services, plan: Plan) -> tuple[Served, Sums]:
    return services.of_plan(plan), outcome_of(worth.assessor, plan).sums
