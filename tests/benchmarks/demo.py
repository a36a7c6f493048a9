"""The demonstration from a warm .venv: the first time, with nothing on record, and again."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figures import Figure, seconds

SAYS = "demo --check, from an empty database and again"


def figures() -> Iterator[Figure]:
    """The first run invents and records a county; the second finds it."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'demo.db'}"
        said: list[str] = []
        first = seconds(lambda: said.append(_demo(url)))
        again = seconds(lambda: said.append(_demo(url)))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert all("The joint plan" in one and "Why nothing fits" in one for one in said)
    yield Figure(name="first run", value=first, unit="s", limit=20)
    yield Figure(name="second run", value=again, unit="s", limit=20)
    yield Figure(name="both, of the processor", value=used.ru_utime + used.ru_stime, unit="s")


def _demo(url: str) -> str:
    command = [sys.executable, "-m", "app.cli", "demo", "--check"]
    environment = {**os.environ, "DATABASE_URL": url}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout
