"""Files in and out: the bundle of CSV files, and what is wrong with one."""
