"""What a week in the home costs."""

from __future__ import annotations

import numpy as np

from matching.answers import Answer, Fact
from matching.codes import Setting, SignOffRole
from matching.facts import Facts
from matching.policy import Measure
from matching.rules.model import Charge, Deadline, Otherwise, Rule, Score, SignOff, Source
from matching.rules.words import Where, pounds

UNKNOWN_TENS = 600
"""Tens of pounds charged for a price that is not known: £6,000, so that not knowing is never an advantage."""
CEILINGS = {
    Setting.FOSTERING: "ceiling_fostering",
    Setting.RESIDENTIAL: "ceiling_residential",
    Setting.SUPPORTED: "ceiling_supported",
}


def _tens_of_pounds(f: Facts) -> Fact:
    cost = f.journey.cost
    return Fact((cost.values + 500) // 1_000, cost.known)


def _weekly_reason(f: Facts, at: Where) -> str:
    base, extra = f.journey.base_price.at(*at), f.journey.add_ons.at(*at) or 0
    if base is None:
        return "No price is on record for the child's age and band of need"
    return f"{pounds(base + extra)} a week: base {pounds(base)}" + (f" and add-ons {pounds(extra)}" if extra else "")


COST_WEEKLY = Rule(
    id="cost.weekly",
    says="The base price covers the place: nothing is paid on top",
    met=lambda f: (f.journey.base_price >= 0) & (f.journey.add_ons <= 0),
    otherwise=(Otherwise(Score()),),
    reason=_weekly_reason,
    sources=(Source("The authority's policy: cost weighs by its published weight, and never against safety"),),
    reads=("journey.base_price", "journey.add_ons", "journey.cost"),
    charge=Charge(Measure.COST, _tens_of_pounds, unknown_units=UNKNOWN_TENS),
)


def _ceiling(f: Facts) -> Fact:
    """The weekly ceiling of each home's setting in pence, shape (1, m); none for other settings."""
    found = np.full(f.home.setting.values.shape, np.iinfo(np.int32).max, dtype=np.int32)
    for setting, name in CEILINGS.items():
        found[f.home.setting.is_(setting).yes] = f.parameters[name]
    return Fact(found)


def _has_ceiling(f: Facts) -> Answer:
    return f.home.setting.is_(*CEILINGS)


def _ceiling_reason(f: Facts, at: Where) -> str:
    cost, ceiling = f.journey.cost.at(*at), _ceiling(f).at(*at) or 0
    if not _has_ceiling(f).at(*at):
        return "No ceiling is set for this kind of home"
    if cost is None:
        return f"No price is on record; the ceiling is {pounds(ceiling)} a week"
    return f"{pounds(cost)} a week; the ceiling is {pounds(ceiling)}"


COST_CEILING = Rule(
    id="cost.ceiling",
    says="The weekly cost is within the authority's ceiling",
    applies=_has_ceiling,
    met=lambda f: f.journey.cost <= _ceiling(f),
    otherwise=(Otherwise(SignOff(SignOffRole.RESOURCE_PANEL, Deadline.BEFORE_DECISION)),),
    reason=_ceiling_reason,
    sources=(Source("Council policy"),),
    reads=("journey.cost", "home.setting"),
    parameters=tuple(CEILINGS.values()),
)

COST = (COST_WEEKLY, COST_CEILING)
