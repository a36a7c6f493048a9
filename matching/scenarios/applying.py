"""Applies changes to records: a copy comes out, and nothing that went in is touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from matching.errors import Invalid
from matching.policy import PRESETS, Policy
from matching.pool import Pool, pool_of
from matching.records import Records
from matching.rules.parameters import Parameters
from matching.scenarios.changes import (
    AddChildren,
    AddHomes,
    Change,
    ChangeDemand,
    ChangeParameters,
    ChangePolicy,
    CloseHomes,
    PostponeSearches,
    StepDown,
)
from matching.scenarios.children import InventedFamilies, grown
from matching.scenarios.chosen import chosen, faults_of
from matching.scenarios.closing import with_closed
from matching.scenarios.documents import in_order
from matching.scenarios.homes import InventedHomes
from matching.scenarios.postponing import with_postponed
from matching.scenarios.rehoming import with_steps_down
from matching.scenarios.terms import changed_home

SEED = 1
"""What is drawn when nobody names a seed: the same for every scenario, so that differences between them are real."""
T = TypeVar("T")


def apply(records: Records, changes: Sequence[Change], seed: int = SEED) -> Records:
    """The records as they would be; the same changes in any order give the same. Without changes the records themselves.

    Homes and children are drawn in the likeness of those on record, by the seed. Raises Invalid naming each change
    that cannot be: a home that is not on record, beds below zero, two changes that contradict one another.
    """
    if not changes:
        return records
    faults = faults_of(records, changes, seed)
    if faults:
        raise Invalid(list(faults))
    return _Applying(records, seed).applied(in_order(changes))


def changed_pool(pool: Pool, changes: Sequence[Change], seed: int = SEED) -> Pool:
    """The pool as it would be; without changes the pool itself. Raises Invalid as `apply` does."""
    return pool_of(apply(pool.records, changes, seed)) if changes else pool


class _Applying:
    """Records while changes are applied one after another; what is drawn is drawn from the records at the beginning."""

    def __init__(self, records: Records, seed: int) -> None:
        self._before, self._seed = records, seed
        self._now = records
        self._families: InventedFamilies | None = None

    def applied(self, changes: Sequence[Change]) -> Records:
        homes = InventedHomes(self._before, self._seed)
        for change in changes:
            if isinstance(change, AddHomes):
                new = homes.drawn(change, self._now)
                self._now = replace(self._now, homes=(*self._now.homes, *new))
            elif isinstance(change, CloseHomes):
                self._now = with_closed(self._now, chosen(self._before, change.which, self._seed), change)
            elif isinstance(change, AddChildren | ChangeDemand | StepDown):
                self._now = self._with_demand(change)
            elif isinstance(change, PostponeSearches):
                self._now = with_postponed(self._now, change)
            elif isinstance(change, ChangePolicy | ChangeParameters):
                self._now = _decided(self._now, change)
            else:
                about = {home.id for home in chosen(self._before, change.which, self._seed)}
                changed = (changed_home(h, change, self._now.as_of) if h.id in about else h for h in self._now.homes)
                self._now = replace(self._now, homes=tuple(changed))
        return self._now

    def _with_demand(self, change: AddChildren | ChangeDemand | StepDown) -> Records:
        if isinstance(change, StepDown):
            return with_steps_down(self._now, change)
        self._families = self._families or InventedFamilies(self._before, self._seed)
        if isinstance(change, AddChildren):
            return self._families.added(self._now, change)
        return grown(self._now, change, self._families, self._seed)


def _decided(records: Records, change: ChangePolicy | ChangeParameters) -> Records:
    if isinstance(change, ChangeParameters):
        own = MappingProxyType({**records.parameters.own, **change.own})
        return replace(records, parameters=Parameters(records.parameters.as_of, own))
    return replace(records, policy=_weighed(records.policy, change))


def _weighed(policy: Policy, change: ChangePolicy) -> Policy:
    base = policy if change.preset is None else PRESETS[change.preset]
    return replace(
        base,
        weights=MappingProxyType({**base.weights, **change.weights}),
        urgency=MappingProxyType({**base.urgency, **change.urgency}),
        sibling_pairs=MappingProxyType({**base.sibling_pairs, **change.sibling_pairs}),
        gravity=MappingProxyType({**base.gravity, **change.gravity}),
    )
