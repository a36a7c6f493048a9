"""What is stored comes back, and what must not be stored is refused, on SQLite and on PostgreSQL."""
