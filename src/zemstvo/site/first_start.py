"""What a start makes besides the tables, and what it says when the site answers.

Bundled packages are published when their folder is new or has changed since this installation last took it,
so that a service that somebody retired on purpose stays retired.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from zemstvo.capabilities.services.check import package_folders
from zemstvo.capabilities.services.commands import publish_package
from zemstvo.ground.journal import keys
from zemstvo.ground.journal.acts import house_act
from zemstvo.ground.journal.refusals import Refusal
from zemstvo.ground.people import secrets_folder
from zemstvo.ground.people.commands import invite_administrator
from zemstvo.ground.people.models import Invitation
from zemstvo.site import beginning
from zemstvo.site.progress import say, step
from zemstvo.site.words import _, chosen_language
from zemstvo.town.demo import build_demo

_TAKEN = "bundled.json"
INVITATION = "/desk/invitation/"
"""Where the link of the first administrator leads; its secret follows."""


def make(kind: str) -> None:
    """Publish the bundled packages, and build the demo if this is the first start of one.

    The demo stands as a whole or not at all: a start that is broken off begins anew.
    """
    _make_secrets()
    publish_bundled(settings.PACKAGES)
    if beginning.found(settings.DATA):
        return
    if kind == beginning.DEMO:
        with step(_("building the demo town")), transaction.atomic():
            build_demo(now=datetime.now(UTC))
    beginning.remember(settings.DATA, kind)


def _make_secrets() -> None:
    """All keys stand from the first start on, so that they can be copied to a safe before they are needed."""
    keys.signer()
    secrets_folder.wrapping_keys()
    secrets_folder.search_key()


def publish_bundled(packages: Path) -> None:
    """Publish the packages whose folder this installation has not taken as it is now."""
    taken = _read(settings.DATA / _TAKEN)
    for folder in package_folders(packages):
        state = _state_of(folder)
        if taken.get(folder.name) == state or not (folder / "service.yaml").exists():
            continue
        try:
            with step(_("publishing the package %(name)s") % {"name": folder.name}):
                publish_package(house_act(), folder)
        except Refusal as refusal:
            say(f"{folder.name}: {refusal} {refusal.counsel}")
        else:
            taken[folder.name] = state
    (settings.DATA / _TAKEN).write_text(json.dumps(taken), encoding="utf-8")


def _read(path: Path) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _state_of(folder: Path) -> str:
    digest = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder)}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def greet(host: str, port: int) -> None:
    """Say that the site is ready, and how to get in: in one piece, for whoever reads it line by line."""
    shown = f"[{host}]" if ":" in host else host
    address = settings.ENVIRONMENT.origin or f"http://{shown}:{port}"
    print("\n".join([f"ready http://{shown}:{port}", *_ways_in(address)]), flush=True)
    connection.close()


def _ways_in(address: str) -> list[str]:
    if settings.DEMO:
        return ["", _people_of_the_demo(address)]
    if Invitation.objects.filter(used_at__isnull=False).exists():
        return []
    said = _("This link makes the first administrator; it works once, for 24 hours:")
    return ["", said, f"  {address}{INVITATION}{invite_administrator(house_act())}"]


def _people_of_the_demo(address: str) -> str:
    language = "ru" if chosen_language() == "ru" else "en"
    rows = [
        (person["email"], person["password"], f"{person['name'][language]}, {person['role'][language]}")
        for person in settings.DEMO_PEOPLE
    ]
    width = max(len(email) for email, _password, _who in rows)
    lines = [f"  {email:<{width}}  {password}  {who}" for email, password, who in rows]
    return "\n".join([_("Sign in at %(address)s/account/login/ as") % {"address": address}, *lines])
