"""Facts of each child with each home: the way between them and how the one suits the other; columns of shape (n, m).

Each column is worked out when a rule first reads it. A column in which all children, or all homes, are alike keeps the
shape (n, 1) or (1, m).
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.answers import Answer, Bools, Fact, position
from matching.codes import HomeKind, PlaceKind, PriceAddOn, Setting, Staffing, Wanted
from matching.facts.asked import place_of, visited_places
from matching.facts.child import ChildFacts
from matching.facts.home import HomeFacts, may_be_asked
from matching.facts.likeness import by_row
from matching.facts.price_table import ANY_BAND, NO_PRICE, STAFFING_ADD_ONS
from matching.facts.terms import PurposeFacts, TermsFacts
from matching.facts.ways import Ways
from matching.needs import HIGHEST_LEVEL
from matching.pool import Pool, Seeker
from matching.values import plus_days

UNIVERSAL = 1
"""The level every registered or approved home is taken to meet where it has not said: ordinary good care."""


def journey_facts(pool: Pool, child: ChildFacts, home: HomeFacts, rows: slice | None = None) -> JourneyFacts:
    """The facts between the children of some rows, whose own facts are given, and all the homes of a pool."""
    return JourneyFacts(pool, child, home, pool.seekers if rows is None else pool.seekers[rows])


class JourneyFacts:
    """Facts of each child with each home. Distances are tenths of a mile in a straight line; money is whole pence."""

    def __init__(self, pool: Pool, child: ChildFacts, home: HomeFacts, seekers: tuple[Seeker, ...]) -> None:
        self._pool, self._child, self._home, self._seekers = pool, child, home, seekers
        self._ways = Ways(home.points, home.located)

    @cached_property
    def terms(self) -> TermsFacts:
        """Terms of approval in force on the first night."""
        return self._home.terms.on(self._child.first_night.values)

    @cached_property
    def purpose(self) -> PurposeFacts:
        """The statement of purpose in force on the first night."""
        return self._home.purposes.on(self._child.first_night.values)

    @cached_property
    def named(self) -> Answer:
        """Whether terms in force on the first night name the child."""
        return self._cells(self._named_in)

    @cached_property
    def being_left(self) -> Answer:
        """Whether the home is the one the child lives in today."""
        lives_in = [(row, one.lives_in) for row, one in enumerate(self._seekers)]
        index = self._pool.home_index
        return self._cells([(row, index[now.home]) for row, now in lives_in if now is not None and now.home in index])

    @cached_property
    def connected(self) -> Answer:
        """Whether the home is a connected person's and its terms name the child."""
        return self._cells([(row, at) for row, at in self._named_in if self._is_connected(at)])

    @cached_property
    def has_connected(self) -> Answer:
        """Whether some connected person who is available is approved for the child: shape (n, 1)."""
        found = np.zeros((len(self._seekers), 1), dtype=bool)
        for row, at in self._named_in:
            found[row] |= self._is_connected(at) and may_be_asked(self._pool.homes[at])
        return Answer(found)

    @cached_property
    def home_distance(self) -> Fact:
        """Tenths of a mile from the family home."""
        return self._ways.from_each([place_of(one, PlaceKind.FAMILY_HOME) for one in self._seekers])

    @cached_property
    def school_distance(self) -> Fact:
        """Tenths of a mile from school."""
        return self._ways.from_each([place_of(one, PlaceKind.SCHOOL) for one in self._seekers])

    @property
    def family_time(self) -> Fact:
        """Tenths of a mile each way times journeys a month, over ten, over family time and other places."""
        return self._family_time[0]

    @property
    def family_time_farthest(self) -> Fact:
        """Tenths of a mile to the farthest of those places."""
        return self._family_time[1]

    @cached_property
    def _family_time(self) -> tuple[Fact, Fact]:
        return self._ways.by_journeys([visited_places(one) for one in self._seekers])

    @property
    def sibling_distance(self) -> Fact:
        """Tenths of a mile from brothers and sisters who live elsewhere, summed."""
        return self._sibling_ways[0]

    @property
    def sibling_farthest(self) -> Fact:
        """Tenths of a mile from the one who lives farthest."""
        return self._sibling_ways[1]

    @cached_property
    def _sibling_ways(self) -> tuple[Fact, Fact]:
        return self._ways.from_several([self._home.siblings.get(one.child.id, ()) for one in self._seekers])

    @cached_property
    def has_siblings_elsewhere(self) -> Answer:
        """Whether a brother or sister lives elsewhere, does not wait and is not to live apart: shape (n, 1)."""
        return Answer(np.array([[one.child.id in self._home.siblings] for one in self._seekers], dtype=bool))

    @cached_property
    def avoided(self) -> Answer:
        """Whether the home stands inside a zone the child must avoid."""
        return self._ways.inside([one.asks.avoid for one in self._seekers])

    @cached_property
    def skills_missing(self) -> Fact:
        """Skills asked for by name that the home has not got today, as a set."""
        return Fact(self._child.skills.values & ~self._home.skills.values)

    @cached_property
    def skills_by_start(self) -> Answer:
        """Whether every skill asked for is there, or could be trained before the first night."""
        return self._by_row([self._ready(one) if one.asks.skills else None for one in self._seekers], otherwise=True)

    @cached_property
    def culture(self) -> Answer:
        """Whether the child's ethnicity is shared or supported; only for those who wish it."""
        return self._by_row([self._culture(one) for one in self._seekers], otherwise=None)

    @cached_property
    def religion(self) -> Answer:
        """Whether the child's religion is shared or supported; only for those who wish it."""
        return self._by_row([self._religion(one) for one in self._seekers], otherwise=None)

    @cached_property
    def language(self) -> Answer:
        """Whether a language of the child is spoken; only for those who wish it."""
        return self._by_row([self._language(one) for one in self._seekers], otherwise=None)

    @cached_property
    def suitability(self) -> Fact:
        """What the social worker says of the home's setting; only for fostering, residential and supported homes."""
        by_setting = {
            Setting.FOSTERING: self._child.fostering,
            Setting.RESIDENTIAL: self._child.residential,
            Setting.SUPPORTED: self._child.supported,
        }
        setting = self._home.setting
        said = [asked.values * setting.is_(one).yes.astype(np.int8) for one, asked in by_setting.items()]
        return Fact(said[0] + said[1] + said[2])

    @cached_property
    def purpose_takes_needs(self) -> Answer:
        """Whether every level of need is within what the statement of purpose accepts."""
        over = np.zeros((len(self._seekers), len(self._pool.homes)), dtype=bool)
        maybe = np.zeros_like(over)
        for need, highest in zip(self._child.levels, self.purpose.highest, strict=True):
            limit = highest.or_else(HIGHEST_LEVEL)
            if (limit < HIGHEST_LEVEL).any():
                over |= need.or_else(0) > limit
                maybe |= need.or_else(HIGHEST_LEVEL) > limit
        return Answer(~over, over | (self.purpose.on_record.yes & ~maybe))

    @property
    def need_gap(self) -> Fact:
        """Levels of need above what the home is known to meet, summed over the domains; not known without a profile."""
        return self._gaps[0]

    @property
    def need_gap_at_worst(self) -> Fact:
        """The same, with every level nobody has recorded at its worst."""
        return self._gaps[1]

    @cached_property
    def _gaps(self) -> tuple[Fact, Fact]:
        known = np.zeros((len(self._seekers), len(self._pool.homes)), dtype=np.int8)
        for need, can in zip(self._child.levels, self._home.levels, strict=True):
            known += _gap(need.or_else(0), can.or_else(HIGHEST_LEVEL))
        worst = known.copy()
        for need, can in zip(self._child.levels, self._home.levels, strict=True):
            if can.known is not None:
                unsaid = np.flatnonzero(~can.known[0])
                worst[:, unsaid] += _gap(need.or_else(0), np.array([[UNIVERSAL]], dtype=np.int8))
            if need.known is not None:
                unsaid = np.flatnonzero(~need.known[:, 0])
                worst[unsaid] += _gap(np.array([[HIGHEST_LEVEL]], dtype=np.int8), can.or_else(UNIVERSAL))
        profiled = self._child.profiled.values > 0
        certain = None if profiled.all() else profiled
        return Fact(known, certain), Fact(worst, certain)

    @cached_property
    def staffing_for_sale(self) -> Answer:
        """Whether the staff the child needs can be bought on top."""
        rows = [(can, np.ones_like(can)) if (can := self._staffing(one)[1]).any() else None for one in self._seekers]
        return self._by_row(rows, otherwise=False)

    @cached_property
    def base_price(self) -> Fact:
        """Pence a week by age and band of need; not known where the home has no such price."""
        bands = self._child.band.or_else(ANY_BAND)
        found = self._home.prices.base(self._child.age.values[:, 0], bands[:, 0])
        known = found != NO_PRICE
        return Fact(found, None if known.all() else known)

    @cached_property
    def add_ons(self) -> Fact:
        """Pence a week on top: staff beyond what the home has, therapy, education; shape (n, 1) when nobody needs any."""
        extra = [self._extra(one) for one in self._seekers]
        width = 1 if all(one is None for one in extra) else len(self._pool.homes)
        found = np.zeros((len(extra), width), dtype=np.int32)
        for row, one in enumerate(extra):
            if one is not None:
                found[row] = one
        return Fact(found)

    @cached_property
    def cost(self) -> Fact:
        """Pence a week: base and add-ons."""
        return self.base_price + self.add_ons

    def _extra(self, seeker: Seeker) -> NDArray[np.int32] | None:
        bought = [
            self._home.prices.add_on(one)
            for one in sorted(seeker.asks.add_ons & {PriceAddOn.THERAPY, PriceAddOn.EDUCATION})
        ]
        if seeker.asks.staffing in STAFFING_ADD_ONS:
            bought.append(self._staffing(seeker)[0])
        return np.sum(bought, axis=0, dtype=np.int32) if bought else None

    def _staffing(self, seeker: Seeker) -> tuple[NDArray[np.int32], Bools]:
        """What the staff that is missing costs, and where it can be bought, shape (m,)."""
        ratio = seeker.asks.staffing
        if ratio not in STAFFING_ADD_ONS:
            return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=bool)
        price, can = self._home.prices.staffing(ratio)
        enough = self._home.staffing.or_else(position(Staffing.STANDARD))[0] >= position(ratio)
        return np.where(enough, np.int32(0), price), can

    def _ready(self, seeker: Seeker) -> tuple[Bools, Bools]:
        ready = self._home.skill_table.ready(seeker.asks.skills, seeker.stay.first // 7)
        return ready, np.ones_like(ready)

    def _culture(self, seeker: Seeker) -> tuple[Bools, Bools] | None:
        if seeker.asks.culture is Wanted.NOT_REQUIRED or seeker.child.ethnicity is None:
            return None
        return self._home.likeness.culture(seeker.child.ethnicity)

    def _religion(self, seeker: Seeker) -> tuple[Bools, Bools] | None:
        if seeker.asks.religion is Wanted.NOT_REQUIRED or seeker.child.religion is None:
            return None
        return self._home.likeness.religion(seeker.child.religion)

    def _language(self, seeker: Seeker) -> tuple[Bools, Bools] | None:
        if seeker.asks.language is Wanted.NOT_REQUIRED or not seeker.child.languages:
            return None
        return self._home.likeness.language(seeker.child.languages)

    def _by_row(self, rows: list[tuple[Bools, Bools] | None], *, otherwise: bool | None) -> Answer:
        return by_row(rows, len(self._pool.homes), otherwise=otherwise)

    @cached_property
    def _named_in(self) -> list[tuple[int, int]]:
        found = []
        for row, one in enumerate(self._seekers):
            for at in self._home.named.get(one.child.id, ()):
                terms = self._pool.homes[at].approval_on(plus_days(self._pool.as_of, one.stay.first))
                if terms is not None and one.child.id in terms.named_children:
                    found.append((row, at))
        return found

    def _is_connected(self, at: int) -> bool:
        return self._pool.homes[at].kind is HomeKind.FOSTERING_CONNECTED

    def _cells(self, cells: list[tuple[int, int]]) -> Answer:
        found = np.zeros((len(self._seekers), len(self._pool.homes) if cells else 1), dtype=bool)
        for row, at in cells:
            found[row, at] = True
        return Answer(found)


def _gap(need: NDArray[np.signedinteger], can: NDArray[np.signedinteger]) -> NDArray[np.int8]:
    gap: NDArray[np.int8] = np.subtract(need, can, dtype=np.int8)
    np.maximum(gap, 0, out=gap)
    return gap
