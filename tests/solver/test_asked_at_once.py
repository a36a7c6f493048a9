"""One solver asked by several people at the same time answers each as if alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from matching.assess import Assessor
from matching.candidates import Worth, candidates_of
from matching.plan import Wishes
from matching.pool import pool_of
from matching.synthetic.pools import small_pool
from solver.exact import ExactSolver


def test_wishes_of_one_never_reach_the_plan_of_another() -> None:
    assessor = Assessor(pool_of(small_pool(1, children=8, homes=30)))
    worth = Worth(assessor, candidates_of(assessor))
    free = ExactSolver().solve(worth).plan
    asked = [Wishes(), *(Wishes(forbidden=frozenset({pairing})) for pairing in sorted(free.home_of.items()))] * 3
    alone = [ExactSolver().solve(worth, wishes).plan for wishes in asked]
    solver = ExactSolver()
    with ThreadPoolExecutor(8) as people:
        together = list(people.map(lambda wishes: solver.solve(worth, wishes).plan, asked))
    assert len(free.home_of) > 2
    assert together == alone
