"""Which homes on record a change is about, and what of a change cannot be as the records stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from matching.codes import HomeKind
from matching.errors import Fault
from matching.homes import Home
from matching.records import Records
from matching.scenarios.changes import (
    AddHomes,
    Change,
    ChangeApprovals,
    ChangeAvailability,
    ChangeBeds,
    ChangeParameters,
    ChangePolicy,
    ChangePrices,
    CloseHomes,
    PostponeSearches,
    Which,
)
from matching.scenarios.ground import places_in
from matching.scenarios.postponing import postponing_faults

NOT_TO_BE_HAD = frozenset({HomeKind.FOSTERING_CONNECTED, HomeKind.STAYING_PUT})
"""Kinds of which nobody can add one: they are particular people."""


def fitting(records: Records, which: Which) -> tuple[Home, ...]:
    """The homes on record that fit, before any are drawn, by reference."""
    found = (home for home in records.homes if _fits(home, which))
    return tuple(sorted(found, key=lambda home: (home.external_ref, home.id)))


def chosen(records: Records, which: Which, seed: int) -> tuple[Home, ...]:
    """The homes that a change is about: those that fit, or so many of them; fewer are always among more."""
    homes = fitting(records, which)
    if which.count is None:
        return homes
    drawn = sorted(homes, key=lambda home: sha256(f"{seed}/{home.id}".encode()).digest())
    return tuple(sorted(drawn[: which.count], key=lambda home: (home.external_ref, home.id)))


def _fits(home: Home, which: Which) -> bool:
    return (
        (not which.homes or home.id in which.homes)
        and (which.provider is None or home.provider == which.provider)
        and (not which.kinds or home.kind in which.kinds)
        and (not which.sectors or home.sector in which.sectors)
        and (not which.areas or home.place.authority in which.areas)
    )


def faults_of(records: Records, changes: Sequence[Change], seed: int) -> tuple[Fault, ...]:
    """What cannot be as the records stand, by the place of the change: homes there are not, and contradictions."""
    found: list[Fault] = []
    for at, change in enumerate(changes):
        which = getattr(change, "which", None)
        wrong = [*_which_faults(records, which)] if which is not None else []
        if isinstance(change, AddHomes):
            wrong += _adding_faults(records, change)
        if isinstance(change, ChangeBeds) and not wrong:
            wrong += _bed_faults(chosen(records, change.which, seed), change)
        if isinstance(change, PostponeSearches):
            wrong += postponing_faults(records, change)
        found += [Fault(f"changes/{at}/{one.field}", one.wrong, one.remedy) for one in wrong]
    return (*found, *_contradictions(records, changes, seed)) if not found else tuple(found)


def _which_faults(records: Records, which: Which) -> Iterator[Fault]:
    known = {home.id for home in records.homes}
    providers = {home.provider for home in records.homes} | {one.id for one in records.providers}
    if strangers := which.homes - known:
        wrong = f"There is no such home on record: {', '.join(sorted(str(one) for one in strangers))}"
        yield Fault("which/homes", wrong, "Give homes that are on record on that day")
    elif which.provider is not None and which.provider not in providers:
        yield Fault("which/provider", "There is no such provider on record", "Give one that is")
    else:
        yield from _count_faults(len(fitting(records, which)), which)


def _count_faults(fit: int, which: Which) -> Iterator[Fault]:
    if fit == 0:
        yield Fault("which", "No home on record fits all of this", "Leave some of it out")
    elif which.count is not None and which.count > fit:
        wrong = f"Only {fit} homes on record fit; {which.count} cannot be drawn"
        yield Fault("which/count", wrong, f"Give at most {fit}")


def _adding_faults(records: Records, change: AddHomes) -> Iterator[Fault]:
    if change.kind in NOT_TO_BE_HAD:
        wrong = "Homes of this kind are particular people and cannot be added"
        yield Fault("kind", wrong, "Give another kind; to have more connected carers, record them")
    if change.place is None and not places_in(records, change.area or records.authority.code):
        wrong = "Nothing on record lies in this area, so that nobody can say where in it the homes would stand"
        yield Fault("area", wrong, "Give a postcode as the place, or the code of an area where there are homes")
    if change.area and change.place and change.place.authority != change.area:
        yield Fault("place", "The place does not lie in the area", "Leave one of them out")


def _bed_faults(homes: Sequence[Home], change: ChangeBeds) -> Iterator[Fault]:
    by = change.by or 0
    short = [home for home in homes if home.beds + by < 0 and change.to is None]
    if short:
        wrong = f"Home {short[0].external_ref} has {short[0].beds} beds and cannot lose {-by}: beds would be negative"
        yield Fault("by", wrong, "Take fewer, or choose homes that have as many")
    over = [home for home in homes if (home.beds + by if change.to is None else change.to) > 60]
    if over:
        yield Fault("by", f"Home {over[0].external_ref} would have more than 60 beds", "Add fewer")


@dataclass(frozen=True, slots=True)
class _Said:
    """One thing that a change says of one thing."""

    about: object
    what: str
    value: object
    at: int


def _contradictions(records: Records, changes: Sequence[Change], seed: int) -> Iterator[Fault]:
    """Two changes that say different things of one thing, or anything of a home that closes."""
    names = {home.id: home.external_ref for home in records.homes}
    said = [one for at, change in enumerate(changes) for one in _says(records, change, at, seed)]
    first: dict[tuple[object, str], _Said] = {}
    for one in said:
        before = first.setdefault((one.about, one.what), one)
        if before.at != one.at and (before.value != one.value or one.what == "closing"):
            wrong = f"This contradicts change {before.at + 1}: both say {one.what} of {names.get(one.about, one.about)}"  # type: ignore[call-overload]
            yield Fault(f"changes/{one.at}", wrong, "Leave one of them out")
            return
    closing = {one.about: one.at for one in said if one.what == "closing"}
    for one in said:
        if one.what != "closing" and one.about in closing:
            wrong = f"Home {names[one.about]} closes by change {closing[one.about] + 1}: nothing else can be said of it"  # type: ignore[index]
            yield Fault(f"changes/{one.at}", wrong, "Leave one of them out, or choose other homes")
            return


def _says(records: Records, change: Change, at: int, seed: int) -> Iterator[_Said]:
    if isinstance(change, ChangePolicy):
        for name in ("weights", "urgency", "sibling_pairs", "gravity"):
            yield from (_Said(key, "the weight", value, at) for key, value in getattr(change, name).items())
        if change.preset is not None:
            yield _Said("the policy", "the preset", change.preset, at)
    elif isinstance(change, ChangeParameters):
        yield from (_Said(name, "the value", value, at) for name, value in change.own.items())
    elif (what := _what_is_said(change)) is not None and hasattr(change, "which"):
        yield from (_Said(home.id, what[0], what[1], at) for home in chosen(records, change.which, seed))


def _what_is_said(change: Change) -> tuple[str, object] | None:
    """What a change sets outright; those that add to what is there go together with one another."""
    if isinstance(change, CloseHomes):
        return "closing", change.on
    if isinstance(change, ChangeBeds):
        return ("the number of beds", change.to) if change.to is not None else ("more or fewer beds", None)
    if isinstance(change, ChangeAvailability):
        return "whether it is available", (change.state, change.until)
    if isinstance(change, ChangeApprovals):
        return "the terms", (change.ages, change.sexes, change.number, change.care_types)
    if isinstance(change, ChangePrices) and change.weekly is not None:
        return "the price", change.weekly
    return None
