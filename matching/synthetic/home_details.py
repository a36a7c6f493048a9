"""From a draft to a home: approval or purpose, beds, availability, household, skills, what it can meet, and price."""

from __future__ import annotations

from datetime import date, timedelta

from matching.codes import (
    Access,
    AvailabilityState,
    CareType,
    HomeKind,
    Known,
    Ofsted,
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
    SkillHeld,
    StatementOfPurpose,
)
from matching.needs import Framework
from matching.synthetic.chance import Chance
from matching.synthetic.drafts import DraftHome
from matching.synthetic.fostering import OWN_SERVICE, reduced_because
from matching.synthetic.households import USUAL_LIMIT
from matching.synthetic.identifiers import Identifiers
from matching.synthetic.prices import prices_of
from matching.values import AgeRange, ChildId, Period

_BOTH = frozenset({Sex.MALE, Sex.FEMALE})
_LONG = frozenset({CareType.SHORT_TERM, CareType.LONG_TERM, CareType.BRIDGING})
_USUAL_LEVEL = {Setting.FOSTERING: 2, Setting.RESIDENTIAL: 3, Setting.SUPPORTED: 2, Setting.SECURE: 4}
_JUDGEMENTS = (
    (Ofsted.GOOD, 72.0),
    (Ofsted.OUTSTANDING, 16.0),
    (Ofsted.REQUIRES_IMPROVEMENT, 8.0),
    (Ofsted.INADEQUATE, 1.5),
    (Ofsted.NOT_YET_INSPECTED, 2.5),
)
_RARER_SKILLS = (
    Skill.MOVING_AND_HANDLING,
    Skill.EPILEPSY,
    Skill.GASTROSTOMY,
    Skill.DIABETES,
    Skill.CONTINENCE,
    Skill.MAKATON,
    Skill.BSL,
    Skill.ESOL,
    Skill.AUTISM,
    Skill.ADHD,
    Skill.FASD,
    Skill.HARMFUL_SEXUAL_BEHAVIOUR,
    Skill.SUBSTANCE_MISUSE,
    Skill.UASC,
    Skill.NEWBORN_CARE,
    Skill.PARENT_ASSESSMENT,
    Skill.MOVING_TO_INDEPENDENCE,
)


class HomeDetails:
    """Makes homes out of drafts, one after another."""

    def __init__(self, ids: Identifiers, framework: Framework, as_of: date, chance: Chance) -> None:
        self._ids, self._framework, self._as_of, self._chance = ids, framework, as_of, chance
        self._services: dict[str, tuple[Ofsted, date]] = {OWN_SERVICE: (Ofsted.GOOD, as_of - timedelta(days=400))}

    def home(self, draft: DraftHome, levels: dict[str, int]) -> Home:
        """The home of a draft; `levels` are the highest levels of need among those who live there."""
        fostering = draft.kind.setting is Setting.FOSTERING
        met = self._met(draft, levels)
        judgement, inspected = self._inspected(draft)
        access = self._access(draft)
        return Home(
            id=self._ids.home(draft.number),
            authority=self._ids.authority,
            external_ref=self._ids.home_ref(draft.number),
            provider=self._ids.provider(draft.provider),
            sector=draft.sector,
            kind=draft.kind,
            region=self._ids.region if _is_shared(draft) else None,
            place=draft.place,
            urn=None if fostering else f"SC{900_000 + draft.number}",
            registered=Known.YES,
            ofsted=judgement,
            ofsted_on=inspected,
            approvals=(self._approval(draft),) if fostering else (),
            purposes=() if fostering else (self._purpose(draft),),
            preferred=self._preferred(draft) if fostering else PreferredRange(),
            registered_beds=draft.beds,
            effective=self._effective(draft),
            bedrooms=draft.beds + (1 if self._chance.yes(0.3) else 0),
            bedrooms_may_share=fostering and self._chance.yes(0.25),
            solo_only=draft.solo,
            availability=self._availability(draft),
            household=self._household(draft) if fostering else self._staffed(),
            access=access,
            skills=self._skills(draft, met, access),
            meets=met,
            staffing=self._staffing(draft),
            bed_types=draft.bed_types,
            impact_assessed_on=None if fostering else self._day(-60, -1),
            prices=prices_of(draft, self._chance),
            annual_review_due=self._day(-20, 345) if fostering else None,
            dbs_due=self._day(-10, 1_050) if fostering else None,
        )

    def _inspected(self, draft: DraftHome) -> tuple[Ofsted, date]:
        """A children's home is judged itself; a fostering household has the judgement of its service."""
        found = (self._chance.weighted(_JUDGEMENTS), self._day(-900, -40))
        return self._services.setdefault(draft.provider, found) if draft.kind.setting is Setting.FOSTERING else found

    def _day(self, least: int, most: int) -> date:
        return self._as_of + timedelta(days=self._chance.whole(least, most))

    def _approval(self, draft: DraftHome) -> ApprovalTerms:
        connected = draft.kind is HomeKind.FOSTERING_CONNECTED
        named = [*draft.residents, *draft.named]
        number = draft.beds - draft.staying_put
        siblings = len({child.family for child in draft.residents}) <= 1
        temporary = connected and draft.temporary
        first = min((stay.starts for stay in draft.past), default=self._as_of) - timedelta(days=40)
        return ApprovalTerms(
            period=Period(min(first, self._day(-3_600, -60)) if not temporary else self._day(-50, -20)),
            ages=draft.ages,
            sexes=self._sexes(draft),
            number=number if siblings else min(number, USUAL_LIMIT),
            care_types=self._care_types(draft),
            named_children=frozenset(self._ids.child(c.number) for c in named) if connected else frozenset(),
            named_children_only=connected,
            exempt_children=self._exempt(draft),
            temporary_until=self._day(30, 90) if temporary else None,
        )

    def _care_types(self, draft: DraftHome) -> frozenset[CareType]:
        """A bed kept for one purpose is approved for that and short stays; others for most ordinary care."""
        if draft.kind is HomeKind.FOSTERING_SHORT_BREAK:
            return draft.bed_types
        if draft.bed_types:
            return draft.bed_types | {CareType.SHORT_TERM}
        emergency = frozenset({CareType.EMERGENCY}) if self._chance.yes(0.45) else frozenset()
        return _LONG | emergency

    def _exempt(self, draft: DraftHome) -> frozenset[ChildId]:
        over = len(draft.residents) > USUAL_LIMIT and len({child.family for child in draft.residents}) > 1
        return frozenset(self._ids.child(child.number) for child in draft.residents) if over else frozenset()

    def _sexes(self, draft: DraftHome) -> frozenset[Sex]:
        """One household in fourteen takes girls, or boys, only: never other than who lives there already."""
        living = frozenset(child.sex for child in [*draft.residents, *draft.named])
        if self._chance.yes(0.93) or len(living) > 1:
            return _BOTH
        return living or frozenset({self._chance.one((Sex.FEMALE, Sex.MALE))})

    def _purpose(self, draft: DraftHome) -> StatementOfPurpose:
        return StatementOfPurpose(
            period=Period(self._day(-2_500, -1_500)),
            ages=draft.ages,
            sexes=self._sexes(draft) if draft.sector is not Sector.IN_HOUSE else _BOTH,
            number=draft.beds,
        )

    def _preferred(self, draft: DraftHome) -> PreferredRange:
        ages = draft.ages
        if ages is None or ages.oldest - ages.youngest < 8 or self._chance.yes(0.6):
            return PreferredRange()
        middle = (ages.youngest + ages.oldest) // 2
        half = AgeRange(ages.youngest, middle) if self._chance.yes(0.6) else AgeRange(middle, ages.oldest)
        return PreferredRange(half)

    def _effective(self, draft: DraftHome) -> EffectiveBeds | None:
        if draft.effective is None:
            return None
        return EffectiveBeds(draft.effective, reduced_because(draft), self._day(10, 100))

    def _availability(self, draft: DraftHome) -> Availability:
        full = draft.state is AvailabilityState.AVAILABLE and draft.free <= 0
        ending = any(stay.planned_end is not None for stay in draft.past)
        said_full = full and not ending and self._chance.yes(0.1)
        state = AvailabilityState.FULL if said_full else draft.state
        stale = self._chance.yes(0.18)
        until = self._day(10, 90) if draft.state is not AvailabilityState.AVAILABLE and self._chance.yes(0.7) else None
        nights = frozenset(range(7))
        if draft.kind in (HomeKind.FOSTERING_SHORT_BREAK, HomeKind.CHILDRENS_HOME_SHORT_BREAK):
            nights = self._chance.one((frozenset({4, 5, 6}), frozenset({4, 5}), nights))
        return Availability(
            state=state,
            reason=draft.reason,
            until=until,
            last_confirmed=self._day(-75, -15) if stale else self._day(-13, 0),
            nights_of_week=nights,
        )

    def _staffed(self) -> Household:
        return Household(smokers=Known.NO, pets=self._known(0.12), languages=frozenset({"en"}), drives=Known.YES)

    def _household(self, draft: DraftHome) -> Household:
        chance = self._chance
        own = tuple(
            HouseholdMember(chance.whole(3, 20), chance.one((Sex.MALE, Sex.FEMALE)))
            for _ in range(chance.weighted(((0, 62.0), (1, 25.0), (2, 13.0))))
        )
        young = any(child.age < 5 for child in draft.residents)
        other = chance.weighted(
            (("", 88.0), ("pl", 3.0), ("pt", 3.0), ("lt", 2.0), ("ar", 2.0), ("ku", 1.0), ("so", 1.0))
        )
        religion = chance.weighted(
            ((Religion.NONE, 52.0), (Religion.CHRISTIAN, 42.0), (Religion.MUSLIM, 3.0), (Religion.OTHER, 3.0))
        )
        return Household(
            smokers=Known.NO if young else self._known(0.14),
            pets=self._known(0.55),
            own_children=own,
            languages=frozenset({"en", other}) if other else frozenset({"en"}),
            religion=religion,
            religions_supported=chance.each((Religion.CHRISTIAN, Religion.MUSLIM), 0.35) | {religion},
            ethnicities=frozenset({chance.weighted((("WBRI", 90.0), ("WOTH", 5.0), ("AIND", 2.0), ("BAFR", 3.0)))}),
            ethnicities_supported=chance.each(("BAFR", "AOTH", "MWBC", "OOTH"), 0.3),
            drives=self._known(0.94),
        )

    def _known(self, share: float) -> Known:
        """Yes as often as said; one time in thirty nobody has written it down."""
        if self._chance.yes(1 / 30):
            return Known.UNKNOWN
        return Known.YES if self._chance.yes(share) else Known.NO

    def _access(self, draft: DraftHome) -> frozenset[Access]:
        needed = frozenset().union(*(child.access for child in draft.residents))
        step_free = self._chance.yes(0.06 if draft.kind.setting is Setting.FOSTERING else 0.2)
        return needed | (frozenset({Access.GROUND_FLOOR, Access.WHEELCHAIR}) if step_free else frozenset())

    def _met(self, draft: DraftHome, levels: dict[str, int]) -> dict[str, int]:
        """Around what is usual for the kind, and in nine cases of ten what those who live there need."""
        usual = _USUAL_LEVEL[draft.kind.setting] + (1 if draft.kind is HomeKind.FOSTERING_ENHANCED else 0)
        met = {}
        for domain in self._framework.domains:
            level = usual + self._chance.weighted(((-1, 12.0), (0, 60.0), (1, 28.0)))
            if self._chance.yes(0.9):
                level = max(level, levels.get(domain.code, 0))
            if not self._chance.yes(0.02):
                met[domain.code] = min(4, level)
        return met

    def _skills(self, draft: DraftHome, met: dict[str, int], access: frozenset[Access]) -> tuple[SkillHeld, ...]:
        wanted = sorted({s for d in self._framework.domains if d.code in met for s in d.skills_at(met[d.code])})
        held = []
        for skill in wanted:
            level = self._chance.weighted(
                ((SkillLevel.TRAINED, 58.0), (SkillLevel.EXPERIENCED, 34.0), (SkillLevel.TRAINABLE, 8.0))
            )
            trainable = level is SkillLevel.TRAINABLE
            weeks = self._chance.whole(2, 10) if trainable else None
            held.append(SkillHeld(skill, level, None if trainable else self._day(-1_500, -30), weeks))
        expected = _expected_skills(draft, access)
        rarer = [s for s in _RARER_SKILLS if s not in wanted and (s in expected or self._chance.yes(0.07))]
        return (*held, *(SkillHeld(skill, SkillLevel.TRAINED, self._day(-1_500, -30)) for skill in rarer))

    def _staffing(self, draft: DraftHome) -> Staffing:
        if draft.kind.setting is Setting.FOSTERING or draft.kind.setting is Setting.SUPPORTED:
            return Staffing.STANDARD
        if draft.very_high_cost:
            return Staffing.TWO_TO_ONE
        return Staffing.ONE_TO_ONE if draft.solo or self._chance.yes(0.3) else Staffing.STANDARD


def _expected_skills(draft: DraftHome, access: frozenset[Access]) -> frozenset[Skill]:
    """What a home of that kind always has: it would not be that kind of home without."""
    expected = set()
    if Access.WHEELCHAIR in access:
        expected.add(Skill.MOVING_AND_HANDLING)
    if CareType.PARENT_AND_CHILD in draft.bed_types:
        expected |= {Skill.PARENT_ASSESSMENT, Skill.NEWBORN_CARE}
    if CareType.UASC_ARRIVAL in draft.bed_types:
        expected |= {Skill.UASC, Skill.ESOL}
    return frozenset(expected)


_SHARED_TYPES = frozenset({CareType.EMERGENCY, CareType.PACE, CareType.PARENT_AND_CHILD})


def _is_shared(draft: DraftHome) -> bool:
    """Own beds kept for an emergency, PACE or parent and child are shared with the other authorities of the region."""
    return draft.sector is Sector.IN_HOUSE and bool(draft.bed_types & _SHARED_TYPES)
