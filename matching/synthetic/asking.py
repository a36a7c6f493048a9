"""What is asked for each child of a search: the usual for the age and needs, then what the story adds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from matching.codes import (
    AvoidReason,
    Known,
    LivingWith,
    Parent,
    PriceAddOn,
    Risk,
    RiskLevel,
    SearchKind,
    Setting,
    Skill,
    Staffing,
    Suitability,
    ViewAsked,
    Wanted,
)
from matching.places import AvoidedPlace
from matching.referrals import Asks, ChildView, Referral, ReferralState
from matching.synthetic.chance import Chance
from matching.synthetic.drafts import DraftChild
from matching.synthetic.ground import Ground
from matching.synthetic.identifiers import Identifiers
from matching.synthetic.searches import DraftSearch
from matching.values import ChildId, Metres, SiblingGroupId, age_on

_SAID = (
    "I want to stay at my school.",
    "I would like to see my nan every week.",
    "I do not mind where, as long as they are kind.",
    "I want us to be together.",
    "Somewhere quiet, please.",
)
_UNLIKELY = frozenset({Risk.FIRE_SETTING, Risk.SEXUAL_HARM_TO_OTHERS, Risk.HARM_TO_ANIMALS, Risk.EATING_DISORDER})
_NOBODY_HAS = (
    frozenset({Skill.DE_ESCALATION, Skill.EATING_DISORDER}),
    frozenset({Skill.HARMFUL_SEXUAL_BEHAVIOUR, Skill.FIRE_SETTING}),
    frozenset({Skill.SELF_HARM, Skill.TRACHEOSTOMY}),
)
"""Skills that very complex children need, one of each pair so rare that no home in these pools holds it."""
_EXPLOITATION = (Risk.SEXUAL_EXPLOITATION, Risk.CRIMINAL_EXPLOITATION, Risk.GOING_MISSING)


class Asking:
    """Turns searches into referrals."""

    def __init__(
        self, ids: Identifiers, ground: Ground, residents: Sequence[DraftChild], as_of: date, chance: Chance
    ) -> None:
        self._ids, self._ground, self._as_of, self._chance = ids, ground, as_of, chance
        self._residents = [child for child in residents if child.home is not None]
        self._complex = 0
        self._stories: dict[str, Callable[[Asks, DraftChild, DraftSearch], Asks]] = {
            "very-complex": self._very_complex,
            "exploited": self._exploited,
            "notice-given": self._notice_given,
            "parent-and-child": _parent_and_child,
            "uasc-arrival": lambda usual, _, __: _from_abroad(usual, Wanted.PREFERRED),
            "uasc-fostering": lambda usual, _, __: _from_abroad(usual, Wanted.REQUIRED),
            "gastrostomy": lambda usual, _, __: replace(usual, skills=frozenset({Skill.GASTROSTOMY})),
            "wheelchair": lambda usual, _, __: replace(usual, skills=frozenset({Skill.MOVING_AND_HANDLING})),
        }

    def referral(self, number: int, search: DraftSearch, group: SiblingGroupId | None) -> Referral:
        """The referral of a search."""
        morning = datetime.combine(self._as_of, time(8), UTC)
        opened = morning - timedelta(days=search.days_open, minutes=self._chance.whole(0, 400))
        planned = search.kind is SearchKind.PLANNED
        searching = planned and search.days_open > 10
        return Referral(
            id=self._ids.referral(number),
            authority=self._ids.authority,
            external_ref=f"R{number + 1:05d}",
            state=ReferralState.SEARCHING if searching else ReferralState.OPEN,
            kind=search.kind,
            opened=opened,
            wanted_by=self._as_of + timedelta(days=search.days_ahead),
            wanted_time=None if planned else self._chance.one(("18:00", "20:30", "22:00")),
            length=search.length,
            expected_nights=search.nights,
            asks=tuple(self._asks(child, search) for child in search.children),
            sibling_group=group,
        )

    def _asks(self, child: DraftChild, search: DraftSearch) -> Asks:
        in_school = 5 <= child.age <= 15
        usual = Asks(
            child=self._ids.child(child.number),
            suitability=_suitability(child),
            close_to_family=Known.UNKNOWN if child.uasc else self._known(0.8),
            in_school=self._known(0.9) if in_school else Known.NO,
            keep_school=self._known(0.6) if in_school and not child.uasc else Known.NO,
            school_year=school_year(child.born, self._as_of),
            living_with=LivingWith.NO_PREFERENCE,
            pets=self._known(0.9),
            staffing=Staffing.STANDARD if child.severity > 2.2 else Staffing.NOT_SPECIFIED,
            risks=self._risks(child),
            readiness_assessed=self._readiness(child, search),
            view=self._view(child, search),
        )
        return self._told(usual, child, search)

    def _told(self, usual: Asks, child: DraftChild, search: DraftSearch) -> Asks:
        tell = self._stories.get(search.story)
        return usual if tell is None else tell(usual, child, search)

    def _notice_given(self, usual: Asks, child: DraftChild, _: DraftSearch) -> Asks:
        return replace(usual, never_with=self._two_others(child), add_ons=frozenset({PriceAddOn.THERAPY}))

    def _very_complex(self, usual: Asks, child: DraftChild, _: DraftSearch) -> Asks:
        """Alone, with more than two adults and skills that no home has: the empty list is an everyday answer."""
        self._complex += 1
        risks = dict(usual.risks) | {Risk.PHYSICAL_HARM_TO_OTHERS: RiskLevel.HIGH, Risk.SELF_HARM: RiskLevel.HIGH}
        far = Metres(60_000)
        family = child.family.home if child.family else self._ground.within(self._ground.locality())
        return replace(
            usual,
            suitability={Setting.FOSTERING: Suitability.UNSUITABLE, Setting.RESIDENTIAL: Suitability.PREFERRED},
            living_with=LivingWith.SOLO,
            staffing=Staffing.MORE_THAN_TWO_TO_ONE,
            risks=risks,
            skills=_NOBODY_HAS[self._complex % len(_NOBODY_HAS)],
            avoid=(AvoidedPlace(family, far, AvoidReason.GANG),) if self._complex % 3 == 0 else (),
            add_ons=frozenset({PriceAddOn.THERAPY, PriceAddOn.EDUCATION}),
        )

    def _exploited(self, usual: Asks, child: DraftChild, _: DraftSearch) -> Asks:
        locality = child.family.locality if child.family else self._ground.locality()
        zones = tuple(
            AvoidedPlace(self._ground.within(locality), Metres(radius), AvoidReason.EXPLOITATION)
            for radius in (5_000, 8_000)
        )
        risks = dict(usual.risks) | dict.fromkeys(_EXPLOITATION, RiskLevel.HIGH)
        return replace(usual, avoid=zones, risks=risks, never_with=self._two_others(child), keep_school=Known.NO)

    def _two_others(self, child: DraftChild) -> frozenset[ChildId]:
        """Two children who live elsewhere in care and must not share a home with this one."""
        others = [o for o in self._residents if o.family is not child.family and abs(o.age - child.age) <= 2]
        return frozenset(self._ids.child(o.number) for o in self._chance.some(others, 2) if o.home is not child.home)

    def _risks(self, child: DraftChild) -> dict[Risk, RiskLevel]:
        found = {}
        for risk in Risk:
            high = max(0.0, (child.severity - 1.7) * (0.08 if risk in _UNLIKELY else 0.2)) if child.age >= 8 else 0.0
            draw = self._chance.share()
            if draw < high:
                found[risk] = RiskLevel.HIGH
            elif draw < high + (0.14 if child.age >= 8 and risk not in _UNLIKELY else 0.02):
                found[risk] = RiskLevel.LOW
            elif draw < 0.985:
                found[risk] = RiskLevel.NO_KNOWN
        return found

    def _readiness(self, child: DraftChild, search: DraftSearch) -> Known:
        if child.age < 16:
            return Known.UNKNOWN
        return self._known(0.8) if search.story in ("supported", "uasc-arrival") else Known.UNKNOWN

    def _view(self, child: DraftChild, search: DraftSearch) -> ChildView:
        if child.age < 4:
            return ChildView(ViewAsked.TOO_YOUNG)
        if search.days_ahead == 0:
            return ChildView(ViewAsked.TOO_URGENT)
        if self._chance.yes(0.2):
            return ChildView(ViewAsked.NOT_YET)
        return ChildView(ViewAsked.ASKED, said=self._chance.one(_SAID), pre_visit_wanted=self._known(0.8))

    def _known(self, share: float) -> Known:
        if self._chance.yes(0.04):
            return Known.UNKNOWN
        return Known.YES if self._chance.yes(share) else Known.NO


def _suitability(child: DraftChild) -> dict[Setting, Suitability]:
    """Fostering first for nearly all; residential only for the most complex; supported from 16."""
    if child.age < 16:
        residential = Suitability.SUITABLE if child.severity > 2.4 and child.age >= 10 else Suitability.UNSUITABLE
        return {
            Setting.FOSTERING: Suitability.PREFERRED,
            Setting.RESIDENTIAL: residential,
            Setting.SUPPORTED: Suitability.UNSUITABLE,
        }
    ready = child.severity < 2.2
    return {
        Setting.FOSTERING: Suitability.SUITABLE,
        Setting.RESIDENTIAL: Suitability.UNSUITABLE if ready else Suitability.SUITABLE,
        Setting.SUPPORTED: Suitability.PREFERRED if ready else Suitability.UNSUITABLE,
    }


def _parent_and_child(usual: Asks, child: DraftChild, search: DraftSearch) -> Asks:
    born = search.babies[child.number]
    return replace(usual, parent=Parent.MOTHER, baby_born=born, skills=frozenset({Skill.PARENT_ASSESSMENT}))


def _from_abroad(usual: Asks, religion: Wanted) -> Asks:
    return replace(usual, language=Wanted.PREFERRED, religion=religion, culture=Wanted.PREFERRED)


def school_year(born: date, day: date) -> int | None:
    """National Curriculum year on a day, 0 for reception to 13; None before and after school.

    The year begins on 1 September and goes by the age on the 31 August before it.
    """
    cut = date(day.year if day >= date(day.year, 9, 1) else day.year - 1, 8, 31)
    year = age_on(born, cut) - 4
    return year if 0 <= year <= 13 else None
