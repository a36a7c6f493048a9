"""Facts about the children who would live together in a home: those who would move in and those already there.

One definition serves a single child with every home (a grid) and a long list of intakes (the sets of children the
solver considers moving into one home), so the ranking, the plan and its checker cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.answers import Answer, Fact, position
from matching.codes import LivingWith, OtherChildrenSex
from matching.facts.joiners import joiners_of, numbered_groups, pairs_of, rooms_of, sibling_weights
from matching.facts.residents import FAR_FUTURE, FAR_PAST, MIXED, NOBODY, ResidentColumns
from matching.policy import Policy
from matching.pool import NIGHTS_AHEAD, Pool, Window
from matching.rules.parameters import Parameters

NO_CHILD = -1
"""Pads a set of children in an array of intakes."""

Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LivingFacts:
    """What would be so if the children moved in; every column has the shape of the intakes."""

    joining: Fact
    """Children who would move in."""
    beds_short: Fact
    """Most beds missing on any night of the stay; 0 or less when there is room. Bounded at the 26 weeks ahead."""
    beds: Fact
    occupants: Fact
    """Most people living there on any night of the stay, with those moving in."""
    number: Fact
    """Most children by the terms of approval, or by the statement of purpose of any other home."""
    emergency_outside_terms: Answer
    """Every search is an emergency and the carers are approved in full: care outside the terms may be agreed."""
    has_purpose: Answer
    """A home that goes by a statement of purpose."""
    fostering: Answer
    residential: Answer
    shared: Answer
    """Shared supported accommodation."""
    foster_children: Fact
    """Most children under 18 living there on any night of the stay, with those moving in."""
    all_siblings: Answer
    """Everybody who would live there belongs to one sibling group."""
    not_exempt: Fact
    """Children moving in whom no exemption of the home names."""
    residents: Fact
    """People who live there at some time of the stay."""
    others: Fact
    """Others each child would live with: the residents and the others moving in."""
    solo_home: Answer
    asks_solo: Answer
    """Somebody moving in must live with no other child."""
    never_with: Fact
    """Pairs who must never live together."""
    risk_beside_vulnerable: Answer
    """Somebody who is a high risk to others would live beside somebody vulnerable, other than a sibling moving in."""
    age_wishes_broken: Fact
    """Children moving in who should live only with older, or only with younger, children and would not."""
    sex_wishes_broken: Fact
    """Children moving in who should live only with children of one sex and would not; siblings aside."""
    age_spread: Fact
    """Whole years between the youngest and the eldest who would live there."""
    rooms_short: Fact
    """Children of an age for their own bedroom beyond the bedrooms there are."""
    may_share: Answer
    required_parted: Fact
    """Brothers and sisters whom a child moving in must live with and would not."""
    apart_joined: Fact
    """Brothers and sisters assessed to live apart who would live together."""
    impact_assessed: Answer


class LivingTogether:
    """Gives the facts of living together for any children of one pool in any of its homes."""

    def __init__(self, pool: Pool, parameters: Parameters, policy: Policy) -> None:
        groups = numbered_groups(pool)
        self.pool = pool
        self.joiners = joiners_of(pool, groups, parameters)
        self.rooms = rooms_of(pool)
        self.pairs = pairs_of(pool)
        self.residents = ResidentColumns(pool, groups, parameters["own_bedroom_age"])
        self._between, self._at_home, self.siblings_total = sibling_weights(pool, policy.sibling_pairs)

    def grid(self, rows: slice) -> LivingFacts:
        """Each child of some rows alone in every home: shape (rows, homes)."""
        children = np.arange(len(self.pool.seekers), dtype=np.int64)[rows]
        return self._facts(children[:, None, None], np.arange(len(self.pool.homes), dtype=np.int64)[None, :])

    def intakes(self, children: Indices, homes: Indices) -> LivingFacts:
        """Sets of children in homes: children (k, s) by row, padded with NO_CHILD at the end; homes (k,) by column."""
        return self._facts(children, homes)

    def together_weight(self, children: Indices, homes: Indices) -> NDArray[np.int64]:
        """What it weighs that siblings live together, for each intake (children (k, s), homes (k,)): shape (k,)."""
        found = np.zeros(len(homes), dtype=np.int64)
        for at in range(children.shape[1]):
            found += self._at_home.look_up(children[:, at], homes)
            for other in range(at + 1, children.shape[1]):
                found += np.where(
                    children[:, other] >= 0, self._between.look_up(children[:, at], children[:, other]), 0
                )
        return found

    def _facts(self, children: Indices, homes: Indices) -> LivingFacts:
        return _Intakes(self, children, homes).facts()


class _Intakes:
    """One shape of intakes while their facts are worked out."""

    def __init__(self, base: LivingTogether, children: Indices, homes: Indices) -> None:
        self._pool, self._joiners, self._rooms = base.pool, base.joiners, base.rooms
        self._pairs, self._columns = base.pairs, base.residents
        self._kids = [children[..., at] for at in range(children.shape[-1])]
        self._there = [kid >= 0 for kid in self._kids]
        self._homes = homes

    def facts(self) -> LivingFacts:
        """Every column, in the order of LivingFacts."""
        rooms, homes = self._rooms, self._homes
        joining, residents = self._joining, self._resident("count")
        short, beds = self._beds_short(), rooms.beds[homes]
        number_known = None if rooms.number.known is None else rooms.number.known[homes]
        eldest, youngest = self._eldest_and_youngest
        return LivingFacts(
            joining=Fact(joining),
            beds_short=Fact(short),
            beds=Fact(beds),
            occupants=Fact(short + beds),
            number=Fact(rooms.number.values[homes], number_known),
            emergency_outside_terms=Answer((rooms.approved_in_full[homes] > 0) & ~self._any(self._joiners.planned)),
            has_purpose=Answer(rooms.purposed[homes] > 0),
            fostering=Answer(rooms.fostering[homes] > 0),
            residential=Answer(rooms.residential[homes] > 0),
            shared=Answer(rooms.shared[homes] > 0),
            foster_children=Fact(self._resident("foster_children") + joining - self._with_home("held")),
            all_siblings=Answer(self._all_siblings()),
            not_exempt=Fact(joining - self._with_home("exempt")),
            residents=Fact(residents),
            others=Fact(residents + joining - 1),
            solo_home=Answer(rooms.solo_only[homes] > 0),
            asks_solo=Answer(self._any(self._joiners.living_with == position(LivingWith.SOLO))),
            never_with=Fact(self._between("never") + self._with_home("never_resident")),
            risk_beside_vulnerable=self._risk_beside_vulnerable(),
            age_wishes_broken=Fact(self._age_wishes_broken()),
            sex_wishes_broken=Fact(self._sex_wishes_broken()),
            age_spread=Fact(np.maximum(youngest - eldest, 0) * 4 // 1461),
            rooms_short=self._rooms_short(),
            may_share=Answer(rooms.may_share[homes] > 0),
            required_parted=Fact(self._required_parted()),
            apart_joined=Fact(self._between("apart") + self._with_home("apart_resident")),
            impact_assessed=Answer(rooms.impact_assessed[homes] > 0),
        )

    @cached_property
    def _joining(self) -> NDArray[np.int16]:
        return self._sum(np.ones(len(self._pool.seekers), dtype=np.int16))

    def _sum(self, column: NDArray[np.int16]) -> NDArray[np.int16]:
        parts = [np.where(there, column[kid], 0) for kid, there in zip(self._kids, self._there, strict=True)]
        total: NDArray[np.int16] = np.sum(parts, axis=0, dtype=np.int16)
        return total

    def _any(self, column: NDArray[np.bool_]) -> NDArray[np.bool_]:
        found = self._there[0] & column[self._kids[0]]
        for kid, there in zip(self._kids[1:], self._there[1:], strict=True):
            found = found | (there & column[kid])
        return found

    @cached_property
    def _stays(self) -> tuple[NDArray[np.int64], tuple[Window, ...]]:
        """Which stay spans all who move in, by intake, and those stays."""
        first = np.array([stay.first for stay in self._joiners.stays] or [0], dtype=np.int64)
        end = np.array([stay.end for stay in self._joiners.stays] or [1], dtype=np.int64)
        stay = self._joiners.stay if len(self._joiners.stay) else np.zeros(1, dtype=np.int64)
        firsts = [np.where(t, first[stay[k]], NIGHTS_AHEAD) for k, t in zip(self._kids, self._there, strict=True)]
        ends = [np.where(t, end[stay[k]], 0) for k, t in zip(self._kids, self._there, strict=True)]
        spans = np.minimum.reduce(firsts) * (NIGHTS_AHEAD + 1) + np.maximum.reduce(ends)
        distinct, number = np.unique(spans, return_inverse=True)
        stays = tuple(Window(int(span) // (NIGHTS_AHEAD + 1), int(span) % (NIGHTS_AHEAD + 1)) for span in distinct)
        return number.reshape(spans.shape).astype(np.int64), stays

    @cached_property
    def _rows(self) -> NDArray[np.int64]:
        return self._columns.rows(self._stays[1])

    def _resident(self, name: str) -> NDArray[np.int16]:
        """A column about the residents during each intake's stay."""
        number, rows = self._stays[0], self._rows
        if not len(rows):  # no intake at all
            return np.zeros(number.shape, dtype=np.int16)
        by_stay = self._columns.column(name)
        if number.ndim == 2 and self._homes.shape == (1, by_stay.shape[1]):
            grid: NDArray[np.int16] = by_stay[rows[number[:, 0]]] if len(rows) > 1 else by_stay[rows]
            return grid
        found: NDArray[np.int16] = by_stay[rows[number], self._homes]
        return found

    def _with_home(self, name: str) -> NDArray[np.int32]:
        pairs = getattr(self._pairs, name)
        total: NDArray[np.int32] = np.sum([pairs.look_up(kid, self._homes) for kid in self._kids], axis=0)
        return total

    def _between(self, name: str) -> NDArray[np.int32]:
        """A number for each two of the children moving in, summed."""
        pairs = getattr(self._pairs, name)
        found = np.zeros_like(self._kids[0], dtype=np.int32)
        for at, kid in enumerate(self._kids):
            for other in range(at + 1, len(self._kids)):
                found = found + np.where(self._there[other], pairs.look_up(kid, self._kids[other]), 0)
        return found

    def _beds_short(self) -> NDArray[np.int16]:
        own = self._with_home("held").astype(np.int16)
        short: NDArray[np.int16] = self._resident("taken") + self._joining - own - self._rooms.beds[self._homes]
        return short if len(self._kids) == 1 else self._short_night_by_night(short, np.broadcast_to(own, short.shape))

    def _short_night_by_night(self, short: NDArray[np.int16], own: NDArray[np.int16]) -> NDArray[np.int16]:
        """The exact shortage where those who move in do not all stay on the same nights."""
        stay = self._joiners.stay
        same = np.ones(short.shape, dtype=bool)
        for kid, there in zip(self._kids[1:], self._there[1:], strict=True):
            same &= ~there | (stay[kid] == stay[self._kids[0]])
        mixed = np.flatnonzero(~same & (short > 0))
        if not len(mixed):
            return short
        nights = np.zeros((len(self._joiners.stays), NIGHTS_AHEAD), dtype=np.int16)
        for at, one in enumerate(self._joiners.stays):
            nights[at, one.first : one.end] = 1
        load = self._pool.beds_taken[self._homes[mixed]] - own[mixed, None] - self._rooms.beds[self._homes[mixed], None]
        wanted = np.zeros_like(load)
        for kid, there in zip(self._kids, self._there, strict=True):
            wanted += nights[stay[kid[mixed]]] * there[mixed, None]
        exact = short.copy()
        exact[mixed] = np.where(wanted > 0, load + wanted, -self._rooms.beds[self._homes[mixed], None]).max(axis=1)
        return exact

    def _all_siblings(self) -> NDArray[np.bool_]:
        group = self._joiners.group
        first = group[self._kids[0]]
        found = np.ones_like(self._there[0])
        for kid, there in zip(self._kids[1:], self._there[1:], strict=True):
            found &= ~there | (group[kid] == first)
        resident = self._resident("group")
        one_group: NDArray[np.bool_] = found & (resident != MIXED) & ((resident == NOBODY) | (resident == first))
        return one_group

    @cached_property
    def _eldest_and_youngest(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Days of birth of the eldest and the youngest who would live there."""
        born = self._joiners.born
        eldest: NDArray[np.int32] = self._resident("eldest_born")  # type: ignore[assignment]
        youngest: NDArray[np.int32] = self._resident("youngest_born")  # type: ignore[assignment]
        for kid, there in zip(self._kids, self._there, strict=True):
            eldest = np.minimum(eldest, np.where(there, born[kid], FAR_FUTURE))
            youngest = np.maximum(youngest, np.where(there, born[kid], FAR_PAST))
        return eldest, youngest

    def _age_wishes_broken(self) -> NDArray[np.int16]:
        wish, born = self._joiners.living_with, self._joiners.born
        found: NDArray[np.int16] = np.zeros_like(self._kids[0], dtype=np.int16)
        for at, kid in enumerate(self._kids):
            older = self._there[at] & (wish[kid] == position(LivingWith.ONLY_OLDER))
            younger = self._there[at] & (wish[kid] == position(LivingWith.ONLY_YOUNGER))
            if not (older.any() or younger.any()):
                continue
            eldest, youngest = self._resident("eldest_born"), self._resident("youngest_born")
            for other, mate in enumerate(self._kids):
                if other != at:
                    eldest = np.minimum(eldest, np.where(self._there[other], born[mate], FAR_FUTURE))
                    youngest = np.maximum(youngest, np.where(self._there[other], born[mate], FAR_PAST))
            broken = (older & (youngest >= born[kid])) | (younger & (eldest <= born[kid]))
            found = found + broken.astype(np.int16)
        return found

    def _sex_wishes_broken(self) -> NDArray[np.int16]:
        wish, group = self._joiners.other_sex, self._joiners.group
        found: NDArray[np.int16] = np.zeros_like(self._kids[0], dtype=np.int16)
        for at, kid in enumerate(self._kids):
            same = self._there[at] & (wish[kid] == position(OtherChildrenSex.SAME_ONLY))
            opposite = self._there[at] & (wish[kid] == position(OtherChildrenSex.OPPOSITE_ONLY))
            if not (same.any() or opposite.any()):
                continue
            males, females = self._resident("males"), self._resident("females")
            for other, mate in enumerate(self._kids):
                if other != at:
                    unrelated = self._there[other] & (group[mate] != group[kid])
                    males = males + (unrelated & self._joiners.male[mate])
                    females = females + (unrelated & self._joiners.female[mate])
            boy = self._joiners.male[kid]
            theirs, ours = np.where(boy, females, males), np.where(boy, males, females)
            found = found + ((same & (theirs > 0)) | (opposite & (ours > 0))).astype(np.int16)
        return found

    def _rooms_short(self) -> Fact:
        bedrooms, homes = self._rooms.bedrooms, self._homes
        needing = self._resident("needing_rooms") + self._sum(self._joiners.needs_room)
        known = None if bedrooms.known is None else bedrooms.known[homes]
        return Fact(np.maximum(needing - bedrooms.values[homes], 0), known)

    def _required_parted(self) -> NDArray[np.int32]:
        joined = self._between("required") * 2 + self._with_home("required_resident")
        return self._sum(self._joiners.required).astype(np.int32) - joined

    def _risk_beside_vulnerable(self) -> Answer:
        residents = Answer(self._resident("risky") > 0), Answer(self._resident("vulnerable") > 0)
        unknown = self._resident("unprofiled") > 0
        risky_there, vulnerable_there = (Answer(seen.yes, seen.yes | ~unknown) for seen in residents)
        found: Answer | None = None
        for at, kid in enumerate(self._kids):
            risky, vulnerable = self._said(self._joiners.risky, at), self._said(self._joiners.vulnerable, at)
            here = (risky & vulnerable_there) | (vulnerable & risky_there)
            for other, mate in enumerate(self._kids):
                if other != at:
                    unrelated = Answer(self._there[other] & (self._joiners.group[mate] != self._joiners.group[kid]))
                    here = here | (risky & self._said(self._joiners.vulnerable, other) & unrelated)
            found = here if found is None else found | here
        if found is None:
            raise AssertionError("an intake has room for at least one child")
        return found

    def _said(self, fact: Fact, at: int) -> Answer:
        kid, there = self._kids[at], self._there[at]
        known = None if fact.known is None else fact.known[kid] | ~there
        return Answer((fact.values[kid] > 0) & there, known)
