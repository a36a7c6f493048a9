"""From a draft to a child: language and faith, health, law and care plan, and the places that matter."""

from __future__ import annotations

from datetime import date

from matching.codes import (
    CarePlan,
    Communication,
    DeprivationOfLiberty,
    Frequency,
    Health,
    Known,
    LegalStatus,
    PlaceKind,
    Religion,
)
from matching.people import Child
from matching.places import ImportantPlace, Place
from matching.synthetic.chance import Chance
from matching.synthetic.drafts import DraftChild, Family
from matching.synthetic.figures import PlacementType
from matching.synthetic.ground import Ground
from matching.synthetic.identifiers import Identifiers

_LEGAL = (
    (LegalStatus.C2_FULL_CARE_ORDER, 60.0),
    (LegalStatus.C1_INTERIM_CARE_ORDER, 22.0),
    (LegalStatus.V2_SECTION_20, 18.0),
)
_LEGAL_BY_TYPE = {
    PlacementType.PLACED_FOR_ADOPTION: LegalStatus.E1_PLACEMENT_ORDER,
    PlacementType.WITH_PARENTS: LegalStatus.C2_FULL_CARE_ORDER,
}
_PLANS = {
    PlacementType.PLACED_FOR_ADOPTION: CarePlan.ADOPTION,
    PlacementType.WITH_PARENTS: CarePlan.RETURN_HOME,
    PlacementType.RELATIVE_OR_FRIEND: CarePlan.KINSHIP,
    PlacementType.SEMI_INDEPENDENT: CarePlan.INDEPENDENCE,
    PlacementType.RESIDENTIAL: CarePlan.RESIDENTIAL,
}
_ETHNICITIES = (
    ("WBRI", 84.0),
    ("WOTH", 5.0),
    ("MWBC", 3.0),
    ("MOTH", 3.0),
    ("BAFR", 2.0),
    ("AOTH", 1.5),
    ("WROM", 1.5),
)
LANGUAGES_OF_ARRIVALS = (("ar", 24.0), ("ku", 24.0), ("fa", 14.0), ("ps", 12.0), ("ti", 12.0), ("sq", 8.0), ("vi", 6.0))
_ETHNICITY_OF_ARRIVALS = {
    "ar": "OOTH",
    "ku": "OOTH",
    "fa": "OOTH",
    "ps": "AOTH",
    "ti": "BAFR",
    "sq": "WOTH",
    "vi": "AOTH",
}
_VISITS = (
    (Frequency.FEW_TIMES_A_WEEK, 8.0),
    (Frequency.WEEKLY, 34.0),
    (Frequency.FORTNIGHTLY, 24.0),
    (Frequency.MONTHLY, 28.0),
    (Frequency.OTHER, 6.0),
)


class ChildDetails:
    """Makes children out of drafts, one after another."""

    def __init__(self, ids: Identifiers, ground: Ground, as_of: date, chance: Chance) -> None:
        self._ids, self._ground, self._as_of, self._chance = ids, ground, as_of, chance

    def child(self, draft: DraftChild) -> Child:
        """The child of a draft."""
        chance = self._chance
        disabled = draft.disabled or (not draft.uasc and chance.yes(0.07))
        send = draft.age >= 4 and (disabled or chance.yes(0.29))
        language = self._language(draft)
        return Child(
            id=self._ids.child(draft.number),
            authority=self._ids.authority,
            external_ref=self._ids.child_ref(draft.number),
            born=draft.born,
            sex=draft.sex,
            ethnicity=_ETHNICITY_OF_ARRIVALS[language] if draft.uasc else chance.weighted(_ETHNICITIES),
            religion=self._religion(draft, language),
            languages=frozenset({language, "en"}) if draft.age > 4 and language != "en" else frozenset({language}),
            communication=self._communication(draft, language, disabled=disabled),
            health=chance.each((Health.RESPIRATORY, Health.GLUE_EAR, Health.ALLERGY), 0.05)
            | chance.each((Health.HEART,), 0.01),
            health_recorded=not chance.yes(0.03),
            disabled=Known.YES if disabled else Known.NO,
            access=draft.access,
            send=_known(send),
            ehcp=_known(send and chance.yes(0.62)),
            uasc=draft.uasc,
            legal_status=self._legal(draft),
            care_plan=self._plan(draft),
            deprivation_of_liberty=DeprivationOfLiberty.CURRENT if draft.severity > 3.45 else DeprivationOfLiberty.NO,
            section_20_consent=Known.YES if draft.uasc else Known.UNKNOWN,
            delegated_authority=_known(chance.yes(0.7)),
            in_care_since=draft.since,
            important_places=self._places(draft),
        )

    def _language(self, draft: DraftChild) -> str:
        if draft.language != "en":
            return draft.language
        if draft.uasc:
            return self._chance.weighted(LANGUAGES_OF_ARRIVALS)
        return self._chance.weighted((("en", 95.0), ("pl", 2.0), ("lt", 1.5), ("pt", 1.5)))

    def _religion(self, draft: DraftChild, language: str) -> Religion | None:
        if draft.uasc:
            christian = language in ("ti", "vi")
            return Religion.CHRISTIAN if christian else Religion.MUSLIM
        return self._chance.weighted(
            ((Religion.NONE, 62.0), (Religion.CHRISTIAN, 27.0), (Religion.MUSLIM, 2.0), (None, 9.0))
        )

    def _communication(self, draft: DraftChild, language: str, *, disabled: bool) -> frozenset[Communication]:
        if draft.uasc and language != "en":
            return frozenset({Communication.ESOL})
        if disabled and self._chance.yes(0.2):
            return frozenset({self._chance.one((Communication.MAKATON, Communication.BSL))})
        return frozenset()

    def _legal(self, draft: DraftChild) -> LegalStatus | None:
        if draft.short_break:
            return LegalStatus.V4_SHORT_BREAKS_AGREEMENT_RECORDED
        if draft.since is None:
            return None
        if draft.uasc:
            return LegalStatus.V2_SECTION_20
        known = _LEGAL_BY_TYPE.get(draft.kind) if draft.kind else None
        return known or self._chance.weighted(_LEGAL)

    def _plan(self, draft: DraftChild) -> CarePlan:
        if draft.kind in _PLANS:
            return _PLANS[draft.kind]
        if draft.kind is None:
            return CarePlan.ASSESSMENT
        return self._chance.weighted(
            ((CarePlan.LONG_TERM_FOSTERING, 70.0), (CarePlan.RETURN_HOME, 18.0), (CarePlan.ASSESSMENT, 12.0))
        )

    def _places(self, draft: DraftChild) -> tuple[ImportantPlace, ...]:
        """The family home and visits there or nearby; a school from four on. Nobody's address: a postcode."""
        family, found = draft.family, []
        if family is not None and not draft.uasc:
            found.append(ImportantPlace(PlaceKind.FAMILY_HOME, family.home, Frequency.OTHER))
        if 4 <= draft.age <= 17:
            found.append(ImportantPlace(PlaceKind.SCHOOL, self._school(draft), Frequency.DAILY))
        if family is not None and not draft.uasc and self._chance.yes(0.62):
            near = family.home if self._chance.yes(0.6) else self._ground.within(family.locality)
            found.append(ImportantPlace(PlaceKind.FAMILY_TIME, near, self._chance.weighted(_VISITS)))
        return tuple(found)

    def _school(self, draft: DraftChild) -> Place:
        """Near home for who came recently; near the present home, if in the area, for who has been away long."""
        settled = draft.since is not None and (self._as_of - draft.since).days > 500
        if settled and draft.home is not None and draft.home.locality and self._chance.yes(0.6):
            return self._ground.within(draft.home.locality)
        if draft.family is None:
            return self._ground.within(self._ground.locality())
        return schools_of(draft.family, self._ground)[draft.age >= 11]


def schools_of(family: Family, ground: Ground) -> tuple[Place, Place]:
    """The primary and the secondary school near the family's home, the same for every brother and sister."""
    if family.schools is None:
        family.schools = (ground.within(family.locality), ground.within(family.locality))
    return family.schools


def _known(yes: bool) -> Known:  # noqa: FBT001 - a plain conversion
    return Known.YES if yes else Known.NO
