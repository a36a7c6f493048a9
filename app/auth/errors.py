"""Why somebody is turned away."""

from __future__ import annotations

from collections.abc import Iterable

from matching.errors import DomainError


class NotSignedIn(DomainError):
    """No key came with the request, or one that does not work."""

    def __init__(self) -> None:
        super().__init__(
            "This needs a key that works, in the header Authorization: Bearer KEY. "
            "An administrator of the authority makes one with: python3 dev.py key ROLE"
        )


class NotForThisRole(DomainError):
    """The key works, but not for this."""

    def __init__(self, role: str, roles: Iterable[str]) -> None:
        self.role, self.roles = role, tuple(sorted(roles))
        who = ", ".join(self.roles)
        super().__init__(f"A key with the role {role} may not do this. Use a key with one of the roles: {who}.")
