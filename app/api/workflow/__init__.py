"""Routes from a proposal to a placement, what waits for whom, and what has happened."""
