"""A small bundle to load, and to spoil one cell at a time."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.geography.postcodes import PostcodeDirectory
from app.interchange.bundle import NOUNS, TABLES
from app.interchange.loading import Loaded, import_bundle
from app.interchange.problems import BundleRefused, Problem
from app.interchange.sources import Folder, Source
from db.session import Store
from matching.authorities import Authority
from matching.default_framework import DEFAULT_FRAMEWORK
from tests.db.examples import act, recorded

GAZETTEER = PostcodeDirectory()  # shared: it reads a file the first time it is asked about a letter
Rows = dict[str, list[dict[str, str]]]
"""The rows of each file by header."""

SEARCH = "Is this a planned or emergency home search?"
WANTED_BY = "Latest date for placement to start by"


def small_bundle() -> Rows:
    """Two siblings, one of whom lives in a home; a referral for both, and two homes. Every file is there."""
    rows: Rows = {table.name: [] for table in TABLES if table.name != "identities"}
    rows["providers"] = [
        {"provider_ref": "P1", "name": "The county", "sector": "in-house"},
        {"provider_ref": "P2", "name": "Riverside Fostering", "sector": "independent-agency", "framework_tier": "2"},
    ]
    rows["children"] = [
        {"child_ref": "C1", "born": "2014-02-28", "sex": "F", "health": "glue-ear; allergy", "languages": "en; pl"},
        {"child_ref": "C2", "born": "03/11/2017", "sex": "M", "in_care_since": "2026-01-10"},
        {"child_ref": "C3", "born": "2012-06-01", "sex": "U"},
    ]
    rows["important_places"] = [
        {"child_ref": "C1", "kind": "family-home", "postcode": "NR1 3JU", "frequency": "weekly"},
        {"child_ref": "C2", "kind": "family-home", "postcode": "nr1 3"},
    ]
    rows["sibling_groups"] = [
        {"sibling_group_ref": "G1", "child_ref": "C1"},
        {"sibling_group_ref": "G1", "child_ref": "C2"},
    ]
    rows["sibling_pairs"] = [
        {"sibling_group_ref": "G1", "one_ref": "C1", "other_ref": "C2", "assessed": "together-required"}
    ]
    rows["needs_profiles"] = [
        {
            "profile_ref": "N1",
            "child_ref": "C1",
            "framework": "default/1",
            "made_on": "2026-06-01",
            "author": "social worker 12",
            "review_due": "2026-12-01",
        }
    ]
    rows["needs_findings"] = [{"profile_ref": "N1", "domain": "health", "level": "2", "strength": "swims, and well"}]
    rows["homes"] = [
        {
            "home_ref": "H1",
            "provider_ref": "P1",
            "sector": "in-house",
            "kind": "fostering-mainstream",
            "postcode": "NR2 2BJ",
            "registered_beds": "3",
        },
        {
            "home_ref": "H2",
            "provider_ref": "P2",
            "sector": "independent-agency",
            "kind": "fostering-mainstream",
            "postcode": "NR1 3JU",
            "registered_beds": "1",
            "nights_of_week": "Fri; Sat",
        },
    ]
    rows["approvals"] = [{"home_ref": "H1", "starts": "2020-01-01", "youngest": "0", "oldest": "17", "number": "3"}]
    rows["approval_children"] = [{"home_ref": "H1", "approval": "1", "child_ref": "C3", "exempt": "yes"}]
    rows["home_skills"] = [{"home_ref": "H1", "skill": "epilepsy", "level": "trained"}]
    rows["home_meets"] = [{"home_ref": "H1", "domain": "health", "level": "3"}]
    rows["prices"] = [{"home_ref": "H1", "youngest": "0", "oldest": "17", "band": "universal", "weekly": "£1,420.50"}]
    rows["placements"] = [
        {
            "placement_ref": "L1",
            "child_ref": "C3",
            "home_ref": "H2",
            "state": "started",
            "starts": "2026-02-01",
        }
    ]
    rows["referrals"] = [
        {
            "referral_ref": "R1",
            "Child ID": child,
            SEARCH: "Planned",
            WANTED_BY: "2026-12-01",
            "Who can the child be cared for alongside": "Only with other older children",
            "Risk to child: Going missing": "Low risk",
            "opened": "2026-11-20T09:30",
            "length": "short-term",
            "sibling_group_ref": "G1",
        }
        for child in ("C1", "C2")
    ]
    rows["places_to_avoid"] = [{"referral_ref": "R1", "child_ref": "C1", "postcode": "NR3 1AU", "radius_metres": "500"}]
    rows["never_with"] = [{"referral_ref": "R1", "child_ref": "C2", "other_ref": "C3"}]
    return rows


def written(rows: Mapping[str, list[dict[str, str]]], folder: Path) -> Path:
    """Writes the files into a folder: every header that the file knows, and those a row has besides."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = {table.name: table for table in TABLES}
    for name, found in rows.items():
        known = list(tables[name].headers) if name in tables else []
        headers = [*known, *dict.fromkeys(header for row in found for header in row if header not in known)]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, headers, restval="")
            writer.writeheader()
            writer.writerows(found)
    return folder


def an_authority(store: Store) -> Authority:
    """An authority on record, with the framework that everybody may use."""
    authority = recorded(store)
    with store.writing() as work:
        work.frameworks.add(DEFAULT_FRAMEWORK, act())
    return authority


def loaded(store: Store, authority: Authority, source: Source | Path) -> Loaded:
    """Loads a folder or another source. Raises BundleRefused."""
    found = Folder(source) if isinstance(source, Path) else source
    return import_bundle(store, authority.id, found, GAZETTEER, act("load-bundle"))


def problems_of(store: Store, authority: Authority, source: Source | Path) -> tuple[Problem, ...]:
    """What is wrong with a bundle; fails when nothing is."""
    try:
        loaded(store, authority, source)
    except BundleRefused as error:
        return error.problems
    raise AssertionError("the bundle was loaded, and should not have been")


def counts_of(store: Store, authority: Authority) -> dict[str, int]:
    """How many records of each noun are on record."""
    with store.reading(authority.id) as work:
        names: dict[str, Any] = {
            "provider": work.providers,
            "child": work.children,
            "sibling_group": work.sibling_groups,
            "profile": work.profiles,
            "home": work.homes,
            "placement": work.placements,
            "referral": work.referrals,
        }
        assert set(names) == {noun.name for noun in NOUNS}
        return {name: repository.count() for name, repository in names.items()}
