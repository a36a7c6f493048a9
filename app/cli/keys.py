"""The command that makes API keys."""

from __future__ import annotations

import argparse

from app.auth.keys import make_key
from app.cli.opening import NotReady, command_act, opened, the_authority
from app.services.office import system_clock
from db.session import Store
from matching.values import AuthorityId, ProviderId
from matching.workflow.roles import Role


def key(chosen: argparse.Namespace) -> int:
    """Makes a key of one role and prints it: the only time that anybody sees it."""
    roles = [role.value for role in Role]
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
            provider=_provider(store, authority.id, chosen.provider) if role is Role.PROVIDER else None,
        )
    print(secret)
    return 0


def _provider(store: Store, authority: AuthorityId, ref: str | None) -> ProviderId:
    """The provider whose key it is. Raises NotReady when none is named, or none is on record by that reference."""
    with store.reading(authority) as work:
        found = None if ref is None else work.providers.find(ref)
    if found is None:
        raise NotReady("A provider's key needs --provider with the authority's reference of a provider on record.")
    return found.value.id
