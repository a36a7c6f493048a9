"""Templates: one environment, in which a field that a view model does not have is an error and never an empty space."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Protocol

from fastapi import Response
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader

from app.pages import assets, words
from app.pages.navigation import Link
from app.pages.typed import FieldError

TEMPLATES = Path(__file__).resolve().parent / "templates"
SERVICE_NAME = "Placement matching"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy: nothing in line, nothing from elsewhere."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Vary": "Accept-Encoding, Cookie",
}
"""Of every page, also of those that tell of a fault."""
_WORTH_PACKING = 1_000


class View(Protocol):
    """What a page shows, already in words: a frozen dataclass that names its template."""

    template: ClassVar[str]

    @property
    def title(self) -> str:
        """The heading of the page, and the title of its window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every page. Templates know it as `page`."""

    path: str
    token: Callable[[], str]
    """A token for one form."""
    once: Callable[[], str]
    """Something for one form that no other form has, so that sending it twice does nothing twice."""
    person: str = ""
    """The name of who is signed in; empty when nobody is."""
    role: str = ""
    authority: str = ""
    links: tuple[Link, ...] = ()
    beside: tuple[Link, ...] = ()
    """The pages that belong together with this one; empty where it stands alone."""
    foot: tuple[Link, ...] = ()
    errors: tuple[FieldError, ...] = ()
    notice: str = ""
    service: str = SERVICE_NAME


class _Environment(Environment):
    """GOV.UK's templates rely on missing things being nothing; for our own objects that would hide mistakes."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        assert hasattr(obj, attribute) or not is_dataclass(obj), f"{type(obj).__name__} has no {attribute}"
        return super().getattr(obj, attribute)


@cache
def environment() -> Environment:
    """The one environment."""
    made = _Environment(
        loader=ChoiceLoader(
            [
                FileSystemLoader(TEMPLATES),
                PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            ]
        ),
        undefined=ChainableUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["asset"] = assets.address
    made.filters.update(words.FILTERS)
    return made


def html(view: View, frame: Frame) -> str:
    """A page as text."""
    return environment().get_template(view.template).render(view=view, page=frame)


def response(view: View, frame: Frame, status: int, accepted: str) -> Response:
    """A page as an answer, packed when the browser can unpack it."""
    body, headers = html(view, frame).encode(), dict(HEADERS)
    if "gzip" in accepted and len(body) > _WORTH_PACKING:
        body, headers["Content-Encoding"] = gzip.compress(body, 5, mtime=0), "gzip"
    return Response(body, status, headers, "text/html; charset=utf-8")
