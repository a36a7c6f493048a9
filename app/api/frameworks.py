"""Routes about frameworks of need: versioned, an authority's own or everybody's."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Body, Response
from pydantic import BaseModel, create_model

from app.api import answers, examples
from app.bodies import shapes
from app.bodies.building import Builder
from app.bodies.wire import object_of
from app.dependencies import CallerHere, IdHere, OfficeHere
from app.services import needs
from app.services.references import References
from matching.needs import Framework
from matching.values import FrameworkId

router = APIRouter(tags=["needs"])
_UNSAID = frozenset({"id", "authority"})
FrameworkGiven: Any = shapes.given(Framework, "FrameworkGiven", without=_UNSAID)
FrameworkShown: Any = create_model(
    "Framework",
    __base__=FrameworkGiven,
    __doc__=Framework.__doc__,
    id=(UUID, ...),
    everybodys=(bool, ...),
    in_use=(bool, ...),
)


@cache
def _list_shape() -> type[BaseModel]:
    return create_model("FrameworkList", items=(list[FrameworkShown], ...))


@router.get(
    "/frameworks",
    name="list_frameworks",
    summary="List frameworks of need",
    responses={**answers.shows(_list_shape()), **answers.problems()},
)
def list_frameworks(office: OfficeHere, caller: CallerHere) -> Response:
    """The authority's own, and those that every authority may use."""
    return answers.json({"items": [_told(one, in_use=used) for one, used in needs.list_frameworks(office, caller)]})


@router.get(
    "/frameworks/{id}",
    name="read_framework",
    summary="Read a framework of need",
    responses={**answers.shows(FrameworkShown), **answers.problems(404)},
)
def read_framework(office: OfficeHere, caller: CallerHere, id: IdHere) -> Response:  # noqa: A002 - the name in the address
    """Domains, what each level looks like, weights, and the skills that a level calls for."""
    framework = needs.read_framework(office, caller, FrameworkId(id))
    return answers.json(_told(framework, in_use=_in_use(office, caller, framework)))


@router.post(
    "/frameworks",
    name="record_framework",
    status_code=201,
    summary="Record a version of the authority's own framework",
    responses={
        **answers.shows(FrameworkShown, 201, "Recorded"),
        **answers.shows(FrameworkShown, 200, "It was on record already, just so"),
        **answers.problems(400, 409, 413, 415),
    },
)
def record_framework(
    office: OfficeHere,
    caller: CallerHere,
    body: Annotated[FrameworkGiven, Body(examples=[examples.FRAMEWORK])],
) -> Response:
    """A version never changes once recorded: profiles made with it keep their meaning. Record the next one instead."""
    with office.store.reading(caller.authority) as work:
        builder = Builder(office.gazetteer, References(work), [])
    made = builder.built(Framework, body, id=FrameworkId(uuid4()), authority=caller.authority)
    framework, new = needs.record_framework(office, caller, made)
    place = {"Location": f"/api/v1/frameworks/{framework.id}"}
    told = _told(framework, in_use=_in_use(office, caller, framework))
    return answers.json(told, 201 if new else 200, place)


@router.put(
    "/frameworks/{id}/use",
    name="use_framework",
    summary="Make new profiles with this framework",
    responses={**answers.shows(FrameworkShown), **answers.problems(404)},
)
def use_framework(office: OfficeHere, caller: CallerHere, id: IdHere) -> Response:  # noqa: A002 - the name in the address
    """Profiles made with another keep theirs. Doing it again changes nothing."""
    return answers.json(_told(needs.use_framework(office, caller, FrameworkId(id)), in_use=True))


def _in_use(office: OfficeHere, caller: CallerHere, framework: Framework) -> bool:
    return any(one.id == framework.id and used for one, used in needs.list_frameworks(office, caller))


def _told(framework: Framework, *, in_use: bool) -> dict[str, Any]:
    told = {name: value for name, value in object_of(framework).items() if name != "authority"}
    return {**told, "everybodys": framework.authority is None, "in_use": in_use}
