"""Other days: the homes of today, and as many children waiting, in families drawn with replacement from those on record."""

from __future__ import annotations

from dataclasses import replace

from matching.records import Records
from matching.scenarios.children import InventedFamilies
from matching.scenarios.ground import INVENTED


def sampled_day(records: Records, number: int, seed: int) -> Records:
    """What another day might bring; day 0 is today itself.

    The homes, and who lives in them, are those of today; what waits varies. It is not a day of history: those on record
    who wait are few, so that what seldom happens is as rare, or as absent, as it is today.
    """
    if number == 0:
        return records
    waiting = [one for one in records.referrals if one.state.is_waiting and not one.external_ref.startswith(INVENTED)]
    count = sum(len(one.children) for one in waiting)
    families = InventedFamilies(records, seed)
    gone = {one.id for one in waiting}
    quiet = replace(
        records,
        referrals=tuple(one for one in records.referrals if one.id not in gone),
        holds=tuple(hold for hold in records.holds if hold.referral not in gone),
    )
    return families.more(quiet, f"day-{number}", count)
