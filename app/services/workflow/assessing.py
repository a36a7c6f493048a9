"""What stands before a person who chooses: the ranks as last made, and fresh findings for the homes chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from app.services.callers import Caller
from app.services.office import Office
from app.services.workflow.doing import Doing
from db.errors import NotFound
from matching.explanations import Finding
from matching.pool import Pool, pool_of
from matching.referrals import Referral
from matching.shortlists import NotWaiting
from matching.values import ChildId, HomeId, MatchRunId, ReferralId
from matching.workflow.decisions import Shown, ShownHome
from matching.workflow.showing import Ranked, ranked_ways, shown, shown_homes

_NOTHING_RANKED = "Nothing was ranked: no child of the referral waits on this day."


SEEN_WITHIN = timedelta(minutes=1)
"""How long ago the ranks that a person decides by may have been made; findings are always made anew."""


def ranked(office: Office, caller: Caller, referral: ReferralId) -> Ranked:
    """The ranked ways as somebody saw them within the last minute. Raises Busy."""
    ready = office.pools.recent(caller.authority, office.today(), SEEN_WITHIN)
    if referral not in {seeker.referral.id for seeker in ready.pool.seekers}:
        ready = office.pools.ready(caller.authority, office.today())
    try:
        return ranked_ways(ready.shortlister, referral)
    except NotWaiting:
        return Ranked(office.today(), _NOTHING_RANKED, ())


def lock_around(doing: Doing, referral: Referral, chosen: Mapping[ChildId, HomeId]) -> None:
    """Lets nobody else decide, until this is done, for the children, for their siblings, or for a home chosen.

    So the rules about who lives together see every other decision, whichever of two comes first.
    """
    doing.work.children.lock(_with_siblings(doing, referral))
    doing.work.homes.lock(sorted(set(chosen.values())))


def _with_siblings(doing: Doing, referral: Referral) -> list[ChildId]:
    groups = doing.work.sibling_groups.of_child(referral.children[0])
    return sorted({*referral.children, *(child for group in groups for child in group.value.members)})


def shown_now(
    doing: Doing, ways: Ranked, referral: Referral, chosen: Mapping[ChildId, HomeId], run: MatchRunId | None
) -> Shown:
    """What is shown of a choice, its findings made within the transaction that decides. Raises NotFound for a home."""
    return shown(ways, _found(doing, _pool(doing, referral, chosen), chosen), run)


def findings_now(
    doing: Doing, referral: Referral, chosen: Mapping[ChildId, HomeId]
) -> tuple[tuple[HomeId, ShownHome], ...]:
    """Every finding for the homes chosen, made within the transaction. Raises NotFound for a home."""
    pool = _pool(doing, referral, chosen)
    by_reference = {home.external_ref: home.id for home in pool.homes}
    return tuple((by_reference[home.home], home) for home in _found(doing, pool, chosen))


def _found(doing: Doing, pool: Pool, chosen: Mapping[ChildId, HomeId]) -> tuple[ShownHome, ...]:
    """Every finding for the homes chosen; those found a moment ago when they were found from the very same records.

    The moment of reading is left out of the comparison: it settles which holds still hold, and those are compared.
    """
    name, records = tuple(sorted(chosen.items())), pool.records
    before = doing.office.findings.get(name)
    if before is not None and before[0] == replace(records, now=before[0].now):
        return before[1]
    return doing.office.findings.keep(name, (records, shown_homes(pool, chosen)))[1]


def _pool(doing: Doing, referral: Referral, chosen: Mapping[ChildId, HomeId]) -> Pool:
    """The search with the homes chosen, those that rules compare them with, and everybody who lives there."""
    work = doing.work
    homes = {*chosen.values(), *work.homes.naming(list(referral.children))}
    lived = work.placements.of_children(_with_siblings(doing, referral))
    homes |= {placement.home for placement in lived if placement.takes(doing.today)}
    pool = pool_of(work.pool.load(doing.today, doing.now, referral=referral.id, of_homes=sorted(homes)))
    for home in chosen.values():
        if home not in pool.home_index:
            raise NotFound("home", home)
    return pool


def child_of(finding: Finding, references: Mapping[str, ChildId]) -> ChildId | None:
    """The child that a finding is about; None when it is about all who would live together."""
    return None if finding.child is None else references[finding.child]
