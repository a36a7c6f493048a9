"""The plans between which a choice of values decides: for each policy of a grid its best plan, bettered ones left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from matching.assess import Assessor
from matching.candidates import Worth, candidates_of
from matching.plan import Levels, Plan, levels_of
from matching.policy import Measure, Policy
from matching.pool import Pool
from solver.interface import Solver, SolveSettings
from solver.made_plans import make_plan

SHARES = (5, 25, 50, 75, 95)
"""Per cent of the weight that the first of two measures has."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A plan that no other of the curve betters in everything, and the policies by which it is best."""

    policies: tuple[Policy, ...]
    plan: Plan
    """With levels by the first of these policies."""
    unplaced: int
    """As the authority's own policy weighs it, like the two that follow."""
    parted: int
    gravity: int
    measures: tuple[int, ...]
    """Units of each measure asked about, in the order asked."""
    exact: bool
    """Whether the plan is proved best by its policies."""

    @property
    def outcome(self) -> tuple[int, ...]:
        """Everything that choices are compared by; fewer is better at each."""
        return (self.unplaced, self.parted, self.gravity, *self.measures)


def grid(policy: Policy, measures: tuple[Measure, Measure], shares: Iterable[int] = SHARES) -> tuple[Policy, ...]:
    """Policies in which one measure weighs ever more and another ever less; each with and without heed to other levels.

    Where siblings weigh nothing a plan parts them to save points, and likewise with sign-offs: so a curve shows what
    keeping them together, and asking for fewer agreements, costs. A weight of both is shared out; never less than one.
    """
    one, other = measures
    both = policy.weight(one) + policy.weight(other)
    found = []
    for share in shares:
        weights = {**policy.weights, one: max(1, both * share // 100), other: max(1, both * (100 - share) // 100)}
        shared = replace(policy, name=f"{policy.name}, {one.value} {share} %", weights=MappingProxyType(weights))
        found += [shared, _heedless(shared, "siblings"), _heedless(shared, "sign-offs")]
    return tuple(found)


def _heedless(policy: Policy, of: str) -> Policy:
    name = f"{policy.name}, without weight for {of}"
    if of == "siblings":
        return replace(policy, name=name, sibling_pairs=MappingProxyType(dict.fromkeys(policy.sibling_pairs, 0)))
    return replace(policy, name=name, gravity=MappingProxyType(dict.fromkeys(policy.gravity, 0)), check_gravity=0)


def tradeoff(
    solver: Solver,
    pool: Pool,
    policies: Sequence[Policy],
    measures: Sequence[Measure],
    settings: SolveSettings | None = None,
) -> tuple[Choice, ...]:
    """The plans that are best by one of the policies and that no other of them betters in everything, best first.

    Compared by children without a home, siblings parted and sign-offs, as the first policy weighs them, and by units
    of each measure. Raises ValueError without a policy.
    """
    if not policies:
        raise ValueError("A curve needs a policy. Give at least one.")
    scales = _Scales(pool, policies[0], measures)
    found: dict[frozenset[tuple[object, object]], Choice] = {}
    for policy in policies:
        made = make_plan(solver, _worth(pool, policy), settings=settings)
        choice = scales.weighed(policy, made.plan, exact=made.proved)
        same = found.get(frozenset(made.plan.home_of.items()))
        found[frozenset(made.plan.home_of.items())] = choice if same is None else _joined(same, choice)
    return tuple(sorted(_not_bettered(found.values()), key=lambda choice: choice.outcome))


class _Scales:
    """Weighs plans by what every policy can agree on."""

    def __init__(self, pool: Pool, policy: Policy, measures: Sequence[Measure]) -> None:
        self._pool = pool
        self._worth = _worth(pool, policy)
        self._of = [_worth(pool, replace(policy, weights=MappingProxyType({measure: 1}))) for measure in measures]

    def weighed(self, policy: Policy, plan: Plan, *, exact: bool) -> Choice:
        levels = self._levels(self._worth, plan)
        measures = tuple(self._levels(worth, plan).points for worth in self._of)
        return Choice((policy,), plan, levels.unplaced, levels.parted, levels.gravity, measures, exact)

    def _levels(self, worth: Worth, plan: Plan) -> Levels:
        homes, children = self._pool.home_index, self._pool.seeker_index
        return levels_of(
            worth, ((homes[one.home], tuple(children[kid] for kid in one.children)) for one in plan.intakes)
        )


def _joined(one: Choice, other: Choice) -> Choice:
    return replace(one, policies=(*one.policies, *other.policies), exact=one.exact and other.exact)


def _not_bettered(choices: Iterable[Choice]) -> Iterator[Choice]:
    """One of each outcome that no other betters: none is at least as good at everything and better at something."""
    one_of_each: Mapping[tuple[int, ...], Choice] = {choice.outcome: choice for choice in reversed([*choices])}
    for outcome, choice in one_of_each.items():
        others = (other for other in one_of_each if other != outcome)
        if not any(all(a <= b for a, b in zip(other, outcome, strict=True)) for other in others):
            yield choice


def _worth(pool: Pool, policy: Policy) -> Worth:
    assessor = Assessor(pool, policy)
    return Worth(assessor, candidates_of(assessor))
