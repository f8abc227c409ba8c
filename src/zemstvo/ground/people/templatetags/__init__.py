"""What templates need of people."""
