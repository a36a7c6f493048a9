"""Use cases: one command for each, shared by JSON, pages, files and the command line. They own the transactions."""
