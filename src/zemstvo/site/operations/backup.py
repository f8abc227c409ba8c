"""Backup and restore, from the command line."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from zemstvo.ground.journal import verification
from zemstvo.site import databases
from zemstvo.site.backup import restoring, taking
from zemstvo.site.operations import house
from zemstvo.site.progress import bar, step
from zemstvo.site.words import _, ngettext


def backup(given: Namespace) -> int:
    """Write both files of a backup."""
    databases.require_current()
    with bar(_("backing up")) as progress:
        path, keys_path = taking.take(Path(given.file).expanduser().resolve(), progress)
    print(_("%(file)s: %(size)s MB") % {"file": path, "size": path.stat().st_size // 1_000_000})
    print(_("%(file)s: the wrapped keys; delete it within 30 days") % {"file": keys_path})
    print(_("The secrets (%(folder)s) are in neither; keep a copy of them apart.") % {"folder": "secrets"})
    return 0


def restore(given: Namespace) -> int:
    """Bring a backup back and prove its journal. 1 if the journal is wrong or files are missing."""
    kept = house.readable(given.checkpoint).read_text(encoding="utf-8") if given.checkpoint else ""
    with step(_("examining and bringing back %(file)s") % {"file": given.file}):
        found = restoring.restore(
            Path(given.file).expanduser().resolve(),
            replace=given.replace,
            published=kept,
            progress=lambda size: None,
        )
    given.hold.release()
    print(_("restored: the state of %(moment)s") % {"moment": found.made_at})
    if found.kept_aside:
        print(_("what was here before is in %(folder)s") % {"folder": found.kept_aside})
    if found.erased_again:
        said = ngettext(
            "%(count)s person was erased again", "%(count)s persons were erased again", found.erased_again
        )
        print(said % {"count": found.erased_again})
    if found.is_new_log:
        print(_("the journal goes on under a new origin: it may be shorter than what was published"))
    with bar(_("proving the journal")) as progress:
        verdict = verification.verify(progress=progress)
    if found.missing_files:
        said = ngettext("%(count)s file is missing", "%(count)s files are missing", found.missing_files)
        print(said % {"count": found.missing_files}, file=sys.stderr)
    if verdict.wrong:
        print(_("WRONG: %(place)s") % {"place": verdict.wrong}, file=sys.stderr)
    return 1 if verdict.wrong or found.missing_files else 0
