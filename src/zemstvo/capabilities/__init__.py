"""The capabilities: one folder each, all of one shape."""
