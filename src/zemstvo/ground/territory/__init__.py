"""Territory: places, their levels, the authorities that act for them, and working calendars.

A *territory* is a place with a code, at one of four levels (federation, region, municipality,
settlement), part of the one above it. Its name and its *border* (whose part it is) hold from a day
until a day. An *authority* acts for territories and receives people in *offices*. A *calendar* belongs
to a territory: who has none of his own lives by the calendar of the one above, with his own holidays
laid over it. A *term* is an amount of working days, calendar days, months or hours; `rules` counts it.

Not here: who may act for an authority (people), what a service promises (capabilities.services).
Nothing national is in the code where a table will do: the code of a country's classifier is a *scheme*
(`rules.schemes`), its published list is read by `classifier`, its holidays by `calendars`.
"""
