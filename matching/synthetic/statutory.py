"""Codes of the statutory return (SSDA903) for invented placements."""

from __future__ import annotations

from datetime import date

from matching.codes import HomeKind, Setting
from matching.synthetic.drafts import DraftChild, DraftHome
from matching.values import age_on

_CODES = {Setting.RESIDENTIAL: "K2", Setting.SUPPORTED: "K3", Setting.SECURE: "K1"}
_CODES_BY_KIND = {
    HomeKind.RESIDENTIAL_SCHOOL_38_WEEK: "S1",
    HomeKind.RESIDENTIAL_SCHOOL_52_WEEK: "S1",
    HomeKind.RESIDENTIAL_PARENT_AND_CHILD: "R3",
    HomeKind.TERM_TIME_BOARDING: "S1",
}
_LONG_STAY_DAYS = 730


def statutory_code(home: DraftHome, child: DraftChild, as_of: date) -> str | None:
    """The PLACE code of a placement: None for who stays put after 18 or is on a short break, and is not counted.

    U1 to U3 a relative or friend, U4 to U6 another foster carer; a stay of over two years counts as long term.
    """
    if child.short_break or (child.kind is None and age_on(child.born, as_of) >= 18 and child.left is None):
        return None
    if home.kind.setting is not Setting.FOSTERING:
        return _CODES_BY_KIND.get(home.kind, _CODES.get(home.kind.setting))
    related = home.kind is HomeKind.FOSTERING_CONNECTED
    long = any(s.home is home and ((s.ended or as_of) - s.starts).days > _LONG_STAY_DAYS for s in child.stays)
    return {(True, True): "U1", (True, False): "U3", (False, True): "U4", (False, False): "U6"}[related, long]
