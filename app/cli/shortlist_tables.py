"""One shortlist with its reasons, and one answer to "why does nothing fit"."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from itertools import islice

from rich.console import Console
from rich.text import Text

from app.cli.words import counted, kind, pounds, role, sector, sentence
from app.services.pools import ReadyPool
from matching.explanations import Finding
from matching.shortlist_answers import Entry, HomeOption, NearMiss, Shortlist
from matching.values import ReferralId

_ENTRIES, _NEAR, _RULES, _LINES = 4, 3, 5, 6
"""How many of each are shown."""
_TRIED = 5
"""Searches looked at for one worth showing."""


def print_shortlist(out: Console, shortlist: Shortlist) -> None:
    """The best way for one search with all that speaks for and against it, and the next ways in a line each."""
    _print_search(out, shortlist)
    for entry in shortlist.entries[:1]:
        _print_entry(out, entry)
    out.print()
    for entry in shortlist.entries[1:_ENTRIES]:
        _line(out, _in_a_line(entry), 0)
    _print_near(out, shortlist.near_misses)


def print_why_nothing_fits(out: Console, shortlist: Shortlist) -> None:
    """What keeps every home from being proposed, and what would open one."""
    _print_search(out, shortlist)
    _print_near(out, shortlist.near_misses)
    out.print(f"\nRules not met, by how many of the {counted(shortlist.homes_considered, 'home')}:")
    for count in shortlist.blocked[:_RULES]:
        alone = f" It alone for {count.alone:,}." if count.alone else ""
        _line(out, f"{count.homes:>5,}  {sentence(count.says)}{alone} ({count.rule})", 0, hanging=7)


def worth_showing(ready: ReadyPool) -> tuple[Shortlist | None, Shortlist | None]:
    """One shortlist that shows much (brothers and sisters, a sign-off), and one where nothing fits, if any is so.

    Looks at the few searches most likely to be such, not at all of them.
    """
    candidates = ready.shortlister.worth.candidates
    homes_for: dict[ReferralId, list[int]] = {}
    for at, seeker in enumerate(ready.pool.seekers):
        homes_for.setdefault(seeker.referral.id, []).append(len(candidates.of_child(at)))
    likely = sorted(homes_for, key=lambda one: (min(homes_for[one]) == 0, -min(len(homes_for[one]), 2)))
    unlikely = [one for one in homes_for if min(homes_for[one]) == 0] or likely[-_TRIED:]
    full = [one for one in _shortlists(ready, likely) if one.entries and not one.entries[0].left_out]
    empty = [one for one in _shortlists(ready, unlikely) if not one.entries or one.entries[0].left_out]
    return max(full, key=_much, default=None), max(empty, key=lambda one: len(one.near_misses), default=None)


def _shortlists(ready: ReadyPool, referrals: Iterable[ReferralId]) -> list[Shortlist]:
    return [ready.shortlister.shortlist(referral) for referral in islice(referrals, _TRIED)]


def _much(shortlist: Shortlist) -> tuple[int, int, int]:
    best = shortlist.entries[0]
    return (min(len(shortlist.children), 2), min(best.sign_offs, 1), min(len(shortlist.entries), _ENTRIES))


def _print_search(out: Console, shortlist: Shortlist) -> None:
    out.print(Text(f"Search {shortlist.referral}, for {_and(shortlist.children)}", style="bold"))
    _line(out, shortlist.summary, 0, hanging=0)


def _print_entry(out: Console, entry: Entry) -> None:
    out.print()
    out.print(Text(_in_a_line(entry), style="bold"))
    for option in entry.homes:
        _print_option(out, option)
    for one, other in entry.parted:
        _line(out, f"Parts {one} from {other}.", 3, "yellow")
    for child in entry.left_out:
        _line(out, f"Leaves {child} without a home.", 3, "red")


def _in_a_line(entry: Entry) -> str:
    homes = "; ".join(f"{one.home}, {kind(one.kind)} ({sector(one.sector)})" for one in entry.homes)
    needed = f", {counted(entry.sign_offs, 'sign-off')}" if entry.sign_offs else ""
    return f"{entry.rank}. {homes}: {entry.points:,} points, {pounds(entry.weekly_pence)} a week{needed}"


def _print_option(out: Console, option: HomeOption) -> None:
    several = len(option.children) > 1
    for reason in option.fits[:_LINES]:
        _line(out, f"+ {sentence(reason)}", 3, "green")
    signed = [found for found in option.lacks if found.sign_off is not None and found.standing == "sign-off"]
    for found in signed:
        needed = found.sign_off
        assert needed is not None
        by = f"Sign-off: {role(needed.role)}, {needed.deadline}."
        _line(out, f"! {_whose(found, several)}{sentence(found.reason)} {by}", 3, "yellow")
    for found in [found for found in option.lacks if found not in signed][:_LINES]:
        _line(out, f"- {_whose(found, several)}{sentence(found.reason)}", 3)
    _print_points(out, option)


def _whose(found: Finding, several: bool) -> str:  # noqa: FBT001 - a plain fact
    return f"{found.child}: " if several and found.child is not None else ""


def _print_points(out: Console, option: HomeOption) -> None:
    out.print("   Points:", style="dim")
    before = None
    for line in option.points:
        child = line.child or "together"
        said = line.says.removesuffix(", straight line")
        _line(out, f"     {'' if child == before else child:<9}{line.points:>6,}  {said}", 0, "dim", hanging=22)
        before = child


def _print_near(out: Console, near_misses: Iterable[NearMiss]) -> None:
    """Homes that one thing keeps away, those of one reason together."""
    by_reason: dict[str, list[str]] = {}
    for near in near_misses:
        blocking = [found for found in near.findings if found.standing == "blocked"]
        for found in blocking[:1]:
            remedy = f" {sentence(found.remedy)}" if found.remedy else ""
            by_reason.setdefault(f"{sentence(found.reason)}{remedy}", []).append(f"{near.home} ({kind(near.kind)})")
    if by_reason:
        out.print("\nOne rule away:")
    for reason, homes in list(by_reason.items())[:_NEAR]:
        more = f" and {len(homes) - 2} more" if len(homes) > 2 else ""
        _line(out, f"{', '.join(homes[:2])}{more}: {reason}", 2)


def _and(references: Iterable[str]) -> str:
    *most, last = references
    return f"{', '.join(most)} and {last}" if most else last


def _line(out: Console, words: str, indent: int, style: str = "", hanging: int | None = None) -> None:
    """Words that wrap under themselves."""
    first = " " * indent
    rest = " " * (indent + 2 if hanging is None else hanging)
    for line in textwrap.wrap(words, out.width, initial_indent=first, subsequent_indent=rest):
        out.print(Text(line, style=style))
