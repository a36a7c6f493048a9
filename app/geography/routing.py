"""Travel times by car from a routing server (OSRM or Valhalla), falling back to the straight line with a reason."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from time import monotonic
from typing import Any

import httpx2
import numpy as np
import numpy.typing as npt

from app.geography.wgs84 import latitude_longitude
from matching.errors import DomainError
from matching.geography import Journeys, Points, StraightLine

NO_WAY = -1
"""Minutes where the server knows of no way."""
SIDE = 50
"""Origins, and destinations, to a request: both engines take 2,500 pairs, and OSRM 100 places, unless told otherwise."""


class Engine(StrEnum):
    """Which matrix interface the server speaks."""

    OSRM = "osrm"
    VALHALLA = "valhalla"


@dataclass(frozen=True, slots=True)
class RoutingSettings:
    """Where the routing server is, and how long people are kept waiting for it.

    The server learns where children and carers live: run it yourself, or under a contract that says so. Valhalla is
    sent places in the body of a request, OSRM in its address, which servers and proxies write to their logs.
    """

    engine: Engine
    url: str
    timeout_seconds: float = 5.0
    """For one request."""
    deadline_seconds: float = 20.0
    """For all the requests of one call together."""

    def __post_init__(self) -> None:
        if not self.url.startswith(("http://", "https://")):
            raise DomainError("The address of a routing server begins with http:// or https://. Give all of it.")
        if self.timeout_seconds <= 0 or self.deadline_seconds <= 0:
            raise DomainError("A routing server needs time to answer. Give seconds above 0.")


class _NoTimes(Exception):
    """Why there are no travel times, in words that follow 'because'."""


class TravelTimes:
    """Distances in a straight line, always; and minutes by car when the server gives them all in time."""

    def __init__(self, settings: RoutingSettings, clock: Callable[[], float] = monotonic) -> None:
        self._settings = settings
        self._clock = clock
        self._client = httpx2.Client(timeout=settings.timeout_seconds)
        # The client's own log lines carry each request's address, and with OSRM that is where people live.
        logging.getLogger("httpx2").setLevel(logging.WARNING)

    def journeys(self, origins: Points, destinations: Points) -> Journeys:
        """(n,) origins and (m,) destinations give (n, m) metres and minutes.

        Never raises for want of a server: without one `minutes` is None and `fallback_reason` says why.
        """
        straight = StraightLine().journeys(origins, destinations)
        try:
            return Journeys(straight.metres, self._minutes(origins, destinations))
        except _NoTimes as reason:
            return Journeys(
                straight.metres,
                fallback_reason=f"Travel times are not shown because {reason}. Distances are straight lines.",
            )

    def close(self) -> None:
        """Lets go of the connections to the server."""
        self._client.close()

    def _minutes(self, origins: Points, destinations: Points) -> npt.NDArray[np.int32]:
        """Asks once for each different place, in blocks that the server accepts."""
        starts, start_of = _different(origins)
        ends, end_of = _different(destinations)
        minutes = np.full((len(starts[0]), len(ends[0])), NO_WAY, np.int32)
        until = self._clock() + self._settings.deadline_seconds
        for rows in _blocks(minutes.shape[0]):
            for columns in _blocks(minutes.shape[1]):
                if self._clock() > until:
                    raise _NoTimes(f"the routing server took more than {self._settings.deadline_seconds:g} seconds")
                minutes[rows, columns] = self._block(
                    [(lat, lon) for lat, lon in zip(starts[0][rows], starts[1][rows], strict=True)],
                    [(lat, lon) for lat, lon in zip(ends[0][columns], ends[1][columns], strict=True)],
                )
        return minutes[np.ix_(start_of, end_of)]

    def _block(self, starts: list[tuple[float, float]], ends: list[tuple[float, float]]) -> npt.NDArray[np.int32]:
        ask = self._osrm if self._settings.engine is Engine.OSRM else self._valhalla
        try:
            seconds = ask(starts, ends)
            table = np.array([[np.nan if cell is None else cell for cell in row] for row in seconds], np.float64)
        except httpx2.TimeoutException:
            raise _NoTimes(
                f"the routing server did not answer within {self._settings.timeout_seconds:g} seconds"
            ) from None
        except httpx2.HTTPStatusError as refused:
            raise _NoTimes(f"the routing server refused with status {refused.response.status_code}") from None
        except (httpx2.HTTPError, httpx2.InvalidURL):
            raise _NoTimes("the routing server could not be reached") from None
        except (ValueError, TypeError, KeyError, IndexError):
            raise _NoTimes("the routing server's answer could not be read") from None
        if table.shape != (len(starts), len(ends)):
            raise _NoTimes("the routing server's answer has another size than what was asked")
        return np.where(np.isnan(table), NO_WAY, np.floor((np.nan_to_num(table) + 30) / 60)).astype(np.int32)

    def _osrm(self, starts: list[tuple[float, float]], ends: list[tuple[float, float]]) -> list[list[Any]]:
        places = ";".join(f"{lon:.5f},{lat:.5f}" for lat, lon in starts + ends)
        first = ";".join(str(i) for i in range(len(starts)))
        second = ";".join(str(i) for i in range(len(starts), len(starts) + len(ends)))
        answer = self._client.get(
            f"{self._settings.url.rstrip('/')}/table/v1/driving/{places}"
            f"?sources={first}&destinations={second}&annotations=duration"
        )
        durations: list[list[Any]] = answer.raise_for_status().json()["durations"]
        return durations

    def _valhalla(self, starts: list[tuple[float, float]], ends: list[tuple[float, float]]) -> list[list[Any]]:
        answer = self._client.post(
            f"{self._settings.url.rstrip('/')}/sources_to_targets",
            json={
                "sources": [{"lat": round(lat, 5), "lon": round(lon, 5)} for lat, lon in starts],
                "targets": [{"lat": round(lat, 5), "lon": round(lon, 5)} for lat, lon in ends],
                "costing": "auto",
            },
        )
        return [[cell["time"] for cell in row] for row in answer.raise_for_status().json()["sources_to_targets"]]


def _blocks(count: int) -> Iterator[slice]:
    return (slice(start, start + SIDE) for start in range(0, count, SIDE))


def _different(points: Points) -> tuple[tuple[list[float], list[float]], npt.NDArray[np.intp]]:
    """The latitudes and longitudes of the different places among the points, and which of them each point is."""
    places, which = np.unique(np.stack([points.easting, points.northing], axis=1), axis=0, return_inverse=True)
    latitude, longitude = latitude_longitude(Points(places[:, 0], places[:, 1]))
    return (latitude.tolist(), longitude.tolist()), which.reshape(-1)
