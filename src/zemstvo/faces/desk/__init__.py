"""The desk: where officials work."""
