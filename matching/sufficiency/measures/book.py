"""The measures in reading order: the one list that the API, the pages, the CSV and docs/measures.md are made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from matching.sufficiency.measures import children, homes, moves
from matching.sufficiency.measures.lines import Source
from matching.sufficiency.measures.model import Measure, Measured, Month, Unit, Value

_OURS = frozenset({Source.PLACEMENTS})
_LOCAL = "Local: no statutory measure."
_CLA = "Statutory (SSDA903): children looked after, series of short breaks (V3, V4) left out, as on 31 March each year."
_YEAR = 365


MEASURES: Final[tuple[Measure, ...]] = (
    Measure(
        id="children.looked-after",
        name="Children looked after",
        says="Children under 18 in care on the last night of the month.",
        unit=Unit.CHILDREN,
        statutory=_CLA,
        by=children.looked_after,
    ),
    Measure(
        id="children.rate",
        name="Rate for every 10,000 children",
        says="Children looked after on the last night, for every 10,000 people aged 0 to 17 in the area.",
        unit=Unit.PER_TEN_THOUSAND,
        statutory="Statutory: published each year with the mid-year population estimate, which has to be given.",
        by=children.rate,
    ),
    Measure(
        id="children.started",
        name="Children who came into care",
        says="Times in care that began in the month. A child who comes back counts again.",
        unit=Unit.CHILDREN,
        statutory="Statutory (RNE S): children who started to be looked after, there over a year to 31 March.",
        by=children.started,
    ),
    Measure(
        id="children.started-under-5",
        name="Under-fives who came into care",
        says="Of the children who came into care in the month, those under five on the day.",
        unit=Unit.CHILDREN,
        statutory=_LOCAL,
        by=children.started_under_5,
    ),
    Measure(
        id="children.ceased",
        name="Children who left care",
        says="Times in care that ended in the month, those that ended with the 18th birthday among them.",
        unit=Unit.CHILDREN,
        statutory="Statutory (REC): children who ceased to be looked after, there over a year to 31 March.",
        by=children.ceased,
    ),
    Measure(
        id="children.days-in-care",
        name="Mean time in care",
        says="Mean days since the present time in care began, of children looked after on the last night.",
        unit=Unit.DAYS,
        statutory="Local: the published figure is of children who ceased in the year.",
        by=children.days_in_care,
    ),
    Measure(
        id="children.unaccompanied",
        name="Unaccompanied children seeking asylum",
        says="Children looked after on the last night who are recorded as unaccompanied.",
        unit=Unit.CHILDREN,
        statutory="Statutory (UASC): on 31 March; here whoever was ever recorded as unaccompanied.",
        by=children.unaccompanied,
    ),
    Measure(
        id="care.family-based",
        name="Living with a family",
        says="In foster care, relatives and friends among it, of children with a placement on the last night.",
        unit=Unit.PER_CENT,
        statutory="Local, from statutory codes (PLACE U1 to U6).",
        by=children.family_based,
    ),
    Measure(
        id="care.residential",
        name="Living in a children's home or residential school",
        says="In residential care, of children with a placement on the last night.",
        unit=Unit.PER_CENT,
        statutory="Local, from statutory codes (PLACE K2, R1, R3, S1).",
        by=children.in_residential,
    ),
    Measure(
        id="care.in-house",
        name="Fostered by our own carers",
        says="Of children fostered by others than relatives or friends on the last night, those with own carers, not an agency's.",
        unit=Unit.PER_CENT,
        statutory="Local, from statutory codes (PLACE_PROVIDER PR1).",
        by=children.fostered_in_house,
    ),
    Measure(
        id="place.distant",
        name="More than 20 miles from home",
        says="Placed over 20 miles from home, straight line, on the last night, inside the area or outside it.",
        unit=Unit.PER_CENT,
        statutory="Statutory distance (metres / 1000 / 1.6093, one decimal). A measure apart from out of area.",
        by=moves.distant,
    ),
    Measure(
        id="place.out-of-area",
        name="Outside the area",
        says="Placed outside the authority's own area on the last night, however near.",
        unit=Unit.PER_CENT,
        statutory="Statutory: placed outside the local authority boundary. A measure apart from distance.",
        by=moves.out_of_area,
    ),
    Measure(
        id="place.distant-and-out-of-area",
        name="More than 20 miles away and outside the area",
        says="Both, on the last night: what inspectors mostly ask about.",
        unit=Unit.PER_CENT,
        statutory="Statutory table: over 20 miles from home and outside the boundary.",
        by=moves.distant_and_out_of_area,
    ),
    Measure(
        id="stability.three-or-more",
        name="Three or more placements in twelve months",
        says="Of children looked after on the last night, those with three or more placements open in the twelve months up to it.",
        unit=Unit.PER_CENT,
        statutory="Statutory short-term stability (former NI 62, memory), there for the year to 31 March. Carer moves (RNE S, P, B), not episodes.",
        back_days=_YEAR,
        by=moves.three_or_more,
    ),
    Measure(
        id="stability.two-years",
        name="In one home for two years",
        says=(
            "Of children under 16 in care for two and a half years on the last night, those in the same placement for two "
            "years, or placed for adoption."
        ),
        unit=Unit.PER_CENT,
        statutory="Statutory long-term stability (former NI 63, memory); there, time with the adopters and before it must add up to two years.",
        by=moves.lasting,
    ),
    Measure(
        id="stability.moves",
        name="Moves to other carers",
        says="Placements that began in the month for children who were in care already.",
        unit=Unit.MOVES,
        statutory="Statutory codes RNE P and B. A new episode with the same carers is no move.",
        by=moves.carer_moves,
    ),
    Measure(
        id="stability.unplanned",
        name="Placements that broke down",
        says="Placements that ended in the twelve months because the carer or child asked, or for an allegation or standards of care, of all open in them.",
        unit=Unit.PER_CENT,
        statutory="Local, from statutory reasons (CREQB, CREQO, CHILD, ALLEG, STAND). Which count is an authority's choice.",
        back_days=_YEAR,
        by=moves.unplanned,
    ),
    Measure(
        id="stability.two-breakdowns",
        name="Two breakdowns or more",
        says="Children looked after on the last night of whose recorded placements two or more broke down: each needs a stability plan.",
        unit=Unit.CHILDREN,
        statutory="Local alert.",
        by=moves.two_breakdowns,
    ),
    Measure(
        id="stability.stepped-down",
        name="Moved from residential to foster care",
        says="Moves in the month from a children's home or residential school straight into foster care.",
        unit=Unit.MOVES,
        statutory=_LOCAL,
        by=moves.residential_to_foster,
    ),
    Measure(
        id="beds.emergency-overstay",
        name="Over seven nights in an emergency bed",
        says="Children on the last night who have been in a home kept for emergencies for more than seven nights.",
        unit=Unit.CHILDREN,
        statutory="Local: such beds are for seven nights.",
        sources=_OURS,
        by=moves.overstays,
    ),
    Measure(
        id="siblings.apart",
        name="Brothers and sisters apart",
        says="Of children with brothers or sisters in care, those who live apart from at least one, on the last night.",
        unit=Unit.PER_CENT,
        statutory="Local, for the duty to place them together so far as practicable (Children Act 1989 s22C(8)(c)).",
        sources=_OURS,
        by=homes.siblings_apart,
    ),
    Measure(
        id="carers.households",
        name="Own fostering households",
        says="The authority's own households with terms of approval in force on the last day, connected persons' among them.",
        unit=Unit.HOUSEHOLDS,
        statutory="Local; the fostering statistics count households on 31 March.",
        sources=_OURS,
        by=homes.households,
    ),
    Measure(
        id="carers.approved",
        name="Households approved",
        says="Own households whose first terms of approval began in the month.",
        unit=Unit.HOUSEHOLDS,
        statutory="Local; the fostering statistics count approvals over a year.",
        sources=_OURS,
        by=homes.households_approved,
    ),
    Measure(
        id="carers.recruitment",
        name="Enquiries and applications to foster",
        says="People who enquired, and who applied, in the month.",
        unit=Unit.HOUSEHOLDS,
        statutory="The fostering statistics ask for it. No recruitment is recorded in this service.",
        sources=frozenset(),
        by=None,
    ),
    Measure(
        id="carers.staying-put",
        name="Staying put",
        says="People of 18 and over who live with foster carers on the last night.",
        unit=Unit.YOUNG_PEOPLE,
        statutory="Local; staying put begins at 18 (Children Act 1989 s23CZA, memory).",
        sources=_OURS,
        by=homes.staying_put,
    ),
    Measure(
        id="beds.fostering-available",
        name="Bed-nights in own fostering households",
        says="Effective beds over the nights of the month on which the household was approved, as the beds stand today.",
        unit=Unit.NIGHTS,
        statutory=_LOCAL,
        sources=_OURS,
        by=homes.fostering_nights_available,
    ),
    Measure(
        id="beds.fostering-used",
        name="Bed-nights used in own fostering households",
        says="Nights lived there in the month by anybody with a placement, of the bed-nights available.",
        unit=Unit.PER_CENT,
        statutory=_LOCAL,
        sources=_OURS,
        by=homes.fostering_nights_used,
    ),
    Measure(
        id="beds.emergency-tonight",
        name="Emergency beds that can be offered tonight",
        says="Free beds in homes that may be asked and are kept for emergencies. Nought is zero cover.",
        unit=Unit.BEDS,
        statutory=_LOCAL,
        sources=_OURS,
        by=homes.emergency_tonight,
    ),
    Measure(
        id="beds.pace-tonight",
        name="PACE beds that can be offered tonight",
        says="Free beds that may be asked for tonight for children held by the police. Nought is zero cover.",
        unit=Unit.BEDS,
        statutory="Local, for the duty to accommodate (Police and Criminal Evidence Act 1984 s38(6), memory).",
        sources=_OURS,
        by=homes.pace_tonight,
    ),
    Measure(
        id="beds.parent-tonight",
        name="Parent-and-child places that can be offered tonight",
        says="Free places in homes for a parent with a child. Nought is zero cover.",
        unit=Unit.BEDS,
        statutory=_LOCAL,
        sources=_OURS,
        by=homes.parent_tonight,
    ),
    Measure(
        id="beds.arrivals-tonight",
        name="Beds for unaccompanied arrivals that can be offered tonight",
        says="Free beds kept for unaccompanied children who have just arrived. Nought is zero cover.",
        unit=Unit.BEDS,
        statutory=_LOCAL,
        sources=_OURS,
        by=homes.arrivals_tonight,
    ),
    Measure(
        id="education.days-without-school",
        name="More than 20 days without school after a move",
        says="Children who moved and had no school for more than 20 school days.",
        unit=Unit.CHILDREN,
        statutory="Local. Attendance is not recorded in this service.",
        sources=frozenset(),
        by=None,
    ),
)

BY_ID: Final[Mapping[str, Measure]] = MappingProxyType({measure.id: measure for measure in MEASURES})


@dataclass(frozen=True, slots=True)
class MonthTold:
    """One measure in one month."""

    month: Month
    value: Value


@dataclass(frozen=True, slots=True)
class MeasureTold:
    """One measure over the months, the oldest first."""

    measure: Measure
    months: tuple[MonthTold, ...]


def tell(measured: Measured, months: Sequence[Month], wanted: Sequence[Measure] = MEASURES) -> Iterator[MeasureTold]:
    """Every measure asked for, by month; where it cannot be told, why."""
    for measure in wanted:
        yield MeasureTold(measure, tuple(MonthTold(month, value_of(measure, measured, month)) for month in months))


def value_of(measure: Measure, measured: Measured, month: Month) -> Value:
    """One measure in one month, or why there is none."""
    if measure.by is None:
        return Value(note=f"Not held. {measure.statutory}")
    if measured.source not in measure.sources:
        return Value(note="Statutory returns do not tell it: ask of our own placements")
    if month.last > measured.known_until:
        return Value(note=f"Not known yet: what is on record ends with {measured.known_until}")
    first = month.first if not measure.back_days else month.year_before
    if first < measured.known_from:
        return Value(note=f"Not known: what is on record begins with {measured.known_from}")
    return measure.by(measured, month)
