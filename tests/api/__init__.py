"""Tests of the API over HTTP: what a case tool sees."""
