"""The command line: each command of dev.py that needs the application."""
