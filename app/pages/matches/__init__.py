"""Pages from proposed matches to placement: reasons, comparison, the child's view, offers, decision, what follows."""

from __future__ import annotations

from fastapi import APIRouter

from app.pages.matches import routes, tonight

ROUTERS: tuple[APIRouter, ...] = (routes.router, tonight.router)
"""What app.pages.routes adds to the application."""
