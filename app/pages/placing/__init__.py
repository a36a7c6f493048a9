"""Pages by which a proposal becomes a placement: the child's view, offers, holds, sign-offs, decision, moving in."""

from __future__ import annotations

from fastapi import APIRouter

from app.pages.placing.asking import router as asking
from app.pages.placing.child_views import router as child_views
from app.pages.placing.decided import router as decided
from app.pages.placing.deciding import router as deciding
from app.pages.placing.offers import router as offers
from app.pages.placing.recommending import router as recommending

ROUTERS: tuple[APIRouter, ...] = (child_views, recommending, asking, offers, deciding, decided)
"""What app.pages.routes adds to the application."""
