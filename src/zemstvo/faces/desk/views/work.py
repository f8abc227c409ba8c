"""The list of the day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zemstvo.capabilities.cases import queries as cases
from zemstvo.capabilities.cases.queries import WorkRow
from zemstvo.faces.components.writing import day_in_words, days_left_in_words
from zemstvo.faces.desk.templatetags.desk import channel
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
        "rows": _rows(found.rows, request.act.today),
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


def _rows(rows: Collection[WorkRow], today: date) -> list[dict[str, Any]]:
    """The rows in words. The template only puts them in their places: it would take five times as long to
    find fifty times the words for the same few days, channels and addresses.
    """
    channels = {one: channel(one) for one in {row.channel for row in rows}}
    no_term = _("no term yet")
    answer_by = {False: _("by law by %(day)s"), True: _("expected by %(day)s")}
    before, after = reverse("desk:case", args=["*"]).split("*")
    return [
        {
            "number": row.number,
            "link": f"{before}{quote(row.number)}{after}",
            "act_by": day_in_words(row.act_by),
            "days_left": days_left_in_words(row.act_by, today),
            "haste": "late" if row.days_left < 0 else "soon" if row.days_left < SOON else "",
            "next_step": row.next_step,
            "is_mine": row.is_mine,
            "state": row.state,
            "filed": f"{day_in_words(row.filed_on)}, {channels[row.channel]}",
            "service": row.service_title,
            "due_on": _day_in(answer_by[row.is_expected], row.due_on) if row.due_on else no_term,
        }
        for row in rows
    ]


def _day_in(words: str, day: date) -> str:
    return words % {"day": day_in_words(day)}


SOON = 3
"""With fewer days left than these, the row says so aloud."""


def _link(values: dict[str, str]) -> str:
    return f"{reverse('desk:work')}?{urlencode({key: value for key, value in values.items() if value})}"
