"""The command line: `zemstvo COMMAND …`.

Here is what the terminal shows: one file a command, with its manual page and its arguments, so that `--help`
needs neither a database nor a setting. What a command does stands in `zemstvo.site.operations`, which is
imported when it is called.
"""

from zemstvo.site.cli.main import main

__all__ = ["main"]
