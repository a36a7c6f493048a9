"""Families of pools for benchmarks and tests: counties, regions, a nation, and small ones that vary every fact.

Nobody and nowhere real: points lie at random in a box the size of a county, or of several, around which lie a margin of
adjoining authorities and then the rest of the country.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from matching.authorities import Authority, Region
from matching.codes import EndReason, ExpectedLength, HomeKind, SearchKind, SiblingAssessed
from matching.default_framework import DEFAULT_FRAMEWORK
from matching.homes import Home
from matching.needs import NeedsProfile
from matching.people import Child, SiblingGroup, SiblingPair
from matching.placements import Hold, Placement, PlacementState
from matching.policy import PRESETS, Preset
from matching.records import Records
from matching.referrals import Asks, Referral, ReferralState
from matching.rules.parameters import Parameters
from matching.synthetic.chance import Chance, invented_id
from matching.synthetic.invented_children import ChildrenDrawn, InventedChildren
from matching.synthetic.invented_ground import ADJOINING, OWN, InventedGround
from matching.synthetic.invented_homes import HomesDrawn, InventedHomes
from matching.synthetic.invented_providers import invented_providers
from matching.synthetic.pool_shapes import COUNTY, NATION, REGION, SMALL, PoolShape
from matching.values import (
    AuthorityId,
    ChildId,
    HoldId,
    HomeId,
    PlacementId,
    ReferralId,
    RegionId,
    SiblingGroupId,
)


def county(seed: int) -> Records:
    """60 children who wait and 900 homes, on the ground of one county."""
    return pool(COUNTY, seed)


def region(seed: int) -> Records:
    """600 children and 5,000 homes, on the ground of six counties."""
    return pool(REGION, seed)


def nation(seed: int) -> Records:
    """6,000 children and 50,000 homes, on the ground of thirty counties."""
    return pool(NATION, seed)


def small_pool(seed: int, children: int = 5, homes: int = 7) -> Records:
    """A few children and homes that vary every fact a rule reads, missing ones included, for property tests."""
    return pool(replace(SMALL, children=children, homes=homes), seed)


def pool(shape: PoolShape, seed: int) -> Records:
    """What is on record for an authority of that shape; the same shape and seed give the same records."""
    return _Builder(shape, seed).records()


class _Builder:
    """Puts a pool together: homes and who lives there, then families who wait."""

    def __init__(self, shape: PoolShape, seed: int) -> None:
        self._shape, self._as_of = shape, shape.as_of
        self._name = f"{shape.name}-{seed}"
        self._authority = AuthorityId(invented_id(self._name, "authority"))
        self._chance = Chance(seed, f"{shape.name}/pool")
        self._ground = InventedGround(shape.counties, Chance(seed, f"{shape.name}/ground"), coarse=shape.ties)
        drawn = ChildrenDrawn(self._as_of, DEFAULT_FRAMEWORK, self._authority, shape.unknown, shape.varied)
        self._people = InventedChildren(self._name, drawn, Chance(seed, f"{shape.name}/children"))
        homes = HomesDrawn(
            as_of=self._as_of,
            framework=DEFAULT_FRAMEWORK,
            beds=shape.beds,
            unknown=shape.unknown,
            unavailable=shape.unavailable,
            even_kinds=shape.even_kinds,
            ties=shape.ties,
        )
        stream = Chance(seed, f"{shape.name}/homes")
        self._providers = invented_providers(self._name, self._authority, stream)
        self._houses = InventedHomes(self._name, homes, self._providers, stream)
        self._homes: list[Home] = []
        self._children: list[Child] = []
        self._profiles: dict[ChildId, NeedsProfile] = {}
        self._placements: list[Placement] = []
        self._living: dict[HomeId, list[ChildId]] = {}
        self._groups: list[SiblingGroup] = []
        self._referrals: list[Referral] = []

    def records(self) -> Records:
        region = Region(id=RegionId(invented_id(self._name, "region")), external_ref="region", name="Invented region")
        self._homes = [self._houses.home(number, self._ground.anywhere()) for number in range(self._shape.homes)]
        for home in self._homes:
            self._fill(home)
        self._refer_families()
        homes = self._name_children(self._homes)
        return Records(
            authority=Authority(
                id=self._authority,
                code=OWN,
                name="Invented authority",
                region=region.id,
                adjoining=frozenset(ADJOINING),
            ),
            as_of=self._as_of,
            now=datetime(self._as_of.year, self._as_of.month, self._as_of.day, 9, tzinfo=UTC),
            framework=DEFAULT_FRAMEWORK,
            children=tuple(self._children),
            sibling_groups=tuple(self._groups),
            profiles=self._profiles,
            providers=self._providers,
            homes=tuple(homes),
            placements=tuple(self._placements),
            holds=self._holds(homes),
            referrals=tuple(self._referrals),
            parameters=Parameters(self._as_of),
            policy=PRESETS[Preset.BALANCED],
        )

    def _fill(self, home: Home) -> None:
        terms = home.approval_on(self._as_of) or home.purpose_on(self._as_of)
        number = home.beds if terms is None or terms.number is None else min(home.beds, terms.number)
        ages = terms.ages if terms is not None and terms.ages is not None else None
        taken = sum(self._chance.yes(self._shape.filled) for _ in range(number))
        for _ in range(min(3, taken) if home.registered_beds <= 4 else taken):
            age = self._people.age() if ages is None else self._chance.whole(ages.youngest, min(17, ages.oldest))
            child = self._add_child(age, with_places=False)
            ends = self._chance.whole(5, 200) if self._chance.yes(0.25) else None
            self._live(child, home.id, ends)

    def _add_child(self, age: int, *, with_places: bool) -> Child:
        home = self._ground.in_area() if with_places else None
        places = () if home is None else self._people.places(home, (home, self._ground.in_area()), age)
        child = self._people.child(len(self._children), age, places)
        self._children.append(child)
        if with_places or self._shape.residents_have_profiles:
            profile = self._people.profile(child)
            if profile is not None:
                self._profiles[child.id] = profile
        return child

    def _live(self, child: Child, home: HomeId, ends_in: int | None) -> None:
        self._living.setdefault(home, []).append(child.id)
        starts = self._as_of - timedelta(days=self._chance.whole(1, 900))
        ends = None if ends_in is None else self._as_of + timedelta(days=ends_in)
        self._place(child, home, starts, PlacementState.STARTED, planned_end=ends)

    def _place(
        self,
        child: Child,
        home: HomeId,
        starts: date,
        state: PlacementState,
        *,
        planned_end: date | None = None,
        ended: date | None = None,
        end_reason: EndReason | None = None,
    ) -> None:
        number = len(self._placements)
        self._placements.append(
            Placement(
                id=PlacementId(invented_id(self._name, "placement", number)),
                authority=self._authority,
                external_ref=f"P{number:06d}",
                child=child.id,
                home=home,
                state=state,
                starts=starts,
                planned_end=planned_end,
                ended=ended,
                end_reason=end_reason,
            )
        )

    def _refer_families(self) -> None:
        left = self._shape.children
        residents = tuple(self._children)
        while left > 0:
            size = 1
            if self._chance.yes(self._shape.sibling_share / 2):
                size = min(left, self._chance.weighted(((2, 60.0), (3, 28.0), (4, 12.0))))
            self._refer(size, residents)
            left -= size

    def _refer(self, size: int, residents: tuple[Child, ...]) -> None:
        first = self._people.age()
        ages = [first, *(min(17, max(0, first + self._chance.whole(-6, 6))) for _ in range(size - 1))]
        children = [self._add_child(age, with_places=True) for age in ages]
        for child in children:
            self._lived(child)
        elsewhere = [self._chance.one(residents)] if residents and self._chance.yes(0.06) else []
        group = self._group([*children, *elsewhere]) if size > 1 or elsewhere else None
        others = [child.id for child in self._chance.some(residents, 4) if child not in elsewhere]
        self._referrals.append(self._referral([self._asks(child, others) for child in children], group))

    def _lived(self, child: Child) -> None:
        """Where a child who waits has lived before: nowhere on record, or one to three homes that ended somehow."""
        ended = self._as_of - timedelta(days=self._chance.whole(0, 30))
        for _ in range(self._chance.whole(1, 3) if self._homes and self._chance.yes(0.3) else 0):
            starts = ended - timedelta(days=self._chance.whole(1, 300))
            reason = self._chance.one(tuple(EndReason))
            home = self._chance.one(self._homes).id
            self._place(child, home, starts, PlacementState.ENDED, ended=ended, end_reason=reason)
            ended = starts

    def _asks(self, child: Child, others: list[ChildId]) -> Asks:
        return self._people.asks(child, self._ground.in_area(), others)

    def _group(self, children: list[Child]) -> SiblingGroup:
        assessed = (
            (SiblingAssessed.TOGETHER_PREFERRED, 60.0),
            (SiblingAssessed.TOGETHER_REQUIRED, 28.0),
            (SiblingAssessed.APART_REQUIRED, 12.0),
        )
        number = len(self._groups)
        pairs = tuple(
            SiblingPair(one.id, other.id, self._chance.weighted(assessed), "social-worker", self._as_of)
            for at, one in enumerate(children)
            for other in children[at + 1 :]
            if not self._chance.yes(0.3)
        )
        group = SiblingGroup(
            id=SiblingGroupId(invented_id(self._name, "sibling-group", number)),
            authority=self._authority,
            external_ref=f"S{number:05d}",
            members=tuple(child.id for child in children),
            pairs=pairs,
        )
        self._groups.append(group)
        return group

    def _referral(self, asks: list[Asks], group: SiblingGroup | None) -> Referral:
        number = len(self._referrals)
        kind = self._chance.weighted(
            (
                (SearchKind.PLANNED, 80.0),
                (SearchKind.EMERGENCY, 8.0),
                (SearchKind.SAME_DAY, 8.0),
                (SearchKind.PACE, 2.0),
                (SearchKind.REMAND, 2.0),
            )
        )
        wanted = self._as_of + timedelta(days=self._chance.whole(1, 40) if kind is SearchKind.PLANNED else 0)
        length = self._chance.one(tuple(ExpectedLength))
        return Referral(
            id=ReferralId(invented_id(self._name, "referral", number)),
            authority=self._authority,
            external_ref=f"R{number:05d}",
            state=ReferralState.OPEN,
            kind=kind,
            opened=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=self._chance.whole(0, 5_000)),
            wanted_by=wanted,
            length=length,
            expected_nights=self._chance.whole(1, 400) if self._chance.yes(0.5) else None,
            nights_a_month=self._chance.whole(1, 8) if length is ExpectedLength.SHORT_BREAKS else None,
            asks=tuple(asks),
            sibling_group=None if group is None else group.id,
        )

    def _name_children(self, homes: list[Home]) -> list[Home]:
        """Connected carers are approved for one of the families who wait, or for nobody who does."""
        return [
            self._named(home) if home.kind is HomeKind.FOSTERING_CONNECTED and home.approvals else home
            for home in homes
        ]

    def _named(self, home: Home) -> Home:
        referral = self._chance.one(self._referrals) if self._referrals else None
        living = self._living.get(home.id, ())
        named = frozenset(living) | frozenset(referral.children if referral and self._chance.yes(0.5) else ())
        return replace(home, approvals=tuple(replace(terms, named_children=named) for terms in home.approvals))

    def _holds(self, homes: list[Home]) -> tuple[Hold, ...]:
        held = []
        for number, referral in enumerate(self._referrals):
            if homes and self._chance.yes(0.04):
                now = datetime(self._as_of.year, self._as_of.month, self._as_of.day, 9, tzinfo=UTC)
                hold = Hold(
                    id=HoldId(invented_id(self._name, "hold", number)),
                    authority=self._authority,
                    home=self._chance.one(homes).id,
                    referral=referral.id,
                    child=referral.children[0],
                    first_night=referral.wanted_by,
                    last_morning=referral.until,
                    held_until=now + timedelta(hours=self._chance.whole(-24, 72)),
                )
                held.append(hold)
        return tuple(held)
