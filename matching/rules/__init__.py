"""The rule book: the rules (book.py), what a rule is (model.py), and the values law or policy sets (parameters.py)."""
