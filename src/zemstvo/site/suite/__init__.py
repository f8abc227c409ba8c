"""The test suite as one command: what it needs, its own PostgreSQL, and the runs."""
