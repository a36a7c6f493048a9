"""The match report as PDF: one page of A4, in a typeface that has Latin, Greek and Cyrillic, the same bytes each time."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Self

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

from app.pages.report.stood import HomeReported, Report
from app.pages.words import counted

FONTS = Path(__file__).resolve().parent.parent / "fonts"
FAMILY = "DejaVu"
MARGIN = 14
SIZES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
"""Points, from the largest that reads well; a long report is set smaller until it fits one page."""


class Sheet(FPDF):
    """One page of A4 in one size of type."""

    def __init__(self, size: float, at: datetime) -> None:
        super().__init__(format="A4")
        self.set_creation_date(at)
        self.set_margin(MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN)
        self.add_font(FAMILY, "", FONTS / "DejaVuSans.subset.ttf")
        self.add_font(FAMILY, "B", FONTS / "DejaVuSans-Bold.subset.ttf")
        typeface = self.fonts[FAMILY.lower()]
        assert isinstance(typeface, TTFFont), "a typeface of our own"
        self.letters = frozenset(typeface.cmap)
        self.size = size
        self.spelled_out = False
        """Whether any letter was named because the typeface does not have it."""
        self.add_page()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Lets go of the files of the typefaces, which are read as they are needed."""
        for typeface in self.fonts.values():
            if isinstance(typeface, TTFFont):
                typeface.ttfont.close()

    def drawable(self, words: str) -> str:
        """The words; letters that the typeface does not have are named in their place, so that none is lost unseen."""
        parts = []
        for drawn, run in groupby(words, key=lambda letter: letter.isspace() or ord(letter) in self.letters):
            said = "".join(run)
            self.spelled_out = self.spelled_out or not drawn
            parts.append(said if drawn else named(said))
        return "".join(parts)

    def says(self, words: str, style: str = "", larger: float = 0, after: float = 0) -> None:
        """A paragraph over the whole width."""
        size = self.size + larger
        self.set_font(FAMILY, style, size)
        self.multi_cell(0, size * 0.47, self.drawable(words), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(after)

    def heading(self, words: str) -> None:
        """The heading of a part."""
        self.ln(1.5)
        self.says(words, "B", 2, 0.8)

    def line(self, name: str, words: str) -> None:  # type: ignore[override]  # ours is of words
        """A name in bold, and what it is."""
        self.set_font(FAMILY, "B", self.size)
        width = 45
        top = self.get_y()
        self.multi_cell(width, self.size * 0.47, self.drawable(name), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        below, page = self.get_y(), self.page
        self.set_xy(self.l_margin + width + 2, top)
        self.set_font(FAMILY, "", self.size)
        self.multi_cell(0, self.size * 0.47, self.drawable(words), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        if self.page == page:
            self.set_y(max(below, self.get_y()))
        self.ln(0.6)

    def points(self, lines: Iterable[str]) -> None:
        """A list."""
        for one in lines:
            self.says(f"\N{BULLET} {one}")


def named(letters: str) -> str:
    """Letters in words, in brackets: how many in which script, and other signs by their names."""
    found = []
    for is_letter, run in groupby(letters, key=lambda letter: unicodedata.category(letter)[0] in "LM"):
        signs = list(run)
        if is_letter:
            script = _name(signs[0]).split()[0].capitalize()
            found.append(f"{counted(len(signs), 'letter')} in {'Chinese' if script == 'Cjk' else script} script")
        else:
            found.append(", ".join(_name(sign).lower() for sign in signs))
    return f"[{', '.join(found)}]"


def _name(sign: str) -> str:
    return unicodedata.name(sign, "UNKNOWN SIGN")


def pdf(report: Report, at: datetime) -> bytes:
    """The report on one page: in the largest type in which it fits. What does not fit in the smallest runs on."""
    with fitted(report, at) as sheet:
        return bytes(sheet.output())


def fitted(report: Report, at: datetime) -> Sheet:
    """The report, set in the largest type in which it fits one page; to be closed."""
    for size in SIZES[:-1]:
        made = _set(report, size, at)
        if made.page == 1:
            return made
        made.__exit__()
    return _set(report, SIZES[-1], at)


def _set(report: Report, size: float, at: datetime) -> Sheet:
    sheet = Sheet(size, at)
    sheet.set_title(report.title)
    sheet.set_lang("en-GB")
    sheet.says(f"{report.title} ({report.own_reference})", "B", 5, 0.5)
    sheet.says(f"{report.authority}. {report.stood}", after=1)
    sheet.line("For", "; ".join(report.children))
    sheet.line("Wanted", report.wanted)
    sheet.heading("What the child says")
    for view in report.views:
        sheet.line(view.name, view.says)
    if report.homes:
        sheet.heading(report.homes_heading)
    for home in report.homes:
        _home(sheet, home)
    if report.ways:
        sheet.heading("Ways that stood beside one another")
        _ways(sheet, report)
    if report.decision:
        sheet.heading("Decision")
    for line in report.decision:
        sheet.line(line.name, line.says)
    if sheet.spelled_out:
        sheet.ln(1)
        sheet.says("In square brackets: letters that this sheet has no type for. The page of this report shows them.")
    sheet.ln(2)
    sheet.says(f"Software proposes; a named person decides. {report.made}.", larger=-1)
    return sheet


def _home(sheet: Sheet, home: HomeReported) -> None:
    sheet.says(f"{home.title}, for {home.children}. {home.costs}", "B", after=0.3)
    if home.fits:
        sheet.line("Why it fits", "; ".join(home.fits))
    sheet.line("What it lacks", " ".join(home.lacks) or "Nothing that any rule asks for")
    sheet.line("Sign-offs", "; ".join(home.sign_offs) or "None needed")
    sheet.ln(0.8)


def _ways(sheet: Sheet, report: Report) -> None:
    sheet.set_font(FAMILY, "", sheet.size)
    with sheet.table(
        col_widths=(12, 70, 22, 28, 26),
        line_height=sheet.size * 0.5,
        text_align=("LEFT", "LEFT", "RIGHT", "RIGHT", "RIGHT"),
    ) as table:
        table.row(("Rank", "Homes", "Sign-offs", "A week", "Points"))
        for way in report.ways:
            homes = f"{way.homes} (chosen)" if way.chosen else way.homes
            table.row((str(way.rank), sheet.drawable(homes), str(way.sign_offs), way.weekly, way.points))
