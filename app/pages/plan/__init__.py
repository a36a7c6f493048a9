"""The plan for everybody who waits: looked at, changed without keeping anything, kept, and read again."""

from __future__ import annotations

from fastapi import APIRouter

from app.pages.plan import kept, weighed

ROUTERS: tuple[APIRouter, ...] = (kept.router, weighed.router)
