"""Homes and who runs them: found, looked at night by night, confirmed and changed."""

from __future__ import annotations

from fastapi import APIRouter

from app.pages.homes import availability, home_list, home_page, provider_list

ROUTERS: tuple[APIRouter, ...] = (home_list.router, availability.router, home_page.router, provider_list.router)
