"""Is all well? The same look as /readyz, from the command line."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import asdict

from django.conf import settings
from django.core import checks

from zemstvo.site import databases, folder, health
from zemstvo.site.words import _, gettext_noop

NAMES = {
    "serving": gettext_noop("the site"),
    "settings": gettext_noop("settings"),
    "databases": gettext_noop("databases answer"),
    "schema": gettext_noop("databases are up to date"),
    "triggers": gettext_noop("the journal refuses changes"),
    "sealer": gettext_noop("the oldest fact without a seal"),
    "worker": gettext_noop("the oldest task that is due"),
    "disk": gettext_noop("room on the disk"),
}


def run(given: Namespace) -> int:
    """Look at everything. 1 if something is not well."""
    databases.require_current()
    found = [_settings(), _serving(), *health.findings()]
    if found[1].found:  # nobody seals or works while the site stands still
        found = [one for one in found if one.name not in ("sealer", "worker")]
    if given.json:
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False))
    else:
        for one in found:
            verdict = _("well") if one.is_well else _("NOT WELL")
            print(f"{verdict:9} {_(NAMES.get(one.name, one.name))}{f': {one.found}' if one.found else ''}")
    return 0 if all(one.is_well for one in found) else 1


def _serving() -> health.Finding:
    hold = folder.Hold(settings.DATA, folder.LOCK)
    is_free = hold.take()
    hold.release()
    return health.Finding("serving", True, _("is not running") if is_free else "")


def _settings() -> health.Finding:
    """Django's own checks, those of a deployment included where the site is reached over https."""
    said = [message for message in checks.run_checks() if message.level >= checks.WARNING]
    return health.Finding("settings", not said, "; ".join(str(message.id) for message in said))
