"""Children for pools: what is asked for each is varied over every rule, and facts are missing as often as asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from matching.codes import (
    Access,
    AvoidReason,
    CarePlan,
    Communication,
    DeprivationOfLiberty,
    Frequency,
    Health,
    Known,
    LegalStatus,
    LivingWith,
    OtherChildrenSex,
    Parent,
    PlaceKind,
    PriceAddOn,
    Religion,
    Risk,
    RiskLevel,
    Setting,
    Sex,
    Skill,
    Staffing,
    Suitability,
    ViewAsked,
    Wanted,
)
from matching.needs import DomainFinding, Framework, NeedsProfile
from matching.people import Child
from matching.places import AvoidedPlace, ImportantPlace, Place
from matching.referrals import Asks, ChildView
from matching.synthetic.chance import Chance, invented_id
from matching.values import AuthorityId, ChildId, Metres, ProfileId, age_on

_AGES = ((0, 5.0), (2, 14.0), (7, 18.0), (12, 41.0), (16, 22.0))
_SPREAD = {0: (0, 0), 2: (1, 4), 7: (5, 9), 12: (10, 15), 16: (16, 17)}
_SEVERITY_WEIGHTS = ((0.8, 30.0), (1.3, 35.0), (1.9, 20.0), (2.6, 10.0), (3.3, 5.0))


@dataclass(frozen=True, slots=True)
class ChildrenDrawn:
    """How children for a pool are drawn."""

    as_of: date
    framework: Framework
    authority: AuthorityId
    unknown: float
    """How often a fact that may be missing is missing."""
    varied: float
    """How often each unusual thing is asked for: a zone to avoid, a required language, one-to-one staffing."""


class InventedChildren:
    """Draws one child after another, with what is asked for and the profile in force."""

    def __init__(self, pool: str, drawn: ChildrenDrawn, chance: Chance) -> None:
        self._pool, self._drawn, self._chance = pool, drawn, chance

    def age(self) -> int:
        """An age in years, as common as among children in care."""
        return self._chance.whole(*_SPREAD[self._chance.weighted(_AGES)])

    def child(self, number: int, age: int, places: tuple[ImportantPlace, ...] = ()) -> Child:
        """The child of that number and age, with the places that matter."""
        chance = self._chance
        uasc = age >= 16 and chance.yes(0.2)
        return Child(
            id=ChildId(invented_id(self._pool, "child", number)),
            authority=self._drawn.authority,
            external_ref=f"C{number:06d}",
            born=born_at(age, self._drawn.as_of, chance),
            sex=chance.weighted(((Sex.MALE, 55.0), (Sex.FEMALE, 43.0), (Sex.UNKNOWN, 2.0 if age == 0 else 0.2))),
            ethnicity=None if self._missing() else chance.one(("WBRI", "WBRI", "WBRI", "BAFR", "AOTH", "MWBC")),
            religion=None if self._missing() else chance.one(tuple(Religion)),
            languages=frozenset() if self._missing() else frozenset({chance.one(("en", "en", "en", "pl", "ar"))}),
            communication=chance.each(Communication, 0.03),
            health=chance.each(Health, 0.05),
            health_recorded=not self._missing(),
            disabled=self._known(0.08),
            access=chance.each(Access, self._drawn.varied / 4),
            send=self._known(0.33),
            ehcp=self._known(0.2),
            uasc=uasc,
            legal_status=None
            if self._missing()
            else chance.one((LegalStatus.C2_FULL_CARE_ORDER, LegalStatus.V2_SECTION_20)),
            care_plan=chance.one(tuple(CarePlan)),
            deprivation_of_liberty=chance.weighted(
                (
                    (DeprivationOfLiberty.NO, 96.0),
                    (DeprivationOfLiberty.PREVIOUS, 2.0),
                    (DeprivationOfLiberty.CURRENT, 2.0),
                )
            ),
            section_20_consent=self._known(0.5),
            delegated_authority=self._known(0.5),
            in_care_since=None if self._missing() else self._drawn.as_of - timedelta(days=chance.whole(0, 200)),
            important_places=places,
        )

    def places(self, home: Place, near: Sequence[Place], age: int) -> tuple[ImportantPlace, ...]:
        """The family home, a school from four years on, and now and then family time; each may be missing."""
        chance, found = self._chance, []
        if not self._missing():
            found.append(ImportantPlace(PlaceKind.FAMILY_HOME, home, Frequency.WEEKLY))
        if age >= 4 and not self._missing():
            found.append(ImportantPlace(PlaceKind.SCHOOL, chance.one(near), Frequency.DAILY))
        if chance.yes(0.5):
            found.append(ImportantPlace(PlaceKind.FAMILY_TIME, chance.one(near), chance.one(tuple(Frequency)[1:])))
        return tuple(found)

    def asks(self, child: Child, zone: Place, others: Sequence[ChildId]) -> Asks:
        """What is asked for a child; `zone` may become a place to avoid and `others` children never to live with."""
        chance, age = self._chance, age_on(child.born, self._drawn.as_of)
        parent = age >= 15 and self._unusual(2)
        return Asks(
            child=child.id,
            suitability=self._suitability(age),
            close_to_family=self._known(0.6),
            in_school=self._known(0.9),
            keep_school=self._known(0.4),
            school_year=None if age < 4 or self._missing() else min(13, age - 4),
            avoid=self._avoid(zone),
            living_with=chance.one(tuple(LivingWith)) if self._unusual() else LivingWith.NO_PREFERENCE,
            other_children_sex=chance.one(tuple(OtherChildrenSex))
            if self._unusual()
            else OtherChildrenSex.NO_PREFERENCE,
            pets=self._known(0.9),
            never_with=frozenset(chance.some(others, 2)) if self._unusual() else frozenset(),
            staffing=chance.one(tuple(Staffing)) if self._unusual() else Staffing.NOT_SPECIFIED,
            risks={risk: level for risk in Risk if (level := self._risk()) is not None},
            culture=self._wanted(),
            religion=self._wanted(),
            language=self._wanted(),
            skills=frozenset({chance.one(tuple(Skill))}) if self._unusual() else frozenset(),
            add_ons=chance.each(PriceAddOn, self._drawn.varied / 3),
            secure=age >= 12 and self._unusual(8),
            readiness_assessed=self._known(0.7) if age >= 16 else Known.UNKNOWN,
            joint_housing_assessed=self._known(0.7) if age >= 16 else Known.UNKNOWN,
            homeless=age >= 16 and self._unusual(2),
            parent=chance.one(tuple(Parent)) if parent else None,
            baby_born=self._drawn.as_of - timedelta(days=chance.whole(5, 300)) if parent else None,
            stability_plan_on=self._drawn.as_of if self._unusual(2) else None,
            view=ChildView(ViewAsked.TOO_YOUNG if age < 4 else chance.one((ViewAsked.ASKED, ViewAsked.NOT_YET))),
        )

    def profile(self, child: Child) -> NeedsProfile | None:
        """The profile in force, a domain missing now and then; None when there is none."""
        if self._missing():
            return None
        made = self._drawn.as_of - timedelta(days=self._chance.whole(5, 200))
        severity = self._chance.weighted(_SEVERITY_WEIGHTS)
        return NeedsProfile(
            id=ProfileId(invented_id(self._pool, "profile", child.external_ref)),
            child=child.id,
            external_ref=f"N{child.external_ref[1:]}",
            framework=self._drawn.framework.id,
            made_on=made,
            author="social-worker",
            review_due=made + timedelta(days=183),
            findings=tuple(
                DomainFinding(domain.code, min(4, max(0, round(self._chance.normal(severity, 0.8)))))
                for domain in self._drawn.framework.domains
                if not self._missing()
            ),
        )

    def _missing(self) -> bool:
        return self._chance.yes(self._drawn.unknown)

    def _unusual(self, rarer: int = 1) -> bool:
        return self._chance.yes(self._drawn.varied / rarer)

    def _known(self, probability: float) -> Known:
        if self._missing():
            return Known.UNKNOWN
        return Known.YES if self._chance.yes(probability) else Known.NO

    def _wanted(self) -> Wanted:
        if not self._unusual():
            return Wanted.NOT_REQUIRED
        return Wanted.REQUIRED if self._chance.yes(0.3) else Wanted.PREFERRED

    def _risk(self) -> RiskLevel | None:
        if self._missing():
            return None
        return self._chance.weighted(((RiskLevel.NO_KNOWN, 80.0), (RiskLevel.LOW, 14.0), (RiskLevel.HIGH, 6.0)))

    def _avoid(self, zone: Place) -> tuple[AvoidedPlace, ...]:
        if not self._unusual():
            return ()
        return (AvoidedPlace(zone, Metres(self._chance.whole(1, 25) * 1_000), self._chance.one(tuple(AvoidReason))),)

    def _suitability(self, age: int) -> dict[Setting, Suitability]:
        fostering = self._chance.weighted(
            ((Suitability.PREFERRED, 80.0), (Suitability.SUITABLE, 12.0), (Suitability.UNSUITABLE, 8.0))
        )
        said = {Setting.FOSTERING: fostering}
        if age < 10:
            said[Setting.RESIDENTIAL] = Suitability.UNSUITABLE
        elif fostering is Suitability.UNSUITABLE:
            said[Setting.RESIDENTIAL] = Suitability.PREFERRED
        elif self._unusual(2):
            said[Setting.RESIDENTIAL] = Suitability.SUITABLE
        if age >= 16:
            said[Setting.SUPPORTED] = self._chance.one(tuple(Suitability))
        return {setting: answer for setting, answer in said.items() if not self._missing()}


def born_at(age: int, as_of: date, chance: Chance) -> date:
    """A date of birth at which somebody is that many whole years old on the day."""
    latest = as_of.replace(year=as_of.year - age, day=min(as_of.day, 28))
    return latest - timedelta(days=chance.whole(0, 360))
