"""The list of the day."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zemstvo.capabilities.cases import queries as cases
from zemstvo.faces.desk.working import Request, at_desk, registers_of_results
from zemstvo.ground.people import queries as people
from zemstvo.ground.people.looks import record_look

SHOWS = ("todo", "waiting", "all")


@at_desk
def work(request: Request) -> HttpResponse:
    """The open cases, the nearest legal day first. A search for a person is a look at whom it found."""
    show = request.GET.get("show", "todo")
    search = request.GET.get("search", "").replace("\x00", "")[:200].strip()
    mine = request.GET.get("mine") == "1"
    found = cases.work_list(
        request.act,
        cursor=request.GET.get("after", ""),
        show=show if show in SHOWS else "all",
        search=search,
        mine=mine,
    )
    if search and (persons := people.matching_persons(request.act, search)):
        record_look(request.act, person=persons, purpose="search")
    if search and len(found.rows) == 1 and found.rows[0].number == search.upper():
        return HttpResponseRedirect(reverse("desk:case", args=[found.rows[0].number]))
    kept = {"show": show, "search": search, "mine": "1" if mine else ""}
    context = {
        "list": found,
        "show": show,
        "search": search,
        "mine": mine,
        "tabs": [
            {"show": one, "text": text, "link": _link(kept | {"show": one}), "is_chosen": one == show}
            for one, text in (("todo", _("To do")), ("waiting", _("Waiting")), ("all", _("All open")))
        ],
        "next": _link(kept | {"after": found.next_cursor}) if found.next_cursor else "",
        "first": _link(kept) if request.GET.get("after") else "",
        "mine_link": _link(kept | {"mine": "" if mine else "1"}),
        "registers": registers_of_results(),
    }
    return render(request, "desk/work.html", context)


def _link(values: dict[str, str]) -> str:
    return f"{reverse('desk:work')}?{urlencode({key: value for key, value in values.items() if value})}"
