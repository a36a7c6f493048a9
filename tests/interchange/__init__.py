"""Files in and out: the bundle of CSV files."""
