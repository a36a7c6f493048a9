"""A scenario put together change by change: each is kept at once as a new version, so that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from app.bodies.reading import DoesNotFit, read
from app.bodies.scenarios import ScenarioGiven, changes_shown, scenario_built
from app.pages.typed import NOTHING_TYPED, FieldError, Reading, Typed
from app.pages.visits import May, Visit, answered
from app.pages.what_if.change_fields import ASKED, Ask, Field, body_of, in_words
from app.services.scenarios import keeping
from app.services.scenarios.keeping import Kept
from db.errors import AlreadyExists, NotFound, Stale
from db.session import Work
from matching.errors import Invalid
from matching.scenarios import Scenario
from matching.scenarios.limits import AreYouSure

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One change, and where it stands."""

    at: int
    says: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of change to add."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewScenarioPage:
    """A name for a new scenario."""

    template: ClassVar[str] = "what_if/new.html"
    title: str = "Build a scenario"
    typed: Typed = NOTHING_TYPED


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioPage:
    """A scenario with its changes."""

    template: ClassVar[str] = "what_if/scenario.html"
    title: str
    says: str
    href: str
    compare_href: str
    version: int
    lines: tuple[Line, ...]
    kinds: tuple[Kind, ...]
    may_change: bool
    typed: Typed = NOTHING_TYPED


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One field of the form of a change."""

    name: str
    label: str
    hint: str
    ask: str
    value: str
    options: tuple[tuple[str, str, bool], ...]
    day: tuple[str, str, str]
    error: dict[str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePage:
    """The form of one change."""

    template: ClassVar[str] = "what_if/change.html"
    title: str
    scenario: str
    href: str
    action: str
    version: int
    fields: tuple[Shown, ...]
    sure: bool
    """Whether the change is so large that somebody must say they are sure."""
    typed: Typed


@router.get("/what-if/scenarios/new", name="page_new_scenario")
def new(visit: Annotated[Visit, Depends(May("record_scenario"))]) -> Response:
    """The form."""
    return visit.page(NewScenarioPage())


@router.post("/what-if/scenarios/new", name="page_record_scenario")
def record(visit: Annotated[Visit, Depends(May("record_scenario"))]) -> Response:
    """Keeps an empty scenario under its name."""
    reading = Reading(visit.sent)
    name = reading.text("name", "Give the scenario a name", most=200)
    says = reading.text("says", most=1_000)
    if reading.wrong:
        return visit.page(NewScenarioPage(typed=reading.typed), 422)
    try:
        reply = keeping.record_scenario(
            visit.office,
            visit.caller,
            lambda _: Scenario(name=name, says=says),
            lambda kept: visit.gone(f"/what-if/scenarios/{kept.stored.id}"),
            visit.sent.repeat,
        )
    except AlreadyExists:
        error = FieldError("name", "A scenario of this name is there already. Give another name")
        return visit.page(NewScenarioPage(typed=replace(visit.sent.typed, errors=(error,))), 422)
    return answered(reply)


@router.get("/what-if/scenarios/{scenario}", name="page_scenario")
def one(visit: Annotated[Visit, Depends(May("read_scenario"))], scenario: UUID) -> Response:
    """A scenario with its changes."""
    return visit.page(_page(visit, keeping.read_scenario(visit.office, visit.caller, scenario)))


@router.get("/what-if/scenarios/{scenario}/add/{change}", name="page_add_change")
def add(visit: Annotated[Visit, Depends(May("replace_scenario"))], scenario: UUID, change: str) -> Response:
    """The form of one kind of change."""
    kept = keeping.read_scenario(visit.office, visit.caller, scenario)
    return visit.page(_form(kept, change, NOTHING_TYPED, kept.stored.version))


@router.post("/what-if/scenarios/{scenario}/add/{change}", name="page_keep_change")
def keep(visit: Annotated[Visit, Depends(May("replace_scenario"))], scenario: UUID, change: str) -> Response:
    """Keeps the change as a new version of the scenario."""
    kept = keeping.read_scenario(visit.office, visit.caller, scenario)
    version = visit.sent.version if visit.sent.version is not None else kept.stored.version
    _known(change)
    reading = Reading(visit.sent)
    body = body_of(change, reading)
    if reading.wrong:
        return visit.page(_form(kept, change, reading.typed, version), 422)
    bodies = [*changes_shown(kept.scenario.changes), body]
    try:
        given = read(ScenarioGiven, {"name": kept.scenario.name, "says": kept.scenario.says, "changes": bodies})
        keeping.replace_scenario(visit.office, visit.caller, scenario, _building(visit, given), version)
    except AreYouSure as doubtful:
        typed = _told(visit.sent.typed, change, [(one.field, one.wrong) for one in doubtful.faults])
        return visit.page(replace(_form(kept, change, typed, version), sure=True), 422)
    except Invalid as refused:
        found = [(one.field, f"{one.wrong}. {one.remedy}") for one in refused.faults]
        return visit.page(_form(kept, change, _told(visit.sent.typed, change, found), version), 422)
    except DoesNotFit as unfit:
        found = [(one.pointer, one.says) for one in unfit.unfit]
        return visit.page(_form(kept, change, _told(visit.sent.typed, change, found), version), 422)
    except Stale:
        return _raced(visit, scenario, change)
    return visit.go(f"/what-if/scenarios/{scenario}", said="change-kept")


@router.post("/what-if/scenarios/{scenario}/take-away", name="page_take_change_away")
def take_away(visit: Annotated[Visit, Depends(May("replace_scenario"))], scenario: UUID) -> Response:
    """Takes one change away, as a new version."""
    kept = keeping.read_scenario(visit.office, visit.caller, scenario)
    at = Reading(visit.sent).whole("at", 0, 10_000)
    left = tuple(one for place, one in enumerate(kept.scenario.changes) if place != at)
    made = replace(kept.scenario, changes=left)
    keeping.replace_scenario(visit.office, visit.caller, scenario, lambda _: made, visit.sent.version)
    return visit.go(f"/what-if/scenarios/{scenario}", said="change-taken-away")


@router.post("/what-if/scenarios/{scenario}/remove", name="page_remove_scenario")
def remove(visit: Annotated[Visit, Depends(May("remove_scenario"))], scenario: UUID) -> Response:
    """Takes the scenario away; studies made with it stay."""
    keeping.remove_scenario(visit.office, visit.caller, scenario, visit.sent.version)
    return visit.go("/what-if", said="scenario-removed")


def _building(visit: Visit, given: ScenarioGiven) -> Callable[[Work], Scenario]:
    return lambda work: scenario_built(visit.office, work, given)


def _raced(visit: Visit, scenario: UUID, change: str) -> Response:
    """Somebody else changed the scenario meanwhile: it is shown anew with what was typed still in the form."""
    now = keeping.read_scenario(visit.office, visit.caller, scenario)
    says = (
        "Somebody changed this scenario meanwhile. What you typed is still here; look at the scenario, then save again"
    )
    typed = replace(visit.sent.typed, errors=(FieldError(ASKED[change][1][0].name, says),))
    return visit.page(_form(now, change, typed, now.stored.version), 412)


def _told(typed: Typed, change: str, found: Sequence[tuple[str, str]]) -> Typed:
    """What is wrong beside the fields of this form; what is about the whole stands with the first."""
    names = {field.path: field.name for field in ASKED[change][1]}
    first = ASKED[change][1][0].name
    errors = []
    for pointer, says in found:
        path = pointer.split("/")
        while path and "/".join(path) not in names:
            path = path[1:]
        errors.append(FieldError(names.get("/".join(path), first), says))
    return replace(typed, errors=(*typed.errors, *errors))


def _known(change: str) -> None:
    if change not in ASKED:
        raise NotFound("kind of change", change)


def _page(visit: Visit, kept: Kept) -> ScenarioPage:
    href = f"/what-if/scenarios/{kept.stored.id}"
    return ScenarioPage(
        title=kept.scenario.name,
        says=kept.scenario.says,
        href=href,
        compare_href=f"/what-if/tonight?saved={kept.stored.id}",
        version=kept.stored.version,
        lines=tuple(Line(at, in_words(one)) for at, one in enumerate(changes_shown(kept.scenario.changes))),
        kinds=tuple(Kind(title, f"{href}/add/{change}") for change, (title, _) in ASKED.items()),
        may_change=visit.may("replace_scenario"),
    )


def _form(kept: Kept, change: str, typed: Typed, version: int) -> ChangePage:
    _known(change)
    title, fields = ASKED[change]
    href = f"/what-if/scenarios/{kept.stored.id}"
    return ChangePage(
        title=title,
        scenario=kept.scenario.name,
        href=href,
        action=f"{href}/add/{change}",
        version=version,
        fields=tuple(_shown(field, typed) for field in fields),
        sure="confirmed" in typed.fields,
        typed=typed,
    )


def _shown(field: Field, typed: Typed) -> Shown:
    value = typed.value(field.name)
    options: Mapping[str, Any] = field.choices if not field.needed else {"": "Choose one", **field.choices}
    return Shown(
        name=field.name,
        label=field.label,
        hint=field.hint,
        ask=field.ask.value,
        value=value if field.ask is not Ask.YES else ("yes" if field.name in typed.fields else ""),
        options=tuple((code, str(words), code == value) for code, words in options.items()),
        day=(
            typed.value(f"{field.name}-day"),
            typed.value(f"{field.name}-month"),
            typed.value(f"{field.name}-year"),
        ),
        error=typed.error(field.name),
    )
