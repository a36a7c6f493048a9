"""How long a test may take: seconds of processor time by folder, on a machine as quick as the one they were set on.

So neither a busy machine changes anything, nor a slow one.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from pathlib import Path

import pytest

SECONDS = {"spec": 2.0, "geography": 5.0, "architecture": 5.0, "commands": 5.0}
OTHERWISE = 20.0
YARDSTICK = 0.02
"""Seconds that the yardstick took on the machine on which these were set."""


class OverBudget(AssertionError):
    """A test took longer than its folder allows."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Fail a test that passed but took too long, unless it is marked slow, with a reason."""
    began = time.process_time()
    yield
    spent = time.process_time() - began
    allowed = budget(item.path)
    slow = item.get_closest_marker("slow")
    if slow is not None:
        assert slow.args, f"say why {item.name} is slow: @pytest.mark.slow('it ...')"
    elif spent > allowed and spent > allowed * slowness():
        raise OverBudget(
            f"{item.name} took {spent:.1f} s of the processor; tests in its folder may take {allowed:.0f} s"
        )


def slowness() -> float:
    """How many times as long as there this machine takes, now and for the same work; never less than once."""
    return max(1.0, min(_yardstick() for _ in range(5)) / YARDSTICK)


def _yardstick() -> float:
    """Seconds of the processor for some plain arithmetic."""
    began, total = time.process_time(), 0
    for number in range(300_000):
        total += number * number % 7
    assert total
    return time.process_time() - began


def budget(path: Path) -> float:
    """Seconds allowed for a test in this file."""
    folders = path.relative_to(Path(__file__).parent).parts[:-1]
    return SECONDS.get(folders[0], OTHERWISE) if folders else OTHERWISE
