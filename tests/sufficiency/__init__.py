"""Whether forecasts keep their word: statistical tests over many invented authorities, with fixed seeds."""
