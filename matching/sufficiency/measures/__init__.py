"""Measures: what commissioners, inspectors and members ask month by month, each with its definition, source and meaning."""
