"""Routes from a proposal to a placement, what waits for whom, and what has happened."""

from app.api.workflow import decisions, events, offers, sign_offs, stays, waiting

ROUTES = (offers, sign_offs, decisions, stays, waiting, events)
"""In the order of the journey."""
