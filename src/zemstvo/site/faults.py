"""The base of all reasons why a command cannot begin."""


class CannotBegin(Exception):
    """A command cannot begin, and nothing was changed. Its text says what is wrong, where, and what to do."""
