"""A plan: which homes are proposed to all who wait, what that comes to, and the check that nothing is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields

from matching.assess import Assessor
from matching.candidates import Worth, candidates_of, intake_arrays
from matching.policy import Policy
from matching.pool import Pool
from matching.values import ChildId, HomeId


@dataclass(frozen=True, slots=True, order=True)
class Intake:
    """Children proposed to move into one home together; children in the pool's order."""

    home: HomeId
    children: tuple[ChildId, ...]


@dataclass(frozen=True, slots=True, order=True)
class Levels:
    """What a plan comes to, in the order in which plans are compared; fewer is better at every level.

    A level is never traded against a later one. That no blocked pairing is proposed stands above them all and is no
    number: it never happens.
    """

    unplaced: int
    """Weight, by urgency, of the children without a proposal."""
    parted: int
    """Weight, by assessment, of the pairs of siblings who would not live together."""
    gravity: int
    """Weight of the sign-offs and of the facts still to be checked."""
    points: int
    """Need, distance, cost, wishes: by the policy's published weights."""
    waiting: int
    """Days waited by the children without a proposal: the tie-break, longest waiting first."""
    order: int
    """Settles what is still even, from the references of children and homes alone."""

    def __sub__(self, other: Levels) -> Levels:
        return Levels(*(getattr(self, f.name) - getattr(other, f.name) for f in fields(Levels)))


@dataclass(frozen=True, slots=True)
class Plan:
    """Joint proposals for all who wait, one intake a home. A child in no intake has no proposal."""

    intakes: tuple[Intake, ...]
    levels: Levels

    @property
    def home_of(self) -> dict[ChildId, HomeId]:
        """The home proposed to each child who has a proposal."""
        return {child: intake.home for intake in self.intakes for child in intake.children}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What people have fixed before the plan is made."""

    pinned: frozenset[tuple[ChildId, HomeId]] = frozenset()
    """Pairings that must be in the plan, if the rules allow them."""
    forbidden: frozenset[tuple[ChildId, HomeId]] = frozenset()


@dataclass(frozen=True, slots=True)
class PlanFault:
    """Something wrong with a plan: a bug, never a user's doing."""

    what: str
    home: HomeId | None = None
    children: tuple[ChildId, ...] = ()


def levels_of(worth: Worth, intakes: Iterable[tuple[int, tuple[int, ...]]]) -> Levels:
    """What intakes, given as (home column, child rows), come to as a plan."""
    given = list(intakes)
    gains = worth.gains(*intake_arrays(given))
    return Levels(
        unplaced=int(worth.urgency.sum() - gains.placed.sum()),
        parted=int(worth.siblings_total - gains.together.sum()),
        gravity=int(gains.gravity.sum()),
        points=int(gains.points.sum()),
        waiting=int(worth.waited.sum() - gains.waited.sum()),
        order=int(gains.order.sum()),
    )


def plan_of(worth: Worth, intakes: Iterable[tuple[int, tuple[int, ...]]], levels: Levels | None = None) -> Plan:
    """A plan from intakes given as (home column, child rows), in a fixed order, with its levels: worked out, if not given."""
    pool = worth.pool
    given = sorted((home, tuple(sorted(children))) for home, children in intakes)
    named = tuple(
        Intake(pool.homes[home].id, tuple(pool.seekers[child].child.id for child in children))
        for home, children in given
    )
    return Plan(named, levels or levels_of(worth, given))


def faults(pool: Pool, plan: Plan, policy: Policy, wishes: Wishes | None = None) -> tuple[PlanFault, ...]:
    """Everything wrong with a plan, worked out from the facts alone: no solver, nothing remembered from solving.

    Must be empty for every plan, in production too. Looks at membership, every rule, pins and forbids, and the sums.
    """
    assessor = Assessor(pool, policy)
    found = list(_membership_faults(pool, plan))
    if found:
        return tuple(found)
    worth = Worth(assessor, candidates_of(assessor))
    given = [(pool.home_index[i.home], tuple(pool.seeker_index[c] for c in i.children)) for i in plan.intakes]
    feasible = worth.gains(*intake_arrays(given)).feasible
    found.extend(
        PlanFault("A rule does not allow this intake", intake.home, intake.children)
        for intake, allowed in zip(plan.intakes, feasible, strict=True)
        if not allowed
    )
    found.extend(_wish_faults(plan, wishes or Wishes()))
    if not found and levels_of(worth, given) != plan.levels:
        found.append(PlanFault(f"The plan says it comes to {plan.levels}; it comes to {levels_of(worth, given)}"))
    return tuple(found)


def _membership_faults(pool: Pool, plan: Plan) -> Iterable[PlanFault]:
    children = Counter(child for intake in plan.intakes for child in intake.children)
    homes = Counter(intake.home for intake in plan.intakes)
    for intake in plan.intakes:
        if intake.home not in pool.home_index or not all(child in pool.seeker_index for child in intake.children):
            yield PlanFault("A home or child is not in the pool", intake.home, intake.children)
        elif not intake.children:
            yield PlanFault("An intake of nobody", intake.home)
    yield from (PlanFault("A child is proposed twice", children=(child,)) for child, n in children.items() if n > 1)
    yield from (PlanFault("A home has two intakes", home) for home, n in homes.items() if n > 1)


def _wish_faults(plan: Plan, wishes: Wishes) -> Iterable[PlanFault]:
    proposed = set(plan.home_of.items())
    for child, home in sorted(wishes.pinned - proposed):
        yield PlanFault("A pinned pairing is not proposed", home, (child,))
    for child, home in sorted(wishes.forbidden & proposed):
        yield PlanFault("A forbidden pairing is proposed", home, (child,))
