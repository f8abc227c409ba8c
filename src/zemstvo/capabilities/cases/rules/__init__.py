"""The arithmetic of cases: numbers, codes, kinds of files, the clock. No database, no wall clock."""
