"""Building an authority step by step: children, families, homes, histories, then who waits and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from matching.geography import Gazetteer
from matching.synthetic.chance import Chance
from matching.synthetic.children import children_in_care
from matching.synthetic.drafts import DraftChild
from matching.synthetic.establishments import (
    agency_homes,
    external_residential,
    own_childrens_homes,
    secure_home,
    supported_homes,
)
from matching.synthetic.families import Families, families_of
from matching.synthetic.figures import Figures
from matching.synthetic.fostering import OwnFostering, own_fostering
from matching.synthetic.ground import Ground
from matching.synthetic.histories import Histories
from matching.synthetic.households import DraftHomes
from matching.synthetic.searches import DraftSearch, Searches, plan_moves
from matching.synthetic.staying import guests, over_18s


@dataclass(eq=False, slots=True)
class Drafts:
    """Everything that has been decided before any record is made."""

    ground: Ground
    children: list[DraftChild]
    families: Families
    homes: DraftHomes
    own: OwnFostering
    left: list[DraftChild] = field(default_factory=list)
    searches: list[DraftSearch] = field(default_factory=list)
    new: list[DraftChild] = field(default_factory=list)
    staying_put: list[DraftChild] = field(default_factory=list)
    guests: list[DraftChild] = field(default_factory=list)

    @property
    def everybody(self) -> list[DraftChild]:
        """In care, coming into it, staying put, on short breaks, and those who left."""
        return [*self.children, *self.new, *self.staying_put, *self.guests, *self.left]


def drafts_of(figures: Figures, as_of: date, seed: int, gazetteer: Gazetteer) -> Drafts:
    """Everybody and every home, before any record is made."""

    def chance(stream: str) -> Chance:
        return Chance(seed, f"{figures.code}/{stream}")

    ground = Ground(figures, gazetteer, chance("ground"))
    children = children_in_care(figures, as_of, chance("children"))
    families = families_of(figures, children, ground, chance("families"))
    homes = DraftHomes()
    own = own_fostering(figures, families.units, homes, ground, chance("own-fostering"))
    agency_homes(figures, families.units, homes, ground, chance("agencies"))
    own_childrens_homes(figures, families.units, homes, ground, chance("own-homes"))
    external_residential(figures, families.units, homes, ground, chance("residential"))
    supported_homes(figures, families.units, homes, ground, chance("supported"))
    secure_home(families.units, homes, ground, chance("secure"))
    drafts = Drafts(ground, children, families, homes, own)
    drafts.left = Histories(figures, homes.all, as_of, chance("histories")).give(children, families.units)
    _search(figures, drafts, as_of, chance("searches"))
    drafts.staying_put = over_18s(homes.all, len(drafts.everybody), as_of, chance("staying-put"))
    drafts.guests = guests(figures, homes.all, len(drafts.everybody), ground, as_of, chance("guests"))
    return drafts


def _search(figures: Figures, drafts: Drafts, as_of: date, chance: Chance) -> None:
    searches = Searches(figures, drafts.children, drafts.homes.all, drafts.ground, as_of, chance)
    number = len(drafts.children) + len(drafts.left)
    drafts.searches = searches.all(number, len(drafts.families.families))
    drafts.new = searches.new
    drafts.families.families.extend(searches.families)
    plan_moves(searches, drafts.children, drafts.homes.all, as_of, chance)
