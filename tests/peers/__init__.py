"""Other people's programs to compare with, in an environment of their own: `python3 dev.py peers` makes it."""
