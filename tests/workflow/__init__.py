"""Tests of the way from a proposal to a placement, over HTTP and against both databases."""
