"""Use cases about sibling groups."""

from __future__ import annotations

from app.services.recording import Change, Noun
from matching.errors import Faults
from matching.people import SiblingGroup


def _check(change: Change[SiblingGroup]) -> None:
    faults = Faults()
    for at, pair in enumerate(change.now.pairs):
        faults.unless(
            pair.assessed_on is None or pair.assessed_on <= change.today,
            f"pairs/{at}/assessed_on",
            "The assessment would be made in the future",
            "Give a day up to today",
        )
    faults.raise_if_any()


SIBLING_GROUPS: Noun[SiblingGroup] = Noun(
    name="sibling group",
    plural="sibling-groups",
    records=lambda work: work.sibling_groups,
    check=_check,
    of_children=True,
)
