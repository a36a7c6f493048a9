"""What scenarios do to records, and what must never happen to the baseline."""
