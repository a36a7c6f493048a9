"""Providers for pools, and how common each kind of home is."""

from __future__ import annotations

from matching.codes import HomeKind, Sector
from matching.homes import Provider
from matching.synthetic.chance import Chance, invented_id
from matching.values import AuthorityId, ProviderId

KINDS = (
    (HomeKind.FOSTERING_MAINSTREAM, 62.0),
    (HomeKind.FOSTERING_ENHANCED, 6.0),
    (HomeKind.FOSTERING_CONNECTED, 4.0),
    (HomeKind.FOSTERING_SHORT_BREAK, 2.0),
    (HomeKind.FOSTERING_PARENT_AND_CHILD, 1.0),
    (HomeKind.FOSTERING_PACE, 0.5),
    (HomeKind.FOSTERING_EMERGENCY, 2.0),
    (HomeKind.FOSTERING_REMAND, 0.5),
    (HomeKind.FOSTERING_MOCKINGBIRD_HUB, 0.5),
    (HomeKind.FOSTERING_MOCKINGBIRD_SATELLITE, 1.5),
    (HomeKind.CHILDRENS_HOME, 8.0),
    (HomeKind.CHILDRENS_HOME_WITH_EDUCATION, 1.5),
    (HomeKind.CHILDRENS_HOME_SOLO_OR_DUAL, 2.0),
    (HomeKind.CHILDRENS_HOME_EMERGENCY, 0.5),
    (HomeKind.CHILDRENS_HOME_ASSESSMENT, 0.5),
    (HomeKind.CHILDRENS_HOME_SHORT_BREAK, 0.5),
    (HomeKind.RESIDENTIAL_SCHOOL_38_WEEK, 0.3),
    (HomeKind.RESIDENTIAL_SCHOOL_52_WEEK, 0.3),
    (HomeKind.RESIDENTIAL_PARENT_AND_CHILD, 0.3),
    (HomeKind.TERM_TIME_BOARDING, 0.2),
    (HomeKind.SECURE, 0.2),
    (HomeKind.SUPPORTED_SINGLE_OCCUPANCY, 1.5),
    (HomeKind.SUPPORTED_SHARED_RINGFENCED, 2.0),
    (HomeKind.SUPPORTED_SHARED_NON_RINGFENCED, 0.5),
    (HomeKind.SUPPORTED_PRIVATE_RESIDENCE, 0.5),
    (HomeKind.SUPPORTED_LODGINGS, 0.5),
    (HomeKind.STAYING_PUT, 0.2),
)
"""Out of about a hundred homes, how many are of each kind; our own guess at a county."""


def invented_providers(pool: str, authority: AuthorityId, chance: Chance) -> tuple[Provider, ...]:
    """Two providers for each sector but in-house, which has one; about one in ten with an open concern."""
    made = []
    for sector in Sector:
        for number in range(1 if sector is Sector.IN_HOUSE else 2):
            ref = f"{sector.value}-{number + 1}"
            made.append(
                Provider(
                    id=ProviderId(invented_id(pool, "provider", ref)),
                    authority=authority,
                    external_ref=ref,
                    name=f"Invented {sector.value} provider {number + 1}",
                    sector=sector,
                    framework_tier=chance.whole(1, 3),
                    open_concern=chance.yes(0.1),
                )
            )
    return tuple(made)
