"""Questions about the catalogue: every service of every authority, with and without a package.

What is built for searching stays in the memory of the process and is built anew after an import or a
publication; a warm answer pays two small statements to learn that it still holds. No act is taken: what
authorities do is no secret.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zemstvo.capabilities.services.catalogue import life_events as table
from zemstvo.capabilities.services.catalogue.index import TitleIndex
from zemstvo.capabilities.services.models import CatalogueEdition, LiveVersion, RegisteredService
from zemstvo.capabilities.services.package import Package
from zemstvo.capabilities.services.queries.published import live_services
from zemstvo.ground.territory.names import Names, name_in
from zemstvo.ground.territory.queries import AuthorityRow, authorities, authorities_for, territory
from zemstvo.ground.territory.rules import Term

_TITLE, _KEYWORD, _SUMMARY, _SITUATION = 3.0, 2.0, 1.0, 1.0
"""How much a word weighs by where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A service in the catalogue. Texts by language; `term` None and `fee_minor` None where nothing is known.

    `package` is the id under which it can be applied for here, empty where it cannot; `authority` is empty
    for a package that no register names: then every authority of its level offers it.
    """

    key: str
    """Stable: authority and code, or the id of the package."""
    authority: str
    code: str
    package: str
    titles: Names
    summaries: Names
    life_events: tuple[str, ...]
    audience: tuple[str, ...]
    level: str
    is_declared_electronic: bool
    term: Term | None
    fee_minor: int | None
    currency: str
    office: str
    address: str

    @property
    def title(self) -> str:
        """Its title in the active language."""
        return name_in(self.titles)

    @property
    def summary(self) -> str:
        """Its summary in the active language."""
        return name_in(self.summaries)

    @property
    def is_electronic(self) -> bool:
        """Whether it can be applied for over the net: here, or at the address that the register names."""
        return bool(self.package) or (self.is_declared_electronic and bool(self.address))


@dataclass(frozen=True, slots=True)
class LifeEventRow:
    """A life event with the number of services under it."""

    id: str
    titles: Names
    services: int

    @property
    def title(self) -> str:
        """Its title in the active language."""
        return name_in(self.titles)


@dataclass(frozen=True, slots=True)
class AuthorityShare:
    """How much of an authority's register is electronic: declared by the register, and open here."""

    authority: str
    services: int
    declared_electronic: int
    with_package: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has found. `understood` is the question as it was read; empty where as typed."""

    entries: tuple[Entry, ...]
    understood: str


def catalogue(
    *, life_event: str = "", authority: str = "", place: str = "", audience: str = ""
) -> list[Entry]:
    """The services under a life event, of an authority, for a place (a territory), for a kind of applicant.

    In the order of their titles in the active language; those that can be applied for here come first. Two
    statements warm, and those of `authorities_for` with a place. Refuses with UnknownTerritory.
    """
    here = _offering(place) if place else None
    found = [
        one
        for one in _shelf().entries
        if (not life_event or life_event in one.life_events)
        and (not authority or one.authority == authority)
        and (not audience or not one.audience or audience in one.audience)
        and (here is None or _is_offered(one, here))
    ]
    return sorted(found, key=lambda one: (not one.package, name_in(one.titles).lower(), one.key))


def life_events(place: str = "") -> list[LifeEventRow]:
    """All life events in the order of their table, with the number of services under each. Costs as
    `catalogue`.
    """
    counts: dict[str, int] = {}
    for one in catalogue(place=place):
        for event in one.life_events:
            counts[event] = counts.get(event, 0) + 1
    return [LifeEventRow(one.id, one.titles, counts.get(one.id, 0)) for one in table.life_events().values()]


def search(text: str, *, place: str = "", most: int = 20) -> Found:
    """The services that a question means, the best first, whatever language of the texts it is in.

    Endings, slips of the keyboard, beginnings of words and the wrong keyboard are forgiven. A few
    milliseconds for a few thousand services, two statements warm.
    """
    shelf = _shelf()
    here = _offering(place) if place else None
    found = shelf.index.find(text, most=10 * most if here else most)
    entries = [shelf.by_key[key] for key in found.keys]
    offered = [one for one in entries if here is None or _is_offered(one, here)]
    return Found(tuple(offered[:most]), found.understood if offered else "")


def entry(key: str) -> Entry | None:
    """The entry of a key, or None. Two statements warm."""
    return _shelf().by_key.get(key)


def entry_of_package(package: str, place: str = "") -> Entry | None:
    """The entry under which a package stands: that of an authority of the place, else any, else its own. As
    `catalogue`.
    """
    found = [one for one in _shelf().entries if package and one.package == package]
    if place:
        here = _offering(place)
        found = [one for one in found if _is_offered(one, here)]
    return min(found, key=lambda one: (not one.authority, one.key), default=None)


def shares() -> list[AuthorityShare]:
    """For each authority with a register: its services, those declared electronic, those open here. As
    `catalogue`.
    """
    found: dict[str, list[Entry]] = {}
    for one in _shelf().entries:
        if one.authority:
            found.setdefault(one.authority, []).append(one)
    return [
        AuthorityShare(
            authority,
            len(entries),
            sum(one.is_declared_electronic for one in entries),
            sum(bool(one.package) for one in entries),
        )
        for authority, entries in sorted(found.items())
    ]


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The catalogue as it stands in memory."""

    edition: tuple[object, ...]
    entries: tuple[Entry, ...]
    by_key: Mapping[str, Entry]
    index: TitleIndex[str]


_building = threading.Lock()
_kept: _Shelf | None = None


def _shelf() -> _Shelf:
    """The catalogue in memory, built anew where its edition has changed."""
    global _kept
    now = _edition()
    kept = _kept
    if kept is not None and kept.edition == now:
        return kept
    with _building:
        if _kept is None or _kept.edition != now:
            _kept = _built(now)
        return _kept


def _edition() -> tuple[object, ...]:
    token = CatalogueEdition.objects.values_list("token", flat=True).first()
    live = LiveVersion.objects.order_by("service").values_list("service", "digest", "retired_on")
    return (token, *live)


def _built(edition: tuple[object, ...]) -> _Shelf:
    packages = {package.service: package for package in live_services()}
    levels = {row.code: territory(row.territory).level.value for row in authorities()}
    entries = [
        _registered(row, packages.get(row.package), levels.get(row.authority, ""))
        for row in RegisteredService.objects.filter(struck_on=None).order_by("authority", "code")
    ]
    named = {one.package for one in entries}
    entries += [_own(package) for package in packages.values() if package.service not in named]
    texts = ((one.key, list(_texts(one, packages.get(one.package)))) for one in entries)
    return _Shelf(edition, tuple(entries), {one.key: one for one in entries}, TitleIndex(texts))


def _registered(row: RegisteredService, package: Package | None, level: str) -> Entry:
    events = (*row.life_events, *(package.life_events if package else ()))
    return Entry(
        key=f"{row.authority}/{row.code}",
        authority=row.authority,
        code=row.code,
        package=package.service if package else "",
        titles=row.titles,
        summaries=row.summaries or (package.summary if package else {}),
        life_events=tuple(dict.fromkeys(events)),
        audience=tuple(row.audience) or (package.audience if package else ()),
        level=level,
        is_declared_electronic=row.is_electronic,
        term=_term_of(package) if package else Term.parse(row.term) if row.term else None,
        fee_minor=package.legal.fee_minor if package else row.fee_minor,
        currency=package.legal.currency if package else row.currency,
        office=row.office,
        address=row.address,
    )


def _own(package: Package) -> Entry:
    """The entry of a package that no authority's register names yet."""
    return Entry(
        key=package.service,
        authority="",
        code="",
        package=package.service,
        titles=package.title,
        summaries=package.summary,
        life_events=package.life_events,
        audience=package.audience,
        level=package.level,
        is_declared_electronic=package.is_electronic,
        term=_term_of(package),
        fee_minor=package.legal.fee_minor,
        currency=package.legal.currency,
        office="",
        address="",
    )


def _term_of(package: Package) -> Term:
    return package.clock("portal").term


def _texts(one: Entry, package: Package | None) -> Iterable[tuple[str, float]]:
    yield from ((text, _TITLE) for text in one.titles.values())
    yield from ((text, _SUMMARY) for text in one.summaries.values())
    known = table.life_events()
    for event in one.life_events:
        if event in known:
            yield from ((text, _SITUATION) for text in known[event].titles.values())
    if package:
        yield from ((text, _TITLE) for text in package.title.values())
        yield from ((text, _KEYWORD) for word in package.keywords for text in word.values())


def _offering(place: str) -> tuple[frozenset[str], frozenset[str]]:
    """The authorities that act for a place, and their levels."""
    rows: list[AuthorityRow] = authorities_for(territory(place).code)
    return frozenset(row.code for row in rows), frozenset(
        territory(row.territory).level.value for row in rows
    )


def _is_offered(one: Entry, here: tuple[frozenset[str], frozenset[str]]) -> bool:
    codes, levels = here
    return one.authority in codes if one.authority else one.level in levels
