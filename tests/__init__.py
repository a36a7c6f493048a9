"""The tests: sentences that say what the service does."""
