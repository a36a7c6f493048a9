"""What is enough, in numbers: measures by month, gaps, beds and their use, and needs against cost."""

from __future__ import annotations

from fastapi import APIRouter

from app.pages.measures import by_month, costs, supply

ROUTERS: tuple[APIRouter, ...] = (by_month.router, supply.router, costs.router)
