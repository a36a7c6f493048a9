"""Pages to sign in and out, and what was typed when a session had ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from app.auth import sessions
from app.auth.doors import CHOOSE, DevelopmentDoor, Door, NoDoor
from app.auth.sessions import NotFromThisPage
from app.pages.back import own_path
from app.pages.typed import NOTHING_TYPED, TOKEN, FieldError, Typed
from app.pages.visits import May, Visit, fields_of, page, secret_of, set_cookie
from app.pages.words import capital, plain
from app.services.office import Office
from matching.errors import Invalid

router = APIRouter(include_in_schema=False)

START = "start"
"""The cookie that a form of somebody who is not signed in yet is bound to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invented:
    """One invented person to sign in as."""

    value: str
    name: str
    role: str
    authority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoosePage:
    """The development door: choose who you are."""

    template: ClassVar[str] = "sign_in/choose.html"
    title: str = "Choose who you are"
    people: tuple[Invented, ...]
    back: str
    kept: bool
    typed: Typed = NOTHING_TYPED


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOutPage:
    """After signing out."""

    template: ClassVar[str] = "sign_in/out.html"
    title: str = "You are signed out"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptField:
    """One field of a form that was kept, to be sent on."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """What was typed when the session had ended."""

    template: ClassVar[str] = "sign_in/kept.html"
    title: str = "What you typed is still here"
    fields: tuple[KeptField, ...]


@router.get("/sign-in", name="page_sign_in")
def sign_in(request: Request, back: Annotated[str, Query(max_length=500)] = "/", kept: str = "") -> Response:
    """Sends the browser to the door of this installation."""
    door: Door = request.app.state.door
    where = door.begin(own_path(back))
    where += f"&{urlencode({'kept': 'yes'})}" if kept and where.startswith(CHOOSE) else ""
    return Response(status_code=303, headers={"Location": where, "Cache-Control": "no-store"})


@router.get(CHOOSE, name="page_choose_person")
def choose(request: Request, back: Annotated[str, Query(max_length=500)] = "/", kept: str = "") -> Response:
    """The invented people of the development door."""
    secret = secret_of(request, START) or sessions.new_secret()
    answered = page(request, _choices(request, back, kept=bool(kept)), secret=secret)
    set_cookie(request, answered, secret, START)
    return answered


@router.post(CHOOSE, name="page_arrive")
async def arrive(request: Request) -> Response:
    """Signs in as the person chosen, and goes to the page that was asked for."""
    fields = await fields_of(request)
    said = {name: values[0] for name, values in fields.items()}
    return await run_in_threadpool(_arrive, request, said)


def _arrive(request: Request, said: dict[str, str]) -> Response:
    office: Office = request.app.state.office
    start = secret_of(request, START)
    if not sessions.is_form_token(start, said.get(TOKEN, "")):
        raise NotFromThisPage
    door: Door = request.app.state.door
    try:
        person = door.arrived(office, said)
    except Invalid as refused:
        typed = Typed(errors=tuple(FieldError(at.field, at.remedy) for at in refused.faults))
        again = _choices(request, said.get("back", "/"), kept=said.get("kept") == "yes", typed=typed)
        return page(request, again, 422, secret=start)
    sessions.end(office, secret_of(request))
    secret = sessions.begin(office, person)
    kept = sessions.kept_form(office, sessions.signed_in(office, secret).session) is not None
    where = "/kept-form" if kept else own_path(said.get("back", "/"))
    answered = Response(status_code=303, headers={"Location": where, "Cache-Control": "no-store"})
    set_cookie(request, answered, secret)
    set_cookie(request, answered, "", START)
    return answered


def _choices(request: Request, back: str, *, kept: bool, typed: Typed | None = None) -> ChoosePage:
    door: Door = request.app.state.door
    if not isinstance(door, DevelopmentDoor):
        raise NoDoor
    people = tuple(
        Invented(
            value=f"{one.authority}/{one.reference}",
            name=one.name,
            role=capital(plain(one.role.value)),
            authority=one.authority_name,
        )
        for one in door.people(request.app.state.office)
    )
    return ChoosePage(people=people, back=own_path(back), kept=kept, typed=typed or NOTHING_TYPED)


SomebodyHere = Annotated[Visit, Depends(May("read_waiting"))]
"""Whoever is signed in: everybody has something that may wait for them."""


@router.post("/sign-out", name="page_sign_out")
async def sign_out(request: Request) -> Response:
    """Ends the session. Without a session there is nothing to end, and the answer is the same."""
    fields = await fields_of(request)
    secret = secret_of(request)
    if sessions.is_form_token(secret, (fields.get(TOKEN) or ("",))[0]):
        await run_in_threadpool(sessions.end, request.app.state.office, secret)
    answered = Response(status_code=303, headers={"Location": "/signed-out", "Cache-Control": "no-store"})
    set_cookie(request, answered, "")
    return answered


@router.get("/signed-out", name="page_signed_out")
def signed_out(request: Request) -> Response:
    """Says so."""
    return page(request, SignedOutPage())


@router.get("/kept-form", name="page_kept_form")
def kept_form(visit: SomebodyHere) -> Response:
    """Offers what was typed when the session had ended."""
    kept = sessions.kept_form(visit.office, visit.signed_in.session)
    if kept is None:
        return visit.go("/")
    fields = tuple(KeptField(name=name, value=value) for name, values in kept.fields.items() for value in values)
    return visit.page(KeptPage(fields=fields))


@router.post("/kept-form/send", name="page_send_kept_form")
def send_kept_form(visit: SomebodyHere) -> Response:
    """Hands the form on to where it was sent first: 307 makes the browser send it again as it stands."""
    kept = sessions.kept_form(visit.office, visit.signed_in.session)
    if kept is None:
        return visit.go("/")
    sessions.drop_kept_form(visit.office, visit.signed_in.session)
    return Response(status_code=307, headers={"Location": kept.path, "Cache-Control": "no-store"})


@router.post("/kept-form/throw-away", name="page_throw_away_kept_form")
def throw_away_kept_form(visit: SomebodyHere) -> Response:
    """Lets go of it."""
    sessions.drop_kept_form(visit.office, visit.signed_in.session)
    return visit.go("/", said="thrown-away")
