"""Searches that wait: what beds that are known to fall free would bring to children who need not move tonight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from matching.codes import SearchKind
from matching.errors import Fault
from matching.records import Records
from matching.referrals import Referral
from matching.scenarios.changes import PostponeSearches
from matching.values import plus_days


def with_postponed(records: Records, change: PostponeSearches) -> Records:
    """The records with the searches that wait wanted no sooner than the change says; where a child stays till then is not asked."""
    first = plus_days(records.as_of, change.days)
    searches = (
        replace(one, wanted_by=first) if _waits(one, change) and one.wanted_by < first else one
        for one in records.referrals
    )
    return replace(records, referrals=tuple(searches))


def _waits(referral: Referral, change: PostponeSearches) -> bool:
    named = referral.id in change.referrals if change.referrals else referral.kind is SearchKind.PLANNED
    return named and referral.state.is_waiting


def postponing_faults(records: Records, change: PostponeSearches) -> Iterator[Fault]:
    """The searches named that are not on record, or have ended."""
    known = {one.id: one for one in records.referrals}
    for name in sorted(change.referrals):
        if name not in known:
            yield Fault("referrals", f"There is no such search on record: {name}", "Give searches that are on record")
        elif not known[name].state.is_waiting:
            wrong = f"Search {known[name].external_ref} waits for no home: it is {known[name].state.value}"
            yield Fault("referrals", wrong, "Give searches that still wait")
