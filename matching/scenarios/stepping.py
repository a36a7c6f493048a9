"""Who in residential care could live with a foster family, what that takes and saves; and whose need has outgrown a home."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from matching.codes import NeedsBand
from matching.explanations import Finding
from matching.homes import Home
from matching.needs import Gap, gaps
from matching.people import Child
from matching.records import Records
from matching.scenarios.rehoming import SHORT_BREAKS, framework_of, lives_in
from matching.shortlist_answers import HomeOption, Shortlist
from matching.shortlists import Shortlister
from matching.values import OLDEST_CHILD, ChildId, HomeId, Pence

LEVELS_OUTGROWN = 2
"""Levels short in one domain from which a placement is listed. Our own convention; the rule book asks for a sign-off at
two levels in all (needs.met)."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A need above what a home can meet, and what closes it."""

    domain: str
    needed: int
    met: int
    support: str
    skills_missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FosterMatch:
    """A foster home with a free bed that the rules allow, by the ranking of the shortlist."""

    home: str
    kind: str
    sector: str
    reasons: tuple[str, ...]
    """Why it fits, the first reasons first."""
    to_agree: tuple[str, ...]
    """Sign-offs that would be needed: the role and why."""
    shortfalls: tuple[Shortfall, ...]
    points: int
    weekly: Pence | None
    saving: int | None
    """Pence a week less than today; below zero where it costs more; None where a price is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CouldStepDown:
    """A child in residential care for whom nobody searches yet."""

    child: str
    child_id: ChildId
    age: int
    need: int
    """The weighted total of the needs profile."""
    band: NeedsBand
    lives_in: str
    lives_in_id: HomeId
    weekly: Pence | None
    """The base price of a week there."""
    matches: tuple[FosterMatch, ...]
    """The best, by the ranking of the shortlist; empty when no foster home fits."""
    summary: str
    """The shortlist in a sentence; an empty one says what is in the way."""
    nearest: tuple[str, ...]
    """Where nothing fits: homes that one change would open, each with the remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgrown:
    """A placement in which the child needs more than the home can meet."""

    child: str
    child_id: ChildId
    age: int
    home: str
    home_id: HomeId
    kind: str
    band: NeedsBand
    levels_short: int
    """Over all domains."""
    shortfalls: tuple[Shortfall, ...]
    """The largest first, each with the support that would close it."""


def stepping_down(
    shortlister: Shortlister, able: Sequence[tuple[Child, Home]], most: int = 3
) -> Iterator[CouldStepDown]:
    """What the shortlist says of each child; the shortlister's pool holds a search for each (rehoming.with_searches)."""
    pool = shortlister.pool
    searches = {one.child.id: one.referral.id for one in pool.seekers}
    for child, home in able:
        if child.id in searches:
            found = shortlister.shortlist(searches[child.id], most, 2)
            yield _could(pool.records, {one.external_ref: one for one in pool.homes}, child, home, found)


def _could(records: Records, homes: Mapping[str, Home], child: Child, home: Home, found: Shortlist) -> CouldStepDown:
    profile = records.profiles[child.id]
    framework, age = framework_of(records, profile), child.age_on(records.as_of)
    band = framework.band(profile.levels)
    weekly = home.prices.weekly_base(age, band)
    options = [entry.homes[0] for entry in found.entries]
    return CouldStepDown(
        child=child.external_ref,
        child_id=child.id,
        age=age,
        need=framework.total(profile.levels),
        band=band,
        lives_in=home.external_ref,
        lives_in_id=home.id,
        weekly=weekly,
        matches=tuple(_match(records, child, homes[one.home], one, weekly) for one in options),
        summary=found.summary,
        nearest=() if options else tuple(f"{n.home}: {_opens(n.findings)}" for n in found.near_misses),
    )


def _opens(findings: Sequence[Finding]) -> str:
    return f"{findings[0].reason}. {findings[0].remedy or ''}".strip()


def _match(records: Records, child: Child, home: Home, option: HomeOption, weekly: Pence | None) -> FosterMatch:
    there = option.weekly_pence
    return FosterMatch(
        home=option.home,
        kind=option.kind,
        sector=option.sector,
        reasons=option.fits,
        to_agree=tuple(f"{one.role}: {one.reason}" for one in option.sign_offs),
        shortfalls=_shortfalls(records, child, home),
        points=sum(line.points for line in option.points),
        weekly=None if there is None else Pence(there),
        saving=None if there is None or weekly is None else weekly - there,
    )


def _shortfalls(records: Records, child: Child, home: Home) -> tuple[Shortfall, ...]:
    profile = records.profiles[child.id]
    found = gaps(framework_of(records, profile), profile.levels, home.meets, home.skills_held)
    return tuple(_shortfall(gap) for gap in sorted(found, key=lambda gap: -gap.levels))


def _shortfall(gap: Gap) -> Shortfall:
    missing = tuple(sorted(skill.value for skill in gap.skills_missing))
    return Shortfall(gap.domain, gap.needed, gap.met, gap.support, missing)


def outgrown(records: Records) -> tuple[Outgrown, ...]:
    """Children whose need lies two levels or more above what their home can meet in some domain, the most short first."""
    homes = {home.id: home for home in records.homes}
    lives = lives_in(records)
    found = []
    for child in records.children:
        home = homes.get(lives[child.id].home) if child.id in lives else None
        profile = records.profiles.get(child.id)
        minor = child.age_on(records.as_of) <= OLDEST_CHILD
        if home is None or profile is None or not minor or home.kind in SHORT_BREAKS:
            continue
        short = _shortfalls(records, child, home)
        if not short or short[0].needed - short[0].met < LEVELS_OUTGROWN:
            continue
        found.append(
            Outgrown(
                child=child.external_ref,
                child_id=child.id,
                age=child.age_on(records.as_of),
                home=home.external_ref,
                home_id=home.id,
                kind=home.kind.value,
                band=framework_of(records, profile).band(profile.levels),
                levels_short=sum(one.needed - one.met for one in short),
                shortfalls=short,
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.levels_short, one.child)))
