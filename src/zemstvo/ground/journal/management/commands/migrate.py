"""Django's own `migrate`, after which the triggers of the journal stand again.

SQLite drops the triggers of a table that a migration rebuilds; tests and tools that call `migrate` by its
name (the test runner among them) get them back here without knowing of them.
"""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate

from zemstvo.ground.journal.triggers import install_triggers


class Command(migrate.Command):
    """Migrate, then put the triggers of the journal up."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        install_triggers(options["database"])
