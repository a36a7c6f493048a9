"""Fills in what our records do not hold, as somebody who sends a return would, to see that nothing else is wrong."""

from __future__ import annotations

from matching.statutory_return import Cells, StatutoryReturn


def completed(told: StatutoryReturn) -> StatutoryReturn:
    """The same return with every blank that comes of what we do not hold filled with something that may be."""
    uasc = {row["CHILD"] for row in told.unaccompanied}
    return StatutoryReturn(
        told.year,
        tuple(_header(row) for row in told.header),
        tuple(_episode(row, uasc) for row in told.episodes),
        told.unaccompanied,
    )


def _header(row: Cells) -> Cells:
    letters = row["SEX"] in {"M", "F", "U"}
    sex = row["SEX"] if row["SEX"] not in {"U", ""} else ("M" if letters else "1")
    return {**row, "SEX": sex, "UPN": row["UPN"] or "UN5", "MOTHER": "0" if sex in {"F", "2"} else ""}


def _episode(row: Cells, uasc: set[str]) -> Cells:
    short = row["LS"] in {"V3", "V4"}
    elsewhere = next(one for one in ("NR1 3JU", "NR2 4HU") if one != row["PL_POST"])
    return {
        **row,
        "LS": row["LS"] or "V2",
        "CIN": row["CIN"] or ("N8" if row["CHILD"] in uasc else "N1"),
        "REC": row["REC"] or ("E8" if row["DEC"] else ""),
        "HOME_POST": row["HOME_POST"] or ("" if short or row["CHILD"] in uasc else elsewhere),
        "URN": row["URN"] or ("" if short else "XXXXXXX"),
    }
