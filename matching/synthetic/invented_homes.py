"""Homes for pools: every fact that a rule reads is varied, and each is missing as often as asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from matching.codes import (
    Access,
    AvailabilityState,
    CareType,
    Contract,
    EffectiveBedsReason,
    HomeKind,
    Known,
    NeedsBand,
    Ofsted,
    OnHoldReason,
    PriceAddOn,
    Religion,
    Sector,
    Setting,
    Sex,
    Skill,
    SkillLevel,
    Staffing,
)
from matching.homes import (
    ApprovalTerms,
    Availability,
    EffectiveBeds,
    Home,
    Household,
    HouseholdMember,
    PreferredRange,
    Prices,
    Provider,
    SkillHeld,
    StatementOfPurpose,
    WeeklyPrice,
)
from matching.needs import Framework
from matching.places import Place
from matching.synthetic.chance import Chance, invented_id
from matching.synthetic.invented_providers import KINDS
from matching.values import AgeRange, HomeId, Pence, Period

_RANGES = tuple(AgeRange(*ends) for ends in ((0, 4), (0, 8), (0, 11), (0, 17), (4, 11), (5, 12), (8, 17), (11, 17)))
_OLDER = tuple(AgeRange(*ends) for ends in ((8, 17), (10, 17), (12, 17)))
_BASE_PENCE = {
    Setting.FOSTERING: 60_000,
    Setting.RESIDENTIAL: 385_000,
    Setting.SUPPORTED: 95_000,
    Setting.SECURE: 700_000,
    Setting.STAYING_PUT: 20_000,
}
_BAND_PER_CENT = {NeedsBand.UNIVERSAL: 80, NeedsBand.ADDITIONAL: 100, NeedsBand.HIGH: 125, NeedsBand.COMPLEX: 160}
_BOTH = frozenset({Sex.MALE, Sex.FEMALE})
_TYPES_BY_KIND = {
    "short-break": CareType.SHORT_BREAKS,
    "parent-and-child": CareType.PARENT_AND_CHILD,
    "pace": CareType.PACE,
    "remand": CareType.REMAND,
    "emergency": CareType.EMERGENCY,
}


@dataclass(frozen=True, slots=True)
class HomesDrawn:
    """How homes for a pool are drawn."""

    as_of: date
    framework: Framework
    beds: tuple[tuple[int, float], ...]
    unknown: float
    """How often a fact that may be missing is missing."""
    unavailable: float
    even_kinds: bool
    """Whether every kind is as likely, rather than as common as it is."""
    ties: bool
    """Whether prices are alike, so that many homes suit as well as each other."""


class InventedHomes:
    """Draws one home after another."""

    def __init__(self, pool: str, drawn: HomesDrawn, providers: tuple[Provider, ...], chance: Chance) -> None:
        self._pool, self._drawn, self._providers, self._chance = pool, drawn, providers, chance
        self._codes = tuple(domain.code for domain in drawn.framework.domains)
        self._called_for = {d.code: [d.skills_at(level) for level in range(5)] for d in drawn.framework.domains}

    def home(self, number: int, place: Place) -> Home:
        """The home of that number, at a place."""
        kind = self._kind()
        provider = self._provider(kind)
        fostering = kind.setting is Setting.FOSTERING
        beds = self._beds(kind)
        terms = self._approval(kind, beds) if fostering else None
        purpose = None if fostering else self._purpose(kind, beds)
        met = self._met(kind)
        chance = self._chance
        return Home(
            id=HomeId(invented_id(self._pool, "home", number)),
            authority=provider.authority,
            external_ref=f"H{number:06d}",
            provider=provider.id,
            sector=provider.sector,
            kind=kind,
            place=place,
            urn=f"9{number:07d}",
            registered=self._known(0.97),
            ofsted=chance.weighted(zip((*Ofsted,), (15.0, 70.0, 9.0, 3.0, 3.0), strict=True)),
            provider_concern=chance.yes(0.03),
            approvals=() if terms is None else (terms,),
            purposes=() if purpose is None else (purpose,),
            preferred=self._preferred(),
            registered_beds=beds,
            effective=self._effective(beds),
            bedrooms=None if self._missing() else chance.whole(max(1, beds - 1), beds + 1),
            bedrooms_may_share=chance.yes(0.3),
            solo_only=kind is HomeKind.CHILDRENS_HOME_SOLO_OR_DUAL and beds == 1,
            availability=self._availability(),
            household=self._family() if fostering else self._staffed(),
            access=chance.each(Access, 0.15),
            skills=self._skills(met),
            meets=met,
            staffing=Staffing.STANDARD if fostering else chance.one(tuple(Staffing)[2:]),
            bed_types=self._bed_types(kind),
            impact_assessed_on=None if self._missing() else self._day(-90, 0),
            prices=self._prices(kind.setting),
            annual_review_due=None if self._missing() else self._day(-60, 330),
            dbs_due=None if self._missing() else self._day(-60, 1000),
        )

    def _missing(self) -> bool:
        return self._chance.yes(self._drawn.unknown)

    def _known(self, probability: float) -> Known:
        if self._missing():
            return Known.UNKNOWN
        return Known.YES if self._chance.yes(probability) else Known.NO

    def _day(self, least: int, most: int) -> date:
        return self._drawn.as_of + timedelta(days=self._chance.whole(least, most))

    def _kind(self) -> HomeKind:
        return self._chance.one(tuple(HomeKind)) if self._drawn.even_kinds else self._chance.weighted(KINDS)

    def _provider(self, kind: HomeKind) -> Provider:
        if kind in (HomeKind.FOSTERING_CONNECTED, HomeKind.STAYING_PUT):
            return self._providers[0]
        allowed = [
            p for p in self._providers if p.sector is not Sector.PRIVATE or kind.setting is not Setting.FOSTERING
        ]
        return self._chance.one(allowed)

    def _beds(self, kind: HomeKind) -> int:
        if kind in (HomeKind.SUPPORTED_SINGLE_OCCUPANCY, HomeKind.STAYING_PUT):
            return 1
        return self._chance.weighted(self._drawn.beds)

    def _approval(self, kind: HomeKind, beds: int) -> ApprovalTerms | None:
        if self._missing():
            return None
        temporary = kind is HomeKind.FOSTERING_CONNECTED and self._chance.yes(0.5)
        types = self._chance.each(CareType, 0.6) | self._bed_types(kind)
        return ApprovalTerms(
            period=Period(self._day(-3000, -30)),
            ages=None if self._missing() else self._chance.one(_RANGES),
            sexes=_BOTH if self._chance.yes(0.9) else frozenset({self._chance.one((Sex.MALE, Sex.FEMALE))}),
            number=None if self._missing() else max(1, beds - (1 if self._chance.yes(0.1) else 0)),
            care_types=frozenset() if self._missing() else types,
            named_children_only=kind is HomeKind.FOSTERING_CONNECTED,
            temporary_until=self._day(-20, 112) if temporary else None,
            temporary_extended=temporary and self._chance.yes(0.2),
        )

    def _purpose(self, kind: HomeKind, beds: int) -> StatementOfPurpose | None:
        if self._missing():
            return None
        ages = AgeRange(16, 17) if kind.setting is Setting.SUPPORTED else self._chance.one(_OLDER)
        limited = self._chance.some(self._codes, 2) if self._chance.yes(0.3) else []
        return StatementOfPurpose(
            period=Period(self._day(-2000, -30)),
            ages=None if self._missing() else ages,
            sexes=_BOTH if self._chance.yes(0.8) else frozenset({self._chance.one((Sex.MALE, Sex.FEMALE))}),
            number=None if self._missing() else beds,
            highest_levels={code: self._chance.whole(2, 3) for code in limited},
        )

    def _preferred(self) -> PreferredRange:
        ages = self._chance.one(_RANGES) if self._chance.yes(0.4) else None
        return PreferredRange(ages, _BOTH if self._chance.yes(0.9) else frozenset({Sex.FEMALE}))

    def _effective(self, beds: int) -> EffectiveBeds | None:
        if self._chance.yes(0.92):
            return None
        return EffectiveBeds(
            self._chance.whole(0, beds), self._chance.one(tuple(EffectiveBedsReason)), self._day(1, 90)
        )

    def _availability(self) -> Availability:
        confirmed = None if self._missing() else self._day(-40, 0)
        if not self._chance.yes(self._drawn.unavailable):
            return Availability(AvailabilityState.AVAILABLE, last_confirmed=confirmed)
        state = self._chance.one(tuple(AvailabilityState)[1:])
        return Availability(
            state,
            self._chance.one(tuple(OnHoldReason)) if state is AvailabilityState.ON_HOLD else None,
            self._day(-10, 20) if self._chance.yes(0.3) else None,
            self._day(20, 60) if self._chance.yes(0.5) else None,
            confirmed,
        )

    def _staffed(self) -> Household:
        return Household(smokers=self._known(0.0), pets=self._known(0.1), languages=frozenset({"en"}))

    def _family(self) -> Household:
        chance = self._chance
        own = tuple(
            HouseholdMember(chance.whole(0, 22), chance.one((Sex.MALE, Sex.FEMALE))) for _ in range(chance.whole(0, 2))
        )
        return Household(
            smokers=self._known(0.15),
            pets=self._known(0.5),
            own_children=own,
            languages=frozenset() if self._missing() else frozenset({"en"}) | chance.each(("pl", "ar", "pt"), 0.05),
            religion=None if self._missing() else chance.one(tuple(Religion)),
            religions_supported=chance.each(Religion, 0.3),
            ethnicities=frozenset() if self._missing() else frozenset({chance.one(("WBRI", "BAFR", "AOTH"))}),
            ethnicities_supported=chance.each(("BAFR", "AOTH", "MWBC"), 0.3),
            drives=self._known(0.9),
        )

    def _met(self, kind: HomeKind) -> dict[str, int]:
        usual = 3 if kind.setting in (Setting.RESIDENTIAL, Setting.SECURE) else 2
        levels = {}
        for code in self._codes:
            if not self._missing():
                levels[code] = min(4, max(0, usual + self._chance.whole(-1, 2)))
        return levels

    def _skills(self, met: dict[str, int]) -> tuple[SkillHeld, ...]:
        wanted = frozenset().union(*(self._called_for[code][level] for code, level in met.items()))
        held = []
        for skill in Skill:
            if self._chance.yes(0.9 if skill in wanted else 0.12):
                level = self._chance.one(tuple(SkillLevel))
                weeks = self._chance.whole(1, 12) if level is SkillLevel.TRAINABLE else None
                held.append(SkillHeld(skill, level, None if weeks else self._day(-900, -1), weeks))
        return tuple(held)

    def _bed_types(self, kind: HomeKind) -> frozenset[CareType]:
        named = frozenset([care for part, care in _TYPES_BY_KIND.items() if kind.value.endswith(part)])
        arrival = kind.setting is Setting.SUPPORTED and self._chance.yes(0.2)
        return named | ({CareType.UASC_ARRIVAL} if arrival else frozenset())

    def _prices(self, setting: Setting) -> Prices:
        if self._missing():
            return Prices()
        per_cent = 100 if self._drawn.ties else self._chance.whole(80, 140)
        base = _BASE_PENCE[setting] * per_cent // 100
        rows = tuple(
            WeeklyPrice(AgeRange(0, 25), band, Pence(base * share // 10_000 * 100))
            for band, share in _BAND_PER_CENT.items()
            if not self._missing()
        )
        add_ons = {add_on: Pence(50_000 * (at + 1)) for at, add_on in enumerate(PriceAddOn) if not self._missing()}
        return Prices(
            base=rows,
            add_ons=add_ons,
            contract=Contract.BLOCK if self._chance.yes(0.1) else Contract.SPOT,
            base_year=2017,
        )
