"""Turning drafts into records: every home, child, placement and referral of an invented authority."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from matching.authorities import Authority, Region
from matching.codes import AvailabilityState, EndReason, SearchKind, Sector
from matching.default_framework import DEFAULT_FRAMEWORK
from matching.geography import Gazetteer
from matching.homes import Home, Provider
from matching.needs import NeedsProfile
from matching.people import Child
from matching.placements import Hold, Placement, PlacementState
from matching.referrals import Referral
from matching.synthetic.asking import Asking
from matching.synthetic.authority import SyntheticAuthority
from matching.synthetic.building import Drafts, drafts_of
from matching.synthetic.chance import Chance
from matching.synthetic.child_details import ChildDetails
from matching.synthetic.drafts import DraftChild, DraftHome, Stay
from matching.synthetic.figures import Figures
from matching.synthetic.fostering import OWN_SERVICE
from matching.synthetic.groups import sibling_groups
from matching.synthetic.home_details import HomeDetails
from matching.synthetic.identifiers import Identifiers
from matching.synthetic.names import FAMILY_NAMES, GIVEN_NAMES
from matching.synthetic.profiles import Profiles
from matching.synthetic.searches import DraftSearch
from matching.synthetic.statutory import statutory_code
from matching.values import ChildId, HomeId, SiblingGroupId


def authority_like(figures: Figures, as_of: date, seed: int, gazetteer: Gazetteer) -> SyntheticAuthority:
    """An authority like the one the figures describe, as at a day; the same arguments give the same authority."""
    drafts = drafts_of(figures, as_of, seed, gazetteer)
    return Recording(figures, drafts, as_of, seed, gazetteer).authority()


class Recording:
    """Turns drafts into records."""

    def __init__(self, figures: Figures, drafts: Drafts, as_of: date, seed: int, gazetteer: Gazetteer) -> None:
        self._figures, self._drafts, self._as_of, self._seed = figures, drafts, as_of, seed
        self._gazetteer, self._ids = gazetteer, Identifiers(figures.code)

    def authority(self) -> SyntheticAuthority:
        """Every record of the authority."""
        profiles = self._profiles()
        homes = self._homes(profiles)
        families = self._drafts.families.families
        groups = sibling_groups(self._ids, families, self._as_of, self._chance("sibling-groups"))
        placed = {self._ids.child(c.number): c.kind for c in self._drafts.children if c.kind is not None}
        return SyntheticAuthority(
            as_of=self._as_of,
            seed=self._seed,
            authority=self._authority(),
            regions=(Region(id=self._ids.region, external_ref=self._figures.region, name=self._figures.region),),
            framework=DEFAULT_FRAMEWORK,
            providers=self._providers(),
            homes=homes,
            children=self._children(),
            sibling_groups=groups.all,
            profiles=tuple(profile for made in profiles.values() for profile in made),
            placements=self._placements(),
            holds=self._holds(),
            referrals=self._referrals(groups.by_family),
            placed_as=placed,
            category_of_need=self._categories(),
            staying_put=tuple(self._ids.child(young.number) for young in self._drafts.staying_put),
            guests=tuple(self._ids.child(child.number) for child in self._drafts.guests),
            left_care=self._left(),
            names=self._names(),
            home_names={self._ids.home(h.number): h.name for h in self._drafts.homes.all if h.name},
            carers=self._carers(),
            localities={self._ids.home(h.number): h.locality for h in self._drafts.homes.all if h.locality},
        )

    def _chance(self, stream: str) -> Chance:
        return Chance(self._seed, f"{self._figures.code}/{stream}")

    def _authority(self) -> Authority:
        return Authority(
            id=self._ids.authority,
            code=self._figures.code,
            name=self._figures.name,
            region=self._ids.region,
            adjoining=self._gazetteer.adjoining(self._figures.code),
        )

    def _providers(self) -> tuple[Provider, ...]:
        chance = self._chance("providers")
        sectors = {home.provider: home.sector for home in self._drafts.homes.all}
        return tuple(
            Provider(
                id=self._ids.provider(name),
                authority=self._ids.authority,
                external_ref=f"V{at + 1:03d}",
                name=name
                if sector not in (Sector.IN_HOUSE, Sector.OTHER_AUTHORITY)
                else name.replace("-", " ").capitalize(),
                sector=sector,
                framework_tier=None if sector in (Sector.IN_HOUSE, Sector.OTHER_AUTHORITY) else chance.whole(1, 3),
                open_concern=sector is Sector.PRIVATE and chance.yes(0.12),
            )
            for at, (name, sector) in enumerate(sorted(sectors.items()))
        )

    def _profiles(self) -> dict[int, tuple[NeedsProfile, ...]]:
        makes = Profiles(self._ids, DEFAULT_FRAMEWORK, self._as_of, self._chance("profiles"))
        return {child.number: makes.of(child) for child in [*self._drafts.children, *self._drafts.new]}

    def _homes(self, profiles: dict[int, tuple[NeedsProfile, ...]]) -> tuple[Home, ...]:
        makes = HomeDetails(self._ids, DEFAULT_FRAMEWORK, self._as_of, self._chance("homes"))
        return tuple(makes.home(draft, _highest(draft, profiles)) for draft in self._drafts.homes.all)

    def _children(self) -> tuple[Child, ...]:
        makes = ChildDetails(self._ids, self._drafts.ground, self._as_of, self._chance("details"))
        return tuple(makes.child(draft) for draft in self._drafts.everybody)

    def _placements(self) -> tuple[Placement, ...]:
        stays = [(child, stay) for child in self._drafts.everybody for stay in child.stays]
        return tuple(self._placement(number, child, stay) for number, (child, stay) in enumerate(stays))

    def _placement(self, number: int, child: DraftChild, stay: Stay) -> Placement:
        started = PlacementState.PLANNED if stay.planned else PlacementState.STARTED
        return Placement(
            id=self._ids.placement(number),
            authority=self._ids.authority,
            external_ref=f"P{number + 1:06d}",
            child=self._ids.child(child.number),
            home=self._ids.home(stay.home.number),
            state=started if stay.ended is None else PlacementState.ENDED,
            starts=stay.starts,
            planned_end=stay.planned_end,
            ended=stay.ended,
            end_reason=None if stay.ended is None else stay.reason or EndReason.PLANNED,
            statutory_code=statutory_code(stay.home, child, self._as_of),
        )

    def _referrals(self, groups: dict[int, SiblingGroupId]) -> tuple[Referral, ...]:
        makes = Asking(self._ids, self._drafts.ground, self._drafts.children, self._as_of, self._chance("asking"))
        made = []
        for number, search in enumerate(self._drafts.searches):
            family = search.children[0].family
            group = groups.get(family.number) if family is not None else None
            made.append(makes.referral(number, search, group))
        return tuple(made)

    def _holds(self) -> tuple[Hold, ...]:
        """Agency beds kept for children new to care while people decide: two, expiring in two days' time."""
        held: dict[int, Hold] = {}
        for number, search in enumerate(self._drafts.searches):
            child = search.children[0]
            if len(search.children) > 1 or child.stays or search.kind is not SearchKind.PLANNED:
                continue
            free = [h for h in self._drafts.homes.all if h.number not in held and _could_be_held(h, child)]
            if free and len(held) < _HELD:
                held[free[0].number] = self._hold(number, search, free[0])
        return tuple(held.values())

    def _hold(self, number: int, search: DraftSearch, home: DraftHome) -> Hold:
        return Hold(
            id=self._ids.hold(number),
            authority=self._ids.authority,
            home=self._ids.home(home.number),
            referral=self._ids.referral(number),
            child=self._ids.child(search.children[0].number),
            first_night=self._as_of + timedelta(days=search.days_ahead),
            last_morning=None,
            held_until=datetime.combine(self._as_of + timedelta(days=2), time(17), UTC),
        )

    def _categories(self) -> dict[ChildId, str]:
        """N1 for the published share, N8 (absent parenting) for unaccompanied children, the others by turns."""
        chance = self._chance("categories")
        children = self._drafts.children
        others = chance.shuffled([child for child in children if not child.uasc])
        neglect = round(len(children) * self._figures.neglect_per_cent / 100)
        found = {self._ids.child(child.number): "N8" for child in children if child.uasc}
        for at, child in enumerate(others):
            found[self._ids.child(child.number)] = (
                "N1" if at < neglect else chance.one(("N2", "N3", "N4", "N5", "N5", "N6"))
            )
        return found

    def _left(self) -> dict[ChildId, date]:
        return {self._ids.child(child.number): child.left for child in self._drafts.left if child.left is not None}

    def _names(self) -> dict[ChildId, tuple[str, str]]:
        chance = self._chance("names")
        found = {}
        for child in self._drafts.everybody:
            family = child.family.surname if child.family and child.family.surname else chance.one(FAMILY_NAMES)
            found[self._ids.child(child.number)] = (chance.one(GIVEN_NAMES), family)
        return found

    def _carers(self) -> dict[HomeId, int]:
        """One or two approved carers in each own household, adding to the published number."""
        own = [h for h in self._drafts.homes.all if h.provider == OWN_SERVICE]
        two = {h.number for h in self._chance("carers").some(own, self._figures.carers - len(own))}
        return {self._ids.home(home.number): 2 if home.number in two else 1 for home in own}


_HELD = 2


def _could_be_held(home: DraftHome, child: DraftChild) -> bool:
    """Whether an agency household has a bed, may be asked, and is approved for the child's age."""
    agency = home.sector is Sector.INDEPENDENT_AGENCY and home.state is AvailabilityState.AVAILABLE
    return agency and home.free > 0 and home.ages is not None and child.age in home.ages and len(home.residents) < 2


def _highest(draft: DraftHome, profiles: dict[int, tuple[NeedsProfile, ...]]) -> dict[str, int]:
    highest: dict[str, int] = {}
    for child in draft.residents:
        for profile in profiles.get(child.number, ())[-1:]:
            for code, level in profile.levels.items():
                highest[code] = max(level, highest.get(code, 0))
    return highest
