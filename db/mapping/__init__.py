"""Rows and domain objects, each turned into the other in one place and held together by a round-trip property."""
