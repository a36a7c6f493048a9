"""The command that makes API keys."""

from __future__ import annotations

import argparse

from app.auth.keys import make_key
from app.cli.opening import NotReady, command_act, opened, the_authority
from app.services.office import system_clock
from matching.workflow.roles import Role


def key(chosen: argparse.Namespace) -> int:
    """Makes a key of one role and prints it: the only time that anybody sees it."""
    roles = [role.value for role in Role if role is not Role.PROVIDER]
    if chosen.role not in roles:
        raise NotReady(f"There is no such role. The roles: {', '.join(roles)}")
    role = Role(chosen.role)
    with opened() as store:
        authority = the_authority(store, chosen.authority)
        secret = make_key(
            store,
            system_clock,
            authority.id,
            role,
            chosen.name or f"{role.value} key",
            lambda _: command_act("make-key"),
        )
    print(secret)
    return 0
