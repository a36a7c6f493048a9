"""Journeys between a home and the places that matter, in straight lines and with minutes where a server gives them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.main import create_office
from app.settings import BadSetting, Settings
from matching.geography import Journeys, Points, StraightLine
from tests.api.service import Service


class Minutes:
    """A stand-in for a routing server: ten minutes to anywhere, or a reason why not."""

    def __init__(self, reason: str | None = None) -> None:
        self.reason = reason

    def journeys(self, origins: Points, destinations: Points) -> Journeys:
        straight = StraightLine().journeys(origins, destinations)
        if self.reason is not None:
            return Journeys(straight.metres, fallback_reason=self.reason)
        return Journeys(straight.metres, np.full(straight.metres.shape, 10, np.int32))


def where(family: Service) -> str:
    return f"/referrals/{family.id('RF-5520')}/homes/{family.id('FH-0291')}/journeys"


def test_miles_are_told_for_each_place_with_how_often_and_never_where_it_is(sqlite_family: Service) -> None:
    told = sqlite_family.get(where(sqlite_family)).json()
    assert told["journeys"]
    assert all(journey["miles"] >= 0 for journey in told["journeys"])
    assert all(journey["minutes"] is None for journey in told["journeys"])
    assert {journey["to"] for journey in told["journeys"]} <= {"family-home", "school", "family-time", "other"}
    assert "straight lines" in told["note"]
    assert "postcode" not in str(told)


def test_minutes_by_car_are_told_where_a_routing_server_gives_them(sqlite_family: Service) -> None:
    for server, minutes, note in ((Minutes(), 10, "counts them."), (Minutes("It is away."), None, "It is away.")):
        family = replace(sqlite_family, office=replace(sqlite_family.office, distances=server))
        told = family.get(where(family)).json()
        assert {journey["minutes"] for journey in told["journeys"]} == {minutes}
        assert told["note"].endswith(note)


def test_a_routing_engine_nobody_knows_is_refused_at_the_start(sqlite_url: str) -> None:
    with pytest.raises(BadSetting, match="osrm or valhalla"):
        create_office(Settings(database_url=sqlite_url, routing_url="http://127.0.0.1:1", routing_engine="teleport"))
