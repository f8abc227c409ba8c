"""Zemstvo: an open digital platform of state and municipal administration."""
