"""The shape of who a child is. Names stand nowhere else in this service."""

from __future__ import annotations

from app.bodies.kinds import text
from app.bodies.shapes import Given


class IdentityGiven(Given):
    """Who a child is. Names stand nowhere else in this service."""

    given_name: text(200, 1)  # type: ignore[valid-type]  # made while running
    family_name: text(200, 1)  # type: ignore[valid-type]
    initials: text(10, 1)  # type: ignore[valid-type]
