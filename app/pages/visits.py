"""One request to a page: who it comes from, what was typed, and the page that answers it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from urllib.parse import urlencode

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from app.auth import sessions
from app.auth.access import MAY, allow
from app.auth.sessions import NotFromThisPage, SignedIn, SignedOut
from app.pages import rendering
from app.pages.navigation import beside_links, foot_links, main_links
from app.pages.notices import NOTICES
from app.pages.typed import TOKEN, Sent, Typed
from app.pages.words import capital, plain
from app.services.callers import Caller
from app.services.office import Office
from app.services.repeats import Reply
from matching.workflow.roles import Role

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Visit:
    """A request by somebody who is signed in and may make it. Every route of a page begins with one."""

    request: Request
    office: Office
    signed_in: SignedIn
    caller: Caller
    """What use cases are called with."""
    sent: Sent = field(default_factory=Sent)
    """The form that was sent; empty for a page that is only read."""

    @property
    def person(self) -> str:
        """The staff reference of who is signed in: what stands in `by` and `decided_by`."""
        return self.signed_in.session.person

    @property
    def role(self) -> Role:
        """The role of who is signed in."""
        return self.caller.role

    def may(self, use_case: str) -> bool:
        """Whether this person may do something, so that a page offers only what can be done."""
        return self.role in MAY[use_case]

    def page(self, view: rendering.View, status: int = 200) -> Response:
        """The page that shows a view. A view with `typed` shows what was typed and what is wrong with it."""
        return page(self.request, view, status)

    def go(self, path: str, said: str = "", **query: str) -> Response:
        """Sends the browser on after something was done; `said` is a word of app.pages.notices."""
        return Response(status_code=303, headers=dict(self.gone(path, said, **query).headers))

    def gone(self, path: str, said: str = "", **query: str) -> Reply:
        """The same as what a use case keeps, so that a form sent twice is answered alike: its `write` gives this."""
        assert not said or said in NOTICES, f"there is no notice {said}"
        asked = {**query, **({"said": said} if said else {})}
        where = f"{path}?{urlencode(asked)}" if asked else path
        return Reply(303, b"", MappingProxyType({"Location": where, "Cache-Control": "no-store"}))


def answered(reply: Reply) -> Response:
    """What a use case gave back, as an answer."""
    return Response(reply.body, reply.status, dict(reply.headers))


def glimpsed(request: Request) -> None:
    """Shows whoever happens to be signed in their navigation, on a page that is for everybody."""
    with suppress(SignedOut):
        request.scope["signed_in"] = sessions.signed_in(request.app.state.office, secret_of(request))


class May:
    """Lets in who is signed in and may make use of a use case: `Annotated[Visit, Depends(May("list_homes"))]`.

    A form is let in only with the token of the session. What was typed into a session that has ended is kept.
    """

    def __init__(self, use_case: str) -> None:
        assert use_case in MAY, f"{use_case} is missing in the table of who may do what"
        self.use_case = use_case

    async def __call__(self, request: Request) -> Visit:
        """Raises SignedOut, NotFromThisPage, NotForThisRole, Busy."""
        fields = await fields_of(request)
        return await run_in_threadpool(self._let_in, request, fields)

    def _let_in(self, request: Request, fields: Mapping[str, tuple[str, ...]]) -> Visit:
        office: Office = request.app.state.office
        secret, token = secret_of(request), (fields.get(TOKEN) or ("",))[0]
        known = request.method != "POST" or sessions.is_form_token(secret, token)
        try:
            signed_in = sessions.signed_in(office, secret)
        except SignedOut:
            kept = request.method == "POST" and known
            kept = kept and sessions.keep_form(office, secret, request.url.path, _without_token(fields))
            raise SignedOut(kept=kept) from None
        request.scope["signed_in"] = signed_in
        if not known:
            raise NotFromThisPage
        caller = signed_in.caller(str(request.scope.get("request_id", "")))
        allow(self.use_case, caller.role)
        return Visit(request, office, signed_in, caller, Sent(request.url.path, Typed(MappingProxyType(dict(fields)))))


def _without_token(fields: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {name: values for name, values in fields.items() if name != TOKEN}


async def fields_of(request: Request) -> dict[str, tuple[str, ...]]:
    """The fields of the form that was sent; none for a page that is read."""
    if request.method != "POST":
        return {}
    gathered: dict[str, list[str]] = {}
    async with request.form(max_files=0, max_fields=2_000) as form:
        for name, value in form.multi_items():
            assert not isinstance(value, UploadFile), "no file was let through"
            gathered.setdefault(name, []).append(value)
    return {name: tuple(values) for name, values in gathered.items()}


# --- the cookie ------------------------------------------------------------------------------------


def is_secure(request: Request) -> bool:
    """Whether cookies go over TLS alone: always, but for trying the service out on one's own machine."""
    return request.url.scheme == "https" or request.url.hostname not in LOCAL


def cookie_name(request: Request, name: str = "session") -> str:
    """A name that browsers hold to being ours alone wherever TLS is used."""
    return f"__Host-{name}" if is_secure(request) else name


def secret_of(request: Request, name: str = "session") -> str:
    """The secret that a cookie holds; empty when there is none."""
    return request.cookies.get(cookie_name(request, name), "")


def set_cookie(request: Request, response: Response, secret: str, name: str = "session") -> None:
    """Gives the browser a secret to bring back; an empty one takes it away."""
    response.set_cookie(
        cookie_name(request, name),
        secret,
        max_age=None if secret else 0,
        path="/",
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )


# --- the page --------------------------------------------------------------------------------------


def page(request: Request, view: rendering.View, status: int = 200, *, secret: str | None = None) -> Response:
    """The page that shows a view, to whoever is signed in or to nobody."""
    accepted = request.headers.get("accept-encoding", "")
    return rendering.response(view, _frame(request, view, secret), status, accepted)


def _frame(request: Request, view: rendering.View, secret: str | None) -> rendering.Frame:
    signed_in: SignedIn | None = request.scope.get("signed_in")
    role = None if signed_in is None else Role(signed_in.session.role)
    there = request.app.state.page_addresses
    typed = getattr(view, "typed", None)
    path = request.url.path
    secret = secret if secret is not None else signed_in.secret if signed_in else ""
    around = rendering.Frame(
        path=path,
        token=lambda: sessions.form_token(secret),
        once=lambda: secrets.token_urlsafe(12),
        foot=foot_links(role, there),
        errors=typed.errors if isinstance(typed, Typed) else (),
        notice=NOTICES.get(request.query_params.get("said", ""), ""),
    )
    if signed_in is None or role is None:
        return around
    return replace(
        around,
        person=signed_in.session.name,
        role=capital(plain(role.value)),
        links=main_links(role, path, there),
        beside=beside_links(role, path, there),
    )
