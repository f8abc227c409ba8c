"""The key store: wrapped keys live in a database of their own, apart from what they open."""

from __future__ import annotations

from typing import Any

KEY_MODELS = {"wrappedkey", "tombstone"}


class KeyRouter:
    """Sends the models of the key store to the database `keys`, and all others to `default`."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return self._place(model._meta.app_label, model._meta.model_name)

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return self._place(model._meta.app_label, model._meta.model_name)

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool | None:
        return None

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool:
        return db == self._place(app_label, model_name)

    def _place(self, app_label: str, model_name: str | None) -> str:
        return "keys" if app_label == "people" and model_name in KEY_MODELS else "default"
