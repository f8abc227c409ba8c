"""Documents: numbered in a register, made, signed, delivered, verified."""
