"""Tests of the optimisation: against brute force, against itself, and against an independent way of saying it."""
