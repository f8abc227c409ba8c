"""Zemstvo: an open digital platform of state and municipal administration."""

__version__ = "0.1.0"
