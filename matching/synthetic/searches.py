"""Who waits today and why: each search has a story, played by children new to care or already in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from matching.codes import Access, AvailabilityState, ExpectedLength, HomeKind, OnHoldReason, SearchKind, Setting, Sex
from matching.synthetic.chance import Chance
from matching.synthetic.drafts import DraftChild, DraftHome, Family, Stay
from matching.synthetic.families import new_family
from matching.synthetic.figures import Figures, PlacementType
from matching.synthetic.ground import Ground
from matching.synthetic.households import approve_ages
from matching.synthetic.invented_children import born_at

_LANGUAGES = ("ar", "ku", "fa", "ps", "ti")


@dataclass(eq=False, slots=True)
class DraftSearch:
    """A search before it becomes a referral."""

    story: str
    children: list[DraftChild]
    kind: SearchKind = SearchKind.PLANNED
    days_ahead: int = 14
    days_open: int = 7
    length: ExpectedLength = ExpectedLength.UNTIL_18
    nights: int | None = None
    babies: dict[int, date] = field(default_factory=dict)
    """A parent's number and the baby's date of birth."""


class Searches:
    """Casts every story; children already in care are given a day on which their present placement ends."""

    def __init__(
        self,
        figures: Figures,
        children: list[DraftChild],
        homes: list[DraftHome],
        ground: Ground,
        as_of: date,
        chance: Chance,
    ) -> None:
        self._figures, self._children, self._ground = figures, children, ground
        self._as_of, self._chance = as_of, chance
        self._named = [
            home for home in homes if home.kind is HomeKind.FOSTERING_CONNECTED and home.free and not home.reason
        ]
        self._named = [home for home in self._named if home.state.value == "available"]
        self._cast: set[int] = set()
        self.new: list[DraftChild] = []
        """Children who wait and are not in care."""
        self.families: list[Family] = []
        self._next_child = 0
        self._next_family = 0

    def all(self, first_child: int, first_family: int) -> list[DraftSearch]:
        """One search for each time a story is told; new children and families are numbered from those given."""
        self._next_child, self._next_family = first_child, first_family
        stories: dict[str, Callable[[], DraftSearch]] = {
            "coming-into-care": self._coming_into_care,
            "same-day": lambda: self._urgent(SearchKind.SAME_DAY),
            "emergency": lambda: self._urgent(SearchKind.EMERGENCY),
            "baby": self._baby,
            "pace": self._pace,
            "notice-given": self._notice_given,
            "step-down": lambda: self._moving("step-down", _could_step_down, 35),
            "end-of-bridging": lambda: self._moving("end-of-bridging", _in_emergency_home, 12),
            "supported": lambda: self._moving("supported", _sixteen_or_over, 30),
            "uasc-arrival": lambda: self._arrival("uasc-arrival", 17, 1),
            "uasc-fostering": lambda: self._arrival("uasc-fostering", 15, 4),
            "parent-and-child": self._parent_and_child,
            "very-complex": self._very_complex,
            "wheelchair": lambda: self._disabled("wheelchair", 9),
            "gastrostomy": lambda: self._disabled("gastrostomy", 4),
            "connected": self._connected,
            "exploited": self._exploited,
            "pair": lambda: self._siblings("pair", 2),
            "three": lambda: self._siblings("three", 3),
            "four": lambda: self._siblings("four", 4),
            "pair-moving": lambda: self._pair_in_care("pair-moving", together=True),
            "pair-reunited": lambda: self._pair_in_care("pair-reunited", together=False),
        }
        return [self._dated(stories[name]()) for name, count in self._figures.stories for _ in range(count)]

    def _dated(self, search: DraftSearch) -> DraftSearch:
        """Children in care leave where they live on the first night wanted."""
        wanted = self._as_of + timedelta(days=search.days_ahead)
        for child in search.children:
            self._cast.add(child.number)
            for stay in child.stays[-1:]:
                stay.planned_end = max(wanted, stay.starts)
        return search

    def is_cast(self, child: DraftChild) -> bool:
        """Whether a child has a part already."""
        return child.number in self._cast

    def mark(self, child: DraftChild) -> None:
        """Gives a child a part, so that no other story takes it."""
        self._cast.add(child.number)

    # --- children new to care -------------------------------------------------------------------

    def _new(self, age: int, severity: float, family: Family | None = None, sex: Sex | None = None) -> DraftChild:
        if family is None:
            family = new_family(self._next_family, self._ground)
            self._next_family += 1
            self.families.append(family)
        born = born_at(age, self._as_of, self._chance)
        sex = sex or self._chance.one((Sex.MALE, Sex.FEMALE))
        child = DraftChild(self._next_child, None, age, born, sex, severity=severity, family=family)
        family.members.append(child)
        self._next_child += 1
        self.new.append(child)
        return child

    def _coming_into_care(self) -> DraftSearch:
        age = self._chance.one((3, 6, 8, 10, 11, 12, 13, 14, 15))
        child = self._new(age, self._chance.normal(1.5, 0.35))
        return DraftSearch("coming-into-care", [child], days_ahead=self._chance.whole(5, 25))

    def _urgent(self, kind: SearchKind) -> DraftSearch:
        child = self._new(self._chance.one((7, 9, 12, 14)), self._chance.normal(1.6, 0.3))
        return DraftSearch(kind.value, [child], kind, 0, 0, ExpectedLength.SHORT_TERM, 28)

    def _baby(self) -> DraftSearch:
        child = self._new(0, 0.8)
        return DraftSearch(
            "baby",
            [child],
            days_ahead=self._chance.whole(4, 18),
            days_open=5,
            length=ExpectedLength.BRIDGING,
            nights=240,
        )

    def _pace(self) -> DraftSearch:
        child = self._new(16, 1.9, sex=Sex.MALE)
        return DraftSearch("pace", [child], SearchKind.PACE, 0, 0, ExpectedLength.NIGHT, 1)

    def _arrival(self, story: str, age: int, days: int) -> DraftSearch:
        child = self._new(age, 1.2, sex=Sex.MALE)
        child.uasc, child.language = True, self._chance.one(_LANGUAGES)
        return DraftSearch(story, [child], SearchKind.EMERGENCY if days < 3 else SearchKind.PLANNED, days, 1)

    def _parent_and_child(self) -> DraftSearch:
        mother = self._new(16, 1.6, sex=Sex.FEMALE)
        born = self._as_of - timedelta(days=self._chance.whole(10, 60))
        search = DraftSearch("parent-and-child", [mother], days_ahead=8, length=ExpectedLength.SHORT_TERM, nights=84)
        search.babies[mother.number] = born
        return search

    def _disabled(self, story: str, age: int) -> DraftSearch:
        child = self._new(age, 1.5)
        child.disabled = True
        if story == "wheelchair":
            child.access = frozenset({Access.WHEELCHAIR})
        return DraftSearch(story, [child], days_ahead=28, days_open=40)

    def _connected(self) -> DraftSearch:
        child = self._new(self._chance.whole(4, 13), 1.3)
        self._name(1, [child])
        return DraftSearch("connected", [child], days_ahead=3, days_open=4)

    def _exploited(self) -> DraftSearch:
        return DraftSearch("exploited", [self._new(15, 2.5)], days_ahead=5, days_open=12)

    def _siblings(self, story: str, count: int) -> DraftSearch:
        """Two years or more apart, so that no two births are too close."""
        oldest = self._chance.whole(7, 12)
        ages = [max(0, oldest - round(2.4 * at)) for at in range(count)]
        first = self._new(ages[0], 1.5)
        children = [first, *(self._new(age, self._chance.normal(1.3, 0.2), first.family) for age in ages[1:])]
        if story == "three":
            self._name(3, children)
        return DraftSearch(story, children, days_ahead=self._chance.whole(6, 20), days_open=self._chance.whole(3, 20))

    def _name(self, beds: int, children: list[DraftChild]) -> None:
        """A relative approved for these children only: the second of them fully, the others still being assessed."""
        home = next(home for home in self._named if home.beds == beds and not home.named)
        family = children[0].family
        home.named = list(children)
        home.temporary = sum(bool(other.named) for other in self._named) != 2
        home.place, home.locality = self._ground.around(family.locality if family else home.locality, 0.8)
        approve_ages(home, self._chance)

    # --- children in care who move --------------------------------------------------------------

    def _notice_given(self) -> DraftSearch:
        """The carers have asked that the child move, and take nobody else meanwhile."""
        search = self._moving(
            "notice-given", lambda child: _fostered(child) and child.home is not None and not child.home.free, 21
        )
        home = search.children[0].stays[-1].home
        home.state, home.reason = AvailabilityState.ON_HOLD, OnHoldReason.FAMILY_CIRCUMSTANCES
        return search

    def _moving(self, story: str, suits: Callable[[DraftChild], bool], days: int) -> DraftSearch:
        child = self._someone(suits)
        return DraftSearch(
            story, [child], days_ahead=days + self._chance.whole(-5, 7), days_open=self._chance.whole(2, 30)
        )

    def _someone(self, suits: Callable[[DraftChild], bool]) -> DraftChild:
        alone = [
            c
            for c in self._children
            if c.stays and not c.uasc and not self.is_cast(c) and c.stays[-1].planned_end is None
        ]
        free = [child for child in alone if suits(child)]
        return self._chance.one(free or [child for child in alone if _fostered(child)])

    def _very_complex(self) -> DraftSearch:
        child = self._someone(_in_residential_and_complex)
        child.severity = 3.6
        return DraftSearch(
            "very-complex", [child], days_ahead=self._chance.whole(1, 10), days_open=self._chance.whole(30, 90)
        )

    def _pair_in_care(self, story: str, *, together: bool) -> DraftSearch:
        families = {id(c.family): c.family for c in self._children if c.family is not None and not self.is_cast(c)}
        pairs = [
            family.members
            for family in families.values()
            if len(family.members) == 2
            and all(_in_family_home(child) and not self.is_cast(child) for child in family.members)
            and (family.members[0].home is family.members[1].home) is together
        ]
        return DraftSearch(story, list(self._chance.one(pairs)), days_ahead=28, days_open=self._chance.whole(10, 40))


def _in_family_home(child: DraftChild) -> bool:
    fostered = child.kind in (PlacementType.OWN_FOSTERING, PlacementType.AGENCY_FOSTERING)
    return fostered and bool(child.stays) and child.stays[-1].planned_end is None


def _alone_there(child: DraftChild) -> bool:
    return child.family is None or all(other is child or other.home is not child.home for other in child.family.members)


def _fostered(child: DraftChild) -> bool:
    return _in_family_home(child) and _alone_there(child) and 8 <= child.age <= 15


def _could_step_down(child: DraftChild) -> bool:
    return child.kind is PlacementType.RESIDENTIAL and child.severity < 2.0 and child.age <= 15


def _in_emergency_home(child: DraftChild) -> bool:
    return child.home is not None and child.home.kind is HomeKind.CHILDRENS_HOME_EMERGENCY


def _in_residential_and_complex(child: DraftChild) -> bool:
    there = child.home is not None and child.home.kind.setting is Setting.RESIDENTIAL and not child.home.very_high_cost
    return there and child.severity > 2.8 and 11 <= child.age <= 15


def _sixteen_or_over(child: DraftChild) -> bool:
    foster = _in_family_home(child) and _alone_there(child)
    return (foster or child.kind is PlacementType.RESIDENTIAL) and child.age >= 16 and child.severity < 2.2


def plan_moves(
    searches: Searches, children: list[DraftChild], homes: list[DraftHome], as_of: date, chance: Chance
) -> None:
    """Fills reserved beds: a child in care is to move there within weeks, so the bed is spoken for."""
    for home in [kept for kept in homes for _ in range(kept.reserved)]:
        free = [
            child
            for child in children
            if _fits_into(child, home) and not searches.is_cast(child) and child.stays[-1].planned_end is None
        ]
        if not free:
            raise AssertionError("Nobody in care could move to a bed that is reserved.")
        child = chance.one(free)
        day = as_of + timedelta(days=chance.whole(2, 25))
        searches.mark(child)
        child.stays[-1].planned_end = day
        child.stays.append(Stay(home, day, planned=True))
        home.past.append(child.stays[-1])


def _fits_into(child: DraftChild, home: DraftHome) -> bool:
    if not _in_family_home(child) or not _alone_there(child) or child.home is home or home.ages is None:
        return False
    return child.age in home.ages and min(17, child.age + 1) in home.ages and child.severity < 2.4
