"""Use cases about what a plan did not do: other plans, what a choice costs the rest, what would open a home."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.services.callers import Caller
from app.services.errors import NotWaitingNow, RulesHaveChanged
from app.services.office import Office
from app.services.pools import ReadyPool
from app.services.shortlists import Asked
from db.errors import NotFound
from matching.assess import Assessor
from matching.candidates import Worth, candidates_of
from matching.plan import Levels
from matching.pool import Pool, pool_of
from matching.rules.book import RULES
from matching.run_documents import run_of, unpacked
from matching.values import ChildId, HomeId, MatchRunId
from solver.alternatives import Alternative, alternatives, alternatives_for
from solver.counterfactual import price_to_the_rest
from solver.differences import Difference, Move
from solver.exact import ExactSolver
from solver.made_plans import MadePlan, make_plan
from solver.openings import what_would_open

MOST_SOLVES = 120
"""Plans made to answer one question about other plans."""


@dataclass(frozen=True, slots=True)
class MoveTold:
    """A child whose home would be another; null where there would be none."""

    child: str
    child_id: ChildId
    before: str | None
    before_id: HomeId | None
    after: str | None
    after_id: HomeId | None
    gravity: int | None
    """How much more the child's own sign-offs and checks would weigh; null without a home before or after."""
    points: int | None
    """How many points more the child's own pairing would cost; null without a home before or after."""


@dataclass(frozen=True, slots=True)
class ChangesTold:
    """What would change from one plan to another."""

    moves: tuple[MoveTold, ...]
    """By reference of the child."""
    lose_a_home: tuple[str, ...]
    """References of the children who would no longer be proposed a home."""
    gain_a_home: tuple[str, ...]
    levels: Levels
    """What each level would rise by; below zero is better."""


@dataclass(frozen=True, slots=True)
class RuleTold:
    """A rule that stands in the way, or what else does."""

    rule: str
    says: str
    remedy: str | None
    """What would lawfully open it; null when nothing may."""


@dataclass(frozen=True, slots=True)
class PriceTold:
    """What it would cost the plan to place a referral's children in one home."""

    home: str
    children: tuple[str, ...]
    blocked_by: tuple[RuleTold, ...]
    """Why it may not be; empty when it may."""
    changes: ChangesTold | None
    """From the best plan of all to the best plan with these children there."""
    others: tuple[str, ...]
    """References of the other children who would live elsewhere, or nowhere."""
    exact: bool
    """Whether both plans are proved best."""


@dataclass(frozen=True, slots=True)
class OpeningTold:
    """Lawful changes to one home that would place children who have nothing, with the plan made anew."""

    home: str
    home_id: HomeId
    children: tuple[str, ...]
    rules: tuple[RuleTold, ...]
    """What would have to be opened, in order."""
    changes: ChangesTold
    exact: bool


@dataclass(frozen=True, slots=True)
class OpeningsTold:
    """The fewest changes that would place the children of a referral whom the plan leaves without a home."""

    waiting: tuple[str, ...]
    """References of those children; empty when the plan has a home for each."""
    openings: tuple[OpeningTold, ...]


@dataclass(frozen=True, slots=True)
class AlternativeTold:
    """Another plan, by how it differs from the one that was made."""

    changes: ChangesTold
    exact: bool
    """Whether it is proved that no better plan differs as much."""


@dataclass(frozen=True, slots=True)
class AlternativesTold:
    """Other plans for the same facts, rules and policy, best first."""

    run: MatchRunId
    alternatives: tuple[AlternativeTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Otherwise:
    """How plans are to differ: for one child, or overall by a number of children."""

    most: int = 3
    differing: int = 1
    child: UUID | None = None


def read_price(
    office: Office, caller: Caller, asked: Asked, home: HomeId, write: Callable[[PriceTold], bytes]
) -> bytes:
    """What it costs the rest if a referral's children live in one home, as it is written; leaves an audit event.

    Raises NotFound for either, and NotWaitingNow.
    """
    ready = office.pools.ready(caller.authority, asked.as_of, asked.preset)
    if home not in ready.pool.home_index:
        raise NotFound("home", home)
    children, name = _children(office, caller, ready, asked), ("price", asked.referral, home)
    answer = ready.answers.get(name)
    if answer is None:
        price = next(price_to_the_rest(_made(office, ready), children, (home,)))
        pool = ready.pool
        told = PriceTold(
            home=_home(pool, home) or "",
            children=_references(pool, children),
            blocked_by=_rules(price.blocked_by),
            changes=None if price.changes is None else changes_told(pool, price.changes),
            others=_references(pool, (move.child for move in price.others)),
            exact=price.exact,
        )
        answer = ready.answers.keep(name, write(told))
    _audit(office, caller, "read-price-to-the-rest", "referral", asked.referral, {"as_of": asked.as_of, "home": home})
    return answer


def read_openings(
    office: Office, caller: Caller, asked: Asked, most: int, write: Callable[[OpeningsTold], bytes]
) -> bytes:
    """What would place the children of a referral who have nothing, as it is written; leaves an audit event.

    Raises NotFound and NotWaitingNow.
    """
    ready = office.pools.ready(caller.authority, asked.as_of, asked.preset)
    children, name = _children(office, caller, ready, asked), ("opens", asked.referral, most)
    answer = ready.answers.get(name)
    if answer is None:
        answer = ready.answers.keep(name, write(_openings(ready.pool, _made(office, ready), children, most)))
    _audit(office, caller, "read-openings", "referral", asked.referral, {"as_of": asked.as_of})
    return answer


def read_alternatives(office: Office, caller: Caller, run: MatchRunId, wanted: Otherwise) -> AlternativesTold:
    """Other plans for what a run read, made from what was stored with it; leaves an audit event.

    Raises NotFound for the run or the child, and RulesHaveChanged when the rules now give another plan.
    """
    with office.store.reading(caller.authority) as work:
        work.match_runs.get(run)
        stored = run_of(unpacked(work.match_runs.document(run)))
    assessor = Assessor(pool_of(stored.records))
    made = make_plan(ExactSolver(), Worth(assessor, candidates_of(assessor)), stored.wishes, office.solve)
    if made.plan != stored.plan:
        raise RulesHaveChanged
    told = tuple(
        AlternativeTold(changes_told(assessor.pool, one.changes), one.exact) for one in _alternatives(made, wanted)
    )
    _audit(office, caller, "read-alternatives", "match run", run, {"child": wanted.child})
    return AlternativesTold(run, told)


def _alternatives(made: MadePlan, wanted: Otherwise) -> tuple[Alternative, ...]:
    if wanted.child is None:
        return alternatives(made, wanted.most, wanted.differing, MOST_SOLVES)
    child = ChildId(wanted.child)
    if child not in made.worth.pool.seeker_index:
        raise NotFound("child", child)
    return alternatives_for(made, child, wanted.most)


def _openings(pool: Pool, made: MadePlan, children: tuple[ChildId, ...], most: int) -> OpeningsTold:
    waiting = tuple(child for child in children if child not in made.plan.home_of)
    found = what_would_open(made, waiting, most) if waiting else ()
    openings = (
        OpeningTold(
            home=_home(pool, one.home) or "",
            home_id=one.home,
            children=_references(pool, one.children),
            rules=_rules(one.rules),
            changes=changes_told(pool, one.changes),
            exact=one.exact,
        )
        for one in found
    )
    return OpeningsTold(_references(pool, waiting), tuple(openings))


def _made(office: Office, ready: ReadyPool) -> MadePlan:
    """The best plan of a pool, made once while the pool stands: its solver begins each further question where it ended."""
    kept = ready.worked_out.get(("made",))
    if kept is None:
        made = make_plan(ExactSolver(), ready.shortlister.worth, settings=office.solve)
        kept = ready.worked_out.keep(("made",), made)
    found: MadePlan = kept
    return found


def _children(office: Office, caller: Caller, ready: ReadyPool, asked: Asked) -> tuple[ChildId, ...]:
    """The children of a referral who wait. Raises NotFound and NotWaitingNow."""
    found = tuple(one.child.id for one in ready.pool.seekers if one.referral.id == asked.referral)
    if not found:
        with office.store.reading(caller.authority) as work:
            raise NotWaitingNow(work.referrals.get(asked.referral).value.state.value)
    return found


def changes_told(pool: Pool, changes: Difference) -> ChangesTold:
    """What changes from one plan to another, by reference; every child and home named is in the pool."""
    return ChangesTold(
        moves=tuple(sorted((_move(pool, move) for move in changes.moves), key=lambda move: move.child)),
        lose_a_home=tuple(sorted(_references(pool, changes.lose_a_home))),
        gain_a_home=tuple(sorted(_references(pool, changes.gain_a_home))),
        levels=changes.levels,
    )


def _move(pool: Pool, move: Move) -> MoveTold:
    return MoveTold(
        child=_references(pool, (move.child,))[0],
        child_id=move.child,
        before=_home(pool, move.before),
        before_id=move.before,
        after=_home(pool, move.after),
        after_id=move.after,
        gravity=move.gravity,
        points=move.points,
    )


def _home(pool: Pool, home: HomeId | None) -> str | None:
    return None if home is None else pool.homes[pool.home_index[home]].external_ref


def _references(pool: Pool, children: Iterable[ChildId]) -> tuple[str, ...]:
    return tuple(pool.seekers[pool.seeker_index[child]].child.external_ref for child in children)


def _rules(ids: Iterable[str]) -> tuple[RuleTold, ...]:
    """Rules by id; what else was fixed is told as it is."""
    found = ((id_, RULES.get(id_)) for id_ in ids)
    return tuple(RuleTold(id_, rule.says, rule.remedy) if rule else RuleTold(id_, id_, None) for id_, rule in found)


def _audit(
    office: Office, caller: Caller, action: str, kind: str, about: UUID, told: dict[str, UUID | date | None]
) -> None:
    """What a plan would do says much of what children need: reading it is reading their record."""
    with office.store.writing(caller.authority) as work:
        work.audit.append(caller.act(action, office.clock()), kind, about, after=told)
