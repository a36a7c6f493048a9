"""People who take beds without being counted as in care: over-18s who stay put, and children on short breaks."""

from __future__ import annotations

from datetime import date, timedelta

from matching.codes import HomeKind, Sex
from matching.synthetic.chance import Chance
from matching.synthetic.drafts import DraftChild, DraftHome, Stay
from matching.synthetic.families import new_family
from matching.synthetic.figures import Figures
from matching.synthetic.ground import Ground
from matching.synthetic.invented_children import born_at


def over_18s(homes: list[DraftHome], first_number: int, as_of: date, chance: Chance) -> list[DraftChild]:
    """Those who stay put: each came as a child, and lives there still. Numbered from the number given."""
    made: list[DraftChild] = []
    for home in [lived_in for lived_in in homes for _ in range(lived_in.staying_put)]:
        age = chance.weighted(((18, 50.0), (19, 32.0), (20, 18.0)))
        born = born_at(age, as_of, chance)
        young = DraftChild(first_number + len(made), None, age, born, chance.one((Sex.MALE, Sex.FEMALE)), home=home)
        young.stays = [Stay(home, as_of - timedelta(days=(age - 17) * 365 + chance.whole(200, 1_500)))]
        made.append(young)
    return made


def guests(
    figures: Figures, homes: list[DraftHome], first_number: int, ground: Ground, as_of: date, chance: Chance
) -> list[DraftChild]:
    """Children who sleep tonight in the authority's own short-break homes, and live with their families.

    As many as the published use of such homes fills of the beds. They are not children in care (statutory returns
    count short breaks apart), and each leaves within three days.
    """
    by_name = {home.name: home for home in homes if home.name}
    made: list[DraftChild] = []
    for own in figures.own_homes:
        if own.kind is not HomeKind.CHILDRENS_HOME_SHORT_BREAK:
            continue
        for _ in range(round(own.beds * own.used_per_cent / 100)):
            number, age = first_number + len(made), chance.whole(own.youngest, own.oldest)
            child = DraftChild(number, None, age, born_at(age, as_of, chance), chance.one((Sex.MALE, Sex.FEMALE)))
            child.family, child.disabled, child.home = new_family(number, ground), True, by_name[own.name]
            starts = as_of - timedelta(days=chance.whole(0, 2))
            child.stays = [Stay(by_name[own.name], starts, planned_end=as_of + timedelta(days=chance.whole(1, 3)))]
            child.short_break = True
            made.append(child)
    return made
