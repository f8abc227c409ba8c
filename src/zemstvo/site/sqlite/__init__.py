"""The database backend for SQLite: Django's own, behind one fair write lock for each database file."""
