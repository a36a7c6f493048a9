"""From proposal to placement: who may do what next, what must be said with it, what waits for whom and until when."""
