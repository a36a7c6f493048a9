"""The same question gives the same bytes: in another process, with another hash seed, and after other questions."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ASK = """
from tests.solver.invented import Shape, invented
from solver.exact import ExactSolver
solved = ExactSolver().solve(invented(Shape(seed=5, children=40, homes=60, ties=True)).worth)
print(solved.plan, solved.certificate)
"""


def _answer(hash_seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)},
    )
    return done.stdout


def test_other_processes_and_hash_seeds_give_the_same_bytes() -> None:
    answers = {_answer(seed) for seed in ("0", "1", "4711")}
    assert len(answers) == 1
    assert "proved-optimal" in answers.pop()
