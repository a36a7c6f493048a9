"""Use cases from a proposal to a placement: offers, holds, sign-offs, views, decisions, stays, and what waits."""
