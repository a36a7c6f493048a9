"""Care histories: who was looked after, where and when, as the statutory return (SSDA903) has it.

No names, no local numbers of children and no postcodes: a child is known by a pseudonym, a place by its point.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import NewType
from uuid import UUID, uuid5

from matching.codes import LegalStatus, Sex
from matching.codes.ssda903 import CollectionYear, PlacementCategory, ReasonNewEpisode, placement_category
from matching.errors import DomainError, Fault, Invalid
from matching.geography import Point, statutory_miles_between
from matching.values import AuthorityCode, AuthorityId, age_on

ChildPseudonym = NewType("ChildPseudonym", UUID)
"""Stands for a child's local number: the same child of the same authority has the same one in every year."""

_SHORT_BREAKS = frozenset({LegalStatus.V3_SHORT_BREAKS_EACH_RECORDED, LegalStatus.V4_SHORT_BREAKS_AGREEMENT_RECORDED})


def pseudonym(authority: AuthorityId, local_number: str) -> ChildPseudonym:
    """The pseudonym of a child's local number (CHILD). Two authorities' same number give different ones."""
    return ChildPseudonym(uuid5(authority, f"ssda903:{local_number}"))


@dataclass(frozen=True, slots=True)
class KeptPlace:
    """Where a home or placement is: its point, and the authority it lies in when known. The postcode is not kept."""

    point: Point
    authority: AuthorityCode | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """A stretch of care under one legal status in one placement; the child sleeps there from `begins` until `ends`.

    A new episode is not a move: see `is_carer_move`.
    """

    begins: date
    """DECOM."""
    ends: date | None = None
    """DEC, the day it ceased: the next episode, if any, begins on that same day. None while it goes on."""
    reason_new: ReasonNewEpisode
    """RNE."""
    legal_status: LegalStatus
    need: str | None = None
    """CIN, a code of `codes.ssda903.NEEDS`."""
    placement: str
    """PLACE, a code of `codes.ssda903.PLACEMENTS`."""
    provider: str | None = None
    """PLACE_PROVIDER, a code of `codes.ssda903.PROVIDERS`; None for temporary and other placements."""
    reason_ceased: str | None = None
    """REC, a code of `codes.ssda903.ENDINGS`; X1 when another episode follows."""
    reason_place_change: str | None = None
    """REASON_PLACE_CHANGE, a code of `codes.ssda903.PLACE_CHANGES`."""
    home: KeptPlace | None = None
    """Where the child's own home is (HOME_POST), when it could be found."""
    place: KeptPlace | None = None
    """Where the placement is (PL_POST), when it could be found."""
    urn: str | None = None
    """The Ofsted number of the home or agency; None when blank or XXXXXXX."""

    def __post_init__(self) -> None:
        if self.ends is not None and self.ends < self.begins:
            raise Invalid([Fault("ends", "The episode ceased before it began", "Give a day on or after it began")])

    @property
    def is_carer_move(self) -> bool:
        """Whether the child came to other carers when it began (RNE S, P or B)."""
        return self.reason_new.is_carer_move

    @property
    def category(self) -> PlacementCategory:
        """Fostering, residential, supported or other."""
        return placement_category(self.placement)

    @property
    def is_short_break(self) -> bool:
        """Whether it is a series of short breaks (V3 or V4), which the published counts of children leave out."""
        return self.legal_status in _SHORT_BREAKS

    @property
    def miles(self) -> float | None:
        """From home to placement as the return measures it: metres / 1000 / 1.6093, one decimal. None if not known."""
        if self.home is None or self.place is None:
            return None
        return statutory_miles_between(self.home.point, self.place.point)

    def holds(self, day: date) -> bool:
        """Whether the child is in the episode on the night of a day."""
        return self.begins <= day and (self.ends is None or day < self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class CareHistory:
    """One child's time in care, as far as the returns that were read in tell it."""

    child: ChildPseudonym
    sex: Sex
    born: date
    ethnicity: str | None = None
    """A code of `codes.ssda903.ETHNICITIES`."""
    unaccompanied: bool = False
    """Whether the child was ever recorded as an unaccompanied asylum-seeking child."""
    unaccompanied_until: date | None = None
    """DUC, the day that status ceased or will cease, when given."""
    episodes: tuple[Episode, ...] = ()
    """In the order in which they began; they do not overlap, but there may be gaps between times in care."""

    def age_on(self, day: date) -> int:
        """Age in completed years."""
        return age_on(self.born, day)

    def episode_on(self, day: date) -> Episode | None:
        """The episode of the night of a day; None when the child is not in care."""
        return next((e for e in reversed(self.episodes) if e.holds(day)), None)

    @property
    def carer_moves(self) -> tuple[Episode, ...]:
        """The episodes that began with other carers."""
        return tuple(e for e in self.episodes if e.is_carer_move)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityHistory:
    """Every care history of one authority over the collection years that were read in, the newest word on each."""

    authority: AuthorityId
    years: tuple[CollectionYear, ...]
    """The years read in, in order. A year in between that was not read in leaves a gap in what is known."""
    children: tuple[CareHistory, ...]
    """In the order of their pseudonyms."""

    @property
    def without_ending(self) -> int:
        """How many times in care ended without a reason: told of in one year and no more in the next."""
        return sum(
            one.ends is not None and one.reason_ceased is None and (after is None or after.begins > one.ends)
            for child in self.children
            for one, after in zip(child.episodes, (*child.episodes[1:], None), strict=True)
        )

    @property
    def known_from(self) -> date:
        """The first day of the first year. Who left before it is not in the returns at all."""
        return self.years[0].first_day

    @property
    def known_until(self) -> date:
        """The last day of the last year: what happened after it is not known."""
        return self.years[-1].last_day


def join_years(authority: AuthorityId, by_year: Mapping[CollectionYear, Sequence[CareHistory]]) -> AuthorityHistory:
    """Every child's history over several years' returns, where each return tells of its own year only.

    Of two returns that tell of the same episode (the day it began), the newer has the last word, and so it has on the
    child. An episode that goes on at the end of a year and is not in the next year's return has no known ending: it is
    taken to have ended on that last day, without a reason (see `without_ending`). Raises DomainError for no year.
    """
    years = tuple(sorted(by_year))
    if not years:
        raise DomainError("No return is on record. Load one with: python3 dev.py load903 DIR")
    episodes: dict[ChildPseudonym, dict[date, Episode]] = {}
    newest: dict[ChildPseudonym, CareHistory] = {}
    for year in years:
        for child in by_year[year]:
            known = episodes.setdefault(child.child, {})
            _end_what_is_told_no_more(known, year.first_day)
            known.update((one.begins, one) for one in child.episodes)
            newest[child.child] = child
        following = {child.child for child in by_year[year]}
        for gone in episodes.keys() - following:
            _end_what_is_told_no_more(episodes[gone], year.first_day)
    children = (
        replace(newest[child], episodes=without_overlaps(tuple(one for _, one in sorted(found.items()))))
        for child, found in sorted(episodes.items())
    )
    return AuthorityHistory(authority=authority, years=years, children=tuple(children))


def _end_what_is_told_no_more(known: dict[date, Episode], day: date) -> None:
    """Ends, on the first day of the year that should have told of it, what went on before; a return may yet tell."""
    for begins, one in known.items():
        if one.ends is None and begins < day:
            known[begins] = replace(one, ends=day)


def without_overlaps(episodes: Sequence[Episode]) -> tuple[Episode, ...]:
    """The same episodes, in order, each ended at the latest when the next begins."""
    cut = [
        one if one.ends is not None and one.ends <= after.begins else replace(one, ends=after.begins)
        for one, after in pairwise(episodes)
    ]
    return (*cut, *episodes[-1:])
