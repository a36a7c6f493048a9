"""Every page about referrals, children's needs and what people are in the middle of writing."""

from __future__ import annotations

from fastapi import APIRouter

from app.pages.asking import check_pages, draft_pages, question_pages
from app.pages.referrals import ending_pages, file_page, needs_page, search_list

ROUTERS: tuple[APIRouter, ...] = (
    search_list.router,
    draft_pages.router,
    check_pages.router,
    question_pages.router,
    ending_pages.router,
    file_page.router,
    needs_page.router,
)
"""In an order in which an address of fixed words comes before one that takes any."""
