"""Opening the databases at a start: made if they are new, brought up to date, or refused in words."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader

from zemstvo.ground.journal.triggers import install_triggers, missing_triggers
from zemstvo.site.faults import CannotBegin
from zemstvo.site.health import unapplied
from zemstvo.site.words import _

_MIGRATING = 7_310_211
"""The number of the PostgreSQL advisory lock under which one process at a time migrates."""


class DatabaseFault(CannotBegin):
    """A database cannot be used; the text says which, why, and what to do."""


def open_all() -> None:
    """Make sure that both databases can be opened and are not too new for us. Raises DatabaseFault."""
    for alias in connections:
        with _in_words(alias):
            _make_file(alias)
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT 1")
            strange = _made_by_a_newer_version(alias)
        if strange:
            said = _(
                "the database %(name)s was made by a newer version (it has %(migration)s); update the program"
            )
            raise DatabaseFault(said % {"name": place_of(alias), "migration": strange[0]})


def require_current() -> None:
    """Make sure that both databases are there and up to date, changing nothing. Raises DatabaseFault."""
    for alias in connections:
        with _in_words(alias):
            if _is_missing(alias):
                said = _("there is no database %(name)s yet; «zemstvo up» makes it")
                raise DatabaseFault(said % {"name": place_of(alias)})
            waiting = unapplied(alias)
        if waiting:
            said = _("the database %(name)s is older than this program; «zemstvo up» brings it up to date")
            raise DatabaseFault(said % {"name": place_of(alias)})


def bring_up_to_date() -> bool:
    """Apply what is missing to both databases. Returns whether anything was. Raises DatabaseFault."""
    changed = False
    for alias in connections:
        with _in_words(alias), _alone(alias):
            if unapplied(alias):
                call_command("migrate", database=alias, interactive=False, verbosity=0)
                changed = True
            if alias == "default":
                call_command("createcachetable", verbosity=0)
                if missing_triggers(alias):
                    install_triggers(alias)
    return changed


def place_of(alias: str) -> str:
    """A database as an operator knows it: the file, or the server and the name."""
    known = connections[alias].settings_dict
    if connections[alias].vendor == "sqlite":
        return str(known["NAME"])
    return f"{known['NAME']} @ {known['HOST'] or 'localhost'}:{known['PORT'] or 5432}"


def _is_missing(alias: str) -> bool:
    connection = connections[alias]
    return connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists()


def _make_file(alias: str) -> None:
    if _is_missing(alias):
        path = Path(connections[alias].settings_dict["NAME"])
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))


def _made_by_a_newer_version(alias: str) -> list[str]:
    loader = MigrationLoader(connections[alias])
    ours = {config.label for config in apps.get_app_configs()}
    known = set(loader.disk_migrations or ())
    return sorted(
        f"{app}.{name}" for app, name in loader.applied_migrations if app in ours and (app, name) not in known
    )


@contextmanager
def _in_words(alias: str) -> Iterator[None]:
    try:
        yield
    except (DatabaseError, OSError) as error:
        why = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        said = _("the database %(name)s cannot be used: %(why)s")
        if connections[alias].vendor == "sqlite":
            said = _("the database %(name)s cannot be used: %(why)s; «zemstvo restore» brings a backup back")
        raise DatabaseFault(said % {"name": place_of(alias), "why": why}) from error


@contextmanager
def _alone(alias: str) -> Iterator[None]:
    """On PostgreSQL several sites may start at once on one database; one migrates, the others wait."""
    connection = connections[alias]
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATING])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATING])
