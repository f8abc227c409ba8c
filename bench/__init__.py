"""What is fast, and how fast: each module ends in a ratio against a reference in the same run."""
