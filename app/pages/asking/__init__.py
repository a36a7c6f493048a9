"""Questions that make and change what is on record: one thing to a page, kept as it is typed, checked by the domain alone."""
