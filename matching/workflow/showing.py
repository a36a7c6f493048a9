"""What is shown of a choice: the ranked ways, and every finding for the homes chosen with the children who would go there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matching.arrangements import Arrangement, Placing, best_arrangements
from matching.assess import Assessed, Assessor
from matching.candidates import intake_arrays
from matching.explanations import Finding, Verdict, findings_at, findings_of, points_at, sign_offs_in, verdict_of
from matching.pool import Pool
from matching.rules.model import Standing
from matching.shortlist_answers import Entry, ways_in_words
from matching.shortlists import Shortlister
from matching.values import ChildId, HomeId, MatchRunId, ReferralId
from matching.workflow.decisions import Shown, ShownHome, ShownPlacing, ShownWay
from matching.workflow.sign_offs import needed

_MOST = 20
"""Ways that are ranked, as in a shortlist."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The ways of a shortlist in their order, without the reasons, which are found for what is chosen alone."""

    as_of: date
    summary: str
    ways: tuple[ShownWay, ...]


def ranked_ways(shortlister: Shortlister, referral: ReferralId) -> Ranked:
    """The ways as the referral's shortlist ranks them. Raises NotWaiting."""
    pool = shortlister.pool
    rows = shortlister.rows(referral)
    best = best_arrangements(shortlister.worth, range(rows.start, rows.stop), _MOST)
    if not best or _leaves_out(best[0]):  # then the shortlist says what is in the way
        listed = shortlister.shortlist(referral, _MOST, near=0)
        return Ranked(pool.as_of, listed.summary, tuple(_way(entry) for entry in listed.entries))
    summary = ways_in_words(len(best), rows.stop - rows.start, len(best[0].placings), len(pool.homes))
    return Ranked(pool.as_of, summary, _ways(shortlister.assessor, rows, best))


def _leaves_out(way: Arrangement) -> bool:
    unplaced, *_ = way.cost
    return unplaced > 0


@dataclass(frozen=True, slots=True)
class _Placed:
    """What one home of a way comes to."""

    shown: ShownPlacing
    sign_offs: int
    weekly_pence: int | None


def _ways(assessor: Assessor, rows: slice, best: Sequence[Arrangement]) -> tuple[ShownWay, ...]:
    placed = _placed(assessor, rows, list(dict.fromkeys(placing for way in best for placing in way.placings)))
    return tuple(
        _ranked_way(rank, way, [placed[placing] for placing in way.placings]) for rank, way in enumerate(best, start=1)
    )


def _ranked_way(rank: int, way: Arrangement, homes: Sequence[_Placed]) -> ShownWay:
    _, _, _, points, _ = way.cost
    weekly = _total(home.weekly_pence for home in homes)
    return ShownWay(rank, tuple(home.shown for home in homes), points, sum(home.sign_offs for home in homes), weekly)


def _placed(assessor: Assessor, rows: slice, placings: Sequence[Placing]) -> dict[Placing, _Placed]:
    """Every home of every way, each once; of the findings only those are put in words that ask for a sign-off."""
    seekers, homes = assessor.pool.seekers, assessor.pool.homes
    (pairings, there), living = assessor.beside(rows), assessor.intakes(*intake_arrays(placings))
    first = rows.start - there.start
    asking = _asking(living, [(at,) for at in range(len(placings))])
    pairs = [(child - first, home) for home, children in placings for child in children]
    own = dict(zip(pairs, _asking(pairings, pairs), strict=True))
    cost = pairings.facts.journey.cost
    found = {}
    for at, (home, children) in enumerate(placings):
        mine = [(child - first, home) for child in children]
        asked = sign_offs_in([*asking[at], *(one for pair in mine for one in own[pair])])
        placing = ShownPlacing(homes[home].external_ref, tuple(seekers[child].child.external_ref for child in children))
        found[home, children] = _Placed(placing, len(asked), _total(cost.at(*pair) for pair in mine))
    return found


def _asking(assessed: Assessed, places: Sequence[tuple[int, ...]]) -> list[list[Finding]]:
    return findings_of(assessed, places, [None] * len(places), Standing.SIGN_OFF)


def shown(ranked: Ranked, homes: tuple[ShownHome, ...], run: MatchRunId | None) -> Shown:
    """What stands before a person who chooses: the ways in order, and the findings of the homes chosen."""
    return Shown(as_of=ranked.as_of, run=run, summary=ranked.summary, ways=ranked.ways, chosen=homes)


def shown_homes(pool: Pool, chosen: Mapping[ChildId, HomeId]) -> tuple[ShownHome, ...]:
    """Every finding for each home chosen, with all the children who would live there together.

    The pool may be of this one search and these homes. Every child chosen for must wait in it, and every home stand in it.
    """
    assessor = Assessor(pool)
    together: dict[int, tuple[int, ...]] = {}
    for child, home in chosen.items():
        column, row = pool.home_index[home], pool.seeker_index[child]
        together[column] = (*together.get(column, ()), row)
    return tuple(_home(assessor, column, tuple(sorted(rows))) for column, rows in together.items())


def _home(assessor: Assessor, column: int, rows: tuple[int, ...]) -> ShownHome:
    pool = assessor.pool
    living = assessor.intakes(*intake_arrays([(column, rows)]))
    findings = list(findings_at(living, (0,), None))
    lines = list(points_at(living, (0,), None, assessor.policy))
    weekly: list[int | None] = []
    for row in rows:
        reference = pool.seekers[row].child.external_ref
        pairing = assessor.pairings(slice(row, row + 1))
        findings += findings_at(pairing, (0, column), reference)
        lines += points_at(pairing, (0, column), reference, assessor.policy)
        weekly.append(pairing.facts.journey.cost.at(0, column))
    return ShownHome(
        home=pool.homes[column].external_ref,
        children=tuple(pool.seekers[row].child.external_ref for row in rows),
        verdict=_verdict(findings),
        findings=tuple(findings),
        points=sum(line.points for line in lines),
        weekly_pence=_total(weekly),
    )


def _total(weekly: Iterable[int | None]) -> int | None:
    """Pence a week in all; None when a price is missing."""
    prices = list(weekly)
    return None if None in prices else sum(pence or 0 for pence in prices)


def _verdict(findings: Iterable[Finding]) -> Verdict:
    found = tuple(findings)
    blocked = [one for one in found if one.standing == "blocked"]
    unsure = [one for one in found if one.standing == "check-first"]
    openable = all(one.remedy is not None for one in blocked)
    return verdict_of(len(blocked), len(unsure), len(needed(found)), openable=openable)


def _way(entry: Entry) -> ShownWay:
    placings = tuple(ShownPlacing(option.home, option.children) for option in entry.homes)
    return ShownWay(entry.rank, placings, entry.points, entry.sign_offs, entry.weekly_pence)
