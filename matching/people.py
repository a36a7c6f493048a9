"""Children, and what siblings' assessments say of living together. No name is held here: only what matching reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from matching.codes import (
    Access,
    CarePlan,
    Communication,
    DeprivationOfLiberty,
    Health,
    Known,
    LegalStatus,
    Religion,
    Sex,
    SiblingAssessed,
)
from matching.errors import DomainError
from matching.places import ImportantPlace
from matching.values import AuthorityId, ChildId, SiblingGroupId, age_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A child in care, or coming into it, as the rules see the child."""

    id: ChildId
    authority: AuthorityId
    external_ref: str
    """The authority's own number for the child, unique within the authority."""
    born: date
    sex: Sex
    ethnicity: str | None = None
    """Statutory ethnic code, for example WBRI; None when not recorded."""
    religion: Religion | None = None
    languages: frozenset[str] = frozenset()
    """ISO 639-1 codes of the languages the child speaks; empty when not recorded."""
    communication: frozenset[Communication] = frozenset()
    health: frozenset[Health] = frozenset()
    health_recorded: bool = True
    """False when nobody has recorded the child's health: an absent condition is then unknown, not 'no'."""
    disabled: Known = Known.UNKNOWN
    access: frozenset[Access] = frozenset()
    send: Known = Known.UNKNOWN
    ehcp: Known = Known.UNKNOWN
    uasc: bool = False
    legal_status: LegalStatus | None = None
    care_plan: CarePlan = CarePlan.NOT_SPECIFIED
    deprivation_of_liberty: DeprivationOfLiberty = DeprivationOfLiberty.NO
    section_20_consent: Known = Known.UNKNOWN
    delegated_authority: Known = Known.UNKNOWN
    in_care_since: date | None = None
    important_places: tuple[ImportantPlace, ...] = ()

    def age_on(self, day: date) -> int:
        """Age in completed years."""
        return age_on(self.born, day)


@dataclass(frozen=True, slots=True)
class SiblingPair:
    """What is known of two siblings living together; `assessed_by` is a role or reference, never a name."""

    one: ChildId
    other: ChildId
    assessed: SiblingAssessed
    assessed_by: str | None = None
    assessed_on: date | None = None

    @property
    def children(self) -> frozenset[ChildId]:
        """The two children, in no order."""
        return frozenset((self.one, self.other))


@dataclass(frozen=True, slots=True, kw_only=True)
class SiblingGroup:
    """Brothers and sisters who are looked after, wherever each lives now, and each pair's assessment.

    A pair without an assessment is taken as together preferred (Children Act 1989 s22C(8)(c)).
    """

    id: SiblingGroupId
    authority: AuthorityId
    external_ref: str
    members: tuple[ChildId, ...]
    pairs: tuple[SiblingPair, ...] = field(default=())

    def __post_init__(self) -> None:
        if len(set(self.members)) != len(self.members) or len(self.members) < 2:
            raise DomainError("A sibling group has two or more different children. Name each child once.")
        known = set(self.members)
        seen: set[frozenset[ChildId]] = set()
        for pair in self.pairs:
            if pair.one == pair.other or not pair.children <= known:
                raise DomainError("Each sibling assessment is of two different members of the group.")
            if pair.children in seen:
                raise DomainError("Two siblings have one assessment in force: give the latest.")
            seen.add(pair.children)

    def every_pair(self) -> Iterator[SiblingPair]:
        """Each pair of members once, in the order of the members; pairs not assessed are together preferred."""
        by_children = {pair.children: pair for pair in self.pairs}
        for at, one in enumerate(self.members):
            for other in self.members[at + 1 :]:
                known = by_children.get(frozenset((one, other)))
                yield known or SiblingPair(one, other, SiblingAssessed.TOGETHER_PREFERRED)
