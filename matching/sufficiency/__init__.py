"""Sufficiency: how many children will need which kind of home, whether there will be a bed, and what it will cost."""
