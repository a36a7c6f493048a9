"""The demonstration, from nothing and again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from db.session import Store
from tests.cli.conftest import Command
from tests.interchange.bundles import an_authority


def demo(url: str) -> str:
    """What demo --check prints."""
    command = [sys.executable, "-m", "app.cli", "demo", "--check"]
    environment = {**os.environ, "DATABASE_URL": url, "COLUMNS": "80"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_the_demonstration_shows_everything_and_loses_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/demo.db"
    first = demo(url)
    for heading in (
        "The joint plan, stored as M-",
        "First come",
        "One shortlist, with its reasons",
        "Why nothing fits",
    ):
        assert heading in first
    assert "Inventing a county" in first
    assert max(map(len, first.splitlines())) <= 80
    store = Store(url)
    with store.reading() as work:
        authority = work.authorities.all()[0]
    with store.reading(authority.id) as work:
        before = work.children.count(), work.homes.count(), len(work.match_runs.page().items)
    again = demo(url)
    assert "Inventing a county" not in again
    with store.reading(authority.id) as work:
        after = work.children.count(), work.homes.count(), len(work.match_runs.page().items)
    store.close()
    assert after == (before[0], before[1], before[2] + 1)


def test_the_demonstration_leaves_an_authority_s_own_records_alone(url: str, command: Command) -> None:
    store = Store(url)
    an_authority(store)
    store.close()
    code, _, said = command("demo", "--check")
    assert code == 1
    assert "authority's own records" in said
