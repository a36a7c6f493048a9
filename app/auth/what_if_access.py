"""Who may ask what would be: commissioners, placements teams and administrators; an auditor may read what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from matching.workflow.roles import Role

_ASK = frozenset({Role.PLACEMENTS, Role.COMMISSIONER, Role.ADMIN})
_READ = _ASK | {Role.AUDITOR}

WHAT_IFS: Mapping[str, frozenset[Role]] = MappingProxyType(
    {
        "list_scenarios": _READ,
        "list_ready_scenarios": _READ,
        "read_scenario": _READ,
        "list_scenario_versions": _READ,
        "record_scenario": _ASK,
        "replace_scenario": _ASK,
        "remove_scenario": _ASK,
        "run_scenarios": _ASK,
        "list_studies": _READ,
        "read_study": _READ,
        "read_study_table": _READ,
        "stop_study": _ASK,
        "sweep_scenarios": _ASK,
        "ask_bed_prices": _ASK,
        "ask_cheapest_homes": _ASK,
        "find_step_downs": _ASK,
        "read_trade_off": _READ,
        "read_replanned": _READ,
    }
)
"""Each use case with the roles that may call it."""
