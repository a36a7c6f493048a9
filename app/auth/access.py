"""The one table of who may do what: each use case of the API with the roles that may call it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.auth.errors import NotForThisRole
from app.auth.sufficiency_access import SUFFICIENCY
from app.auth.what_if_access import WHAT_IFS
from app.auth.workflow_access import WORKFLOW
from matching.workflow.roles import DECIDERS, Role

_PLACEMENTS = frozenset({Role.PLACEMENTS, Role.ADMIN})
_CASE_WORK = frozenset({Role.PLACEMENTS, Role.SOCIAL_WORKER, Role.ADMIN})
_ADMIN = frozenset({Role.ADMIN})
_STAFF = frozenset({Role.PLACEMENTS, Role.SOCIAL_WORKER, Role.COMMISSIONER, Role.AUDITOR, Role.ADMIN})
_CHILDREN_READ = frozenset({Role.PLACEMENTS, Role.SOCIAL_WORKER, Role.AUDITOR, Role.ADMIN})
_SEARCHES_READ = _CHILDREN_READ | DECIDERS
"""Whoever decides where a child will live must be able to see for whom, and why."""
_SUPPLY_WRITE = frozenset({Role.PLACEMENTS, Role.COMMISSIONER, Role.ADMIN})
_PLANS = frozenset({Role.PLACEMENTS, Role.COMMISSIONER, Role.ADMIN})


def _noun(one: str, many: str, read: frozenset[Role], write: frozenset[Role]) -> dict[str, frozenset[Role]]:
    return {
        f"list_{many}": read,
        f"read_{one}": read,
        f"record_{one}": write,
        f"replace_{one}": write,
        f"amend_{one}": write,
    }


MAY: Mapping[str, frozenset[Role]] = MappingProxyType(
    {
        **_noun("child", "children", _CHILDREN_READ, _CASE_WORK),
        "read_identity": frozenset({Role.PLACEMENTS, Role.SOCIAL_WORKER}),
        "record_identity": _CASE_WORK,
        "read_needs_history": _SEARCHES_READ,
        **_noun("needs_profile", "needs_profiles", _CHILDREN_READ, _CASE_WORK),
        **_noun("sibling_group", "sibling_groups", _CHILDREN_READ, _CASE_WORK),
        **_noun("provider", "providers", _STAFF, _SUPPLY_WRITE),
        **_noun("home", "homes", _STAFF, _SUPPLY_WRITE),
        **_noun("placement", "placements", _CHILDREN_READ, _CASE_WORK),
        **_noun("referral", "referrals", _SEARCHES_READ, _CASE_WORK),
        "read_shortlist": _SEARCHES_READ,
        "read_why_this_home": _SEARCHES_READ,
        "read_journeys": _SEARCHES_READ,
        "read_price_to_the_rest": _SEARCHES_READ,
        "read_openings": _CHILDREN_READ,
        "list_frameworks": _STAFF,
        "read_framework": _STAFF,
        "record_framework": _ADMIN,
        "use_framework": _ADMIN,
        "make_match_run": _PLANS,
        "list_match_runs": _STAFF,
        "read_match_run": _STAFF,
        "compare_match_run": _STAFF,
        "read_alternatives": _STAFF,
        "export_match_run": frozenset({Role.PLACEMENTS, Role.AUDITOR, Role.ADMIN}),
        "list_rules": _STAFF,
        "read_rule": _STAFF,
        "list_policies": _STAFF,
        "read_policy_in_force": _STAFF,
        "adopt_policy": _ADMIN,
        "read_parameters": _STAFF,
        "set_parameters": _ADMIN,
        **WORKFLOW,
        "read_audit": frozenset({Role.AUDITOR, Role.ADMIN}),
        **WHAT_IFS,
        **SUFFICIENCY,
        "make_import": _ADMIN,
        "list_imports": frozenset({Role.AUDITOR, Role.ADMIN}),
        "load_return": _ADMIN,
        "export_return": frozenset({Role.AUDITOR, Role.ADMIN}),
        "list_returns": frozenset({Role.COMMISSIONER, Role.AUDITOR, Role.ADMIN}),
    }
)

OPEN = frozenset(
    {
        *("live", "ready", "live_in_version", "ready_in_version"),
        *("documentation", "documentation_start", "documentation_script", "documentation_style"),
    }
)
"""What needs no key: whether the service is up, and its description."""


def allow(operation: str, role: Role) -> None:
    """Raises NotForThisRole unless the role may call the use case. One that the table does not know is a bug."""
    assert operation in MAY, f"{operation} is missing in the table of who may do what"
    if role not in MAY[operation]:
        raise NotForThisRole(role.value, (one.value for one in MAY[operation]))
