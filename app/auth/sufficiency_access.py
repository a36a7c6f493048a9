"""Who may ask what is enough: commissioners, placements teams, auditors and administrators; auditors ask for nothing new."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from matching.workflow.roles import Role

_ASK = frozenset({Role.PLACEMENTS, Role.COMMISSIONER, Role.ADMIN})
_READ = _ASK | {Role.AUDITOR}

SUFFICIENCY: Mapping[str, frozenset[Role]] = MappingProxyType(
    {
        "read_measures": _READ,
        "read_beds_tonight": _READ,
        "read_occupancy": _READ,
        "read_gaps": _READ,
        "read_needs_and_cost": _READ,
        "read_sufficiency_table": _READ,
        "read_back_test": _READ,
        "look_ahead": _ASK,
        "ask_look_ahead": _ASK,
    }
)
"""Each use case with the roles that may call it."""
