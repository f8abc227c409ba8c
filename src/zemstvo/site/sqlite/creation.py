"""Test databases are files like any other, and have to be made before they are opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import creation


class DatabaseCreation(creation.DatabaseCreation):
    """Django's, plus the empty file."""

    def _create_test_db(self, verbosity: int, autoclobber: bool, keepdb: bool = False) -> Any:
        name = super()._create_test_db(verbosity, autoclobber, keepdb)  # type: ignore[misc]
        if not self.is_in_memory_db(name):
            for left in ("-wal", "-shm"):
                Path(f"{name}{left}").unlink(missing_ok=True)
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).touch(mode=0o600)
        return name
