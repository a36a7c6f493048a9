"""The questions that the solver's benchmark puts, each of which can be put in a process of its own, for its memory."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import TypeVar

from matching.assess import Assessor
from matching.candidates import Worth, candidates_of, intake_arrays
from matching.plan import faults
from matching.pool import pool_of
from matching.records import Records
from matching.synthetic.pools import county, region
from matching.values import ChildId, HomeId
from solver.alternatives import alternatives
from solver.counterfactual import price_to_the_rest
from solver.exact import ExactSolver
from solver.interface import Proof, Solved
from solver.made_plans import MadePlan, make_plan
from tests.benchmarks.figures import peak_megabytes
from tests.solver.invented import InventedWorth, Shape, invented
from tests.solver.large import BEDS, NATION, large

FAMILIES = (*(1,) * 7, 2, 3)
COUNTY = Shape(children=60, homes=440, room=BEDS, density=0.25, family_sizes=FAMILIES, conflicts=0.02)
REGION = replace(COUNTY, children=600, homes=5_000)
REPLAN = replace(COUNTY, children=1_100, homes=760, room=(*(1,) * 9, *(2,) * 6, *(3,) * 2, 2, 4, 6), density=0.25)
"""Everybody in care planned anew: seventeen homes in twenty are fostering households of 1-3 beds, the others children's
homes of 2-6; all are empty."""
PLANS, HOMES = 10, 20
"""How many other plans are asked for, and of how many homes the price."""


Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What putting a question came to."""

    seconds: float
    processor: float
    proved: bool
    note: str
    megabytes: float = 0.0
    """The most memory that the process has held, the drawing of the pool included."""


def solved(pool: InventedWorth) -> tuple[Outcome, Solved]:
    """A solve from nothing, looked through: every intake allowed, nobody twice, the bound never above what was reached."""
    pairings = len(pool.candidates.homes)  # drawn before the clock runs: that is not the solver's work
    took, found = _timed(lambda: ExactSolver().solve(pool.worth))
    _look_through(pool, found)
    return replace(took, proved=_is_proved(found), note=f"{pairings:,} pairings; {gap(found)}"), found


def gap(found: Solved) -> str:
    """The first level that is not closed, and by how much, in its own units: levels are not to be added up."""
    left = found.open_level()
    return "proved: no gap at any level" if left is None else f"not proved: {left}"


def put_apart(case: str, seed: int) -> Outcome:
    """Puts one of CASES in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.solver_cases", case, str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Outcome(**json.loads(done.stdout.splitlines()[-1]))


def _nation(seed: int) -> Outcome:
    return solved(large(replace(NATION, seed=seed)))[0]


def _numbers(shape: Shape) -> Callable[[int], Outcome]:
    return lambda seed: solved(invented(replace(shape, seed=seed)))[0]


def _by_the_book(records: Records) -> Outcome:
    """From the pool to the plan; what of it is the solve is in the note, in milliseconds."""
    pool = pool_of(records)
    kept: list[Solved] = []
    assessor = Assessor(pool)

    def planned() -> None:
        kept.append(ExactSolver().solve(Worth(assessor, candidates_of(assessor))))

    took, _ = _timed(planned)
    assert not faults(pool, kept[0].plan, assessor.policy)
    return replace(took, proved=_is_proved(kept[0]), note=str(sum(kept[0].seconds.values()) * 1000))


def _other_plans(seed: int) -> Outcome:
    made = _made(county(seed))
    took, found = _timed(lambda: alternatives(made, PLANS))
    plans = {made.plan, *(one.solved.plan for one in found)}
    assert len(plans) == PLANS + 1, "two of the plans are the same"
    return replace(took, proved=all(one.exact for one in found))


def _prices(records: Records) -> Outcome:
    """What the first child with so many homes would cost the rest in each of the first of them."""
    made = _made(records)
    child, homes = _child_with_homes(made.worth)
    took, found = _timed(lambda: list(price_to_the_rest(made, (child,), homes)))
    blocked = sum(bool(one.blocked_by) for one in found)
    return replace(took, proved=all(one.exact for one in found), note=f"{blocked} of {len(found)} may not be")


def _pin(records: Records) -> Outcome:
    """A plan made again with a child pinned to another home than the plan's."""
    made = _made(records)
    child, homes = _child_with_homes(made.worth)
    allowed = [one for one in price_to_the_rest(made, (child,), homes) if one.changes and one.changes.moves]
    took, found = _timed(lambda: made.pinning([(child, allowed[0].home)]))
    return replace(took, proved=_is_proved(found))


def _made(records: Records) -> MadePlan:
    assessor = Assessor(pool_of(records))
    return make_plan(ExactSolver(), Worth(assessor, candidates_of(assessor)))


def _child_with_homes(worth: Worth) -> tuple[ChildId, list[HomeId]]:
    row = next(at for at in range(len(worth.urgency)) if len(worth.candidates.of_child(at)) >= HOMES)
    homes = worth.candidates.of_child(row)[:HOMES].tolist()
    return worth.pool.seekers[row].child.id, [worth.pool.homes[at].id for at in homes]


def _timed(act: Callable[[], Found]) -> tuple[Outcome, Found]:
    began, spent = time.perf_counter(), time.process_time()
    found = act()
    outcome = Outcome(time.perf_counter() - began, time.process_time() - spent, proved=False, note="")
    return outcome, found


def _is_proved(found: Solved) -> bool:
    return found.certificate.proof is Proof.OPTIMAL


def _look_through(pool: InventedWorth, solved: Solved) -> None:
    homes, seekers = pool.pool.home_index, pool.pool.seeker_index
    plan = [(homes[one.home], tuple(seekers[child] for child in one.children)) for one in solved.plan.intakes]
    children = [child for _, inside in plan for child in inside]
    assert len(children) == len(set(children)), "a child is proposed twice"
    assert len(plan) == len({home for home, _ in plan}), "a home has two intakes"
    gains = pool.gains(*intake_arrays(plan))
    assert gains.feasible.all(), "an intake is not allowed"
    levels = solved.plan.levels
    assert levels.unplaced == int(pool.urgency.sum() - gains.placed.sum())
    assert (levels.gravity, levels.points) == (int(gains.gravity.sum()), int(gains.points.sum()))
    assert solved.certificate.bound <= levels, "the bound lies above what was reached"


CASES: dict[str, Callable[[int], Outcome]] = {
    "county": _numbers(COUNTY),
    "region": _numbers(REGION),
    "region by the rule book": lambda seed: _by_the_book(region(seed)),
    "nation": _nation,
    "everybody anew": _numbers(REPLAN),
    "other plans": _other_plans,
    "prices, county": lambda seed: _prices(county(seed)),
    "prices, region": lambda seed: _prices(region(seed)),
    "pin": lambda seed: _pin(region(seed)),
}


if __name__ == "__main__":
    outcome = CASES[sys.argv[1]](int(sys.argv[2]))
    print(json.dumps(asdict(replace(outcome, megabytes=peak_megabytes()))))
