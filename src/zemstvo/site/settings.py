"""Settings, all from the environment and the data folder; docs/operations/settings.md lists each."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import environ

env = environ.Env()

DATA = Path(env.str("ZEMSTVO_DATA", default=".zemstvo")).resolve()
SECRET_KEY = "made-by-the-site-room"
DEBUG = False
ALLOWED_HOSTS = ["*"]

INSTALLED_APPS = [
    "zemstvo.faces.components",
    "zemstvo.faces.portal",
    "zemstvo.faces.desk",
    "zemstvo.faces.api",
    "zemstvo.faces.open",
    "zemstvo.capabilities.cases",
    "zemstvo.capabilities.documents",
    "zemstvo.capabilities.services",
    "zemstvo.ground.people",
    "zemstvo.ground.territory",
    "zemstvo.ground.journal",
    "zemstvo.town",
    "zemstvo.site",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "csp.middleware.CSPMiddleware",
]

ROOT_URLCONF = "zemstvo.site.urls"
WSGI_APPLICATION = "zemstvo.site.wsgi.application"
AUTH_USER_MODEL = "people.Account"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]


def _database(url: str | None, sqlite: str) -> dict[str, Any]:
    if url:
        found: dict[str, Any] = env.db_url_config(url)
        found["CONN_MAX_AGE"] = None
        return found
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / sqlite,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


DATABASES = {
    "default": _database(os.environ.get("DATABASE_URL"), "zemstvo.sqlite3"),
    "keys": _database(os.environ.get("KEYS_DATABASE_URL"), "keys.sqlite3"),
}
for _database_settings in DATABASES.values():
    if _suffix := os.environ.get("ZEMSTVO_TEST_NAME"):
        _database_settings["TEST"] = {
            "NAME": f"test_{Path(str(_database_settings['NAME'])).stem}_{_suffix}"
            if "postgresql" in _database_settings["ENGINE"]
            else None
        }
DATABASE_ROUTERS = ["zemstvo.ground.people.keystore.KeyRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
