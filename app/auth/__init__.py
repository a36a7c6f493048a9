"""Who may do what: keys, roles, and the table of use cases and roles."""
