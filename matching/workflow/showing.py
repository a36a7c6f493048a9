"""What is shown of a choice: the ranked ways, and every finding for the homes chosen with the children who would go there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from matching.assess import Assessor
from matching.candidates import intake_arrays
from matching.explanations import Finding, Verdict, findings_at, points_at, verdict_of
from matching.pool import Pool
from matching.shortlist_answers import Entry, Shortlist
from matching.values import ChildId, HomeId, MatchRunId
from matching.workflow.decisions import Shown, ShownHome, ShownPlacing, ShownWay
from matching.workflow.sign_offs import needed


def shown(ranked: Shortlist, pool: Pool, chosen: Mapping[ChildId, HomeId], run: MatchRunId | None) -> Shown:
    """What stands before a person who chooses.

    `ranked` holds the ways in order; the findings of the homes chosen are made from `pool`, which may be of this one
    search and these homes. Every child chosen for must wait in the pool, and every home stand in it.
    """
    return Shown(
        as_of=date.fromisoformat(ranked.as_of),
        run=run,
        summary=ranked.summary,
        ways=tuple(_way(entry) for entry in ranked.entries),
        chosen=shown_homes(pool, chosen),
    )


def shown_homes(pool: Pool, chosen: Mapping[ChildId, HomeId]) -> tuple[ShownHome, ...]:
    """Every finding for each home chosen, with all the children who would live there together."""
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
        weekly_pence=None if None in weekly else sum(pence or 0 for pence in weekly),
    )


def _verdict(findings: Iterable[Finding]) -> Verdict:
    found = tuple(findings)
    blocked = [one for one in found if one.standing == "blocked"]
    unsure = [one for one in found if one.standing == "check-first"]
    openable = all(one.remedy is not None for one in blocked)
    return verdict_of(len(blocked), len(unsure), len(needed(found)), openable=openable)


def _way(entry: Entry) -> ShownWay:
    placings = tuple(ShownPlacing(option.home, option.children) for option in entry.homes)
    return ShownWay(entry.rank, placings, entry.points, entry.sign_offs, entry.weekly_pence)
