"""The parts of a plan in words: what it comes to beside other ways, what it proposes, what differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.pages.naming import kind, listed, role, sector
from app.pages.words import capital, counted, miles, pounds

WAYS = (
    ("joint-plan", "This plan"),
    ("first-come-first-served", "First come, first served"),
    ("in-house-first", "In-house first"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table of totals: what is counted, and its value in each column."""

    says: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that can be done about a pairing without keeping anything."""

    text: str
    href: str
    about: str
    """What it is about, for whoever hears the link without the row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What is proposed for one child."""

    child: str
    home: str
    home_href: str
    kind: str
    sector: str
    beside: str
    """Who would move in too; empty when nobody."""
    miles: str
    weekly: str
    asks: tuple[str, ...]
    """Sign-offs it needs, each with who and why."""
    checks: tuple[str, ...]
    to_do: str
    """How many of both, in a line; empty when there are none."""
    fixed: str
    """How it is fixed; empty when it is not."""
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForReferral:
    """What is proposed for the children of one referral."""

    reference: str
    href: str
    children: tuple[Proposed, ...]
    without: tuple[str, ...]
    """References of the children for whom nothing is proposed."""

    @property
    def asks_something(self) -> bool:
        """Whether anything is to be agreed or checked for any of the children."""
        return any(one.to_do for one in self.children)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The referrals of a plan that ask the same of whoever reads it."""

    title: str
    caption: str
    referrals: tuple[ForReferral, ...]
    open: bool
    """Whether it is in plain sight; else behind a line that says how much it is."""


def totals(ways: Sequence[Mapping[str, Any]]) -> tuple[Line, ...]:
    """Plans side by side, each as its totals by name."""
    return (
        Line("Children with a home proposed", tuple(f"{way['placed']} of {way['children']}" for way in ways)),
        Line(
            "Pairs of brothers and sisters together",
            tuple(f"{way['sibling_pairs_together']} of {way['sibling_pairs']}" for way in ways),
        ),
        Line("Sign-offs to ask for", tuple(f"{way['sign_offs']}" for way in ways)),
        Line("Facts to check first", tuple(f"{way['checks']}" for way in ways)),
        Line("Miles from family home, on average", tuple(_average(way["mean_miles"]) for way in ways)),
        Line("Cost a week", tuple(_weekly(way) for way in ways)),
    )


def _average(mean: float | None) -> str:
    return "not known" if mean is None else f"{mean:.1f}"


def _weekly(way: Mapping[str, Any]) -> str:
    missing = way["prices_missing"]
    return pounds(way["weekly_pence"]) + (f", {counted(missing, 'price')} not known" if missing else "")


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """What changes from one plan's totals to another's, in sentences; none when nothing people count does."""
    said = [
        _more(after["placed"] - before["placed"], "child has a home proposed", "children have a home proposed"),
        _more(
            after["sibling_pairs_together"] - before["sibling_pairs_together"],
            "pair of brothers or sisters is together",
            "pairs of brothers or sisters are together",
        ),
        _more(after["sign_offs"] - before["sign_offs"], "sign-off to ask for", "sign-offs to ask for"),
        _more(after["checks"] - before["checks"], "fact to check", "facts to check"),
        _mean(before["mean_miles"], after["mean_miles"]),
        _money(after["weekly_pence"] - before["weekly_pence"]),
    ]
    return tuple(one for one in said if one)


def _more(number: int, one: str, many: str) -> str:
    if not number:
        return ""
    what = one if abs(number) == 1 else many
    noun, _, rest = what.partition(" ")
    return f"{abs(number)} {'more' if number > 0 else 'fewer'} {noun} {rest}"


def _mean(before: float | None, after: float | None) -> str:
    if before is None or after is None or before == after:
        return ""
    way = "further from" if after > before else "nearer to"
    return f"{abs(after - before):.1f} miles {way} the family home on average"


def _money(pence: int) -> str:
    if not pence:
        return ""
    return f"{pounds(abs(pence))} a week {'more' if pence > 0 else 'less'}"


def proposed(facts: Mapping[str, Any], fixed: str, steps: tuple[Step, ...]) -> Proposed:
    """One proposal in words, from its facts as they are stored with a run."""
    return Proposed(
        child=facts["child"],
        home=facts["home"],
        home_href=f"/homes/{facts['home']}",
        kind=capital(kind(facts["kind"])),
        sector=sector(facts["sector"]),
        beside=f"with {listed(facts['with_children'])}" if facts["with_children"] else "",
        miles=miles(facts["tenths_of_a_mile"]),
        weekly=pounds(facts["weekly_pence"]),
        asks=tuple(
            f"{capital(role(one['role']))}, {one['deadline']}: {one['reason'].rstrip('.')}"
            for one in facts["sign_offs"]
        ),
        checks=tuple(facts["checks"]),
        to_do=_to_do(len(facts["sign_offs"]), len(facts["checks"])),
        fixed=fixed,
        steps=steps,
    )


def _to_do(sign_offs: int, checks: int) -> str:
    said = [counted(sign_offs, "sign-off")] if sign_offs else []
    return listed([*said, *([counted(checks, "check")] if checks else [])], none="")


def by_referral(
    references: Mapping[str, str],
    children: Iterable[tuple[str, str]],
    proposals: Mapping[str, Proposed],
) -> tuple[ForReferral, ...]:
    """Proposals by referral; children as (referral, child), `references` the short references where pages are found."""
    waiting: dict[str, list[str]] = {}
    for referral, child in children:
        waiting.setdefault(referral, []).append(child)
    return tuple(
        ForReferral(
            reference=references.get(referral, referral),
            href=f"/referrals/{references.get(referral, referral)}",
            children=tuple(proposals[child] for child in found if child in proposals),
            without=tuple(child for child in found if child not in proposals),
        )
        for referral, found in waiting.items()
    )


def in_parts(referrals: Sequence[ForReferral]) -> tuple[Part, ...]:
    """First who has no home, then what somebody must agree or check; what asks nothing more of anybody is put away."""
    without = tuple(one for one in referrals if one.without)
    asking = tuple(one for one in referrals if not one.without and one.asks_something)
    settled = tuple(one for one in referrals if not one.without and not one.asks_something)
    parts = (
        Part(
            title=f"{counted(len(without), 'referral')} with a child for whom no home is proposed",
            caption="Who has no home proposed",
            referrals=without,
            open=True,
        ),
        Part(
            title=f"{counted(len(asking), 'referral')} with something to agree or check first",
            caption="What is proposed with something to agree or check first",
            referrals=asking,
            open=True,
        ),
        Part(
            title=f"{counted(len(settled), 'referral')} with nothing to agree or check",
            caption="What is proposed with nothing to agree or check",
            referrals=settled,
            open=not without and not asking,
        ),
    )
    return tuple(part for part in parts if part.referrals)
