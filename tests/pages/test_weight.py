"""Every page listed is quick and light on the full county: processor time of the server, and bytes of HTML once packed."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.service import Service, serving
from tests.budgets import slowness
from tests.pages.browsing import Browser
from tests.pages.visited import VISITED, Visited, names

MOST_MILLISECONDS = 100
"""Of an answer, on a machine as quick as the one this was set on (tests/budgets.py); of ten, one may take longer."""
MOST_BYTES = 50_000
_TIMES = 10


@pytest.fixture(scope="module")
def weighed(county_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    copy = tmp_path_factory.mktemp("weighed") / "county.db"
    copy.write_bytes(county_file.read_bytes())
    with serving(f"sqlite:///{copy}") as service:
        yield service


@pytest.mark.parametrize("visited", VISITED, ids=list(names()))
def test_a_page_is_quick_and_light(weighed: Service, visited: Visited) -> None:
    browser = Browser(weighed)
    if visited.role is not None:
        browser.sign_in(visited.role)
    path = visited.path if isinstance(visited.path, str) else visited.path(weighed)
    browser.open(path, visited.status)  # what is read once for many pages is not counted
    spent = []
    for _ in range(_TIMES):
        began = time.process_time()
        answer = browser.client.get(path)
        spent.append((time.process_time() - began) * 1000)
    assert len(gzip.compress(answer.content, 5)) < MOST_BYTES
    second = sorted(spent)[-2]
    assert second < MOST_MILLISECONDS or second < MOST_MILLISECONDS * slowness(), f"milliseconds: {sorted(spent)}"
