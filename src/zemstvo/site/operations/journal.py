"""Proving the journal, and taking it elsewhere."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from zemstvo.ground.journal import export as exporting
from zemstvo.ground.journal import segments, verification
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
