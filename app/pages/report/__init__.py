"""The match report for panel: one page of what was found, as it stood, to print or to keep as PDF."""
