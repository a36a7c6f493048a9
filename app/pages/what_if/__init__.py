"""What would be: scenarios put together, tonight under each, and what was asked before."""

from __future__ import annotations

from fastapi import APIRouter

from app.pages.what_if import asking, begin, building, studies, tonight_page

ROUTERS: tuple[APIRouter, ...] = (begin.router, asking.router, building.router, tonight_page.router, studies.router)
