"""The plan for everybody who waits: pin, forbid, reweigh and see the difference before anything is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Annotated, ClassVar

from fastapi import APIRouter, Depends, Response
from starlette.datastructures import ImmutableMultiDict

from app.pages.filters import Choice, choices
from app.pages.naming import listed, role
from app.pages.plan import asked as addresses
from app.pages.plan.asked import PRESETS, WEIGHED, Read, address, field_of
from app.pages.plan.lines import WAYS, Line, Part, Proposed, Step, by_referral, difference, in_parts, proposed, totals
from app.pages.typed import NOTHING_TYPED, FieldError, Typed
from app.pages.visits import May, Visit, answered
from app.pages.words import counted, day, sentence
from app.services.match_runs import JOINT, Planned, PlanWanted, make_match_run, told_totals
from app.services.planning import PlanAsked, Weighed, WithoutSignOff, weigh_plan, wishes_of
from matching.errors import Invalid
from matching.policy import Policy
from matching.rules.book import RULES
from solver.interface import PinnedPairingBlocked

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Fixed:
    """Something that was chosen, and the address without it."""

    says: str
    undo: str


@dataclass(frozen=True, slots=True)
class Weight:
    """One weight of the policy."""

    name: str
    label: str
    points: str
    error: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A child whose home would be another."""

    child: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Contested:
    """A home that is the best for several and cannot take them all."""

    home: str
    href: str
    wanted_by: str
    proposed_to: str


@dataclass(frozen=True, slots=True)
class AskedFor:
    """The sign-off of one rule, how often it is asked for, and what the plan would be without."""

    says: str
    rule: str
    times: str
    who: str
    without: tuple[str, ...]
    step: Step | None
    """None where it is about who lives together, which no pairing left out avoids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """The plan."""

    template: ClassVar[str] = "plan/weighed.html"
    title: str = "The plan for everyone who waits"
    as_of: str
    summary: str
    proof: str
    policy: str
    changed: bool
    fixed: tuple[Fixed, ...]
    differences: tuple[str, ...]
    moved: tuple[Moved, ...]
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    parts: tuple[Part, ...]
    contests: tuple[Contested, ...]
    asked_for: tuple[AskedFor, ...]
    price_href: str
    """Works out what doing without each sign-off comes to; empty when that is shown."""
    presets: tuple[Choice, ...]
    weights: tuple[Weight, ...]
    hidden: tuple[tuple[str, str], ...]
    """What is fixed, as fields, for the form of weights."""
    keeping: tuple[tuple[str, str], ...]
    """Everything asked, as fields, for the form that keeps the plan."""
    may_keep: bool
    typed: Typed


@router.get("/plan", name="page_plan")
def plan(visit: Annotated[Visit, Depends(May("compare_match_run"))]) -> Response:
    """The plan as the address asks for it; nothing is kept."""
    found = addresses.read(visit.request.query_params, visit.office.today())
    return _shown(visit, found, price="prices" in visit.request.query_params)


@router.post("/plan", name="page_keep_plan")
def keep(visit: Annotated[Visit, Depends(May("make_match_run"))]) -> Response:
    """Keeps the plan that the page showed as a match run: made again from what is on record now."""
    sent = visit.sent.typed.fields
    query = ImmutableMultiDict([(name, value) for name, values in sent.items() for value in values])
    found = addresses.read(query, visit.office.today())
    if found.errors:
        return _shown(visit, found)
    asked = found.asked
    try:
        wishes = wishes_of(visit.office.pools.ready(visit.caller.authority, asked.as_of), asked)
        wanted = PlanWanted(asked.as_of, asked.preset, wishes, asked.weights)
        reply = make_match_run(
            visit.office,
            visit.caller,
            wanted,
            lambda run, _: visit.gone(f"/plan/kept/{run.id}", said="plan-kept"),
            visit.sent.repeat,
        )
    except (Invalid, PinnedPairingBlocked):
        return _shown(visit, found)
    return answered(reply)


def _shown(visit: Visit, found: Read, *, price: bool = False) -> Response:
    """The page; where what is asked cannot be, the plan as it stands with what is wrong said above it."""
    asked, errors = found.asked, list(found.errors)
    try:
        weighed = weigh_plan(visit.office, visit.caller, asked, price_sign_offs=price)
    except Invalid as refused:
        errors += [FieldError("choices", f"{one.wrong}. {one.remedy}") for one in refused.faults]
        weighed = weigh_plan(visit.office, visit.caller, PlanAsked(as_of=asked.as_of))
    except PinnedPairingBlocked as refused:
        errors.append(FieldError("choices", _blocked(visit, asked, refused)))
        weighed = weigh_plan(visit.office, visit.caller, PlanAsked(as_of=asked.as_of))
    typed = replace(Typed(_typed(visit)), errors=tuple(errors)) if errors else NOTHING_TYPED
    return visit.page(_page(visit, weighed, asked, typed, price=price), 422 if errors else 200)


def _typed(visit: Visit) -> Mapping[str, tuple[str, ...]]:
    query = visit.request.query_params
    return MappingProxyType({name: tuple(query.getlist(name)) for name in query}) or visit.sent.said


def _blocked(visit: Visit, asked: PlanAsked, refused: PinnedPairingBlocked) -> str:
    pool = visit.office.pools.ready(visit.caller.authority, asked.as_of).pool
    child = pool.seekers[pool.seeker_index[refused.child]].child.external_ref
    home = pool.homes[pool.home_index[refused.home]].external_ref
    why = (RULES[rule].says.rstrip(".") if rule in RULES else rule for rule in refused.why)
    return f"{child} cannot be kept at {home}: {'; '.join(why)}. The plan below is without your choices"


def _page(visit: Visit, weighed: Weighed, asked: PlanAsked, typed: Typed, *, price: bool) -> PlanPage:
    planned = weighed.planned
    ways = {way: told_totals(found) for way, found in planned.ways.items()}
    standing = told_totals(weighed.standing.ways[JOINT])
    changed = not weighed.asked.is_as_it_stands
    columns, shown = [words for _, words in WAYS], [ways[way] for way, _ in WAYS]
    if changed:
        columns, shown = ["With your changes", "As it stands", *columns[1:]], [shown[0], standing, *shown[1:]]
    return PlanPage(
        as_of=day(planned.ready.pool.as_of),
        summary=_summary(ways[JOINT]),
        proof=_proof(planned),
        policy=planned.ready.policy.name,
        changed=changed,
        fixed=_fixed(asked),
        differences=difference(standing, ways[JOINT]),
        moved=_moved(weighed),
        columns=tuple(columns),
        lines=totals(shown),
        parts=_parts(weighed),
        contests=tuple(_contested(weighed)),
        asked_for=tuple(_asked_for(weighed, ways[JOINT], one) for one in weighed.sign_offs),
        price_href="" if price or not weighed.sign_offs else address(asked, "sign-offs", prices="yes"),
        presets=choices(PRESETS, asked.preset.value if asked.preset else ""),
        weights=_weights(planned.ready.policy, typed),
        hidden=addresses.fields(replace(asked, preset=None, weights=MappingProxyType({}))),
        keeping=addresses.fields(asked),
        may_keep=visit.may("make_match_run") and not typed.errors,
        typed=typed,
    )


def _summary(way: Mapping[str, object]) -> str:
    return (
        f"{way['placed']} of {counted(int(str(way['children'])), 'child', 'children')} who wait have a home proposed."
    )


def _proof(planned: Planned) -> str:
    """How sure it is that no plan is better, in words."""
    if planned.solved.certificate.proof.value == "proved-optimal":
        return "It is proved that no other plan is better by the published levels."
    return "This is the best plan found in the time allowed. A better one may exist: the bound is kept with the run."


def _fixed(asked: PlanAsked) -> tuple[Fixed, ...]:
    pins = (Fixed(f"{c} goes to {h}", address(addresses.leaving(asked, (c, h)))) for c, h in asked.pinned)
    forbids = (Fixed(f"{c} does not go to {h}", address(addresses.leaving(asked, (c, h)))) for c, h in asked.forbidden)
    without = (
        Fixed(f"Nobody is asked for the sign-off: {_says(rule)}", address(addresses.doing_without(asked, rule)))
        for rule in asked.without
    )
    return (*pins, *forbids, *without)


def _says(rule: str) -> str:
    return RULES[rule].says.rstrip(".") if rule in RULES else rule


def _moved(weighed: Weighed) -> tuple[Moved, ...]:
    pool = weighed.pool

    def home(id_: object) -> str:
        return "no home" if id_ is None else pool.homes[pool.home_index[id_]].external_ref  # type: ignore[index]

    return tuple(
        Moved(pool.seekers[pool.seeker_index[one.child]].child.external_ref, home(one.before), home(one.after))
        for one in weighed.moves
    )


def _parts(weighed: Weighed) -> tuple[Part, ...]:
    asked, pool = weighed.asked, weighed.pool
    proposals: dict[str, Proposed] = {}
    for one in weighed.planned.proposals:
        facts = one.proposal
        pairing = (facts.child, facts.home)
        told = {name: getattr(facts, name) for name in type(facts).__annotations__}
        told["sign_offs"] = [{n: getattr(s, n) for n in type(s).__annotations__} for s in facts.sign_offs]
        fixed = "Kept by you" if pairing in asked.pinned else ""
        proposals[facts.child] = proposed(told, fixed, _steps(asked, pairing))
    waiting = sorted(pool.seekers, key=lambda one: (one.referral.opened, one.referral.external_ref))
    children = ((one.referral.external_ref, one.child.external_ref) for one in waiting)
    return in_parts(by_referral(weighed.references, children, proposals))


def _steps(asked: PlanAsked, pairing: tuple[str, str]) -> tuple[Step, ...]:
    about = f"{pairing[0]} at {pairing[1]}"
    if pairing in asked.pinned:
        return (Step("Let go", address(addresses.leaving(asked, pairing), "proposals"), about),)
    return (
        Step("Keep", address(addresses.pinning(asked, pairing), "proposals"), about),
        Step("Not this home", address(addresses.forbidding(asked, pairing), "proposals"), about),
    )


def _contested(weighed: Weighed) -> list[Contested]:
    def short(references: tuple[str, ...]) -> str:
        return listed((weighed.references.get(one, one) for one in references), none="none of them")

    return [
        Contested(one.home, f"/homes/{one.home}", short(one.wanted_by), short(one.proposed_to))
        for one in weighed.contests
    ]


def _asked_for(weighed: Weighed, now: Mapping[str, object], one: WithoutSignOff) -> AskedFor:
    needed = next(s for p in weighed.planned.proposals for s in p.proposal.sign_offs if s.rule == one.rule)
    href = address(addresses.doing_without(weighed.asked, one.rule))
    without: tuple[str, ...] = ()
    if one.totals is not None:
        without = difference(now, told_totals(one.totals)) or ("nothing that is counted here changes",)
    return AskedFor(
        says=sentence(_says(one.rule)),
        rule=one.rule,
        times="once" if one.asked_for == 1 else f"{one.asked_for} times",
        who=role(needed.role),
        without=without,
        step=Step("Plan without it", href, _says(one.rule)) if one.avoidable else None,
    )


def _weights(policy: Policy, typed: Typed) -> tuple[Weight, ...]:
    found = []
    for measure, label in WEIGHED.items():
        name = field_of(measure)
        error = typed.error(name)
        written = typed.value(name, str(policy.weight(measure)))
        found.append(Weight(name, label, written, error["text"] if error else ""))
    return tuple(found)
