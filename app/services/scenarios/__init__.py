"""Use cases about what would be: scenarios, what they come to tonight, what a bed is worth, and who could step down."""
