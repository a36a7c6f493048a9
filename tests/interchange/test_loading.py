"""Loading a bundle: all of it, once, by reference."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.interchange.exporting import export_bundle
from app.interchange.problems import BundleRefused
from db.session import Store
from matching.authorities import Authority
from matching.codes import Health, LivingWith, Risk, RiskLevel, SearchKind
from matching.default_framework import DEFAULT_FRAMEWORK
from matching.values import Pence
from tests.db.examples import a_child, a_home, a_placement, a_provider, a_region, act, recorded
from tests.interchange.bundles import GAZETTEER, Rows, an_authority, counts_of, loaded, written

EVERYTHING = {
    "provider": 2,
    "child": 3,
    "sibling_group": 1,
    "profile": 1,
    "home": 2,
    "placement": 1,
    "referral": 1,
}


def test_a_bundle_is_recorded_on_both_databases(either_store: Store, rows: Rows, folder: Path) -> None:
    authority = an_authority(either_store)
    found = loaded(either_store, authority, written(rows, folder))
    assert counts_of(either_store, authority) == EVERYTHING
    assert found.counts["children"].added == 3
    assert loaded(either_store, authority, folder).changes == 0


def test_what_the_cells_say_is_what_is_recorded(store: Store, authority: Authority, rows: Rows, folder: Path) -> None:
    loaded(store, authority, written(rows, folder))
    with store.reading(authority.id) as work:
        child, home = work.children.find("C1"), work.homes.find("H1")
        second, referral = work.children.find("C2"), work.referrals.find("R1")
    assert child
    assert home
    assert second
    assert referral
    assert child.value.health == {Health.GLUE_EAR, Health.ALLERGY}
    assert second.value.born == date(2017, 11, 3)
    assert second.value.important_places[0].place.postcode == "NR1 3"
    assert home.value.place.authority == "E10000020"
    assert home.value.place.point is not None
    assert home.value.prices.base[0].weekly == Pence(142_050)
    assert home.value.approvals[0].exempt_children
    assert referral.value.kind is SearchKind.PLANNED
    assert referral.value.opened.isoformat() == "2026-11-20T09:30:00+00:00"
    asks = referral.value.asks
    assert [ask.living_with for ask in asks] == [LivingWith.ONLY_OLDER] * 2
    assert asks[0].risks == {Risk.GOING_MISSING: RiskLevel.LOW}
    assert asks[0].avoid[0].radius == 500
    assert asks[1].never_with


def test_loading_twice_changes_nothing(store: Store, authority: Authority, rows: Rows, folder: Path) -> None:
    loaded(store, authority, written(rows, folder))
    again = loaded(store, authority, folder)
    assert again.changes == 0
    assert sum(count.unchanged for count in again.counts.values()) == sum(EVERYTHING.values())


def test_only_what_differs_is_changed(store: Store, authority: Authority, rows: Rows, folder: Path) -> None:
    loaded(store, authority, written(rows, folder))
    rows["home_meets"][0]["level"] = "4"
    rows["children"].append({"child_ref": "C4", "born": "2020-01-01", "sex": "F"})
    again = loaded(store, authority, written(rows, folder))
    assert (again.counts["homes"].changed, again.counts["homes"].unchanged) == (1, 1)
    assert (again.counts["children"].added, again.counts["children"].changed) == (1, 0)


def test_files_that_are_left_out_leave_what_is_on_record(
    store: Store, authority: Authority, rows: Rows, folder: Path
) -> None:
    loaded(store, authority, written(rows, folder))
    only = {"providers": rows["providers"]}
    assert loaded(store, authority, written(only, folder.parent / "only")).changes == 0
    assert counts_of(store, authority) == EVERYTHING


def test_a_row_may_refer_to_what_is_on_record(store: Store, authority: Authority, rows: Rows, folder: Path) -> None:
    loaded(store, authority, written(rows, folder))
    ended = rows["placements"][0] | {"state": "ended", "ended": "2026-11-01", "end_reason": "planned"}
    only = {"placements": [ended]}
    assert loaded(store, authority, written(only, folder.parent / "only")).counts["placements"].changed == 1


def test_a_bed_that_another_row_frees_may_be_taken_in_the_same_bundle(
    store: Store, authority: Authority, rows: Rows, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.interchange.loading.BATCH", 1)
    loaded(store, authority, written(rows, folder))
    moves_in = {"placement_ref": "L0", "child_ref": "C1", "home_ref": "H2", "state": "started", "starts": "2026-11-10"}
    ended = rows["placements"][0] | {"state": "ended", "ended": "2026-11-01", "end_reason": "planned"}
    only = {"placements": [moves_in, ended]}
    counts = loaded(store, authority, written(only, folder.parent / "only")).counts["placements"]
    assert (counts.added, counts.changed) == (1, 1)


def test_one_bad_row_keeps_everything_out(store: Store, authority: Authority, rows: Rows, folder: Path) -> None:
    rows["referrals"][1]["length"] = "for ever"
    with pytest.raises(BundleRefused, match="Nothing was loaded: the files have 1 problem"):
        loaded(store, authority, written(rows, folder))
    assert set(counts_of(store, authority).values()) == {0}


def test_a_load_leaves_one_record_of_itself_and_audit_events(
    store: Store, authority: Authority, rows: Rows, folder: Path
) -> None:
    found = loaded(store, authority, written(rows, folder))
    with store.reading(authority.id) as work:
        recent = work.imports.recent()
        actions = {(event.action, event.noun) for event in work.audit.events()}
    assert [one.id for one in recent] == [found.id]
    assert recent[0].counts["homes"] == {"added": 2, "changed": 0, "unchanged": 0}
    assert {("load-bundle", "import"), ("load-bundle", "child"), ("load-bundle", "home")} <= actions


def test_names_are_loaded_apart_and_written_only_when_asked_for(
    store: Store, authority: Authority, rows: Rows, folder: Path
) -> None:
    rows["identities"] = [{"child_ref": "C1", "given_name": "Ada", "family_name": "Moss", "initials": "AM"}]
    assert loaded(store, authority, written(rows, folder)).counts["identities"].added == 1
    assert loaded(store, authority, folder).changes == 0
    without, with_names = folder.parent / "without", folder.parent / "with"
    export_bundle(store, authority.id, without, GAZETTEER, act("export"))
    export_bundle(store, authority.id, with_names, GAZETTEER, act("export"), with_names=True)
    assert not (without / "identities.csv").exists()
    assert "Moss" not in "".join(file.read_text(encoding="utf-8") for file in without.iterdir())
    assert (with_names / "identities.csv").read_text(encoding="utf-8-sig").splitlines()[1] == "C1,Ada,Moss,AM"


def test_a_stay_in_a_home_that_another_authority_shares_names_that_authority(store: Store, folder: Path) -> None:
    region = a_region()
    own, other = recorded(store, region=region), recorded(store, "E10000003", region=region)
    with store.writing() as work:
        work.frameworks.add(DEFAULT_FRAMEWORK, act())
    provider, child = a_provider(other), a_child(own)
    home = a_home(provider, region=region.id)
    with store.writing(other.id) as work:
        work.providers.add(provider, act())
        work.homes.add(home, act())
    with store.writing(own.id) as work:
        work.children.add(child, act())
        work.placements.add(a_placement(child, home), act())
    export_bundle(store, own.id, folder, GAZETTEER, act("export"))
    row = (folder / "placements.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert f"{home.external_ref},E10000003,started" in row
    assert loaded(store, own, folder).changes == 0
