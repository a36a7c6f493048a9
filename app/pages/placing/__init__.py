"""Pages by which a proposal becomes a placement: the child's view, offers, holds, sign-offs, decision, moving in."""

from __future__ import annotations

from fastapi import APIRouter

from app.pages.placing import asking, child_views, decided, deciding, offers, recommending

ROUTERS: tuple[APIRouter, ...] = (
    child_views.router,
    recommending.router,
    asking.router,
    offers.router,
    deciding.router,
    decided.router,
)
"""What app.pages.routes adds to the application."""
