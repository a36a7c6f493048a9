"""What a home is shown when it is asked, as JSON and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from db.audit import plain
from matching.codes import (
    Access,
    Communication,
    ExpectedLength,
    Health,
    Known,
    LivingWith,
    Risk,
    RiskLevel,
    SearchKind,
    Sex,
    Skill,
    Staffing,
)
from matching.workflow.offers import ChildAsSeen, Enquiry


def written_enquiry(enquiry: Enquiry) -> Any:
    """The enquiry in what JSON has."""
    return plain(
        {
            **{name: getattr(enquiry, name) for name in ("kind", "first_night", "last_morning", "length")},
            "children": [_written_child(child) for child in enquiry.children],
            "siblings_elsewhere": enquiry.siblings_elsewhere,
        }
    )


def _written_child(child: ChildAsSeen) -> Any:
    return {name: getattr(child, name) for name in ChildAsSeen.__dataclass_fields__}


def enquiry_of(written: Mapping[str, Any]) -> Enquiry:
    """The enquiry that was written."""
    last = written["last_morning"]
    return Enquiry(
        kind=SearchKind(written["kind"]),
        first_night=date.fromisoformat(written["first_night"]),
        last_morning=None if last is None else date.fromisoformat(last),
        length=ExpectedLength(written["length"]),
        children=tuple(_child_of(child) for child in written["children"]),
        siblings_elsewhere=written["siblings_elsewhere"],
    )


def _child_of(written: Mapping[str, Any]) -> ChildAsSeen:
    return ChildAsSeen(
        letter=written["letter"],
        age=written["age"],
        sex=Sex(written["sex"]),
        needs=MappingProxyType(dict(written["needs"])),
        communication=tuple(map(Communication, written["communication"])),
        access=tuple(map(Access, written["access"])),
        health=tuple(map(Health, written["health"])),
        skills=tuple(map(Skill, written["skills"])),
        risks=MappingProxyType({Risk(risk): RiskLevel(level) for risk, level in written["risks"].items()}),
        staffing=Staffing(written["staffing"]),
        living_with=LivingWith(written["living_with"]),
        pets=Known(written["pets"]),
        in_school=Known(written["in_school"]),
        school_year=written["school_year"],
    )
