"""A pytest plugin: leaves only the tests that touch a database and no browser.

`zemstvo test` loads it (`-p zemstvo.site.suite.only_database`) for the second run, on PostgreSQL: what
touches no database has nothing new to say there.
"""

from __future__ import annotations

from typing import Any

_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback"}


def pytest_collection_modifyitems(config: Any, items: list[Any]) -> None:
    """Keep what is marked `django_db` or `own_database`, or asks for a database fixture."""
    kept = [item for item in items if _touches_database(item) and not item.get_closest_marker("browser")]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _touches_database(item: Any) -> bool:
    asked = set(getattr(item, "fixturenames", ()))
    is_marked = any(item.get_closest_marker(name) for name in ("django_db", "own_database"))
    return is_marked or bool(asked & _FIXTURES)
