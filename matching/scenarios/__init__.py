"""What if: named lists of changes to who waits and who could offer a home, applied to a copy; the records stay as they are."""

from matching.scenarios.applying import SEED, apply, changed_pool
from matching.scenarios.changes import (
    AddChildren,
    AddHomes,
    Change,
    ChangeApprovals,
    ChangeAvailability,
    ChangeBeds,
    ChangeDemand,
    ChangeParameters,
    ChangePolicy,
    ChangePrices,
    CloseHomes,
    PostponeSearches,
    Scenario,
    StepDown,
    Which,
)

__all__ = [
    "SEED",
    "AddChildren",
    "AddHomes",
    "Change",
    "ChangeApprovals",
    "ChangeAvailability",
    "ChangeBeds",
    "ChangeDemand",
    "ChangeParameters",
    "ChangePolicy",
    "ChangePrices",
    "CloseHomes",
    "PostponeSearches",
    "Scenario",
    "StepDown",
    "Which",
    "apply",
    "changed_pool",
]
