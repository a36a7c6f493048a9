"""Tests of the command file."""
