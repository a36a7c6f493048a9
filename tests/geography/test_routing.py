"""Travel times, from a routing server that answers, and from servers that do not."""

from __future__ import annotations

import json
import logging
import re
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any

import numpy as np
import pytest

from app.geography.routing import SIDE, Engine, RoutingSettings, TravelTimes
from app.geography.wgs84 import latitude_longitude
from matching.errors import DomainError
from matching.geography import Distances, Point, Points, StraightLine

Place = tuple[float, float]
Answer = Callable[[list[Place], list[Place]], Any]


class FakeRouting(ThreadingHTTPServer):
    """Speaks both engines' matrix interfaces on this machine; `seconds` says how long each way takes."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Ask)
        self.seconds: Answer = by_latitude
        self.status = 200
        self.body: bytes | None = None
        self.delay = 0.0
        self.asked: list[tuple[int, int]] = []

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Ask(BaseHTTPRequestHandler):
    server: FakeRouting

    def do_GET(self) -> None:
        asked = re.fullmatch(
            r"/table/v1/driving/([-\d.,;]+)\?sources=([\d;]+)&destinations=([\d;]+)&annotations=duration", self.path
        )
        assert asked is not None
        places = [(float(lat), float(lon)) for lon, lat in (pair.split(",") for pair in asked[1].split(";"))]
        starts, ends = ([places[int(i)] for i in group.split(";")] for group in (asked[2], asked[3]))
        self._answer(starts, ends, lambda table: {"code": "Ok", "durations": table})

    def do_POST(self) -> None:
        assert self.path == "/sources_to_targets"
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert asked["costing"] == "auto"
        starts, ends = ([(place["lat"], place["lon"]) for place in asked[side]] for side in ("sources", "targets"))
        self._answer(
            starts,
            ends,
            lambda table: {"sources_to_targets": [[{"time": cell, "distance": 1.0} for cell in row] for row in table]},
        )

    def _answer(self, starts: list[Place], ends: list[Place], shape: Callable[[Any], Any]) -> None:
        self.server.asked.append((len(starts), len(ends)))
        time.sleep(self.server.delay)
        body = self.server.body or json.dumps(shape(self.server.seconds(starts, ends))).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: the test's output stays its own."""


def by_latitude(starts: list[Place], ends: list[Place]) -> list[list[float]]:
    """An hour for each degree of latitude."""
    return [[abs(start[0] - end[0]) * 3_600 for end in ends] for start in starts]


@pytest.fixture
def server() -> Iterator[FakeRouting]:
    with FakeRouting() as fake:
        thread = threading.Thread(target=fake.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield fake
        fake.shutdown()
        thread.join()


@pytest.fixture(params=list(Engine))
def times(request: pytest.FixtureRequest, server: FakeRouting) -> Iterator[TravelTimes]:
    travel = TravelTimes(RoutingSettings(request.param, server.url, timeout_seconds=0.5))
    yield travel
    travel.close()


def line(places: int) -> Points:
    """Places a kilometre apart, northwards from Norwich."""
    return Points(np.full(places, 622_864, np.int32), 308_511 + 1_000 * np.arange(places, dtype=np.int32))


def expected_minutes(origins: Points, destinations: Points) -> list[list[int]]:
    starts, ends = (latitude_longitude(points)[0] for points in (origins, destinations))
    return [[int((abs(start - end) * 3_600 + 30) // 60) for end in ends] for start in starts]


def test_minutes_by_car_come_with_the_statutory_straight_line(times: TravelTimes) -> None:
    measure: Distances = times
    journeys = measure.journeys(line(2), line(60))
    assert journeys.minutes is not None
    assert np.abs(journeys.minutes - np.array(expected_minutes(line(2), line(60)))).max() <= 1
    assert journeys.metres.tolist() == StraightLine().journeys(line(2), line(60)).metres.tolist()
    assert journeys.fallback_reason is None


def test_many_places_are_asked_for_in_blocks_and_put_together_in_order(times: TravelTimes, server: FakeRouting) -> None:
    serial = count()
    server.seconds = lambda starts, ends: [[60 * n] * len(ends) for n in [next(serial)] for _ in starts]
    journeys = times.journeys(line(SIDE + 1), line(2 * SIDE))
    assert server.asked == [(SIDE, SIDE), (SIDE, SIDE), (1, SIDE), (1, SIDE)]
    assert journeys.minutes is not None
    assert journeys.minutes[:SIDE, :SIDE].tolist() == [[0] * SIDE] * SIDE
    assert journeys.minutes[SIDE, SIDE:].tolist() == [3] * SIDE


def test_a_place_given_twice_is_asked_for_once(times: TravelTimes, server: FakeRouting) -> None:
    twice = Points.of([Point(622_864, 318_511), Point(622_864, 308_511), Point(622_864, 318_511)])
    journeys = times.journeys(twice, twice)
    assert server.asked == [(2, 2)]
    assert journeys.minutes is not None
    assert journeys.minutes[0].tolist() == journeys.minutes[2].tolist() == [0, journeys.minutes[0, 1], 0]
    assert journeys.minutes[0, 1] > 0


def test_where_there_is_no_way_minutes_are_minus_one(times: TravelTimes, server: FakeRouting) -> None:
    server.seconds = lambda _starts, _ends: [[None, 90.0]]
    minutes = times.journeys(line(1), line(2)).minutes
    assert minutes is not None
    assert minutes.tolist() == [[-1, 2]]


def test_no_places_need_no_server(times: TravelTimes, server: FakeRouting) -> None:
    minutes = times.journeys(line(0), line(3)).minutes
    assert minutes is not None
    assert minutes.shape == (0, 3)
    assert server.asked == []


def falls_back(times: TravelTimes, because: str) -> None:
    journeys = times.journeys(line(1), line(2))
    assert journeys.minutes is None
    assert journeys.metres.tolist() == [[0, 1_000]]
    assert journeys.fallback_reason == f"Travel times are not shown because {because}. Distances are straight lines."


def test_a_slow_server_leaves_straight_lines_and_says_so(times: TravelTimes, server: FakeRouting) -> None:
    server.delay = 1.0
    falls_back(times, "the routing server did not answer within 0.5 seconds")


def test_a_server_that_refuses_leaves_straight_lines_and_says_so(times: TravelTimes, server: FakeRouting) -> None:
    server.status = 400
    falls_back(times, "the routing server refused with status 400")


@pytest.mark.parametrize("body", [b"<html>", b"{}", b"[]", b'{"durations": [["x", 1]], "sources_to_targets": [[1]]}'])
def test_an_answer_that_is_no_table_leaves_straight_lines_and_says_so(
    times: TravelTimes, server: FakeRouting, body: bytes
) -> None:
    server.body = body
    falls_back(times, "the routing server's answer could not be read")


def test_an_answer_of_another_size_leaves_straight_lines_and_says_so(times: TravelTimes, server: FakeRouting) -> None:
    server.seconds = lambda _starts, _ends: [[1.0]]
    falls_back(times, "the routing server's answer has another size than what was asked")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "http://", "http://routing.invalid"])
@pytest.mark.parametrize("engine", list(Engine))
def test_a_server_that_is_not_there_leaves_straight_lines_and_says_so(engine: Engine, url: str) -> None:
    travel = TravelTimes(RoutingSettings(engine, url, timeout_seconds=2))
    falls_back(travel, "the routing server could not be reached")
    travel.close()


def test_many_slow_answers_end_at_the_deadline(server: FakeRouting) -> None:
    seconds = count(step=8)
    travel = TravelTimes(RoutingSettings(Engine.OSRM, server.url), clock=lambda: next(seconds))
    journeys = travel.journeys(line(4 * SIDE), line(1))
    travel.close()
    assert len(server.asked) == 2
    assert journeys.minutes is None
    assert "took more than 20 seconds" in str(journeys.fallback_reason)


def test_where_people_live_is_not_written_to_the_log(server: FakeRouting, caplog: pytest.LogCaptureFixture) -> None:
    travel = TravelTimes(RoutingSettings(Engine.OSRM, server.url))
    with caplog.at_level(logging.INFO):
        travel.journeys(line(1), line(1))
    travel.close()
    assert "52.6" not in caplog.text


@pytest.mark.parametrize(
    "wrong", [{"url": "routing"}, {"timeout_seconds": 0}, {"deadline_seconds": -1}], ids=lambda wrong: next(iter(wrong))
)
def test_settings_that_cannot_work_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(DomainError):
        RoutingSettings(**{"engine": Engine.OSRM, "url": "http://routing", **wrong})


def test_grid_points_become_latitude_and_longitude_as_in_ordnance_survey_s_example() -> None:
    latitude, longitude = latitude_longitude(Points.of([Point(651_410, 313_177)]))
    assert abs(latitude[0] - (52 + 39 / 60 + 28.8282 / 3600)) * 111_200 < 5
    assert abs(longitude[0] - (1 + 42 / 60 + 57.8663 / 3600)) * 67_400 < 5
