"""People: persons, organisations, officials and their mandates, and who looked at what."""
