"""Signing in: what allauth does in this house: its forms, its letters, its second factor.

Signing in and out are no commands and leave no fact (DESIGN §2); each is a line in the log `zemstvo.signin`,
with the number of the account and never an address.
"""
