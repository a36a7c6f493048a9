"""Specification of sufficiency: stock and flow, measures, costs."""
