"""Tests of work that outlives a request."""
