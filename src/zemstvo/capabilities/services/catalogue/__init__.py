"""The catalogue: the authorities' whole registers of services, with and without packages, and how they are
found.

- `life_events`: the situations in life under which services stand, a table;
- `sheet`: reading an authority's register from a CSV file;
- `words`, `nearness`, `index`: searching titles, with stems and forgiving spelling, in memory.

The questions from outside are in `queries`.
"""
