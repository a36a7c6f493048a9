"""What an address asks of the plan: pins, forbids, weights and sign-offs done without, so that going back undoes a step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from urllib.parse import urlencode

from starlette.datastructures import ImmutableMultiDict

from app.pages.typed import FieldError
from app.services.planning import PlanAsked
from matching.policy import Measure, Preset

BETWEEN = "~"
"""Stands between child and home in one pairing: in no reference."""

WEIGHED: Mapping[Measure, str] = MappingProxyType(
    {
        Measure.NEED_GAP: "Each level of need above what the home can meet",
        Measure.HOME_DISTANCE: "Each tenth of a mile from the family home",
        Measure.SCHOOL_DISTANCE: "Each tenth of a mile from school",
        Measure.FAMILY_TIME_DISTANCE: "Each mile of journeys to family time in a month",
        Measure.COST: "Each £10 a week",
        Measure.OUT_OF_AREA: "A home outside the authority's area",
        Measure.SETTING_NOT_PREFERRED: "A kind of home that is suitable but not preferred",
        Measure.OUTSIDE_PREFERRED_RANGE: "A child outside the carer's preferred range",
        Measure.CULTURE: "Each of culture, religion and language wished for and not matched",
        Measure.MIX: "Each year between ages in shared accommodation beyond what is usual",
        Measure.PETS: "Pets where none are wished for",
        Measure.NOT_CONNECTED: "A home that is not a connected carer where one could be considered",
        Measure.SIBLING_DISTANCE: "Each tenth of a mile from brothers and sisters who live elsewhere",
    }
)
PRESETS: Mapping[str, str] = MappingProxyType(
    {
        "": "The authority's own policy",
        Preset.CHILD_FIRST.value: "Child first",
        Preset.BALANCED.value: "Balanced",
        Preset.COST_AWARE.value: "Cost aware",
    }
)


@dataclass(frozen=True, slots=True)
class Read:
    """What an address asks, and what of it cannot be read."""

    asked: PlanAsked
    errors: tuple[FieldError, ...]


def read(query: ImmutableMultiDict[str, str], today: date) -> Read:
    """The address or the form, field by field; what cannot be read is left out and said."""
    errors: list[FieldError] = []
    preset = query.get("policy", "")
    if preset not in PRESETS:
        errors.append(FieldError("policy", "Choose one of the policies shown"))
    asked = PlanAsked(
        as_of=today,
        preset=Preset(preset) if preset and preset in PRESETS else None,
        weights=MappingProxyType(_weights(query, errors)),
        pinned=_pairings(query.getlist("pin"), "pin", errors),
        forbidden=_pairings(query.getlist("forbid"), "forbid", errors),
        without=tuple(dict.fromkeys(query.getlist("without"))),
    )
    return Read(asked, tuple(errors))


def _weights(query: ImmutableMultiDict[str, str], errors: list[FieldError]) -> dict[Measure, int]:
    found = {}
    for measure in WEIGHED:
        written = query.get(field_of(measure), "").strip()
        if not written:
            continue
        if written.isascii() and written.isdigit() and int(written) <= 1_000:
            found[measure] = int(written)
        else:
            errors.append(FieldError(field_of(measure), f"{WEIGHED[measure]}: give a whole number from 0 to 1,000"))
    return found


def field_of(measure: Measure) -> str:
    """The name of a weight's field."""
    return f"weight-{measure.value}"


def _pairings(given: list[str], field: str, errors: list[FieldError]) -> tuple[tuple[str, str], ...]:
    found = []
    for pairing in dict.fromkeys(given):
        child, between, home = pairing.partition(BETWEEN)
        if child and between and home:
            found.append((child, home))
        else:
            errors.append(FieldError(field, "A choice in this page's address cannot be read. It was left out"))
    return tuple(found)


def fields(asked: PlanAsked) -> tuple[tuple[str, str], ...]:
    """What is asked, as fields of an address or hidden fields of a form."""
    return (
        *((("policy", asked.preset.value),) if asked.preset else ()),
        *((field_of(measure), str(points)) for measure, points in sorted(asked.weights.items())),
        *(("pin", BETWEEN.join(pairing)) for pairing in asked.pinned),
        *(("forbid", BETWEEN.join(pairing)) for pairing in asked.forbidden),
        *(("without", rule) for rule in asked.without),
    )


def address(asked: PlanAsked, anchor: str = "", **more: str) -> str:
    """The address of the plan as asked for."""
    said = urlencode([*fields(asked), *more.items()])
    return f"/plan{'?' if said else ''}{said}{f'#{anchor}' if anchor else ''}"


def pinning(asked: PlanAsked, pairing: tuple[str, str]) -> PlanAsked:
    """The same with one pairing kept."""
    forbidden = tuple(one for one in asked.forbidden if one != pairing)
    return replace(asked, pinned=(*asked.pinned, pairing), forbidden=forbidden)


def forbidding(asked: PlanAsked, pairing: tuple[str, str]) -> PlanAsked:
    """The same with one pairing ruled out."""
    pinned = tuple(one for one in asked.pinned if one != pairing)
    return replace(asked, pinned=pinned, forbidden=(*asked.forbidden, pairing))


def leaving(asked: PlanAsked, pairing: tuple[str, str]) -> PlanAsked:
    """The same with nothing fixed about one pairing."""
    return replace(
        asked,
        pinned=tuple(one for one in asked.pinned if one != pairing),
        forbidden=tuple(one for one in asked.forbidden if one != pairing),
    )


def doing_without(asked: PlanAsked, rule: str) -> PlanAsked:
    """The same, asking nobody for one rule's sign-off; or asking again where nobody was to be."""
    if rule in asked.without:
        return replace(asked, without=tuple(one for one in asked.without if one != rule))
    return replace(asked, without=(*asked.without, rule))
