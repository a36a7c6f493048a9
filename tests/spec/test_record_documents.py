"""Records as JSON: nothing is lost, equal facts have equal digests, and a run can be checked by whoever has its file."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.assess import Assessor
from matching.baselines import first_come_first_served
from matching.candidates import Worth, candidates_of
from matching.needs import DomainFinding
from matching.plan import Levels, Plan
from matching.pool import pool_of
from matching.record_documents import Unreadable, canonical, canonical_text, digest, from_json, to_json
from matching.records import Records
from matching.referrals import ChildView
from matching.rules.book import RULE_BOOK_VERSION
from matching.run_documents import FORMAT, Proven, RunDocument, document_of, packed, run_of, unpacked
from matching.synthetic.pools import small_pool
from matching.verification import verify

seeds = st.integers(0, 100_000)


def a_run(seed: int = 3) -> RunDocument:
    """A run whose plan is first come, first served: it holds, and proves nothing."""
    records = small_pool(seed, children=6, homes=8)
    assessor = Assessor(pool_of(records))
    plan = first_come_first_served(Worth(assessor, candidates_of(assessor)))
    return RunDocument(
        run="M-7K3M9",
        made=datetime(2026, 9, 1, 9, 30, tzinfo=UTC),
        rule_book=RULE_BOOK_VERSION,
        records=records,
        plan=plan,
        proven=Proven("best-so-far", Levels(0, 0, 0, 0, 0, 0), "none"),
        versions={"python": "3.11"},
    )


@settings(max_examples=30)
@given(seed=seeds)
def test_records_come_back_as_they_were(seed: int) -> None:
    records = canonical(small_pool(seed))
    assert from_json(Records, json.loads(canonical_text(to_json(records)))) == records


@settings(max_examples=15)
@given(seed=seeds)
def test_the_order_of_records_does_not_change_their_digest(seed: int) -> None:
    records = small_pool(seed)
    chance = np.random.default_rng(seed)
    mixed: dict[str, Any] = {
        name: tuple(found[at] for at in chance.permutation(len(found)))
        for name in ("children", "homes", "placements", "referrals", "sibling_groups", "providers", "holds")
        for found in [getattr(records, name)]
    }
    assert digest(replace(records, **mixed)) == digest(records)


def test_the_moment_of_reading_does_not_change_the_digest_unless_a_hold_runs_out() -> None:
    records = next(found for found in map(small_pool, range(200)) if any(h.held_until > found.now for h in found.holds))
    later = replace(records, now=records.now + timedelta(seconds=1))
    much_later = replace(records, now=records.now + timedelta(days=30))
    assert digest(later) == digest(records)
    assert digest(much_later) != digest(records)


def test_any_other_fact_changes_the_digest() -> None:
    records = small_pool(1)
    home = replace(records.homes[0], registered_beds=records.homes[0].registered_beds + 1)
    assert digest(replace(records, homes=(home, *records.homes[1:]))) != digest(records)
    assert digest(replace(records, as_of=records.as_of + timedelta(days=1))) != digest(records)


def test_a_digest_is_the_same_in_every_process() -> None:
    code = "from matching.record_documents import digest; from matching.synthetic.pools import small_pool; print(digest(small_pool(5)))"
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(path for path in sys.path if path) or "."},
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert found == {digest(small_pool(5))}


def test_people_s_words_stay_where_they_are_stored() -> None:
    records = small_pool(2)
    child, profile = next(iter(records.profiles.items()))
    told = replace(profile, findings=(DomainFinding("health", 2, "strong", "seen", "said"),))
    referral = records.referrals[0]
    asks = replace(referral.asks[0], view=ChildView(said="said", places_wanted="said", people_wanted="said"))
    spoken = replace(
        records,
        profiles=MappingProxyType({**records.profiles, child: told}),
        referrals=(replace(referral, asks=(asks, *referral.asks[1:])), *records.referrals[1:]),
    )
    text = canonical_text(to_json(canonical(spoken)))
    assert '"said"' not in text
    assert '"strong"' not in text
    assert '"seen"' not in text


def test_a_document_of_something_else_is_refused() -> None:
    document = to_json(canonical(small_pool(1)))
    spoilt: Any
    for spoilt in ({**document, "surprise": 1}, {**document, "as_of": 7}, {**document, "children": None}, []):
        with pytest.raises(Unreadable):
            from_json(Records, spoilt)
    with pytest.raises(Unreadable):
        from_json(int, True)


@settings(max_examples=5)
@given(seed=seeds)
def test_a_run_comes_back_as_it_was(seed: int) -> None:
    run = a_run(seed)
    document = document_of(run)
    found = run_of(unpacked(packed(document)))
    assert found == replace(run, records=canonical(run.records))
    assert packed(document) == packed(document_of(found))


def test_a_run_that_holds_is_found_to_hold() -> None:
    found = verify(document_of(a_run()))
    assert found.holds, found.checks
    assert [check.what for check in found.checks if check.decides] == [
        "the facts are those the run read",
        "the plan has no faults",
        "it comes to what it says",
    ]


def _fails(document: Any) -> set[str]:
    return {check.what for check in verify(document).checks if check.decides and not check.holds}


def test_facts_that_were_changed_are_found_out() -> None:
    document = document_of(a_run())
    document["records"]["homes"][0]["registered_beds"] = 59
    assert "the facts are those the run read" in _fails(document)


def test_levels_that_were_changed_are_found_out() -> None:
    run = a_run()
    better = replace(run.plan, levels=replace(run.plan.levels, points=run.plan.levels.points - 1))
    assert _fails(document_of(replace(run, plan=better))) == {"the plan has no faults"}


def test_evidence_of_no_known_kind_is_found_out() -> None:
    claimed = replace(a_run(), proven=Proven("proved-optimal", a_run().plan.levels, "prices", {"levels": [{}]}))
    assert _fails(document_of(claimed)) == {"no plan is better"}


def test_a_plan_that_breaks_a_rule_is_found_out() -> None:
    run = next(run for run in map(a_run, range(50)) if len(run.plan.intakes) > 1)
    one, other, *rest = run.plan.intakes
    doubled = Plan((one, replace(other, children=one.children), *rest), run.plan.levels)
    assert _fails(document_of(replace(run, plan=doubled))) == {"the plan has no faults"}


def test_another_rule_book_is_said_and_does_not_decide() -> None:
    found = verify(document_of(replace(a_run(), rule_book="0.older")))
    said = next(check for check in found.checks if "rules" in check.what)
    assert not said.holds
    assert not said.decides
    assert "0.older" in said.found
    assert found.holds


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"\x1f\x8b\x08\x00broken", b"[]", b'{"format": "other"}', b"\xff\xfe"]
)
def test_a_file_that_is_no_run_is_refused_in_plain_words(content: bytes) -> None:
    with pytest.raises(Unreadable, match=r"match run|JSON"):
        verify(unpacked(content))


def test_a_run_that_was_cut_short_is_refused() -> None:
    content = packed(document_of(a_run()))
    with pytest.raises(Unreadable, match="cut short"):
        unpacked(content[: len(content) // 2])


def test_a_run_of_a_newer_format_is_refused() -> None:
    with pytest.raises(Unreadable, match="format"):
        verify({**document_of(a_run()), "format": FORMAT.replace("/1", "/2")})


def test_a_run_without_a_part_is_refused() -> None:
    document = document_of(a_run())
    del document["plan"]
    with pytest.raises(Unreadable, match="lacks a part"):
        verify(document)
