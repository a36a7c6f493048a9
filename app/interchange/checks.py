"""What must hold of records that are loaded beyond what each can see of itself: days, and what others have on record.

The same as the use cases check of one record at a time; here for a batch, in a number of queries that does not grow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from app.interchange.cells import LOCAL_TIME
from app.interchange.nouns import Record
from app.interchange.tables import Row
from app.services.children import OLDEST_ON_RECORD
from app.services.office import FARTHEST_DAY
from db.mapping.shapes import Stored
from db.session import Work
from matching.codes import Communication, Known, PlaceKind
from matching.homes import Home
from matching.needs import NeedsProfile
from matching.people import Child, SiblingGroup
from matching.placements import Placement, PlacementState
from matching.referrals import Referral
from matching.values import ChildId

_UP_TO_TODAY = "Give a day up to today"
_PRESENT = frozenset({PlacementState.PLANNED, PlacementState.STARTED})


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong: the row and the key of the column it is in, what, and what would be right."""

    row: Row
    key: str | None
    wrong: str
    right: str


Pairs = Sequence[tuple[Record, Any]]
"""Records with what was made of them."""


class Surroundings:
    """What a batch is checked against."""

    def __init__(self, work: Work, today: date, pairs: Pairs) -> None:
        self.work, self.today, self.pairs = work, today, pairs

    @cached_property
    def domains(self) -> frozenset[str]:
        """Codes of the domains of the framework in use."""
        return frozenset(domain.code for domain in self.work.frameworks.in_use().domains)

    def stays_of(self, children: Sequence[ChildId]) -> Mapping[ChildId, list[Placement]]:
        """Placements on record that take a bed, by child."""
        found: dict[ChildId, list[Placement]] = {}
        for placement in self.work.placements.of_children(children):
            if placement.takes_a_bed:
                found.setdefault(placement.child, []).append(placement)
        return found


def troubles(noun: str, around: Surroundings) -> Iterator[Trouble]:
    """Everything wrong with the batch of a noun."""
    check = _CHECKS.get(noun)
    if check is not None and around.pairs:
        yield from check(around)


def _children(around: Surroundings) -> Iterator[Trouble]:
    for record, child in around.pairs:
        yield from _child(record.row, child, around.today)


def _child(row: Row, child: Child, today: date) -> Iterator[Trouble]:
    if child.born > today:
        yield Trouble(row, "born", "The child would be born in the future", _UP_TO_TODAY)
    elif child.age_on(today) > OLDEST_ON_RECORD:
        right = "Give the date of birth as it is on the birth certificate"
        yield Trouble(row, "born", f"Nobody over {OLDEST_ON_RECORD} is on record as a child", right)
    elif child.in_care_since is not None and not child.born <= child.in_care_since <= today:
        wrong = "Care began before the child was born, or begins in the future"
        yield Trouble(row, "in_care_since", wrong, "Give a day from the date of birth up to today")


def _sibling_groups(around: Surroundings) -> Iterator[Trouble]:
    for record, group in around.pairs:
        assert isinstance(group, SiblingGroup)
        for row in (row for rows in record.part_rows.values() for row in rows):
            if row["assessed_on"] is not None and row["assessed_on"] > around.today:
                yield Trouble(row, "assessed_on", "The assessment would be made in the future", _UP_TO_TODAY)


def _profiles(around: Surroundings) -> Iterator[Trouble]:
    for record, profile in around.pairs:
        assert isinstance(profile, NeedsProfile)
        if profile.made_on > around.today:
            yield Trouble(record.row, "made_on", "The profile would be made in the future", _UP_TO_TODAY)


def _homes(around: Surroundings) -> Iterator[Trouble]:
    providers = around.work.providers.many(list({home.provider for _, home in around.pairs}))
    for record, home in around.pairs:
        yield from _home(record, home, around)
        if home.sector is not providers[home.provider].value.sector:
            wrong, right = "The home is in another sector than its provider", "Give the provider's sector"
            yield Trouble(record.row, "sector", wrong, right)


def _home(record: Record, home: Home, around: Surroundings) -> Iterator[Trouble]:
    known = f"Give one of: {', '.join(sorted(around.domains))}"
    for row in record.part_rows.get("home_meets", ()):
        if row["domain"] not in around.domains:
            yield Trouble(row, "domain", "The framework in use has no such domain", known)
    for row in record.part_rows.get("purposes", ()):
        if not row["highest_levels"].keys() <= around.domains:
            yield Trouble(row, "highest_levels", "The framework in use has no such domain", known)
    if record.row["shared"] and home.region is None:
        wrong, right = (
            "The authority belongs to no region that could share the home",
            "Record its region first, or say no",
        )
        yield Trouble(record.row, "shared", wrong, right)
    confirmed = home.availability.last_confirmed
    if confirmed is not None and confirmed > around.today:
        yield Trouble(record.row, "last_confirmed", "The vacancy would be confirmed in the future", _UP_TO_TODAY)


def _placements(around: Surroundings) -> Iterator[Trouble]:
    children = list({placement.child for _, placement in around.pairs})
    born = {child: stored.value.born for child, stored in around.work.children.many(children).items()}
    stays = around.stays_of(children)
    mine = {placement.id for _, placement in around.pairs}
    others = {child: [one for one in found if one.id not in mine] for child, found in stays.items()}
    for record, placement in around.pairs:
        yield from _placement(record.row, placement, born[placement.child], around.today)
        known = others.setdefault(placement.child, [])
        if placement.takes_a_bed:
            if any(_overlap(placement, one) for one in known):
                wrong = "The child has another placement on some of these nights"
                yield Trouble(record.row, "starts", wrong, "Give one of the two an end before the other starts")
            known.append(placement)


def _placement(row: Row, placement: Placement, born: date, today: date) -> Iterator[Trouble]:
    if placement.starts < born:
        right = "Give a first night on or after the date of birth"
        yield Trouble(row, "starts", "The placement starts before the child was born", right)
    if placement.state is PlacementState.STARTED and placement.starts > today:
        wrong, right = "A started placement would start in the future", "Give a day up to today, or the state planned"
        yield Trouble(row, "starts", wrong, right)
    if placement.ended is not None and placement.ended > today:
        wrong, right = "The placement would have ended in the future", "Give a day up to today, or a planned end"
        yield Trouble(row, "ended", wrong, right)
    if placement.ended is not None and placement.end_reason is None:
        yield Trouble(row, "end_reason", "An ended placement has a reason", "Say why it ended")


def _overlap(one: Placement, other: Placement) -> bool:
    last = date.max
    return one.starts < (other.until or last) and other.starts < (one.until or last)


def _referrals(around: Surroundings) -> Iterator[Trouble]:
    groups = _members(around)
    children = around.work.children.many([child for _, referral in around.pairs for child in referral.children])
    for record, referral in around.pairs:
        yield from _referral(record, referral, around)
        yield from _first_night(record, referral, children, around.today)
        yield from _forms(record, referral, children)
        members = groups.get(referral.sibling_group)
        if members is not None:
            for row, child in zip(record.rows, referral.children, strict=True):
                if child not in members:
                    wrong = "This child is not in the sibling group of the referral"
                    yield Trouble(row, "child_ref", wrong, "Name members of the group, or refer the child apart")
    yield from _placed_already(around)


def _first_night(
    record: Record, referral: Referral, children: Mapping[Any, Stored[Child]], today: date
) -> Iterator[Trouble]:
    wanted = referral.wanted_by
    if (wanted - today).days > FARTHEST_DAY:
        wrong, right = "The first night is more than five years away", "Give the first night wanted, within five years"
        yield Trouble(record.row, "wanted_by", wrong, right)
    if any(children[child].value.born > wanted for child in referral.children if child in children):
        wrong = "A child of the referral is born later than the first night"
        yield Trouble(record.row, "wanted_by", wrong, "Give a first night on or after the date of birth")


def _placed_already(around: Surroundings) -> Iterator[Trouble]:
    """Searches, new or wanted by another day, for children who live somewhere with no end in sight."""
    waiting = [(record, referral) for record, referral in around.pairs if referral.state.is_waiting]
    stays = around.stays_of([child for _, referral in waiting for child in referral.children])
    known = around.work.referrals.many([referral.id for _, referral in waiting])
    for record, referral in waiting:
        before = known.get(referral.id)
        if before is not None and before.value.wanted_by == referral.wanted_by:
            continue  # accepted once; what has since been planned for the child does not undo the search
        opened = referral.opened.date()
        for row, child in zip(record.rows, referral.children, strict=True):
            # a stay that began since the search opened is what the search led to
            if any(stay.starts < opened and _lasts(stay, referral.wanted_by) for stay in stays.get(child, ())):
                wrong = "This child has a placement that is not planned to end by the day a home is wanted"
                yield Trouble(row, "child_ref", wrong, "Give that placement a planned end, or end it")


def _forms(record: Record, referral: Referral, children: Mapping[Any, Stored[Child]]) -> Iterator[Trouble]:
    """What the standard's form says of a child and is kept with the child must be on record there.

    To let it fall would be worse than to refuse it: rules would take as unknown what somebody has written down.
    """
    for row, who in zip(record.rows, referral.children, strict=True):
        child = children[who].value
        kinds = {important.kind for important in child.important_places}
        for key, wanted in _FORM_PLACES.items():
            if row[key] is not None and not kinds & wanted:
                wrong = "important_places.csv has no such place for this child"
                yield Trouble(row, key, wrong, "Add a row there with its postcode, so that distances can be known")
        if row["form_adaptation"] is Known.YES and not child.access:
            wrong = "The child's record asks for nothing under access"
            yield Trouble(row, "form_adaptation", wrong, "Say in children.csv what the home must have")
        if not row["form_communication"] - {Communication.NONE} <= child.communication:
            wrong = "The child's record does not say so under communication"
            yield Trouble(row, "form_communication", wrong, "Say it in children.csv too")


_FORM_PLACES = {
    "form_family_home": {PlaceKind.FAMILY_HOME},
    "form_school": {PlaceKind.SCHOOL},
    "form_other_place": {PlaceKind.FAMILY_TIME, PlaceKind.OTHER},
}


def _referral(record: Record, referral: Referral, around: Surroundings) -> Iterator[Trouble]:
    if referral.opened.astimezone(LOCAL_TIME).date() > around.today:
        yield Trouble(record.row, "opened", "The search would begin in the future", "Give a moment up to today")
    for row, ask in zip(record.rows, referral.asks, strict=True):
        if ask.stability_plan_on is not None and ask.stability_plan_on > around.today:
            yield Trouble(row, "stability_plan_on", "The stability plan would be made in the future", _UP_TO_TODAY)
        if ask.child in ask.never_with:
            wrong = "A child is named as never to live with themselves in never_with.csv"
            yield Trouble(row, "child_ref", wrong, "Name other children only")


def _members(around: Surroundings) -> dict[Any, frozenset[ChildId]]:
    wanted = {referral.sibling_group for _, referral in around.pairs if referral.sibling_group is not None}
    found = around.work.sibling_groups.many(list(wanted))
    return {group: frozenset(stored.value.members) for group, stored in found.items()}


def _lasts(stay: Placement, wanted_by: date) -> bool:
    """Whether a stay goes on beyond the day a new home is wanted."""
    return stay.state in _PRESENT and (stay.until is None or stay.until > wanted_by)


_CHECKS: Mapping[str, Callable[[Surroundings], Iterator[Trouble]]] = {
    "child": _children,
    "sibling_group": _sibling_groups,
    "profile": _profiles,
    "home": _homes,
    "placement": _placements,
    "referral": _referrals,
}
