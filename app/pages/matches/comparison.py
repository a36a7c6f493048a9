"""Two to four homes side by side: the same questions asked of each, reasons first and points last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.pages.facts import Fact
from app.pages.matches.cards import STRAIGHT_LINE, Cards, HomeShown, Said
from app.pages.matches.proposed import ViewShown, views_shown
from app.pages.typed import NOTHING_TYPED, FieldError, Typed
from app.pages.words import counted
from app.services.options import Comparison, Options
from matching.explanations import Verdict
from matching.shortlist_answers import HomeOption

FEWEST, MOST = 2, 4
VERDICTS = {
    Verdict.FITS: ("Can be proposed", "green"),
    Verdict.FITS_WITH_SIGN_OFFS: ("Can be proposed with sign-offs", "purple"),
    Verdict.TO_CHECK: ("A fact must be checked first", "orange"),
    Verdict.NEAR_MISS: ("One lawful change away", "yellow"),
    Verdict.BLOCKED: ("Cannot be proposed", "red"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What is to say of one home on one question."""

    home: str
    lines: tuple[str, ...] = ()
    lacks: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One question, and each home's answer."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """One home at the top of its column."""

    reference: str
    kind: str
    sector: str
    children: str
    verdict: str
    colour: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The page."""

    template: ClassVar[str] = "matches/compare.html"

    reference: str
    homes: tuple[Head, ...]
    rows: tuple[Row, ...]
    views: tuple[ViewShown, ...]
    note: str
    may_offer: bool
    straight_line: str = STRAIGHT_LINE

    @property
    def title(self) -> str:
        """Of the page."""
        return f"Compare {counted(len(self.homes), 'home')} for {self.reference}"

    @property
    def base(self) -> str:
        """Below which every page of this referral is."""
        return f"/referrals/{self.reference}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TooFew:
    """Instead of the page, when there is nothing to lay side by side."""

    template: ClassVar[str] = "matches/too_few.html"

    reference: str
    title: str = "Choose two to four homes to compare"
    typed: Typed = NOTHING_TYPED


def too_few(reference: str) -> TooFew:
    """Says what to do."""
    wrong = FieldError("homes", "Choose at least two homes", "back-to-matches")
    return TooFew(reference=reference, typed=Typed(errors=(wrong,)))


def home_of(key: str) -> str:
    """The reference of the home that a key of the form names."""
    return key.partition(":")[0]


def compared(comparison: Comparison, keys: Sequence[str], reference: str, *, note: str, may_offer: bool) -> Compared:
    """The page, from what was read."""
    options, cards = comparison.options, Cards(comparison.options)
    shown, heads = [], []
    for key, why in zip(keys, comparison.whys, strict=True):
        option = _of_some(options, key)
        card = cards.whole(why) if option is None else cards.of(option)
        verdict = why.verdict if option is None else _verdict(option)
        words, colour = VERDICTS[verdict]
        shown.append(card)
        heads.append(Head(card.reference, card.kind, card.sector, card.children, words, colour, card.key))
    return Compared(
        reference=reference,
        homes=tuple(heads),
        rows=_rows(shown, _ranks(options, shown)),
        views=views_shown(options, cards, reference),
        note=note,
        may_offer=may_offer,
    )


def _of_some(options: Options, key: str) -> HomeOption | None:
    """The home as it stands in a way that sends only some of the children there."""
    home, _, children = key.partition(":")
    wanted = frozenset(children.split(":")) if children else frozenset()
    every = (option for entry in options.shortlist.entries for option in entry.homes)
    return next((one for one in every if one.home == home and frozenset(one.children) == wanted), None)


def _verdict(option: HomeOption) -> Verdict:
    return Verdict.FITS_WITH_SIGN_OFFS if option.sign_offs else Verdict.FITS


def _ranks(options: Options, shown: Sequence[HomeShown]) -> list[str]:
    found = []
    for card in shown:
        ranks = (
            entry.rank for entry in options.shortlist.entries if any(one.home == card.reference for one in entry.homes)
        )
        rank = next(ranks, None)
        points = sum(line.points for line in card.points)
        where = "not among the ways proposed" if rank is None else f"first in way {rank}"
        found.append(f"{points:,} points (fewer is better); {where}")
    return found


def _rows(shown: Sequence[HomeShown], ranks: Sequence[str]) -> tuple[Row, ...]:
    """The questions, in the order in which they are worth asking."""
    said: list[tuple[str, Callable[[HomeShown], Sequence[str]]]] = [
        ("Why it fits", lambda home: home.fits),
        ("Beside what was wished for", lambda home: _facts(home.wishes)),
        ("Miles, straight line", lambda home: _facts(home.miles)),
        ("A week costs", lambda home: (home.weekly, *(home.price if len(home.price) > 1 else ()))),
        ("Confirmed", lambda home: (home.confirmed,)),
        ("Asked for this search", lambda home: (home.asked or "Not asked",)),
        ("Declined before", lambda home: home.declines or ("Nothing on record",)),
    ]
    rows = [_row(name, shown, lines) for name, lines in said]
    lacks = Row("What it lacks, and what would close the gap", tuple(_lacks(home) for home in shown))
    pictures = [_row(name, shown, _fact(name)) for name in _names(shown)]
    ranked = Row("Ranked", tuple(Cell(home.reference, (rank,)) for home, rank in zip(shown, ranks, strict=True)))
    return (rows[0], lacks, *rows[1:], *pictures, ranked)


def _row(name: str, shown: Sequence[HomeShown], lines: Callable[[HomeShown], Sequence[str]]) -> Row:
    return Row(name, tuple(Cell(home.reference, tuple(lines(home)) or ("Nothing to say",)) for home in shown))


def _lacks(home: HomeShown) -> Cell:
    if not home.lacks:
        return Cell(home.reference, ("Nothing that any rule asks for",))
    return Cell(home.reference, lacks=home.lacks)


def _names(shown: Sequence[HomeShown]) -> list[str]:
    return list(dict.fromkeys(fact.name for home in shown for fact in home.picture))


def _fact(name: str) -> Callable[[HomeShown], Sequence[str]]:
    return lambda home: tuple(fact.says for fact in home.picture if fact.name == name) or ("Not recorded",)


def _facts(found: Sequence[Fact]) -> tuple[str, ...]:
    return tuple(f"{fact.name}: {fact.says}" for fact in found)
