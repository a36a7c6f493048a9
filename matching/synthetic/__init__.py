"""Authorities nobody lives in, and pools for benchmarks and tests."""
