"""The ground: the journal, the territory and the people. Everything else stands on it."""
