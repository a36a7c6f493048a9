"""More children who wait: families in the likeness of those on record, drawn by the seed; and demand that grows or falls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256
from types import MappingProxyType

from matching.codes import SearchKind, Setting
from matching.needs import NeedsProfile
from matching.people import Child, SiblingGroup, SiblingPair
from matching.records import Records
from matching.referrals import Asks, Referral, ReferralState
from matching.scenarios.changes import AddChildren, ChangeDemand
from matching.scenarios.documents import drawing_key
from matching.scenarios.ground import INVENTED
from matching.scenarios.rehoming import assumed_asks, assumed_referral, framework_of
from matching.synthetic.chance import Chance, invented_id
from matching.values import OLDEST_CHILD, AgeRange, ChildId, ProfileId, ReferralId, SiblingGroupId, age_on, plus_days


@dataclass(frozen=True, slots=True)
class Family:
    """A search on record in whose likeness another is drawn."""

    referral: Referral
    children: tuple[Child, ...]
    """In the order of the search."""


class InventedFamilies:
    """Draws families in the likeness of those on record at the beginning."""

    def __init__(self, records: Records, seed: int) -> None:
        self._records, self._seed = records, seed
        self._children = {child.id: child for child in records.children}
        self._families = tuple(self._on_record())
        self._drawn: dict[str, int] = {}

    def added(self, now: Records, change: AddChildren) -> Records:
        """The records with so many more children who wait."""
        likenesses = self._singles(change) if change.ages or change.band or change.uasc else self._families
        likenesses = likenesses or self._anybody(change)
        return self._with_more(now, change, drawing_key(change), change.count, likenesses)

    def more(self, now: Records, key: str, count: int) -> Records:
        """The records with so many more children in families like those who wait."""
        return self._with_more(now, AddChildren(count=1), key, count, self._families or self._anybody(None))

    def _on_record(self) -> Iterator[Family]:
        for referral in sorted(self._records.referrals, key=lambda one: (one.external_ref, one.id)):
            if referral.state.is_waiting and not referral.external_ref.startswith(INVENTED):
                yield Family(referral, tuple(self._children[child] for child in referral.children))

    def _singles(self, change: AddChildren) -> tuple[Family, ...]:
        """Each child who waits and is of the kind that is said, alone."""
        return tuple(
            Family(replace(family.referral, asks=(asks,), sibling_group=None), (self._children[asks.child],))
            for family in self._families
            for asks in family.referral.asks
            if self._fits(self._children[asks.child], change)
        )

    def _fits(self, child: Child, change: AddChildren) -> bool:
        age = age_on(child.born, self._records.as_of)
        return (
            (change.ages is None or age in change.ages)
            and (not change.uasc or child.uasc)
            and (change.band is None or self._band(child) is change.band)
        )

    def _band(self, child: Child) -> object:
        profile = self._records.profiles.get(child.id)
        return None if profile is None else framework_of(self._records, profile).band(profile.levels)

    def _anybody(self, change: AddChildren | None) -> tuple[Family, ...]:
        """Where nobody of the kind waits: children of it who have a home, asked for as children like them would be."""
        minors = [
            child
            for child in sorted(self._records.children, key=lambda child: child.external_ref)
            if age_on(child.born, self._records.as_of) <= OLDEST_CHILD and not child.external_ref.startswith(INVENTED)
        ]
        found = [child for child in minors if change is None or self._fits(child, change)]
        loosely = [child for child in minors if change is None or not change.uasc or child.uasc]
        return tuple(self._assumed(child) for child in found or loosely or minors)

    def _assumed(self, child: Child) -> Family:
        asks = assumed_asks(child, self._records.as_of, Setting.FOSTERING, Setting.FOSTERING)
        return Family(assumed_referral(self._records, [asks], self._records.as_of, None, "likeness"), (child,))

    def _with_more(
        self, now: Records, change: AddChildren, key: str, count: int, likenesses: Sequence[Family]
    ) -> Records:
        if not likenesses:
            return now
        drawn, number = _Drawn(now), self._first(key)
        while count > 0:
            chance = Chance(self._seed, f"scenario/family/{key}/{number}")
            family = chance.one(likenesses)
            name = f"{self._seed}/{key}/{number}"
            _Likeness(self._records, change, chance, name, f"{_reference(key)}{number + 1:02d}").add(
                family, count, drawn
            )
            count -= min(count, len(family.children))
            number += 1
        self._drawn[key] = number
        return drawn.records()

    def _first(self, key: str) -> int:
        """The number after those drawn already, by this scenario or by one that was applied before."""
        if key not in self._drawn:
            prefix = f"{INVENTED}R{_reference(key)}"
            self._drawn[key] = sum(one.external_ref.startswith(prefix) for one in self._records.referrals)
        return self._drawn[key]


def _reference(key: str) -> str:
    return f"{key[:6]}-"


class _Drawn:
    """Records while children are added to them."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self.children: list[Child] = []
        self.profiles: dict[ChildId, NeedsProfile] = {}
        self.groups: list[SiblingGroup] = []
        self.referrals: list[Referral] = []

    def records(self) -> Records:
        now = self._records
        return replace(
            now,
            children=(*now.children, *self.children),
            profiles=MappingProxyType({**now.profiles, **self.profiles}),
            sibling_groups=(*now.sibling_groups, *self.groups),
            referrals=(*now.referrals, *self.referrals),
        )


class _Likeness:
    """One family drawn in the likeness of another: other ids, and an age within what is asked; the rest as it is."""

    def __init__(self, records: Records, change: AddChildren, chance: Chance, name: str, ref: str) -> None:
        self._records, self._change, self._chance, self._name = records, change, chance, name
        self._ref = ref

    def add(self, family: Family, most: int, drawn: _Drawn) -> None:
        """Adds up to so many of the family."""
        some = family.children[:most]
        ids = {child.id: ChildId(invented_id("scenario", "child", self._name, at)) for at, child in enumerate(some)}
        for at, child in enumerate(some):
            drawn.children.append(self._child(child, ids[child.id], at))
            profile = self._records.profiles.get(child.id)
            if profile is not None:
                drawn.profiles[ids[child.id]] = self._profile(profile, ids[child.id])
        group = self._group(ids)
        if group is not None:
            drawn.groups.append(group)
        drawn.referrals.append(self._referral(family, ids, group))

    def _child(self, child: Child, new: ChildId, at: int) -> Child:
        born = child.born
        if self._change.ages is not None and child.age_on(self._records.as_of) not in self._change.ages:
            born = plus_days(self._records.as_of, -self._days_old(self._change.ages))
        return replace(
            child,
            id=new,
            authority=self._records.authority.id,
            external_ref=f"{INVENTED}C{self._ref}-{at + 1}",
            born=born,
            uasc=child.uasc or self._change.uasc,
            in_care_since=None,
        )

    def _days_old(self, ages: AgeRange) -> int:
        youngest, oldest = ages.youngest, min(OLDEST_CHILD, ages.oldest)
        return self._chance.whole(youngest, max(youngest, oldest)) * 366 + self._chance.whole(1, 340)

    def _profile(self, profile: NeedsProfile, child: ChildId) -> NeedsProfile:
        own = ProfileId(invented_id("scenario", "profile", str(child)))
        return replace(profile, id=own, child=child, external_ref=f"{INVENTED}N{own.hex[:8]}")

    def _group(self, ids: dict[ChildId, ChildId]) -> SiblingGroup | None:
        if len(ids) < 2:
            return None
        known = {pair.children: pair for group in self._records.sibling_groups for pair in group.pairs}
        old = list(ids)
        pairs = tuple(
            SiblingPair(ids[one], ids[other], pair.assessed, pair.assessed_by, pair.assessed_on)
            for at, one in enumerate(old)
            for other in old[at + 1 :]
            if (pair := known.get(frozenset((one, other)))) is not None
        )
        own = SiblingGroupId(invented_id("scenario", "group", self._name))
        ref = f"{INVENTED}S{self._ref}"
        authority = self._records.authority.id
        return SiblingGroup(id=own, authority=authority, external_ref=ref, members=tuple(ids.values()), pairs=pairs)

    def _referral(self, family: Family, ids: dict[ChildId, ChildId], group: SiblingGroup | None) -> Referral:
        referral, kind = family.referral, self._change.kind or family.referral.kind
        ahead = max(0, (referral.wanted_by - self._records.as_of).days)
        if self._change.within_days:
            ahead = self._chance.whole(0, self._change.within_days)
        elif kind is not SearchKind.PLANNED:
            ahead = 0
        return replace(
            referral,
            id=ReferralId(invented_id("scenario", "referral", self._name)),
            authority=self._records.authority.id,
            external_ref=f"{INVENTED}R{self._ref}",
            state=ReferralState.OPEN,
            kind=kind,
            opened=self._records.now,
            wanted_by=plus_days(self._records.as_of, ahead),
            asks=tuple(self._asks(asks, ids) for asks in referral.asks if asks.child in ids),
            sibling_group=None if group is None else group.id,
        )

    def _asks(self, asks: Asks, ids: dict[ChildId, ChildId]) -> Asks:
        never = frozenset(ids.get(child, child) for child in asks.never_with)
        return replace(asks, child=ids[asks.child], never_with=never)


def grown(records: Records, change: ChangeDemand, families: InventedFamilies, seed: int) -> Records:
    """The records with as many children waiting as there would be after some years of growth or decline.

    Growth comes to the nearest whole child; a decline lets whole searches go, and fewer of them are among more.
    """
    waiting = [one for one in records.referrals if one.state.is_waiting and not one.external_ref.startswith(INVENTED)]
    count = sum(len(one.children) for one in waiting)
    wanted = round(count * (1 + Fraction(change.per_mille_a_year, 1_000)) ** change.years)
    if wanted >= count:
        return families.more(records, "demand", wanted - count)
    gone, left = set(), count
    for referral in sorted(waiting, key=lambda one: sha256(f"{seed}/{one.id}".encode()).digest()):
        if left <= wanted:
            break
        gone.add(referral.id)
        left -= len(referral.children)
    return replace(
        records,
        referrals=tuple(one for one in records.referrals if one.id not in gone),
        holds=tuple(hold for hold in records.holds if hold.referral not in gone),
    )
