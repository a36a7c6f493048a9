"""National Grid points as latitude and longitude, for routing servers: right to about five metres, never for law.

Formulas and constants: Ordnance Survey, A Guide to Coordinate Systems in Great Britain, annexes B and C and section 6.6.
The seven-parameter shift used here is the guide's; the exact one (OSTN15) is a table that would weigh 13 MB for a
precision no road network has.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.geography import Points

Degrees = npt.NDArray[np.float64]

_AIRY = (6_377_563.396, 6_356_256.909)
_WGS84 = (6_378_137.000, 6_356_752.314_2)
_SCALE = 0.999_601_271_7
_ORIGIN_LATITUDE, _ORIGIN_LONGITUDE = np.radians(49.0), np.radians(-2.0)
_FALSE_EAST, _FALSE_NORTH = 400_000.0, -100_000.0
_SHIFT = (446.448, -125.157, 542.060)
_TURN = np.radians(np.array([0.1502, 0.2470, 0.8421]) / 3600)
_STRETCH = 1 - 20.4894e-6


def latitude_longitude(points: Points) -> tuple[Degrees, Degrees]:
    """Columns of grid points as WGS84 latitudes and longitudes in degrees, of the same shape."""
    latitude, longitude = _on_airy(points.easting.astype(np.float64), points.northing.astype(np.float64))
    x, y, z = _cartesian(latitude, longitude)
    turn_x, turn_y, turn_z = _TURN
    latitude, longitude = _from_cartesian(
        _SHIFT[0] + _STRETCH * x - turn_z * y + turn_y * z,
        _SHIFT[1] + turn_z * x + _STRETCH * y - turn_x * z,
        _SHIFT[2] - turn_y * x + turn_x * y + _STRETCH * z,
    )
    return np.degrees(latitude), np.degrees(longitude)


def _on_airy(easting: Degrees, northing: Degrees) -> tuple[Degrees, Degrees]:
    """Radians on the ellipsoid that the grid is drawn on (annex C.2)."""
    a, b = _AIRY
    squared = 1 - (b / a) ** 2
    latitude = _ORIGIN_LATITUDE + (northing - _FALSE_NORTH) / (a * _SCALE)
    for _ in range(6):  # each round gains three decimals; the guide asks for a hundredth of a millimetre
        latitude = latitude + (northing - _FALSE_NORTH - _meridian(latitude)) / (a * _SCALE)
    across = a * _SCALE / np.sqrt(1 - squared * np.sin(latitude) ** 2)
    along = across * (1 - squared) / (1 - squared * np.sin(latitude) ** 2)
    bend = across / along - 1
    tan, sec = np.tan(latitude), 1 / np.cos(latitude)
    tan2, east = tan**2, easting - _FALSE_EAST
    vii = tan / (2 * along * across)
    viii = tan / (24 * along * across**3) * (5 + 3 * tan2 + bend - 9 * tan2 * bend)
    ix = tan / (720 * along * across**5) * (61 + 90 * tan2 + 45 * tan2**2)
    x = sec / across
    xi = sec / (6 * across**3) * (across / along + 2 * tan2)
    xii = sec / (120 * across**5) * (5 + 28 * tan2 + 24 * tan2**2)
    xiia = sec / (5040 * across**7) * (61 + 662 * tan2 + 1320 * tan2**2 + 720 * tan2**3)
    return (
        latitude - vii * east**2 + viii * east**4 - ix * east**6,
        _ORIGIN_LONGITUDE + x * east - xi * east**3 + xii * east**5 - xiia * east**7,
    )


def _meridian(latitude: Degrees) -> Degrees:
    """The length of the meridian from the true origin, on the grid (annex C.1, formula C3)."""
    a, b = _AIRY
    n = (a - b) / (a + b)
    less, more = latitude - _ORIGIN_LATITUDE, latitude + _ORIGIN_LATITUDE
    arc: Degrees = (
        b
        * _SCALE
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * np.sin(less) * np.cos(more)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * np.sin(2 * less) * np.cos(2 * more)
            - 35 / 24 * n**3 * np.sin(3 * less) * np.cos(3 * more)
        )
    )
    return arc


def _cartesian(latitude: Degrees, longitude: Degrees) -> tuple[Degrees, Degrees, Degrees]:
    """Metres from the centre of the Airy ellipsoid, for points on its surface (annex B.1)."""
    a, b = _AIRY
    squared = 1 - (b / a) ** 2
    across = a / np.sqrt(1 - squared * np.sin(latitude) ** 2)
    return (
        across * np.cos(latitude) * np.cos(longitude),
        across * np.cos(latitude) * np.sin(longitude),
        across * (1 - squared) * np.sin(latitude),
    )


def _from_cartesian(x: Degrees, y: Degrees, z: Degrees) -> tuple[Degrees, Degrees]:
    """Radians on the WGS84 ellipsoid (annex B.2)."""
    a, b = _WGS84
    squared = 1 - (b / a) ** 2
    beside = np.hypot(x, y)
    latitude = np.arctan2(z, beside * (1 - squared))
    for _ in range(5):
        across = a / np.sqrt(1 - squared * np.sin(latitude) ** 2)
        latitude = np.arctan2(z + squared * across * np.sin(latitude), beside)
    return latitude, np.arctan2(y, x)
