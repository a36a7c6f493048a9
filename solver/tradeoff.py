"""The plans between which a choice of values decides: one for each policy of a grid, those that another betters left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from matching.policy import Measure, Policy


def grid(policy: Policy, measures: tuple[Measure, Measure], shares: Iterable[int]) -> tuple[Policy, ...]:
    """The policy with one measure weighing ever more and the other ever less: each share is per cent of the first."""
    one, other = measures
    return tuple(
        replace(
            policy,
            weights={
                **policy.weights,
                one: policy.weight(one) * share // 50,
                other: policy.weight(other) * (100 - share) // 50,
            },
        )
        for share in shares
    )
