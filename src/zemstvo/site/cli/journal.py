"""`zemstvo journal`: prove it, and take it elsewhere."""

from zemstvo.site.cli.manual import JSON, Page, option
from zemstvo.site.words import gettext_noop

PAGES = (
    Page(
        name="journal verify",
        summary=gettext_noop("prove that nothing in the journal was changed or removed"),
        text=gettext_noop(
            "Proves every stored fact, leaf, node and checkpoint, also against a checkpoint that was kept "
            "elsewhere, and names the first that is wrong."
        ),
        does="journal:verify",
        arguments=(
            option(
                "--checkpoint",
                metavar="FILE",
                meaning=gettext_noop("a checkpoint kept elsewhere, to prove the journal against"),
            ),
            JSON,
        ),
        statuses=(
            gettext_noop("the journal is whole"),
            gettext_noop("a place in the journal is wrong; it is named"),
            gettext_noop("the command was misused or could not begin; nothing was changed"),
        ),
    ),
    Page(
        name="journal promise",
        summary=gettext_noop("tell whether the journal kept what it promised a person"),
        text=gettext_noop(
            "Reads the promise that came with an answer (or the whole answer, as it was kept), checks who "
            "signed it, and tells whether the journal holds that fact, under that hash, sealed in time."
        ),
        does="journal:promise",
        arguments=(
            option("file", metavar="FILE", meaning=gettext_noop("the promise, or the answer, as JSON")),
            JSON,
        ),
        statuses=(
            gettext_noop("the promise is kept, or its time is not over"),
            gettext_noop("the promise is broken, or not one of this journal"),
            gettext_noop("the command was misused or could not begin; nothing was changed"),
        ),
        examples=(("zemstvo journal promise answer.json", gettext_noop("With the answer of the API")),),
    ),
    Page(
        name="journal export",
        summary=gettext_noop("write the journal for other tools"),
        text=gettext_noop(
            "Writes all facts as OCEL 2.0 (JSON or SQLite) or CSV, or as a folder of Parquet segments with "
            "their manifest. Facts hold no personal values."
        ),
        does="journal:export",
        arguments=(
            option(
                "--format",
                required=True,
                metavar="FORMAT",
                choices=("ocel2-json", "ocel2-sqlite", "csv", "parquet"),
                meaning=gettext_noop("ocel2-json, ocel2-sqlite, csv or parquet"),
            ),
            option(
                "file",
                metavar="FILE",
                meaning=gettext_noop("the file (parquet: the folder) to write; it must not be there yet"),
            ),
        ),
        examples=(("zemstvo journal export --format csv facts.csv", gettext_noop("For a spreadsheet")),),
    ),
)
