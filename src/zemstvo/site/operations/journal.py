"""Proving the journal, and taking it elsewhere."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from zemstvo.ground.journal import export as exporting
from zemstvo.ground.journal import segments, verification
from zemstvo.ground.journal.keeping import Keeping, KeptPromise, kept_promise
from zemstvo.ground.journal.notes import WrongNote
from zemstvo.site.cli.manual import Misuse
from zemstvo.site.operations import house
from zemstvo.site.progress import bar, say
from zemstvo.site.words import _, ngettext


def verify(given: Namespace) -> int:
    """Prove every fact, leaf, node and checkpoint. 1 if a place is wrong."""
    house.act()
    kept = house.readable(given.checkpoint).read_text(encoding="utf-8") if given.checkpoint else ""
    with bar(_("proving")) as progress:
        verdict = verification.verify(kept=kept, progress=progress)
    if given.json:
        figures = {
            "facts": verdict.facts,
            "nodes": verdict.nodes,
            "checkpoints": verdict.checkpoints,
            "waiting": verdict.waiting,
            "seconds": round(verdict.seconds, 3),
            "facts_per_second": verdict.facts_per_second,
            "wrong": verdict.wrong,
        }
        print(json.dumps(figures, ensure_ascii=False))
    elif verdict.wrong:
        print(_("WRONG: %(place)s") % {"place": verdict.wrong})
    else:
        said = _(
            "the journal is whole: %(facts)s sealed facts, %(waiting)s waiting for the sealer, %(nodes)s "
            "nodes, %(checkpoints)s checkpoints, %(speed)s facts/s"
        )
        print(
            said
            % {
                "facts": verdict.facts,
                "waiting": verdict.waiting,
                "nodes": verdict.nodes,
                "checkpoints": verdict.checkpoints,
                "speed": verdict.facts_per_second,
            }
        )
    return 1 if verdict.wrong else 0


def promise(given: Namespace) -> int:
    """Tell whether a promise was kept. 1 if it was broken, or is none of this journal."""
    at = house.act().at
    try:
        found = kept_promise(_promise_in(house.readable(given.file)), at=at)
    except WrongNote as wrong:
        print(json.dumps({"wrong": str(wrong)}) if given.json else _("WRONG: %(place)s") % {"place": wrong})
        return 1
    print(json.dumps(_figures(found)) if given.json else _told(found))
    return 1 if found.keeping is Keeping.BROKEN else 0


def _figures(found: KeptPromise) -> dict[str, Any]:
    """What became of a promise, for programs."""
    return {
        "fact": found.fact,
        "keeping": found.keeping,
        "leaf_index": found.leaf_index,
        "sealed_by": found.sealed_by.isoformat(),
        "sealed_at": found.sealed_at.isoformat() if found.sealed_at else None,
    }


def _told(found: KeptPromise) -> str:
    """What became of a promise, for people."""
    said = {
        Keeping.KEPT: _("kept: fact %(fact)s is leaf %(leaf)s of the journal"),
        Keeping.OPEN: _("not over: fact %(fact)s is there and will be sealed by %(until)s"),
        Keeping.BROKEN: _("BROKEN: the journal does not hold fact %(fact)s as it promised"),
    }[found.keeping]
    if found.is_late:
        said = _(
            "BROKEN: fact %(fact)s was sealed too late: at %(sealed)s; promised was %(until)s at the latest"
        )
    facts = {
        "fact": found.fact,
        "leaf": found.leaf_index,
        "until": found.sealed_by,
        "sealed": found.sealed_at,
    }
    return said % facts


def _promise_in(path: Path) -> dict[str, Any]:
    """The promise in a file: on its own, or in the answer with which it came. Raises Misuse."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        raise Misuse(_("%(file)s is no JSON") % {"file": path}) from None
    made = read.get("promise", read) if isinstance(read, dict) else None
    return made if isinstance(made, dict) else {}


def export(given: Namespace) -> int:
    """Write all sealed facts for other tools: into one file, or into a folder of segments."""
    house.act()
    path = Path(given.file).expanduser().resolve()
    if path.exists():
        raise Misuse(_("%(file)s is there already") % {"file": path})
    if not path.parent.is_dir():
        raise Misuse(_("there is no folder %(folder)s") % {"folder": path.parent})
    with bar(_("exporting")) as progress:
        count = _FORMATS[given.format](path, progress)
    say(ngettext("%(count)s fact written", "%(count)s facts written", count) % {"count": count})
    return 0


def _segments(folder: Path, progress: Callable[[int, int], None]) -> int:
    """All sealed facts as Parquet segments under their manifest, in a new folder; the number of facts."""
    return segments.write_segments(folder, progress=progress).size


_FORMATS: dict[str, Callable[[Path, Callable[[int, int], None]], int]] = {
    "ocel2-json": exporting.export_ocel_json,
    "ocel2-sqlite": exporting.export_ocel_sqlite,
    "csv": exporting.export_csv,
    "parquet": _segments,
}
