"""One shortlist with its reasons, and one answer to "why does nothing fit"."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from app.cli.words import counted, kind, pounds, role, sector, sentence
from app.services.pools import ReadyPool
from matching.shortlist_answers import Entry, HomeOption, NearMiss, Shortlist

_ENTRIES, _NEAR, _RULES, _LINES = 3, 3, 5, 5
"""How many of each are shown."""


def print_shortlist(out: Console, shortlist: Shortlist) -> None:
    """The best ways for one search, each with what speaks for it and against it."""
    children = ", ".join(shortlist.children)
    out.print(Text(f"Search {shortlist.referral} for {children}", style="bold"))
    out.print(shortlist.summary)
    for entry in shortlist.entries[:_ENTRIES]:
        _print_entry(out, entry)
    _print_near(out, shortlist)


def print_why_nothing_fits(out: Console, shortlist: Shortlist) -> None:
    """What keeps every home from being proposed, and what would open one."""
    children = ", ".join(shortlist.children)
    out.print(Text(f"Search {shortlist.referral} for {children}", style="bold"))
    out.print(shortlist.summary)
    _print_near(out, shortlist)
    out.print("\nWhat is in the way, by rule:")
    for count in shortlist.blocked[:_RULES]:
        alone = f", {count.alone:,} of them it alone" if count.alone else ""
        _line(out, f"{count.homes:>4,} homes{alone}: {sentence(count.says)} ({count.rule})", 2)


def _print_entry(out: Console, entry: Entry) -> None:
    said = [f"{entry.points:,} points", f"{pounds(entry.weekly_pence)} a week"]
    if entry.sign_offs:
        said.append(counted(entry.sign_offs, "sign-off"))
    out.print()
    out.print(Text(f"{entry.rank}. {', '.join(said)}", style="bold"))
    for option in entry.homes:
        _print_option(out, option)
    for one, other in entry.parted:
        _line(out, f"Parts {one} from {other}.", 3, "yellow")
    for child in entry.left_out:
        _line(out, f"Leaves {child} without a home.", 3, "red")


def _print_option(out: Console, option: HomeOption) -> None:
    who = " and ".join(option.children)
    _line(out, f"{option.home}: {kind(option.kind)} ({sector(option.sector)}), for {who}", 3)
    for reason in option.fits[:_LINES]:
        _line(out, f"+ {sentence(reason)}", 5, "green")
    for needed in option.sign_offs:
        _line(out, f"! {sentence(needed.reason)} Sign-off: {role(needed.role)}, {needed.deadline}.", 5, "yellow")
    signed = {needed.rule for needed in option.sign_offs}
    lacks = [found for found in option.lacks if found.rule not in signed]
    for found in lacks[:_LINES]:
        _line(out, f"- {sentence(found.reason)}", 5)
    _line(out, "Points: " + " + ".join(_points(option)), 5, "dim")


def _points(option: HomeOption) -> Iterator[str]:
    for line in option.points:
        yield f"{line.points:,} ({line.says.removesuffix(', straight line')})"


def _print_near(out: Console, shortlist: Shortlist) -> None:
    if shortlist.near_misses:
        out.print("\nOne rule away:")
    for near in shortlist.near_misses[:_NEAR]:
        _print_near_miss(out, near)


def _print_near_miss(out: Console, near: NearMiss) -> None:
    blocking = [found for found in near.findings if found.standing == "blocked"]
    for found in blocking[:1]:
        remedy = f" {sentence(found.remedy)}" if found.remedy else ""
        _line(out, f"{near.home}, {kind(near.kind)}: {sentence(found.reason)}{remedy}", 2)


def _line(out: Console, words: str, indent: int, style: str = "") -> None:
    out.print(Padding(Text(words, style=style), (0, 0, 0, indent)))


def worth_showing(ready: ReadyPool) -> tuple[Shortlist | None, Shortlist | None]:
    """One shortlist that shows much (brothers and sisters, a sign-off), and one where nothing fits, if any is so."""
    every = [ready.shortlister.shortlist(referral.id) for referral in ready.pool.referrals]
    full = [one for one in every if one.entries and not one.entries[0].left_out]
    empty = [one for one in every if not one.entries or one.entries[0].left_out]
    return max(full, key=_much, default=None), max(empty, key=lambda one: len(one.near_misses), default=None)


def _much(shortlist: Shortlist) -> tuple[int, int, int]:
    best = shortlist.entries[0]
    return (min(len(shortlist.children), 2), min(best.sign_offs, 1), min(len(shortlist.entries), 3))
