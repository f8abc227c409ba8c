"""Who does this request: its act, made when it is first asked for.

A page that asks nobody who they are costs no query and stays one that caches may keep. `request.act` is there
for every request; `request.person` is the pseudonym of who is signed in; `request.official` is the mandate
under which an official works, chosen among `request.mandates`. An official without a second factor has none
of them, and `request.wants_second_factor` says why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponseBase

from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.facts import Channel
from zemstvo.ground.journal.refusals import NoMandate
from zemstvo.ground.people import queries
from zemstvo.ground.people.models import Account
from zemstvo.ground.people.queries import MandateChoice
from zemstvo.ground.people.sign_in.second_factor import is_strong
from zemstvo.ground.territory.queries import one_edition

DESK = "/desk/"
"""Where the pages of officials begin: an official acts as one there, and as a private person elsewhere."""

MANDATE = "mandate"
"""The key of the session under which the chosen mandate stands."""

ACTING_FOR = "acting_for"
"""The key of the session under which the pseudonym of the one for whom somebody acts stands."""

if TYPE_CHECKING:
    _Base = HttpRequest
else:
    _Base = object


class Visited(_Base):
    """What a request knows of who does it. Each answer is found once, when it is asked for."""

    @cached_property
    def at(self) -> datetime:
        """The instant of the request, which is that of its act."""
        return datetime.now(UTC)

    @cached_property
    def account(self) -> Account | None:
        """The account that is signed in."""
        return self.user if isinstance(self.user, Account) and self.user.is_active else None

    @property
    def person(self) -> str:
        """The pseudonym of who is signed in, or an empty text."""
        return str(self.account.person) if self.account else ""

    @cached_property
    def _held(self) -> list[MandateChoice]:
        return queries.mandates_of_account(self.account, self.at) if self.account else []

    @cached_property
    def wants_second_factor(self) -> bool:
        """Whether this is an official who works as soon as a second factor is set up, and not before."""
        return bool(self._held) and self.account is not None and not is_strong(self.account)

    @property
    def mandates(self) -> list[MandateChoice]:
        """The mandates under which who is signed in may work today; none before a second factor is set up."""
        return [] if self.wants_second_factor else self._held

    @cached_property
    def official(self) -> MandateChoice | None:
        """The mandate under which who is signed in works: the one chosen in this session, else the first."""
        held = self.mandates
        chosen = self.session.get(MANDATE) if held else ""
        return next((one for one in held if one.mandate.id == chosen), held[0] if held else None)

    @cached_property
    def act(self) -> Act:
        """The act of this request: under the mandate on the pages of officials, else of a private person.

        A private person acts for whom was chosen in this session, as long as that representation is in force.
        """
        if self.account is None:
            return queries.visitor_act(self.at)
        if self.path.startswith(DESK) and self.official is not None:
            return queries.act_of_official(self.account, self.at, self.official)
        own = queries.act_of_account(self.account, self.at, Channel.PORTAL)
        chosen = self.session.get(ACTING_FOR)
        if chosen and any(one.pseudonym == chosen for one in queries.principals(own)):
            return replace(own, behalf_of=chosen)
        return own


def visits(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Give each request the answers of `Visited`, and one edition of the territories to be answered from.

    Stands after the middleware of sessions and accounts.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        request.__class__ = _visited(type(request))  # type: ignore[arg-type]  # a class has a hash
        with one_edition():
            return get_response(request)

    return answer


def choose_mandate(request: Visited, mandate: str) -> None:
    """Work under another mandate from the next request on. Refuses with NoMandate one that is not held."""
    if all(one.mandate.id != mandate for one in request.mandates):
        raise NoMandate(right="mandate", territory="")
    request.session[MANDATE] = mandate


@cache
def _visited(kind: type[HttpRequest]) -> type[HttpRequest]:
    return type(kind.__name__, (Visited, kind), {})
