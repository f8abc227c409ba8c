"""The settings of Django, from the environment and the data folder (docs/operations/settings.md)."""

from __future__ import annotations

from typing import Any

from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO

from zemstvo.ground.people import signin
from zemstvo.site import beginning, environment, logs
from zemstvo.site.secret_files import secret_text
from zemstvo.town.cast import CAST, PASSWORD

ENVIRONMENT = environment.read()

# Where things are -----------------------------------------------------------------------------------------

ROOT = environment.ROOT
DATA = ENVIRONMENT.data
FILES = DATA / "files"
"""Encrypted files of people and authorities, under random names."""
MAIL_FOLDER = DATA / "mail"
"""Outgoing letters, as files, where no mail server is set; the mailbox page of the demo shows them."""
SEGMENTS = DATA / "segments"
"""The journal's Parquet segments and their manifest."""
PACKAGES = ROOT / "packages"
STATIC_ROOT = DATA / "static"

# Secrets --------------------------------------------------------------------------------------------------

SECRETS = ENVIRONMENT.secrets
SECRET_KEY = secret_text(SECRETS, "signing")
JOURNAL_KEY = ENVIRONMENT.journal_key
"""The key that signs the journal, where no file may hold it; usually empty, and `journal.key` is read."""
JOURNAL_ORIGIN = ENVIRONMENT.journal_origin
"""The name of the journal's log, used when its key is made."""

# What this installation is --------------------------------------------------------------------------------

DEMO = ENVIRONMENT.demo if ENVIRONMENT.demo is not None else beginning.is_demo(DATA)
"""A demo shows its people on the sign-in page and asks officials for no second factor."""
DEBUG = False
SITE_ORIGIN = ENVIRONMENT.origin or f"http://127.0.0.1:{ENVIRONMENT.port or 8000}"
"""The address that letters and QR codes carry, without a slash at its end."""

INSTALLATION_NAME = ENVIRONMENT.name
"""The name of the installation by language; without one its pages say what the software is called."""
HELP_PHONE = ENVIRONMENT.help_phone
DEMO_PEOPLE: list[dict[str, Any]] = [
    {
        "name": {"ru": f"{player.given_name} {player.surname}", "en": player.en},
        "role": {"ru": player.part_ru, "en": player.part_en},
        "email": player.address,
        "password": PASSWORD,
    }
    for player in CAST
]
"""The people of the demo with what they sign in with; shown only where DEMO is true."""
FILE_SCANNER = ENVIRONMENT.file_scanner
"""The class that looks for viruses in uploads; without one a file is marked as not scanned."""
DOCUMENT_SIGNER = ENVIRONMENT.document_signer
"""The class that signs documents, where the installation's own seal is not enough."""

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
    "zemstvo.site.middleware.tracing",
    "zemstvo.site.middleware.headers",
    "zemstvo.faces.components.compressing.compressing",
    "django.middleware.security.SecurityMiddleware",
    "zemstvo.site.machines.machines",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "zemstvo.site.errors.Answers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zemstvo.ground.people.middleware.visits",
]

ROOT_URLCONF = "zemstvo.site.urls"
WSGI_APPLICATION = "zemstvo.site.wsgi.application"
AUTH_USER_MODEL = "people.Account"
APPEND_SLASH = True

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

# Databases ------------------------------------------------------------------------------------------------


_NEVER_BY_ITSELF = 1_000_000_000
"""Times a statement is sent before psycopg prepares it by itself. Without a threshold (Django's way) the few
statements that ask to be prepared would be parsed and planned anew each time."""


def _database(address: environment.Address, role: str) -> dict[str, Any]:
    """One database. A test database carries the name of the one who tests."""
    if address.engine == "postgresql":
        test = f"test_{address.name}_{ENVIRONMENT.test_name}".removesuffix("_")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": address.name,
            "USER": address.user,
            "PASSWORD": address.password,
            "HOST": address.host,
            "PORT": str(address.port or ""),
            "CONN_MAX_AGE": None,
            "OPTIONS": {"connect_timeout": 5, "prepare_threshold": _NEVER_BY_ITSELF, **dict(address.options)},
            "TEST": {"NAME": test},
        }
    return {
        "ENGINE": "zemstvo.site.sqlite",
        "NAME": address.name,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY",
        },
        "TEST": {"NAME": str(DATA / "tests" / f"{role}{ENVIRONMENT.test_name}.sqlite3")},
    }


DATABASES = {
    "default": _database(ENVIRONMENT.database, "zemstvo"),
    "keys": _database(ENVIRONMENT.keys_database, "keys"),
}
DATABASE_ROUTERS = ["zemstvo.ground.people.keystore.KeyRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

CACHES: dict[str, dict[str, Any]] = {
    # Shared by all processes and kept over a restart: counted attempts live here.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "site_cache"},
    # Quick and of one process: what can be made again at any moment.
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}},
}

# Languages and time ---------------------------------------------------------------------------------------

LANGUAGE_CODE = ENVIRONMENT.languages[0]
LANGUAGES = [(code, LANG_INFO[code]["name_local"]) for code in ENVIRONMENT.languages]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# What the outside may send --------------------------------------------------------------------------------

UPLOAD_BYTES = ENVIRONMENT.upload_bytes
"""The largest single file."""
DATA_UPLOAD_MAX_MEMORY_SIZE = ENVIRONMENT.form_bytes
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
FILE_UPLOAD_TEMP_DIR = None
REQUEST_BYTES = UPLOAD_BYTES + DATA_UPLOAD_MAX_MEMORY_SIZE
"""The largest body of a request; a bigger one is refused with 413 before it is read."""

# Security -------------------------------------------------------------------------------------------------

IS_ENCRYPTED = SITE_ORIGIN.startswith("https://")
ALLOWED_HOSTS = environment.allowed_hosts(ENVIRONMENT, is_demo=DEMO)
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.origin] if ENVIRONMENT.origin else []
CSRF_COOKIE_NAME = "__Host-csrf" if IS_ENCRYPTED else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = IS_ENCRYPTED
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "zemstvo.site.errors.csrf_failure"
SESSION_COOKIE_NAME = "__Host-session" if IS_ENCRYPTED else "session"
SESSION_COOKIE_SECURE = IS_ENCRYPTED
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_ENGINE = "zemstvo.ground.people.sign_in.sessions"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_ENCRYPTED else 0
SECURE_SSL_REDIRECT = IS_ENCRYPTED
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.proxies else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
        ("UserAttributeSimilarityValidator", {"user_attributes": ["email"]}),
    )
]

globals().update(signin.settings(proxies=ENVIRONMENT.proxies))

# Letters --------------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from
EMAIL_TIMEOUT = 20
if ENVIRONMENT.mail:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = ENVIRONMENT.mail.host, ENVIRONMENT.mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = ENVIRONMENT.mail.user, ENVIRONMENT.mail.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = ENVIRONMENT.mail.security == "starttls", ENVIRONMENT.mail.security == "tls"
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(MAIL_FOLDER)

# Static files and logs ------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES}},
    "staticfiles": {"BACKEND": "zemstvo.site.static.Storage"},
}
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "staticfiles.json").exists()
LOGGING_CONFIG = None
LOGGING = logs.configuration(ENVIRONMENT.log, ENVIRONMENT.log_level)
