"""One repository for each noun: what may be asked of it and written to it, for the authority of the unit of work."""
