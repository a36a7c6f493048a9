"""What anybody may read, signed in or not: how the matching works, accessibility, privacy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request, Response

from app.pages.visits import glimpsed, page
from matching.rules.book import RULE_BOOK

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HowMatchingWorksPage:
    """The transparency record in words that a parent could read."""

    template: ClassVar[str] = "statements/how_matching_works.html"
    title: str = "How the matching works"
    rules: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessibilityPage:
    """The accessibility statement."""

    template: ClassVar[str] = "statements/accessibility.html"
    title: str = "Accessibility statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyPage:
    """The privacy notice."""

    template: ClassVar[str] = "statements/privacy.html"
    title: str = "Privacy notice"


@router.get("/how-matching-works", name="page_how_matching_works")
def how_matching_works(request: Request) -> Response:
    """What the software does, and what people do."""
    glimpsed(request)
    return page(request, HowMatchingWorksPage(rules=len(RULE_BOOK)))


@router.get("/accessibility", name="page_accessibility")
def accessibility(request: Request) -> Response:
    """What works for whom, what does not yet, and how we know."""
    glimpsed(request)
    return page(request, AccessibilityPage())


@router.get("/privacy", name="page_privacy")
def privacy(request: Request) -> Response:
    """What is kept about people, why, who sees it and for how long."""
    glimpsed(request)
    return page(request, PrivacyPage())
