"""Services: packages of data that say what a service asks for and how it runs; no Python in them.

A *package* is a folder (docs/guide/package-format.md): service.yaml, translations, examples. It is
*checked* (every fault with its line, every example played), then *published* as an immutable *version*;
*live* is a pointer to the version for new cases, while each case stays on its own. A municipality fills
the *local slots* that the package opens to it. The *catalogue* holds the authority's whole register of
services, also those without a package.

From the outside in:

- `package`: the frozen, compiled package and all that cases and faces ask of it; pure, no database;
- `reading`, `shape`, `texts`, `soundness`, `examples`, `check`: from files to faults;
- `compiling`: from a sound document to a `Package`; `expressions`: bounded CEL;
- `answers`, `letters`: checking answers, writing letters and decisions;
- `models`, `commands`, `queries`: packages of modules, `published` for versions and slots, others for
  the catalogue.

Not here: cases and their clocks (capabilities.cases), numbers and PDFs (capabilities.documents),
territories and calendars (ground.territory).
"""
