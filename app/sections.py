"""Routes by the first word of their address, so that a request is compared with a few of them and not with all."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter
from starlette.routing import BaseRoute, Match
from starlette.types import Scope


class Section(APIRouter):
    """The routes below one first word. Of any other address it says at once that it has no route."""

    def __init__(self, begins: str, routes: list[BaseRoute]) -> None:
        super().__init__(routes=routes)
        self.begins = begins

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether one of the routes is meant."""
        path: str = scope["path"].removeprefix(scope.get("root_path", ""))
        return super().matches(scope) if path.startswith(self.begins) else (Match.NONE, {})


def sections(routers: Iterable[APIRouter], prefix: str = "") -> tuple[Section, ...]:
    """All routes of some routers, to be included below a prefix; among those of one first word the order stays.

    Routes whose address begins with a parameter, or has no words, are asked about every address.
    """
    by_word: dict[str, list[BaseRoute]] = {}
    for router in routers:
        for route in router.routes:
            by_word.setdefault(_first_word(getattr(route, "path", "")), []).append(route)
    return tuple(Section(f"{prefix}/{word}", routes) for word, routes in by_word.items())


def _first_word(path: str) -> str:
    word = path.strip("/").partition("/")[0]
    return "" if "{" in word else word
