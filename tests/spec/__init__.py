"""The specification: what the domain does, in sentences that run; no database and no network."""
