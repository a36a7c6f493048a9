"""Who acts: the roles that people hold toward a search, and those that time itself takes the part of."""

from __future__ import annotations

from enum import StrEnum

from matching.codes import SignOffRole


class Role(StrEnum):
    """One role toward the service. A person may hold several; each act is made in one of them."""

    PLACEMENTS = "placements"
    SOCIAL_WORKER = "social-worker"
    COMMISSIONER = "commissioner"
    AUDITOR = "auditor"
    ADMIN = "admin"
    PROVIDER = "provider"
    TEAM_MANAGER = "team-manager"
    REGISTERED_MANAGER = "registered-manager"
    NOMINATED_OFFICER = "nominated-officer"
    FOSTERING_PANEL = "fostering-panel"
    RESOURCE_PANEL = "resource-panel"
    AREA_AUTHORITY = "area-authority"
    DIRECTOR = "director-of-childrens-services"

    @property
    def signs_off(self) -> SignOffRole | None:
        """The sign-offs that may be given in this role; None when there are none."""
        return next((role for role in SignOffRole if role.value == self.value), None)


SIGN_OFF_ROLES = frozenset(role for role in Role if role.signs_off is not None)
"""Roles that agree or refuse; each sees only what waits for it."""

DECIDERS = frozenset({Role.PLACEMENTS, Role.TEAM_MANAGER, Role.NOMINATED_OFFICER, Role.DIRECTOR})
"""Roles in which a named person may decide where a child will live."""

CASE_WORKERS = frozenset({Role.PLACEMENTS, Role.SOCIAL_WORKER})
"""Roles that follow a child's search day by day."""

TIME: frozenset[Role] = frozenset()
"""Nobody's move: it happens when a moment has passed, whether or not anything is running."""
