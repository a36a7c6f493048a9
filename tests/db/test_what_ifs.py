"""Scenarios keep every version; studies go from queued to an answer, and never back."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from db.errors import AlreadyExists, NotFound, Stale
from db.pages import Listing
from db.repositories.studies import Study, StudyStatus, every_open
from db.session import Store
from matching.authorities import Authority
from tests.db.examples import NOW, TODAY, act, recorded

CHANGES: list[dict[str, Any]] = [{"change": "step-down", "count": 3}]
ANSWER = b'{"placed": 44}'


def added(store: Store, authority: Authority, name: str = "One") -> UUID:
    scenario = uuid4()
    with store.writing(authority.id) as work:
        work.scenarios.add(scenario, name, "", CHANGES, act())
    return scenario


def asked(store: Store, authority: Authority, **more: Any) -> UUID:
    study = Study(
        id=uuid4(), kind="bed-prices", status=StudyStatus.QUEUED, as_of=TODAY, requested_by="key-1", asked={"days": 5}
    )
    with store.writing(authority.id) as work:
        return work.studies.add(study, act(), **more).id


def test_a_scenario_keeps_every_version_and_who_made_it(store: Store, authority: Authority) -> None:
    scenario = added(store, authority)
    with store.writing(authority.id) as work:
        work.scenarios.replace(scenario, "One", "More", [*CHANGES, *CHANGES], act(), expected=1)
        work.scenarios.replace(scenario, "One", "More", [*CHANGES, *CHANGES], act(), expected=2)
    with store.reading(authority.id) as work:
        now, versions = work.scenarios.get(scenario), work.scenarios.versions(scenario)
        assert [one.id for one in work.scenarios.all()] == [scenario]
    assert (now.version, now.says, len(now.changes)) == (2, "More", 2)
    assert [(one.version, len(one.changes), one.made_by) for one in versions] == [(2, 2, "key-1"), (1, 1, "key-1")]


def test_a_scenario_that_was_changed_since_is_not_changed_nor_removed(store: Store, authority: Authority) -> None:
    scenario = added(store, authority)
    with store.writing(authority.id) as work:
        with pytest.raises(Stale):
            work.scenarios.replace(scenario, "One", "", [], act(), expected=7)
        with pytest.raises(Stale):
            work.scenarios.remove(scenario, act(), expected=7)
        work.scenarios.remove(scenario, act(), expected=1)
        with pytest.raises(NotFound):
            work.scenarios.versions(scenario)


def test_two_scenarios_of_an_authority_have_two_names(store: Store, authority: Authority) -> None:
    scenario, other = added(store, authority), added(store, authority, "Other")
    with store.writing(authority.id) as work:
        with pytest.raises(AlreadyExists):
            work.scenarios.add(uuid4(), "One", "", CHANGES, act())
        with pytest.raises(AlreadyExists):
            work.scenarios.replace(other, "One", "", CHANGES, act(), expected=None)
        assert work.scenarios.replace(scenario, "One", "Says", CHANGES, act(), expected=None).version == 2


def test_another_authority_sees_neither_scenario_nor_study(store: Store, authority: Authority) -> None:
    scenario, study = added(store, authority), asked(store, authority, answer=ANSWER)
    other = recorded(store, "E10000003")
    with store.writing(other.id) as work:
        for lost in (work.scenarios.get, work.studies.get, work.studies.answer):
            with pytest.raises(NotFound):
                lost(study if lost != work.scenarios.get else scenario)
        assert work.scenarios.all() == ()
        assert work.studies.page(Listing()).items == ()
        work.scenarios.add(uuid4(), "One", "", CHANGES, act())


def test_every_write_of_a_scenario_or_study_leaves_an_audit_event(store: Store, authority: Authority) -> None:
    scenario, study = added(store, authority), asked(store, authority)
    with store.writing(authority.id) as work:
        work.scenarios.replace(scenario, "Two", "", CHANGES, act(), expected=None)
        work.scenarios.remove(scenario, act(), expected=None)
        work.studies.begin(study, NOW)
        work.studies.finish(study, ANSWER, None, act())
    with store.reading(authority.id) as work:
        nouns = [event.noun for event in work.audit.events() if event.noun in {"scenario", "study"}]
    assert nouns == ["scenario", "study", "scenario", "scenario", "study"]


def test_a_study_goes_from_queued_through_running_to_its_answer(store: Store, authority: Authority) -> None:
    study = asked(store, authority)
    with store.reading() as work:
        assert every_open(work) == ((authority.id, study),)
    with store.writing(authority.id) as work:
        assert work.studies.begin(study, NOW).status is StudyStatus.RUNNING
        assert work.studies.told(study, {"done": 1, "of": 5}, NOW).progress == {"done": 1, "of": 5}
        done = work.studies.finish(study, ANSWER, "0" * 64, act())
        assert (done.status, done.is_open, done.pool_digest) == (StudyStatus.FINISHED, False, "0" * 64)
        assert (work.studies.answer(study), done.progress["says"]) == (ANSWER, "Done")
        assert work.studies.cancel(study, act()).status is StudyStatus.FINISHED, "what is answered stays answered"
        assert work.studies.begin(study, NOW).status is StudyStatus.FINISHED
    with store.reading() as work:
        assert every_open(work) == (), "what is answered is nobody's work"
    with store.reading(authority.id) as work:
        (listed,) = work.studies.page(Listing(where={"kind": "bed-prices"})).items
        assert listed.reference is not None
        assert listed.reference.startswith("W-")


def test_a_study_that_waits_is_cancelled_at_once_and_one_that_runs_is_asked_to_stop(
    store: Store, authority: Authority
) -> None:
    waiting, running = asked(store, authority), asked(store, authority)
    with store.writing(authority.id) as work:
        assert work.studies.ask_to_stop(waiting, act()).status is StudyStatus.CANCELLED
        work.studies.begin(running, NOW)
        stopping = work.studies.ask_to_stop(running, act())
        assert (stopping.status, stopping.cancel_asked_at) == (StudyStatus.RUNNING, NOW)
        assert work.studies.told(running, {}, NOW).cancel_asked_at == NOW
        assert work.studies.cancel(running, act()).status is StudyStatus.CANCELLED
        assert work.studies.finish(running, ANSWER, None, act()).status is StudyStatus.CANCELLED
        assert work.studies.answer(running) is None


def test_a_study_that_failed_says_why(store: Store, authority: Authority) -> None:
    study = asked(store, authority)
    with store.writing(authority.id) as work:
        failed = work.studies.fail(study, "The home that was to close is no longer on record.", act())
    assert (failed.status, failed.failure) == (
        StudyStatus.FAILED,
        "The home that was to close is no longer on record.",
    )
