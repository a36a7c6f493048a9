"""Use cases about sufficiency: measures, tables of supply and need, and the years ahead."""
