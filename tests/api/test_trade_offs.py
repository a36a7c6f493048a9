"""Choices of values over HTTP: the curve of two measures, and a plan that keeps what was shown."""

from __future__ import annotations

from uuid import uuid4

import pytest

from matching.workflow.roles import Role
from tests.api.service import Service
from tests.api.test_what_ifs import DAY, add_home, run


@pytest.fixture
def choice(sqlite_family: Service) -> Service:
    """The family with two homes to choose from, one near and one far."""
    for ref in ("FH-0291", "FH-0305"):
        sqlite_family.patch(f"/homes/{sqlite_family.id(ref)}", {"availability": {"state": "suspended"}})
    add_home(sqlite_family, "FH-1", "NR5 8TA")
    add_home(sqlite_family, "FH-2", "PE30 1EJ")
    return sqlite_family


def test_a_trade_off_is_told_choice_by_choice(choice: Service) -> None:
    answer = choice.get(f"/trade-off?as_of={DAY}&one=home-distance&other=cost", Role.COMMISSIONER)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    best, *others = told["choices"]
    assert (best["placed"], best["children"], best["exact"]) == (2, 2, True)
    assert set(best["measures"]) == {"home-distance", "cost"}
    assert best["policies"]
    for other in others:
        both = [(one["unplaced"], one["parted"], one["gravity"], *one["measures"].values()) for one in (best, other)]
        assert any(a < b for a, b in zip(both[1], both[0], strict=True)), "each is better at something"
    assert choice.get(f"/trade-off?as_of={DAY}&one=home-distance&other=cost").json() == told
    assert choice.get("/trade-off?one=cost&other=cost").status_code == 422
    assert choice.get("/trade-off?one=tea&other=cost").status_code == 422
    assert choice.get("/trade-off", Role.SOCIAL_WORKER).status_code == 403


def test_a_plan_made_anew_keeps_what_was_shown_where_that_does_no_harm(choice: Service) -> None:
    made = run(choice)
    same = choice.get(f"/match-runs/{made['id']}/replanned?as_of={DAY}").json()
    assert (same["kept"], same["shown"], same["changed"]["moves"]) == (2, 2, [])
    add_home(choice, "FH-3", "NR5 8TB")
    kept = choice.get(f"/match-runs/{made['id']}/replanned?as_of={DAY}&points=10000").json()
    assert kept["kept"] == 2
    choice.patch(f"/homes/{choice.id('FH-1')}", {"availability": {"state": "suspended"}})
    moved = choice.get(f"/match-runs/{made['id']}/replanned?as_of={DAY}").json()
    assert moved["kept"] == 0
    assert {move["before"] for move in moved["changed"]["moves"]} == {"FH-1"}
    assert all(move["after"] not in (None, "FH-1") for move in moved["changed"]["moves"])
    assert choice.get(f"/match-runs/{uuid4()}/replanned").status_code == 404
