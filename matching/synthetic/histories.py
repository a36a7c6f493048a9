"""How long children have been in care, and where they lived before: enough past to give the published movement."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, timedelta

from matching.codes import EndReason, HomeKind, Setting
from matching.synthetic.chance import Chance
from matching.synthetic.drafts import DraftChild, DraftHome, Stay
from matching.synthetic.families import Unit
from matching.synthetic.figures import Figures
from matching.synthetic.fitting import shared_out
from matching.synthetic.invented_children import born_at
from matching.values import age_on

YEAR = 365
_MONTHS = (34, 38, 42, 35, 31, 44, 40, 37, 45, 36, 33, 43)
"""Starts in each twelfth of the year in a county of 458 a year: within the published 28 to 53 a month."""
_STAYED = 0.655
"""Of those who started within the year, the share who are in care still."""
_LEAVING_AGES = ((0, 6.0), (1, 16.0), (5, 14.0), (10, 20.0), (16, 12.0), (18, 32.0))
_LEAVING_SPAN = {0: (0, 0), 1: (1, 4), 5: (5, 9), 10: (10, 15), 16: (16, 17), 18: (18, 18)}
_TWO_PLACEMENTS = 0.2
_MORE_THAN_THREE = ((4, 70.0), (5, 22.0), (6, 8.0))
_PLANNED = (
    (EndReason.PLANNED, 78.0),
    (EndReason.LOCAL_AUTHORITY, 12.0),
    (EndReason.OTHER, 6.0),
    (EndReason.CLOSURE, 2.0),
    (EndReason.APPROVAL_REMOVED, 2.0),
)
_UNPLANNED = (
    (EndReason.CARER_ASKED_BEHAVIOUR, 50.0),
    (EndReason.CARER_ASKED_OTHER, 18.0),
    (EndReason.CHILD_ASKED, 18.0),
    (EndReason.ALLEGATION, 9.0),
    (EndReason.STANDARDS_OF_CARE, 5.0),
)
_PRIMES = (37, 101, 211, 307)
_FREE_FOREVER = date(9999, 12, 31)


class Histories:
    """Gives everybody a past, home by home, never over the beds of a home on any night."""

    def __init__(self, figures: Figures, homes: list[DraftHome], as_of: date, chance: Chance) -> None:
        self._figures, self._as_of, self._chance = figures, as_of, chance
        self._homes = [home for home in homes if _had_others(home)]
        self._residential = {h.number for h in homes if h.kind.setting is Setting.RESIDENTIAL}
        self._window = as_of - timedelta(days=YEAR)

    def give(self, children: list[DraftChild], units: list[Unit]) -> list[DraftChild]:
        """A past for every child in care; returns the children who left within the year, with theirs."""
        starts = self._start_dates()
        self._enter(children, starts)
        moves = self._placements_in_year(children, units)
        for unit in units:
            self._settle_in(unit, moves)
        for child in sorted(children, key=lambda child: (-moves[child.number], child.number)):
            self._fill(child, moves[child.number])
        left = [self._leaver(len(children) + at, starts) for at in range(self._figures.ceased_in_year)]
        self._end_unplanned(children, left)
        return left

    def _start_dates(self) -> list[date]:
        """A date for each child who started within the year, by month as published, in random order."""
        counts = shared_out(self._figures.started_in_year, tuple(float(count) for count in _MONTHS))
        dates = []
        for month, count in enumerate(counts):
            first, last = month * YEAR // 12, (month + 1) * YEAR // 12 - 1
            dates += [self._as_of - timedelta(days=1 + self._chance.whole(first, last)) for _ in range(count)]
        return self._chance.shuffled(dates)

    def _enter(self, children: list[DraftChild], starts: list[date]) -> None:
        """Babies, and children without brothers or sisters in care first, started within the year; others before."""
        recent = round(len(starts) * _STAYED)
        babies = sorted((c for c in children if c.born > self._window), key=lambda c: (c.born, c.number), reverse=True)
        alone = self._chance.shuffled([c for c in children if c.born <= self._window and _alone(c)])
        alone.sort(key=lambda child: not child.uasc or self._chance.yes(0.4))
        for child in babies:
            child.since = self._after(child.born, starts)
        for child in alone[: recent - len(babies)]:
            child.since = starts.pop()
        for child in children:
            if child.since is None:
                child.since = self._long_ago(child)

    def _after(self, born: date, starts: list[date]) -> date:
        for at, day in enumerate(starts):
            if day >= born:
                return starts.pop(at)
        return born

    def _long_ago(self, child: DraftChild) -> date:
        """Children of one family came in together, or were born later; a third within two years."""
        first = child.family.members[0] if child.family else child
        if first is not child and first.since is not None and first.since <= self._window:
            return max(first.since, min(self._window, child.born + timedelta(days=self._chance.whole(1, 60))))
        most = max(1, (self._window - child.born).days)
        days = min(most, 1 + int(abs(self._chance.normal(0, 1_100))))
        return self._window - timedelta(days=days)

    def _placements_in_year(self, children: list[DraftChild], units: list[Unit]) -> dict[int, int]:
        """How many placements each child had in the twelve months, by the child's number."""
        many = round(len(children) * self._figures.three_or_more_per_mille / 1000)
        single = {unit[0].number for unit in units if len(unit) == 1}
        can = [c for c in children if c.home is not None and c.number in single and self._days_in_year(c) >= 120]
        can.sort(key=lambda child: -child.severity - 2.5 * self._chance.share())
        moves = {child.number: 1 for child in children}
        for at, child in enumerate(can[:many]):
            moves[child.number] = 3 if at >= self._figures.more_than_three else self._chance.weighted(_MORE_THAN_THREE)
        for child in can[many:]:
            if self._chance.yes(_TWO_PLACEMENTS):
                moves[child.number] = 2
        return moves

    def _days_in_year(self, child: DraftChild) -> int:
        return (self._as_of - max(child.since or self._as_of, self._window)).days

    def _settle_in(self, unit: Unit, moves: dict[int, int]) -> None:
        """The present placement began on one day for all who live there together and have not moved this year."""
        shared: date | None = None
        for child in sorted(unit, key=lambda c: (c.since or self._as_of, c.number), reverse=True):
            if child.home is None or child.since is None:
                continue
            starts = self._present_start(child, moves[child.number])
            if moves[child.number] == 1 and child.since < self._window:
                shared = starts if shared is None or shared < child.since else shared
                starts = shared
            child.stays = [Stay(child.home, starts)]
            child.home.past.append(child.stays[0])

    def _present_start(self, child: DraftChild, placements: int) -> date:
        since = child.since or self._as_of
        if placements > 1:
            span = self._days_in_year(child)
            return self._as_of - timedelta(days=self._chance.whole(4, max(5, span // placements)))
        if since >= self._window:
            return since
        return since + timedelta(days=self._chance.whole(0, (self._window - since).days))

    def _fill(self, child: DraftChild, placements: int) -> None:
        """Placements before the present one, back to the day the child came into care."""
        if not child.stays or child.since is None or child.stays[0].starts <= child.since:
            return
        first, last = child.since, child.stays[0].starts
        cuts = self._cuts(max(first, self._window), last, placements - 2) if placements > 1 else []
        if first < self._window:
            years = (self._window - first).days // 500
            cuts += self._cuts(first, min(last, self._window) - timedelta(days=20), min(3, years))
        days = sorted({first, last, *cuts})
        for starts, ended in itertools.pairwise(days):
            home = self._home_for(child, starts, ended)
            if home is not None:
                stay = Stay(home, starts, ended, self._chance.weighted(_PLANNED))
                child.stays.insert(len(child.stays) - 1, stay)
                home.past.append(stay)

    def _cuts(self, first: date, last: date, count: int) -> list[date]:
        """So many days between two, evenly with some chance, at least three days apart."""
        span = (last - first).days
        if count < 1 or span < 4 * (count + 1):
            return []
        step = span // (count + 1)
        jitter = max(0, step // 2 - 2)
        return [first + timedelta(days=step * (at + 1) + self._chance.whole(-jitter, jitter)) for at in range(count)]

    def _home_for(self, child: DraftChild, starts: date, ended: date) -> DraftHome | None:
        """A home that had a bed on every night and is approved for the child's age then; None when there is none."""
        youngest, oldest = min(17, age_on(child.born, starts)), min(17, age_on(child.born, ended))
        for home in self._in_random_order():
            if self._suits(home, child, youngest, oldest) and self._had_a_bed(home, starts, ended):
                return home
        return None

    def _in_random_order(self) -> Iterator[DraftHome]:
        """Every home once, from a random one on in steps of a prime that does not divide their number."""
        number = len(self._homes)
        at, step = self._chance.whole(0, number - 1), self._chance.one([p for p in _PRIMES if number % p])
        for _ in range(number):
            yield self._homes[at]
            at = (at + step) % number

    def _suits(self, home: DraftHome, child: DraftChild, youngest: int, oldest: int) -> bool:
        ages = home.ages
        if ages is None or youngest < ages.youngest or oldest > ages.oldest or home is child.home:
            return False
        if home.number in self._residential:
            return youngest >= 10 and child.severity > 2.0
        return not home.named

    def _had_a_bed(self, home: DraftHome, starts: date, ended: date) -> bool:
        beds = (home.beds if home.effective is None else home.effective) - home.staying_put
        taken = sum(stay.starts < ended and starts < (stay.ended or _FREE_FOREVER) for stay in home.past)
        return taken < min(beds, 3 if home.kind.setting is Setting.FOSTERING else beds)

    def _leaver(self, number: int, starts: list[date]) -> DraftChild:
        """A child who left care within the year: to family, to adoption, or at eighteen."""
        age = self._chance.whole(*_LEAVING_SPAN[self._chance.weighted(_LEAVING_AGES)])
        recent = bool(starts) and age < 18
        since = starts.pop() if recent else self._window - timedelta(days=1 + int(abs(self._chance.normal(0, 700))))
        first = max(since + timedelta(days=3), self._window)
        last = self._as_of - timedelta(days=1)
        ended = first + timedelta(days=self._chance.whole(0, max(0, (last - first).days)))
        ended = min(ended, last)
        born = born_at(age, ended, self._chance)
        if age == 18:
            born = date(ended.year - 18, ended.month, min(ended.day, 28))
            ended = date(ended.year, ended.month, min(ended.day, 28))
        since = max(since, born)
        child = DraftChild(number, None, age, born, severity=min(3.0, abs(self._chance.normal(1.5, 0.5))), since=since)
        child.left = ended
        home = self._home_for(child, since, ended) if since < ended else None
        if home is not None:
            stay = Stay(home, since, ended, EndReason.PLANNED)
            child.stays.append(stay)
            home.past.append(stay)
        return child

    def _end_unplanned(self, children: list[DraftChild], left: list[DraftChild]) -> None:
        """Marks as unplanned the published share of the placements that were open within the year."""
        open_in_year = sum(
            stay.ended is None or stay.ended > self._window for child in [*children, *left] for stay in child.stays
        )
        ended = [
            stay
            for child in sorted(children, key=lambda c: (-len(c.stays), c.number))
            for stay in child.stays
            if stay.ended is not None and stay.ended > self._window
        ]
        count = round(open_in_year * self._figures.unplanned_per_mille / 1000)
        for stay in self._chance.some(ended[: 3 * count], count):
            stay.reason = self._chance.weighted(_UNPLANNED)


def _had_others(home: DraftHome) -> bool:
    """Whether other children may have lived there before: ordinary, supported and shared residential homes."""
    setting = home.kind.setting
    ordinary = home.kind is HomeKind.FOSTERING_MAINSTREAM or setting in (Setting.RESIDENTIAL, Setting.SUPPORTED)
    return ordinary and not home.solo and not home.very_high_cost


def _alone(child: DraftChild) -> bool:
    return child.family is None or len(child.family.members) == 1
