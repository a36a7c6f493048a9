"""A server killed at any instant leaves nothing half done: the short form of `python3 dev.py torture`."""

from __future__ import annotations

import pytest

from tests.conftest import Databases
from tests.workflow.torture import torture


@pytest.mark.slow("it kills and starts a real server over and over")
def test_a_server_killed_under_load_loses_nothing_and_doubles_nothing(databases: Databases) -> None:
    with databases.empty() as url:
        survived = torture(url, kills=5, clients=4)
    assert survived.broken == ()
    assert survived.kills == 5
    assert survived.requests > 0
