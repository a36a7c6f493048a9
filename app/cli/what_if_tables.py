"""The 20-household question in the terminal: tonight against the plan of today, and what lies ahead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from rich.console import Console
from rich.rule import Rule

from app.cli.ahead_tables import print_ahead
from app.cli.columns import Heading, print_columns
from app.cli.steps import step
from app.cli.words import pounds
from app.services.callers import Caller
from app.services.office import Office
from app.services.scenarios.keeping import list_ready_scenarios
from app.services.scenarios.tonight import Compared, Side, WhatIf, compare_tonight

QUESTION = "twenty-households"
BESIDE = ("step-down", "surge", "closing")
"""Other ready scenarios that are shown next to it."""

_ROWS: tuple[tuple[str, Callable[[Side], str]], ...] = (
    ("Children with a home", lambda one: f"{one.sums.placed} of {one.sums.children}"),
    ("Pairs of siblings together", lambda one: f"{one.sibling_pairs_together} of {one.sibling_pairs}"),
    ("Sign-offs needed", lambda one: f"{one.sums.sign_offs}"),
    ("Mean miles from home", lambda one: "-" if one.mean_miles is None else f"{one.mean_miles:.1f}"),
    ("Over 20 miles, out of area", lambda one: f"{one.sums.distant_and_out_of_area}"),
    ("Cost a week", lambda one: pounds(one.sums.weekly_pence)),
    ("Cost a year (52 weeks)", lambda one: pounds(one.sums.yearly_pence)),
    ("Would no longer be paid a week", lambda one: pounds(one.sums.leaving_weekly_pence)),
    ("Gain a home / lose one", lambda one: "" if one.against is None else _gains(one)),
    ("Another home than today", lambda one: "" if one.against is None else f"{len(one.against.other_home)}"),
    ("New homes used", lambda one: "" if one.against is None else f"{len(one.against.homes_used)}"),
)


def _gains(one: Side) -> str:
    told = one.against
    return "" if told is None else f"{len(told.gain_a_home)} / {len(told.lose_a_home)}"


def print_what_if(out: Console, office: Office, caller: Caller, as_of: date) -> None:
    """Answers what 20 more households, 12 of them for ages 10 to 15, would do: tonight, then ahead."""
    ready = {one.id: one.scenario for one in list_ready_scenarios(office, caller, as_of)}
    wanted = [ready[name] for name in (QUESTION, *BESIDE) if name in ready]
    with step(f"Planning tonight anew under {len(wanted)} scenarios"):
        compared = compare_tonight(office, caller, WhatIf(as_of=as_of, scenarios=tuple(wanted)))
    out.print(Rule(f"What if: {ready[QUESTION].name}?", align="left"))
    _print_tonight(out, compared)
    for ahead in AHEAD:
        ahead(out, office, caller, as_of)


AHEAD: Sequence[Callable[[Console, Office, Caller, date], None]] = (print_ahead,)
"""What is printed of the years ahead: each prints a section of its own."""


def _print_tonight(out: Console, compared: Compared) -> None:
    sides = compared.sides
    letters = ["Today", *(f"({chr(ord('a') + at)})" for at in range(len(sides) - 1))]
    headings = (Heading(""), *(Heading(letter, right=True) for letter in letters))
    print_columns(out, headings, [(words, *(said(side) for side in sides)) for words, said in _ROWS])
    for letter, side in zip(letters[1:], sides[1:], strict=True):
        out.print(f"{letter} {side.name}", style="dim")
    question = sides[1]
    out.print()
    out.print(_said(sides[0], question))
    proofs = {side.proof for side in sides}
    sure = "Every plan is proved best" if proofs == {"proved-optimal"} else "Not every plan is proved best"
    out.print(f"{sure}; {len(sides)} plans in {compared.milliseconds / 1000:.2f} s.", style="dim")


def _said(today: Side, then: Side) -> str:
    """The answer in a sentence."""
    more = then.sums.placed - today.sums.placed
    cost = then.sums.weekly_pence - today.sums.weekly_pence
    signs = today.sums.sign_offs - then.sums.sign_offs
    used = 0 if then.against is None else len(then.against.homes_used)
    moves = 0 if then.against is None else len(then.against.other_home)
    cheaper = f"{pounds(abs(cost))} a week {'less' if cost < 0 else 'more'}"
    return (
        f"Tonight 20 more households would place {more:+d} children: {used} of them would be used, {moves} children would "
        f"be proposed another home than today, for {cheaper}, with {abs(signs)} sign-offs {'fewer' if signs >= 0 else 'more'}."
    )
