"""Asks a peer's program something: in its own environment, by a command, and the answer as JSON."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from tests.peers.environment import PYTHON

HERE = Path(__file__).parent


def ask(script: str, *words: str | Path) -> Any:
    """What a script beside this one answers. Raises AssertionError with the end of what it said when it fails."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = [str(PYTHON), "-W", "ignore", str(HERE / f"{script}.py"), *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=kept)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def sample_returns() -> Path:
    """The folder of the synthetic returns that come with cs-demand-model: 820 children nobody is, 2017-18 to 2021-22."""
    return next(PYTHON.parents[1].glob("lib/*/site-packages/cs_demand_model_samples/combined"))
