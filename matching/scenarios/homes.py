"""New homes in the likeness of those on record: the same change and seed give the same homes, whatever else changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from matching.codes import AvailabilityState, CareType, HomeKind, Known, Ofsted, Sector, Setting
from matching.homes import ApprovalTerms, Availability, Home, PreferredRange, Prices, StatementOfPurpose
from matching.places import Place
from matching.pool import NIGHTS_AHEAD
from matching.records import Records
from matching.scenarios.changes import AddHomes
from matching.scenarios.documents import drawing_key
from matching.scenarios.ground import INVENTED, in_the_middle, places_in
from matching.scenarios.terms import newly_approved, one_price
from matching.synthetic.chance import Chance, invented_id
from matching.values import AuthorityCode, HomeId, Pence, ProviderId, plus_days

ORDINARY_CARE = frozenset({CareType.SHORT_TERM, CareType.LONG_TERM, CareType.BRIDGING, CareType.EMERGENCY})
KEPT_FOR = MappingProxyType(
    {
        HomeKind.FOSTERING_EMERGENCY: CareType.EMERGENCY,
        HomeKind.CHILDRENS_HOME_EMERGENCY: CareType.EMERGENCY,
        HomeKind.FOSTERING_PACE: CareType.PACE,
        HomeKind.FOSTERING_REMAND: CareType.REMAND,
        HomeKind.FOSTERING_PARENT_AND_CHILD: CareType.PARENT_AND_CHILD,
        HomeKind.RESIDENTIAL_PARENT_AND_CHILD: CareType.PARENT_AND_CHILD,
        HomeKind.FOSTERING_SHORT_BREAK: CareType.SHORT_BREAKS,
        HomeKind.CHILDRENS_HOME_SHORT_BREAK: CareType.SHORT_BREAKS,
    }
)
USUAL_PENCE: Mapping[Setting, Pence] = MappingProxyType(
    {
        Setting.FOSTERING: Pence(420_00),
        Setting.RESIDENTIAL: Pence(3_830_00),
        Setting.SUPPORTED: Pence(850_00),
        Setting.SECURE: Pence(7_000_00),
        Setting.STAYING_PUT: Pence(200_00),
    }
)
"""A week's price where no home of the setting is on record: in-house fostering (2017-18), CMA 2022, and our own guesses."""


class InventedHomes:
    """Draws homes in the likeness of those on record at the beginning."""

    def __init__(self, records: Records, seed: int) -> None:
        self._records, self._seed = records, seed
        real = (home for home in records.homes if not home.external_ref.startswith(INVENTED))
        self._homes = tuple(sorted(real, key=lambda home: (home.external_ref, home.id)))
        self._drawn: dict[str, int] = {}
        """How many of each kind of change were drawn so far: the same change twice goes on where the first left off."""
        self._places: dict[AuthorityCode, tuple[Place, ...]] = {}

    def drawn(self, change: AddHomes, now: Records) -> tuple[Home, ...]:
        """The homes that a change adds; prices of likenesses are those of `now`."""
        key = drawing_key(change)
        first, prices = self._first(key), {home.id: home.prices for home in now.homes}
        starts = tuple(self._starts(change))
        self._drawn[key] = first + change.count * len(starts)
        numbered = ((first + at, starts[at // change.count]) for at in range(change.count * len(starts)))
        return tuple(self._home(change, key, number, days, prices) for number, days in numbered)

    def _first(self, key: str) -> int:
        """The number after those drawn already, by this scenario or by one that was applied before."""
        if key not in self._drawn:
            prefix = _reference(key)
            self._drawn[key] = sum(home.external_ref.startswith(prefix) for home in self._records.homes)
        return self._drawn[key]

    def _starts(self, change: AddHomes) -> Iterator[int]:
        """Days until each year's homes offer their first night, as far as the nights looked at go."""
        first = 0 if change.from_day is None else max(0, (change.from_day - self._records.as_of).days)
        yield first
        yield from (day for year in range(1, change.years) if (day := first + 365 * year) < NIGHTS_AHEAD)

    def _home(self, change: AddHomes, key: str, number: int, days: int, prices: Mapping[HomeId, Prices]) -> Home:
        chance = Chance(self._seed, f"scenario/home/{key}/{number}")
        like = self._likeness(change, chance)
        known = prices.get(like.id, like.prices)
        place = change.place or self._place(change, chance)
        return replace(
            like,
            **self._said(change, like),
            id=HomeId(invented_id("scenario", "home", self._seed, key, number)),
            external_ref=f"{_reference(key)}{number + 1:02d}",
            place=place,
            availability=self._availability(days),
            prices=known if change.weekly is None else one_price(change.weekly, like.prices),
        )

    def _said(self, change: AddHomes, like: Home) -> dict[str, Any]:
        fostering = change.kind.setting is Setting.FOSTERING
        own = KEPT_FOR.get(change.kind)
        return {
            "authority": self._records.authority.id,
            "provider": like.provider if like.sector is change.sector else self._provider(change.sector),
            "sector": change.sector,
            "kind": change.kind,
            "region": None,
            "urn": None,
            "registered": Known.YES,
            "ofsted": like.ofsted if fostering else Ofsted.NOT_YET_INSPECTED,
            "provider_concern": False,
            "approvals": (self._approval(change, like),) if fostering else (),
            "purposes": () if fostering else (self._purpose(change, like),),
            "preferred": PreferredRange(),
            "registered_beds": change.beds,
            "effective": None,
            "bedrooms": change.beds,
            "solo_only": change.solo,
            "bed_types": change.bed_types | (frozenset() if own is None else frozenset({own})),
            "impact_assessed_on": self._records.as_of,
            "annual_review_due": self._records.as_of + timedelta(days=365) if fostering else None,
            "dbs_due": self._records.as_of + timedelta(days=1_000),
        }

    def _approval(self, change: AddHomes, like: Home) -> ApprovalTerms:
        before = like.approval_on(self._records.as_of)
        own = KEPT_FOR.get(change.kind)
        usual = ORDINARY_CARE if own is None else frozenset({own, CareType.SHORT_TERM})
        return ApprovalTerms(
            period=newly_approved(self._records.as_of),
            ages=change.ages or (before.ages if before else None),
            sexes=change.sexes,
            number=change.beds,
            care_types=change.care_types or usual,
        )

    def _purpose(self, change: AddHomes, like: Home) -> StatementOfPurpose:
        before = like.purpose_on(self._records.as_of)
        return StatementOfPurpose(
            period=newly_approved(self._records.as_of),
            ages=change.ages or (before.ages if before else None),
            sexes=change.sexes,
            number=change.beds,
            highest_levels=before.highest_levels if before else MappingProxyType({}),
        )

    def _availability(self, days: int) -> Availability:
        today = self._records.as_of
        if days == 0:
            return Availability(last_confirmed=today)
        return Availability(AvailabilityState.ON_HOLD, until=plus_days(today, days - 1), last_confirmed=today)

    def _likeness(self, change: AddHomes, chance: Chance) -> Home:
        """A home of the same kind and sector, else of the same kind, else of the same setting, else a plain one."""
        kind, setting = change.kind, change.kind.setting
        alike = [home for home in self._homes if home.kind is kind and home.sector is change.sector]
        alike = alike or [home for home in self._homes if home.kind is kind]
        alike = alike or [home for home in self._homes if home.kind.setting is setting]
        if alike:
            return most_ordinary(alike) if change.alike else chance.one(alike)
        return self._plain(change)

    def _plain(self, change: AddHomes) -> Home:
        """Where nothing like it is on record: a home that meets what its setting usually does, at a usual price."""
        usual = 3 if change.kind.setting in (Setting.RESIDENTIAL, Setting.SECURE) else 2
        home = Home(
            id=HomeId(invented_id("scenario", "plain", change.kind.value)),
            authority=self._records.authority.id,
            external_ref=INVENTED,
            provider=self._provider(change.sector),
            sector=change.sector,
            kind=change.kind,
            place=Place(""),
            meets=MappingProxyType({domain.code: usual for domain in self._records.framework.domains}),
        )
        return replace(home, prices=one_price(USUAL_PENCE[change.kind.setting], home.prices))

    def _provider(self, sector: Sector) -> ProviderId:
        known = sorted(
            (one for one in self._records.providers if one.sector is sector), key=lambda one: one.external_ref
        )
        return known[0].id if known else ProviderId(invented_id("scenario", "provider", sector.value))

    def _place(self, change: AddHomes, chance: Chance) -> Place:
        places = self._places_in(change.area or self._records.authority.code)
        return in_the_middle(places) if change.alike else chance.one(places)

    def _places_in(self, area: AuthorityCode) -> tuple[Place, ...]:
        if area not in self._places:
            self._places[area] = places_in(self._records, area)
        return self._places[area]


def most_ordinary(homes: Sequence[Home]) -> Home:
    """The home in the middle by what it can meet and the skills it holds; the order of references settles the rest."""
    ranked = sorted(homes, key=lambda home: (sum(home.meets.values()), len(home.skills), home.external_ref))
    return ranked[len(ranked) // 2]


def _reference(key: str) -> str:
    return f"{INVENTED}H{key[:6]}-"
