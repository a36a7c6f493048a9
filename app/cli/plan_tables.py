"""The plan as a table: who is proposed where, what it comes to, and what two other ways would have given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

from rich.console import Console
from rich.text import Text

from app.cli.columns import Heading, print_columns
from app.cli.words import counted, kind, miles, pounds, sector
from app.services.match_runs import FIRST_COME, IN_HOUSE, JOINT, Planned
from app.services.plan_totals import Proposal, Totals
from matching.pool import Pool
from solver.interface import Proof

Row = tuple[str | Text, ...]

_PLAN = (
    Heading("Search"),
    Heading("Child"),
    Heading("Age", right=True),
    Heading("Home"),
    Heading("Kind", gives_way=True),
    Heading("Miles", right=True),
    Heading("£/week", right=True),
    Heading("Sign", right=True),
)


def print_plan(out: Console, planned: Planned) -> None:
    """The proposals, one child a line; the children of one search stand together."""
    pool, candidates = planned.ready.pool, planned.ready.shortlister.worth.candidates
    by_child = {one.child: one.proposal for one in planned.proposals}
    rows: list[Row] = []
    before = None
    for at, seeker in enumerate(pool.seekers):
        search, child = seeker.referral.external_ref, seeker.child
        proposal = by_child.get(child.id)
        home = _proposed(proposal) if proposal else _none(some_fit=len(candidates.of_child(at)) > 0)
        rows.append(("" if search == before else search, child.external_ref, str(child.age_on(pool.as_of)), *home))
        before = search
    print_columns(out, _PLAN, rows)
    out.print("Miles: straight line from the family home. Sign: sign-offs that must be given.", style="dim")


def _proposed(proposal: Proposal) -> Row:
    needed = len(proposal.sign_offs)
    return (
        proposal.home,
        f"{kind(proposal.kind)} ({sector(proposal.sector)})",
        miles(proposal.tenths_of_a_mile),
        pounds(proposal.weekly_pence),
        str(needed) if needed else "",
    )


def _none(*, some_fit: bool) -> Row:
    why = "others need those that fit" if some_fit else "nothing fits"
    return (Text("none", style="bold red"), Text(why, style="red"), "", "", "")


_COMPARED: tuple[tuple[str, Callable[[Totals], str]], ...] = (
    ("Children with a home", lambda one: f"{one.placed} of {one.children}"),
    ("Pairs of siblings together", lambda one: f"{one.sibling_pairs_together} of {one.sibling_pairs}"),
    ("Sign-offs needed", lambda one: f"{one.sign_offs}"),
    ("Facts to check first", lambda one: f"{one.checks}"),
    ("Mean miles from home", lambda one: "-" if one.mean_miles is None else f"{one.mean_miles:.1f}"),
    ("Cost a week", lambda one: pounds(one.weekly_pence)),
    ("Cost a week for each child", lambda one: pounds(one.weekly_pence // one.placed if one.placed else None)),
)
_WAYS = (
    Heading(""),
    Heading("First come", right=True),
    Heading("In-house first", right=True),
    Heading("Joint plan", right=True),
)


def print_comparison(out: Console, planned: Planned) -> None:
    """The plan beside first-come-first-served and in-house-first, and how sure it is."""
    ways = [planned.ways[way] for way in (FIRST_COME, IN_HOUSE, JOINT)]
    print_columns(out, _WAYS, [(words, *(said(way) for way in ways)) for words, said in _COMPARED])
    out.print("Each way is held to the same rules; they differ in who is asked for, and when.", style="dim")
    out.print()
    out.print(_proof(planned))
    took = ", ".join(f"{step} {seconds:.2f}" for step, seconds in planned.seconds.items())
    out.print(f"{sum(planned.seconds.values()):.2f} s: {took}", style="dim")


def _proof(planned: Planned) -> Text:
    """Whether the plan is known to be the best."""
    certificate = planned.solved.certificate
    if certificate.proof is Proof.OPTIMAL:
        return Text("Proved: no plan is better, by the levels as published.", style="bold green")
    gap = planned.solved.plan.levels - certificate.bound
    first = next((level.name for level in fields(gap) if getattr(gap, level.name)), None)
    room = "by nothing" if first is None else f"by {getattr(gap, first):,} {first}"
    return Text(f"The best found: a plan could at most be better {room}.", style="bold yellow")


def headline(pool: Pool) -> str:
    """Who waits and who could offer, in a sentence."""
    children, searches = counted(len(pool.seekers), "child", "children"), len(pool.referrals)
    return f"{children} wait in {counted(searches, 'search', 'searches')}; {counted(len(pool.homes), 'home')} on record"
