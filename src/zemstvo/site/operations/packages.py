"""Service packages: checked and published."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from zemstvo.capabilities.services.check import check_package, package_folders
from zemstvo.capabilities.services.commands import publish_package
from zemstvo.capabilities.services.queries import example_request, named_files
from zemstvo.ground.journal.refusals import Refusal
from zemstvo.site.cli.manual import Misuse
from zemstvo.site.operations import house
from zemstvo.site.progress import counted
from zemstvo.site.words import _, ngettext


def check(given: Namespace) -> int:
    """Report every fault of the packages, and whether each is sound. 1 if one is not."""
    folders = _folders(given.paths)
    checked = [check_package(folder) for folder in counted(_("checking"), folders, len(folders))]
    if given.json:
        rows = [
            {
                "package": str(one.read.path),
                "sound": one.is_sound,
                "faults": [asdict(fault) for fault in one.faults],
            }
            for one in checked
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for folder, one in zip(folders, checked, strict=True):
            _report(folder, one.faults, is_sound=one.is_sound)
    return 0 if all(one.is_sound for one in checked) else 1


def publish(given: Namespace) -> int:
    """Publish the packages, one after the other. 1 if one is refused; its faults are named."""
    act, refused = house.act(), 0
    for folder in _folders(given.paths):
        try:
            published = publish_package(act, folder)
        except Refusal as refusal:
            refused += 1
            for fault in getattr(refusal, "faults", ()):
                print(fault)
            print(f"{folder.name}: {refusal} {refusal.counsel}".strip())
        else:
            said = _("%(service)s: version %(version)s is live")
            if not published.is_new:
                said = _("%(service)s: version %(version)s was live already")
            print(said % {"service": published.service, "version": published.version})
    return 1 if refused else 0


def example(given: Namespace) -> int:
    """Print a request body that the API takes."""
    house.act()
    body = example_request(given.service)
    print(json.dumps(body, ensure_ascii=False, indent=1))
    if named := named_files(given.service, body["answers"]):
        said = _("%(fields)s: upload these files first (POST /api/v1/files) and put their ids here")
        print(said % {"fields": ", ".join(named)}, file=sys.stderr)
    return 0


def _report(folder: Path, faults: tuple[object, ...], *, is_sound: bool) -> None:
    for fault in faults:
        print(fault)
    said = _("%(package)s: sound") if is_sound else _("%(package)s: not fit to be published")
    remarks = ngettext("%(count)s remark", "%(count)s remarks", len(faults)) % {"count": len(faults)}
    print(f"{said % {'package': folder.name}} ({remarks})" if faults else said % {"package": folder.name})


def _folders(paths: list[str]) -> list[Path]:
    for path in paths:
        if not Path(path).exists():
            raise Misuse(_("there is no %(path)s") % {"path": path})
    return [folder for path in paths for folder in package_folders(Path(path))]
