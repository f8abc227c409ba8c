"""Django's SQLite backend, with a fair turn for writers and an eye on the file.

Every writing transaction (all begin with BEGIN IMMEDIATE) and every single writing statement outside of
one passes the gate of its file, in the order of arrival; reading passes nobody. Who has
waited longer than the setting `timeout` gets the OperationalError that SQLite itself would give.

The file must be there: a connection never makes an empty database by itself, and notices when the file
has gone or another one has taken its place, instead of writing on into a file that has no name any more.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterable
from contextlib import nullcontext
from sqlite3 import Connection
from typing import Any
from urllib.parse import quote

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from zemstvo.site.sqlite.creation import DatabaseCreation
from zemstvo.site.sqlite.gate import gate_of

_writes = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|REINDEX|VACUUM)\b", re.I).match


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection. `_is_inside` says whether it holds the turn, `_file` which file it opened."""

    creation_class = DatabaseCreation

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._is_inside = False
        self._file: tuple[int, int] | None = None

    def get_connection_params(self) -> dict[str, Any]:
        """As Django's, but the file is opened for reading and writing only, never created."""
        params: dict[str, Any] = super().get_connection_params()
        if not self.is_in_memory_db():
            params["database"] = f"file:{quote(str(params['database']))}?mode=rw"
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        """Open the file and remember which one it was."""
        connection: Connection = super().get_new_connection(conn_params)
        self._file = self._file_now()
        return connection

    def create_cursor(self, name: Any = None) -> Any:
        """A cursor whose writing statements pass the gate; OperationalError if the file has gone."""
        if self._file != self._file_now():
            raise sqlite3.OperationalError("the database file has vanished or was replaced")
        return self.connection.cursor(factory=lambda connection: Cursor(connection, self))

    def is_usable(self) -> bool:
        """Whether the file that was opened is still the one under its name; Django asks after an error."""
        return self._file == self._file_now()

    def _file_now(self) -> tuple[int, int] | None:
        if self.is_in_memory_db():
            return None
        try:
            found = os.stat(self.settings_dict["NAME"])  # noqa: PTH116 - twice as fast, and asked for every statement
        except OSError:
            return (0, 0)
        return (found.st_dev, found.st_ino)

    # The turn: taken where a transaction begins, given back where it ends, however it ends.

    def enter(self) -> None:
        """Wait for the turn. Raises OperationalError when it does not come in time."""
        timeout = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        try:
            is_inside = gate_of(str(self.settings_dict["NAME"])).enter(timeout)
        except OSError as error:
            raise OperationalError(f"no turn to write can be had: {error.strerror}") from error
        if not is_inside:
            raise OperationalError(f"database is locked: the turn to write did not come in {timeout:g} s")
        self._is_inside = True

    def leave(self, *, committed: bool = False) -> None:
        """Give the turn back, if this connection holds it; says whether something was committed."""
        if self._is_inside:
            self._is_inside = False
            gate_of(str(self.settings_dict["NAME"])).leave(committed=committed)

    def _start_transaction_under_autocommit(self) -> None:
        self.enter()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self.leave()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self.leave(committed=True)

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self.leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self.leave()

    def turn_for(self, query: str) -> Any:
        """A context in which this statement may run: with the turn if it writes on its own."""
        if self._is_inside or not _writes(query):
            return nullcontext()
        return Turn(self)


class Turn:
    """The turn for one statement."""

    def __init__(self, wrapper: DatabaseWrapper) -> None:
        self.wrapper = wrapper

    def __enter__(self) -> None:
        self.wrapper.enter()

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        self.wrapper.leave(committed=failed is None)


class Cursor(base.SQLiteCursorWrapper):
    """A cursor of a `DatabaseWrapper`."""

    def __init__(self, connection: Connection, wrapper: DatabaseWrapper) -> None:
        super().__init__(connection)
        self.wrapper = wrapper

    def execute(self, query: str, params: Any = None) -> Any:
        with self.wrapper.turn_for(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        with self.wrapper.turn_for(query):
            return super().executemany(query, param_list)
