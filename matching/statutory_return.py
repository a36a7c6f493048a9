"""The statutory return of a year out of our own children, placements and homes: what it would tell, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from matching.codes import EndReason, LegalStatus, PlaceKind, Setting
from matching.codes.ssda903 import CollectionYear
from matching.codes.ssda903_own import CHANGE_OF_END, SHORT_BREAK_KINDS, place_code, provider_code
from matching.errors import DomainError
from matching.geography import Postcode, Precision
from matching.homes import Home
from matching.people import Child
from matching.placements import Placement, PlacementState
from matching.values import ChildId, HomeId

Cells = dict[str, str]
"""One row: what stands in each column."""
_ADULT = 18
_SHORT_BREAKS = frozenset({LegalStatus.V3_SHORT_BREAKS_EACH_RECORDED, LegalStatus.V4_SHORT_BREAKS_AGREEMENT_RECORDED})


@dataclass(frozen=True, slots=True)
class StatutoryReturn:
    """The rows of each file of a year's return, children in the order of their numbers."""

    year: CollectionYear
    header: tuple[Cells, ...]
    episodes: tuple[Cells, ...]
    unaccompanied: tuple[Cells, ...]
    left_blank: Mapping[str, int] = field(default_factory=dict)
    """How many rows have nothing in a column because we hold nothing to put there, by 'File.COLUMN'."""


@dataclass(frozen=True, slots=True)
class _Stay:
    """A placement as the return sees it: cut at the 18th birthday, and running on until the next where there is one."""

    placement: Placement
    home: Home
    begins: date
    ends: date | None
    place: str
    reason_new: str = "S"
    """RNE: S when the child came into care, P from other carers, T when only the placement of the same carers changed."""
    followed: bool = False
    came_of_age: bool = False


def statutory_return(
    year: CollectionYear,
    children: Iterable[Child],
    placements: Mapping[ChildId, Sequence[Placement]],
    homes: Mapping[HomeId, Home],
    as_of: date,
) -> StatutoryReturn:
    """What the return of a year would tell as far as it is known on a day. Placements of children who are not given,
    and placements planned or cancelled, are left aside.
    """
    header, episodes, unaccompanied = [], [], []
    for child in sorted(children, key=lambda one: one.external_ref):
        rows = list(_episodes(year, child, _stays(child, placements.get(child.id, ()), homes, year, as_of)))
        if not rows:
            continue
        header.append(_header(child, year))
        episodes += rows
        if child.uasc:
            unaccompanied.append(_unaccompanied(child, year))
    told = StatutoryReturn(year, tuple(header), tuple(episodes), tuple(unaccompanied))
    return StatutoryReturn(year, told.header, told.episodes, told.unaccompanied, _left_blank(told))


def _stays(
    child: Child, placements: Sequence[Placement], homes: Mapping[HomeId, Home], year: CollectionYear, as_of: date
) -> list[_Stay]:
    """The child's placements in order, those in which nobody is looked after left out."""
    adult = _birthday(child.born, _ADULT)
    lived = (one for one in placements if one.state in {PlacementState.STARTED, PlacementState.ENDED})
    found: list[_Stay] = []
    for one in sorted(lived, key=lambda placement: (placement.starts, placement.external_ref)):
        home = homes.get(one.home)
        place = None if home is None else place_code(one.statutory_code, home.kind, year)
        away = home is not None and home.kind in SHORT_BREAK_KINDS and child.legal_status not in _SHORT_BREAKS
        if home is None or place is None or away or one.starts >= adult or one.starts > as_of:
            continue
        ends = one.ended if one.ended is not None and one.ended <= as_of else None
        of_age = adult <= as_of and (ends is None or ends >= adult)
        found.append(_Stay(one, home, one.starts, adult if of_age else ends, place, came_of_age=of_age))
    return _joined(child, found)


def _joined(child: Child, stays: list[_Stay]) -> list[_Stay]:
    """Placements that follow one another while the child stayed in care: each ceases when the next begins."""
    stays = _without_mere_renewals(child, stays)
    straight = [_stayed_in_care(child, one, after) for one, after in pairwise(stays)]
    joined = []
    for at, one in enumerate(stays):
        followed = at < len(straight) and straight[at]
        came_from = stays[at - 1] if at > 0 and straight[at - 1] else None
        joined.append(
            _Stay(
                one.placement,
                one.home,
                one.begins,
                stays[at + 1].begins if followed else one.ends,
                one.place,
                reason_new=_reason_new(child, one, came_from, first=at == 0),
                followed=followed,
                came_of_age=one.came_of_age and not followed,
            )
        )
    return joined


def _without_mere_renewals(child: Child, stays: Sequence[_Stay]) -> list[_Stay]:
    """Placements that follow one another in one home under one code are one episode."""
    found: list[_Stay] = []
    for one in stays:
        before = found[-1] if found else None
        if (
            before is not None
            and (before.home.id, before.place) == (one.home.id, one.place)
            and _stayed_in_care(child, before, one)
        ):
            found[-1] = replace(one, begins=before.begins)
        else:
            found.append(one)
    return found


def _reason_new(child: Child, one: _Stay, came_from: _Stay | None, *, first: bool) -> str:
    if came_from is not None:
        return "T" if came_from.home.id == one.home.id else "P"
    return "P" if first and _was_in_care_before(child, one) else "S"


def _stayed_in_care(child: Child, one: _Stay, after: _Stay) -> bool:
    if one.ends is None or one.ends >= after.begins:
        return True
    return child.in_care_since is not None and child.in_care_since <= one.begins


def _was_in_care_before(child: Child, first: _Stay) -> bool:
    return child.in_care_since is not None and child.in_care_since < first.begins


def _episodes(year: CollectionYear, child: Child, stays: Sequence[_Stay]) -> Iterator[Cells]:
    for one in stays:
        ends = one.ends if one.ends is not None and one.ends <= year.last_day else None
        if one.begins > year.last_day or (ends is not None and ends < year.first_day) or one.begins == one.ends:
            continue
        counted = child.legal_status not in _SHORT_BREAKS  # for short breaks the return asks for no place
        yield {
            "CHILD": child.external_ref,
            "DECOM": _day(one.begins),
            "RNE": one.reason_new,
            "LS": "" if child.legal_status is None else child.legal_status.value,
            "CIN": "",
            "PLACE": one.place,
            "PLACE_PROVIDER": provider_code(one.place, one.home.sector),
            "DEC": _day(ends),
            "REC": "" if ends is None else _reason_ceased(one),
            "REASON_PLACE_CHANGE": _reason_changed(one) if ends is not None and one.followed else "",
            "HOME_POST": _family_home(child) if counted else "",
            "PL_POST": _postcode(one.home.place.postcode) if counted else "",
            "URN": (one.home.urn or "") if counted else "",
        }


def _reason_ceased(stay: _Stay) -> str:
    """REC where we know it: another placement followed, the child came of age with the same carers, or custody."""
    if stay.followed:
        return "X1"
    if stay.came_of_age:
        goes_on = stay.placement.ended is None or (stay.ends is not None and stay.placement.ended > stay.ends)
        return "E17" if goes_on and stay.home.kind.setting is Setting.FOSTERING else ""
    return "E9" if stay.placement.end_reason is EndReason.CUSTODY else ""


def _reason_changed(stay: _Stay) -> str:
    reason = stay.placement.end_reason
    return "" if reason is None else CHANGE_OF_END[reason]


def _header(child: Child, year: CollectionYear) -> Cells:
    return {
        "CHILD": child.external_ref,
        "SEX": _sex(child, year),
        "DOB": _day(child.born),
        "ETHNIC": child.ethnicity or "NOBT",
        "UPN": "",
        "MOTHER": "",
        "MC_DOB": "",
    }


def _unaccompanied(child: Child, year: CollectionYear) -> Cells:
    """Without the day on which the status ceased, the 18th birthday is given, on which it ceases at the latest."""
    ceases = _day(_birthday(child.born, _ADULT))
    return {"CHILD": child.external_ref, "SEX": _sex(child, year), "DOB": _day(child.born), "DUC": ceases}


def _sex(child: Child, year: CollectionYear) -> str:
    return child.sex.value if year.starts >= 2024 else {"M": "1", "F": "2"}.get(child.sex.value, "")


def _family_home(child: Child) -> str:
    home = next((one.place.postcode for one in child.important_places if one.kind is PlaceKind.FAMILY_HOME), "")
    return _postcode(home)


def _postcode(written: str) -> str:
    """A full postcode; a sector is none that the return can take."""
    try:
        found = Postcode.parse(written)
    except DomainError:
        return ""
    return str(found) if found.precision is Precision.POSTCODE else ""


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%d/%m/%Y}"


def _birthday(born: date, years: int) -> date:
    try:
        return born.replace(year=born.year + years)
    except ValueError:  # born on 29 February
        return date(born.year + years, 3, 1)


_MAY_BE_BLANK = {"DEC", "REASON_PLACE_CHANGE", "MC_DOB", "PLACE_PROVIDER"}


def _left_blank(told: StatutoryReturn) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for file, rows in {"Header": told.header, "Episodes": told.episodes}.items():
        for row in rows:
            counts.update(
                f"{file}.{name}"
                for name, cell in row.items()
                if not cell and name not in _MAY_BE_BLANK and not (name == "REC" and not row["DEC"])
            )
    return dict(sorted(counts.items()))
