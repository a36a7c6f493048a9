"""The bundle: every noun in the order in which it is loaded, so that what a row refers to is on record before it."""

from __future__ import annotations

from typing import Final

from app.interchange import home_files, people_files, search_files, stay_files
from app.interchange.home_rows import read_home, read_provider, write_home, write_provider
from app.interchange.nouns import Noun
from app.interchange.people_rows import (
    read_child,
    read_profile,
    read_sibling_group,
    write_child,
    write_profile,
    write_sibling_group,
)
from app.interchange.search_rows import read_placement, read_referral, write_placement, write_referral
from app.interchange.tables import Table

NOUNS: Final = (
    Noun(name="provider", main=home_files.PROVIDERS, read=read_provider, write=write_provider),
    Noun(
        name="child",
        main=people_files.CHILDREN,
        parts=(people_files.IMPORTANT_PLACES,),
        read=read_child,
        write=write_child,
    ),
    Noun(
        name="sibling_group",
        main=people_files.SIBLING_GROUPS,
        parts=(people_files.SIBLING_PAIRS,),
        several_rows=True,
        refers_to={"child_ref": "child", "one_ref": "child", "other_ref": "child"},
        read=read_sibling_group,
        write=write_sibling_group,
    ),
    Noun(
        name="profile",
        main=people_files.NEEDS_PROFILES,
        parts=(people_files.NEEDS_FINDINGS,),
        refers_to={"child_ref": "child"},
        read=read_profile,
        write=write_profile,
    ),
    Noun(
        name="home",
        main=home_files.HOMES,
        parts=home_files.HOME_PARTS,
        refers_to={"provider_ref": "provider", "child_ref": "child"},
        read=read_home,
        write=write_home,
    ),
    Noun(
        name="placement",
        main=stay_files.PLACEMENTS,
        refers_to={"child_ref": "child", "home_ref": "home"},
        read=read_placement,
        write=write_placement,
    ),
    Noun(
        name="referral",
        main=search_files.REFERRALS,
        parts=(search_files.PLACES_TO_AVOID, search_files.NEVER_WITH),
        several_rows=True,
        refers_to={"child_ref": "child", "other_ref": "child", "sibling_group_ref": "sibling_group"},
        read=read_referral,
        write=write_referral,
    ),
)

IDENTITIES: Final = people_files.IDENTITIES
"""Names, which have a way of their own: they are written only when asked for, and every reading is audited."""

TABLES: Final[tuple[Table, ...]] = (*(table for noun in NOUNS for table in noun.tables), IDENTITIES)
"""Every file, in the order in which it is loaded."""
