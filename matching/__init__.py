"""The domain, pure: children who need homes, homes that could care for them, and what a good match is."""
