"""The optimisation: which proposals go together. The only place that knows OR-Tools."""
