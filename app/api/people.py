"""Routes about a child beside the record itself: who the child is, and how needs have changed."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Response
from pydantic import BaseModel

from app.api import answers, examples
from app.bodies.identities import IdentityGiven
from app.bodies.wire import object_of
from app.dependencies import CallerHere, ExpectedIfAnyHere, IdHere, OfficeHere
from app.services import children, needs
from db.repositories.children import Identity
from matching.codes import NeedsBand
from matching.needs import Change
from matching.values import ChildId

router = APIRouter(tags=["children"])


class IdentityShown(IdentityGiven):
    """Who a child is."""

    child: UUID


class Step(BaseModel):
    """One profile of a child's history: its total, its band, and what changed since the one before."""

    profile: UUID
    external_ref: str
    framework: str
    made_on: str
    review_due: str
    review_overdue: bool
    total: int
    band: NeedsBand
    levels: dict[str, int]
    changes: list[Change]
    steps_down: bool
    """Whether needs have fallen overall: a step down could be considered."""


class History(BaseModel):
    """A child's profiles, newest first."""

    items: list[Step]


@router.get(
    "/children/{id}/identity",
    name="read_identity",
    summary="Read who a child is",
    responses={**answers.shows(IdentityShown, with_etag=True), **answers.problems(404)},
)
def read_identity(office: OfficeHere, caller: CallerHere, id: IdHere) -> Response:  # noqa: A002 - the name in the address
    """The only place where a name is shown. Leaves an audit event."""
    identity, version = children.read_identity(office, caller, ChildId(id))
    return answers.json(object_of(identity), headers={"ETag": answers.etag(version)})


@router.put(
    "/children/{id}/identity",
    name="record_identity",
    summary="Record who a child is",
    responses={**answers.shows(IdentityShown, with_etag=True), **answers.problems(400, 404, 412, 413, 415, 428)},
)
def record_identity(
    office: OfficeHere,
    caller: CallerHere,
    id: IdHere,  # noqa: A002 - the name in the address
    expected: ExpectedIfAnyHere,
    body: Annotated[IdentityGiven, Body(examples=[examples.IDENTITY])],
) -> Response:
    """When a name is on record already, If-Match says which version is replaced, as with every change."""
    identity = Identity(ChildId(id), body.given_name, body.family_name, body.initials)
    version = children.record_identity(office, caller, identity, expected)
    return answers.json(object_of(identity), headers={"ETag": answers.etag(version)})


@router.get(
    "/children/{id}/needs-profiles",
    name="read_needs_history",
    summary="Read how a child's needs have changed",
    responses={**answers.shows(History), **answers.problems(404)},
)
def read_needs_history(office: OfficeHere, caller: CallerHere, id: IdHere) -> Response:  # noqa: A002 - the name in the address
    """Each profile with its total, band and what changed since the one before. Leaves an audit event."""
    steps = needs.read_needs_history(office, caller, ChildId(id))
    return answers.json({"items": [_told(step, office) for step in steps]})


def _told(step: needs.Step, office: OfficeHere) -> dict[str, Any]:
    profile, framework = step.profile.value, step.framework
    return {
        "profile": profile.id,
        "external_ref": profile.external_ref,
        "framework": f"{framework.code}/{framework.version}",
        "made_on": profile.made_on,
        "review_due": profile.review_due,
        "review_overdue": profile.review_due < office.today(),
        "total": framework.total(profile.levels),
        "band": framework.band(profile.levels),
        "levels": dict(profile.levels),
        "changes": step.changes,
        "steps_down": step.steps_down,
    }
