"""What the environment says, read in one place, typed, and refused aloud where it is wrong.

Each variable stands once in `VARIABLES`, with its kind, its default and what it is for;
docs/operations/settings.md lists the same ones, and a test compares the two. `read` collects every
mistake before it speaks, so that nobody repairs an installation one start at a time.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from zemstvo.site.faults import CannotBegin
from zemstvo.site.words import _

ROOT = Path(__file__).resolve().parents[3]
"""The folder of the repository: packages/ and, unless said otherwise, the data folder are in it."""


def known_languages() -> tuple[str, ...]:
    """English, the language of the source, and each language for which the pages have a translation."""
    folders = (ROOT / "src/zemstvo/faces/components/locale").glob("*/LC_MESSAGES")
    return tuple(sorted({"en", "ru", *(found.parent.name for found in folders)}))


class EnvironmentFault(CannotBegin):
    """One or more variables hold what cannot be used. Its text names variable, value and expectation."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


class Unusable(ValueError):
    """What is expected instead of the value at hand."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of the environment: how it is read, what holds without it, and what it is for."""

    name: str
    read: Callable[[str], Any]
    default: Any
    purpose: str
    secret: bool = False
    """Whether the value holds a password and is never repeated in a message or a log."""


@dataclass(frozen=True, slots=True)
class Address:
    """A database address taken apart. `engine` is `postgresql` or `sqlite`."""

    engine: str
    name: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail server: `security` is "" (none), "starttls" or "tls"."""

    host: str
    port: int
    user: str
    password: str
    security: str


def text(value: str) -> str:
    """A text as it stands."""
    return value


def folder(value: str) -> Path:
    """A path; `~` is the home folder, a relative one is counted from where the command was called."""
    return Path(value).expanduser().resolve()


def yes_or_no(value: str) -> bool:
    """1, true, yes, on, or 0, false, no, off."""
    word = value.strip().lower()
    if word in {"1", "true", "yes", "on"}:
        return True
    if word in {"0", "false", "no", "off"}:
        return False
    raise Unusable(_("yes or no (1 or 0, true or false)"))


def whole(least: int, most: int) -> Callable[[str], int]:
    """A whole number between two bounds, both allowed."""

    def read(value: str) -> int:
        if not re.fullmatch(r"[0-9]{1,15}", value.strip()) or not least <= int(value) <= most:
            bounds = {"least": least, "most": most}
            raise Unusable(_("a whole number from %(least)s to %(most)s") % bounds)
        return int(value)

    return read


def one_of(*words: str) -> Callable[[str], str]:
    """One word of a closed list."""

    def read(value: str) -> str:
        if value.strip().lower() not in words:
            raise Unusable(" or ".join(words))
        return value.strip().lower()

    return read


def host_names(value: str) -> tuple[str, ...]:
    """Host names with commas between them; `*` stands for any."""
    names = tuple(name.strip().lower() for name in value.split(",") if name.strip())
    for name in names:
        if name != "*" and not re.fullmatch(r"\.?[a-z0-9а-яё._-]+|\[[0-9a-f:]+\]", name):
            raise Unusable(_("host names with commas between them, without http:// and without a port"))
    return names


def languages(value: str) -> tuple[str, ...]:
    """Language codes with commas between them, the installation's own first."""
    codes = tuple(dict.fromkeys(code.strip().lower() for code in value.split(",") if code.strip()))
    if not codes or any(code not in known_languages() for code in codes):
        known = ", ".join(known_languages())
        raise Unusable(_("language codes with commas between them, out of %(known)s") % {"known": known})
    return codes


def origin(value: str) -> str:
    """The address under which people reach the site: scheme and host, nothing behind them."""
    parts = urlsplit(value.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise Unusable(_("an address such as https://services.example.org, without a path"))
    return f"{parts.scheme}://{parts.netloc}"


def database(value: str) -> Address:
    """postgresql://user:password@host:port/name, or sqlite:///path/to/file."""
    try:
        parts = urlsplit(value.strip())
        port = parts.port or 0
    except ValueError as error:
        raise Unusable(_("postgresql://user:password@host:port/name")) from error
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme == "sqlite" and name:
        return Address("sqlite", str(Path(name).resolve()))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise Unusable(_("postgresql://user:password@host:port/name, or sqlite:///path/to/file"))
    options = tuple(parse_qsl(parts.query))
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Address("postgresql", name, unquote(parts.hostname or ""), port, user, password, options)


def mail(value: str) -> Mail:
    """smtp://user:password@host:port; smtp+tls:// speaks STARTTLS, smtps:// is encrypted from the start."""
    kinds = {"smtp": ("", 25), "smtp+tls": ("starttls", 587), "smtps": ("tls", 465)}
    expected = _("smtp://, smtp+tls:// or smtps:// with user:password@host:port")
    try:
        parts = urlsplit(value.strip())
        port = parts.port
    except ValueError as error:
        raise Unusable(expected) from error
    if parts.scheme not in kinds or not parts.hostname:
        raise Unusable(expected)
    security, usual_port = kinds[parts.scheme]
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Mail(parts.hostname, port or usual_port, user, password, security)


def mail_address(value: str) -> str:
    """One e-mail address."""
    if not re.fullmatch(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+", value.strip()):
        raise Unusable(_("an e-mail address such as services@example.org"))
    return value.strip()


def python_name(value: str) -> str:
    """The full name of a class: package.module.Class."""
    if not re.fullmatch(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+", value.strip()):
        raise Unusable(_("the full name of a class, such as package.module.Class"))
    return value.strip()


def short_name(value: str) -> str:
    """Small Latin letters, digits and underscores."""
    if not re.fullmatch(r"[a-z0-9_]{1,24}", value):
        raise Unusable(_("1 to 24 small Latin letters, digits or underscores"))
    return value


def names(value: str) -> dict[str, str]:
    """A name for all languages, or one for each: `ru=Заречный район; en=Zarechny district`."""
    if "=" not in value:
        return dict.fromkeys(known_languages(), value.strip())
    pairs = [part.partition("=") for part in value.split(";") if part.strip()]
    found = {language.strip(): name.strip() for language, _sign, name in pairs}
    if not all(re.fullmatch(r"[a-z]{2,3}", language) and name for language, name in found.items()):
        raise Unusable(_("one name, or names such as ru=Имя; en=Name"))
    return found


MEGABYTE = 1024 * 1024

VARIABLES: tuple[Variable, ...] = (
    Variable("ZEMSTVO_DATA", folder, ROOT / ".zemstvo", "The folder with everything that must be kept."),
    Variable("ZEMSTVO_SECRETS", folder, None, "The folder of the keys, if not `secrets` in the data folder."),
    Variable("ZEMSTVO_JOURNAL_KEY", text, "", "The key of the journal, where no file may hold it.", True),
    Variable("ZEMSTVO_JOURNAL_ORIGIN", text, "", "The name of the journal's log, when its key is made."),
    Variable("DATABASE_URL", database, None, "The database; without it, SQLite in the data folder.", True),
    Variable("KEYS_DATABASE_URL", database, None, "The database of wrapped keys, a separate one.", True),
    Variable("ZEMSTVO_HOST", text, "127.0.0.1", "The network address on which `up` listens."),
    Variable("ZEMSTVO_PORT", whole(0, 65535), 8000, "The port on which `up` listens; 0 picks a free one."),
    Variable("ZEMSTVO_ORIGIN", origin, "", "The address under which people reach the site."),
    Variable("ZEMSTVO_HOSTS", host_names, (), "Further host names under which the site answers."),
    Variable("ZEMSTVO_PROXIES", whole(0, 9), 0, "How many reverse proxies of yours stand before the site."),
    Variable("ZEMSTVO_NAME", names, None, "The name of the installation on its pages."),
    Variable("ZEMSTVO_HELP_PHONE", text, "", "The telephone at which people help people."),
    Variable("ZEMSTVO_DEMO", yes_or_no, None, "Whether this is a demo; without it, as the first start was."),
    Variable("ZEMSTVO_LANGUAGES", languages, ("ru", "en"), "The languages of the site, its own first."),
    Variable("EMAIL_URL", mail, None, "The mail server; without it, mail is kept in the data folder.", True),
    Variable("ZEMSTVO_MAIL_FROM", mail_address, "zemstvo@localhost.localdomain", "The sender of letters."),
    Variable("ZEMSTVO_WORKERS", whole(1, 64), None, "Web processes; without it, as many as there are cores."),
    Variable("ZEMSTVO_THREADS", whole(1, 64), None, "Threads that answer, in each web process."),
    Variable("ZEMSTVO_UPLOAD_MB", whole(1, 200), 10, "The largest file that may be uploaded, in megabytes."),
    Variable("ZEMSTVO_FORM_KB", whole(64, 10_240), 1024, "The largest form without its files, in kilobytes."),
    Variable("ZEMSTVO_FILE_SCANNER", python_name, "", "The class that looks for viruses in uploads."),
    Variable("ZEMSTVO_DOCUMENT_SIGNER", python_name, "", "The class that signs documents, if not our own."),
    Variable("ZEMSTVO_LOG", one_of("json", "text"), "json", "How log lines are written."),
    Variable("ZEMSTVO_LOG_LEVEL", one_of("debug", "info", "warning", "error"), "info", "What is logged."),
    Variable(
        "ZEMSTVO_CORPUS", folder, None, "Real data for the tests, where it is not beside the repository."
    ),
    Variable("ZEMSTVO_TEST_NAME", short_name, "", "Keeps the test databases of two developers apart."),
)


@dataclass(frozen=True, slots=True)
class Environment:
    """The environment of this installation, read and checked."""

    data: Path
    secrets: Path
    journal_key: str
    journal_origin: str
    database: Address
    keys_database: Address
    host: str
    port: int
    origin: str
    hosts: tuple[str, ...]
    proxies: int
    name: dict[str, str] | None
    help_phone: str
    demo: bool | None
    languages: tuple[str, ...]
    mail: Mail | None
    mail_from: str
    workers: int
    threads: int
    upload_bytes: int
    form_bytes: int
    file_scanner: str
    document_signer: str
    log: str
    log_level: str
    test_name: str

    @property
    def is_embedded(self) -> bool:
        """Whether the database is a SQLite file, which has one writer at a time and one machine."""
        return self.database.engine == "sqlite"


def read(environ: Mapping[str, str] | None = None) -> Environment:
    """Read the environment. Raises EnvironmentFault, which names every mistake at once."""
    environ = os.environ if environ is None else environ
    values, faults = _values(environ)
    faults += _unknown(environ)
    if not faults:
        faults += [*_databases_apart(values), *_encrypted_by_somebody(values)]
    if faults:
        raise EnvironmentFault(faults)
    data: Path = values["ZEMSTVO_DATA"]
    cores = os.cpu_count() or 1
    return Environment(
        data=data,
        secrets=values["ZEMSTVO_SECRETS"] or data / "secrets",
        journal_key=values["ZEMSTVO_JOURNAL_KEY"],
        journal_origin=values["ZEMSTVO_JOURNAL_ORIGIN"],
        database=values["DATABASE_URL"] or Address("sqlite", str(data / "zemstvo.sqlite3")),
        keys_database=values["KEYS_DATABASE_URL"] or Address("sqlite", str(data / "keys.sqlite3")),
        host=values["ZEMSTVO_HOST"],
        port=values["ZEMSTVO_PORT"],
        origin=values["ZEMSTVO_ORIGIN"],
        hosts=values["ZEMSTVO_HOSTS"],
        proxies=values["ZEMSTVO_PROXIES"],
        name=values["ZEMSTVO_NAME"],
        help_phone=values["ZEMSTVO_HELP_PHONE"],
        demo=values["ZEMSTVO_DEMO"],
        languages=values["ZEMSTVO_LANGUAGES"],
        mail=values["EMAIL_URL"],
        mail_from=values["ZEMSTVO_MAIL_FROM"],
        workers=values["ZEMSTVO_WORKERS"] or min(cores, 8 if values["DATABASE_URL"] else 2),
        threads=values["ZEMSTVO_THREADS"] or (8 if values["DATABASE_URL"] else 16),
        upload_bytes=values["ZEMSTVO_UPLOAD_MB"] * MEGABYTE,
        form_bytes=values["ZEMSTVO_FORM_KB"] * 1024,
        file_scanner=values["ZEMSTVO_FILE_SCANNER"],
        document_signer=values["ZEMSTVO_DOCUMENT_SIGNER"],
        log=values["ZEMSTVO_LOG"],
        log_level=values["ZEMSTVO_LOG_LEVEL"],
        test_name=values["ZEMSTVO_TEST_NAME"],
    )


def _values(environ: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    faults: list[str] = []
    for variable in VARIABLES:
        given = environ.get(variable.name, "")
        try:
            values[variable.name] = variable.read(given) if given else variable.default
        except Unusable as expected:
            place = {"name": variable.name, "value": given[:80], "expected": expected}
            said = _("%(name)s is not usable; %(expected)s is expected")
            if not variable.secret:
                said = _("%(name)s is «%(value)s»; %(expected)s is expected")
            faults.append(said % place)
    return values, faults


def _unknown(environ: Mapping[str, str]) -> list[str]:
    """A misspelt name would otherwise be a setting that silently does nothing."""
    known = {variable.name for variable in VARIABLES}
    said = _("%(name)s is set, but there is no such setting; docs/operations/settings.md lists all")
    strange = (name for name in sorted(environ) if name.startswith("ZEMSTVO_") and name not in known)
    return [said % {"name": name} for name in strange]


def _databases_apart(values: Mapping[str, Any]) -> list[str]:
    """The wrapped keys have backups of their own (kept 30 days), so they need a database of their own."""
    first: Address | None = values["DATABASE_URL"]
    keys: Address | None = values["KEYS_DATABASE_URL"]
    if first is None or first.engine == "sqlite":
        return []
    if keys is None or keys.engine == "sqlite":
        return [_("KEYS_DATABASE_URL is missing; on PostgreSQL the keys need a database of their own")]
    if (first.host, first.port, first.name) == (keys.host, keys.port, keys.name):
        return [_("KEYS_DATABASE_URL names the database of DATABASE_URL; one of its own is expected")]
    return []


def _encrypted_by_somebody(values: Mapping[str, Any]) -> list[str]:
    """The site speaks plain HTTP; under an https address it would send every request on, for ever."""
    if values["ZEMSTVO_ORIGIN"].startswith("https://") and not values["ZEMSTVO_PROXIES"]:
        return [
            _("ZEMSTVO_ORIGIN is https, but ZEMSTVO_PROXIES is 0: say how many proxies stand before the site")
        ]
    return []


def allowed_hosts(environment: Environment, *, is_demo: bool) -> list[str]:
    """The host names under which the site answers: its origin's, the listed ones, and this machine's own.

    A demo that listens beyond this machine answers under any name, for it holds nothing that is worth it.
    """
    hosts = {"127.0.0.1", "localhost", "[::1]", environment.host, *environment.hosts}
    if environment.origin:
        hosts.add(urlsplit(environment.origin).hostname or "")
    elif is_demo and environment.host not in {"127.0.0.1", "localhost", "::1"}:
        hosts.add("*")
    return sorted(host for host in hosts if host)
