"""The specification of the way from a proposal to a placement."""
