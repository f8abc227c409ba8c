"""Open: what everybody sees without signing in: verification, public figures, open data."""
