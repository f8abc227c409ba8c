"""The tags of the citizens' pages."""
