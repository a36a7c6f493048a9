"""Use cases about scenarios that are kept: record, change, list; those that are ready; and studies of what would be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from app.services.callers import Caller
from app.services.errors import NoAnswerYet
from app.services.office import Office
from app.services.repeats import Repeat, Reply, answered_before, keep_answer
from db.pages import Listing, Page
from db.repositories.scenarios import ScenarioVersion, StoredScenario
from db.repositories.studies import Study
from db.session import Work
from matching.errors import Fault, Invalid
from matching.scenarios import Change, Scenario
from matching.scenarios.documents import changes_document, changes_of
from matching.scenarios.library import Ready, library


@dataclass(frozen=True, slots=True)
class Kept:
    """A scenario that is kept, as the domain has it."""

    stored: StoredScenario
    scenario: Scenario


def _kept(stored: StoredScenario) -> Kept:
    changes = changes_of(stored.changes)
    return Kept(stored, Scenario(name=stored.name, says=stored.says, changes=changes))


def list_scenarios(office: Office, caller: Caller) -> tuple[Kept, ...]:
    """Every scenario of the authority, by name."""
    with office.store.reading(caller.authority) as work:
        return tuple(_kept(stored) for stored in work.scenarios.all())


def read_scenario(office: Office, caller: Caller, scenario: UUID) -> Kept:
    """One scenario. Raises NotFound."""
    with office.store.reading(caller.authority) as work:
        return _kept(work.scenarios.get(scenario))


def list_scenario_versions(office: Office, caller: Caller, scenario: UUID) -> tuple[ScenarioVersion, ...]:
    """Every version of one scenario, newest first. Raises NotFound."""
    with office.store.reading(caller.authority) as work:
        return work.scenarios.versions(scenario)


def record_scenario(
    office: Office,
    caller: Caller,
    build: Callable[[Work], Scenario],
    write: Callable[[Kept], Reply],
    repeat: Repeat | None = None,
) -> Reply:
    """Keeps a scenario under a new id. Raises AlreadyExists for a name that is taken, and what building raises."""
    with office.store.writing(caller.authority) as work:
        now = office.clock()
        before = answered_before(work, caller, repeat, now)
        if before is not None:
            return before
        made, act = build(work), caller.act("record-scenario", now)
        stored = work.scenarios.add(uuid4(), made.name, made.says, changes_document(made.changes), act)
        return keep_answer(work, caller, repeat, write(_kept(stored)), now)


def replace_scenario(
    office: Office, caller: Caller, scenario: UUID, build: Callable[[Work], Scenario], expected: int | None
) -> Kept:
    """Keeps another version in its place. Raises NotFound, Stale, AlreadyExists, and what building raises."""
    with office.store.writing(caller.authority) as work:
        made, act = build(work), caller.act("replace-scenario", office.clock())
        documents = changes_document(made.changes)
        return _kept(work.scenarios.replace(scenario, made.name, made.says, documents, act, expected=expected))


def remove_scenario(office: Office, caller: Caller, scenario: UUID, expected: int | None) -> None:
    """Takes a scenario away; studies made with it stay. Raises NotFound, Stale."""
    with office.store.writing(caller.authority) as work:
        work.scenarios.remove(scenario, caller.act("remove-scenario", office.clock()), expected=expected)


def list_ready_scenarios(office: Office, caller: Caller, as_of: date) -> tuple[Ready, ...]:
    """The scenarios that are ready to run on the authority's records of a day."""
    return library(office.pools.ready(caller.authority, as_of).pool.records)


def put_together(
    office: Office, caller: Caller, as_of: date, saved: Iterable[UUID], ready: Iterable[str]
) -> tuple[Change, ...]:
    """The changes of saved scenarios and of ready ones. Raises NotFound, and Invalid for one that is not ready."""
    with office.store.reading(caller.authority) as work:
        found = [change for scenario in saved for change in changes_of(work.scenarios.get(scenario).changes)]
    wanted = list(ready)
    known = {one.id: one for one in list_ready_scenarios(office, caller, as_of)} if wanted else {}
    for at, name in enumerate(wanted):
        if name not in known:
            wrong = "No scenario that is ready on this day has this id"
            raise Invalid([Fault(f"ready/{at}", wrong, f"Give one of {', '.join(known)}")])
        found += known[name].scenario.changes
    return tuple(found)


def list_studies(office: Office, caller: Caller, asked: Listing) -> Page[Study]:
    """One page of the authority's studies. Raises UnknownList."""
    with office.store.reading(caller.authority) as work:
        return work.studies.page(asked)


def read_study(office: Office, caller: Caller, study: UUID) -> tuple[Study, bytes | None]:
    """A study and its answer, None while there is none; leaves an audit event, for it tells of children. Raises NotFound."""
    with office.store.writing(caller.authority) as work:
        found = work.studies.get(study)
        work.audit.append(caller.act("read-study", office.clock()), "study", study)
        return found, work.studies.answer(study)


def read_answer(office: Office, caller: Caller, study: UUID) -> tuple[Study, bytes]:
    """A study that is answered, with its answer. Raises NotFound, and NoAnswerYet."""
    found, answer = read_study(office, caller, study)
    if answer is None:
        raise NoAnswerYet(found.status.value)
    return found, answer


def stop_study(office: Office, caller: Caller, study: UUID) -> Study:
    """Asks a study to stop; one that waits stops at once. Doing it again changes nothing. Raises NotFound."""
    with office.store.writing(caller.authority) as work:
        return work.studies.ask_to_stop(study, caller.act("stop-study", office.clock()))
