"""Territories: found, entered by hand, or imported from the official list; and their working calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zemstvo.faces.components.writing import day_in_words
from zemstvo.faces.desk.filling import NamesForm, fill
from zemstvo.faces.desk.working import Request, at_desk
from zemstvo.ground.journal.refusals import NotFound
from zemstvo.ground.territory import calendars, classifier, commands, queries
from zemstvo.ground.territory.refusals import ListHasFaults

LEVELS = (
    ("federation", _("federation")),
    ("region", _("region")),
    ("municipality", _("municipality")),
    ("settlement", _("settlement")),
)


@at_desk
def territories(request: Request) -> HttpResponse:
    """The tree, one storey at a time, with a search."""
    request.act.must("territory.change", request.act.territory)
    search = request.GET.get("search", "").replace("\x00", "")[:100].strip()
    inside = request.GET.get("in", "")
    here = queries.territory(inside) if inside else None
    rows = (
        queries.find_territories(search) if search else queries.children(inside) if here else queries.roots()
    )
    context = {"rows": rows, "here": here, "search": search}
    return render(request, "desk/setup/territories.html", context)


class TerritoryForm(NamesForm):
    """A territory."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("OKTMO with eight or eleven digits; the check digit may follow after a hyphen."),
        max_length=20,
    )
    level = forms.ChoiceField(label=_("Level"), choices=LEVELS, widget=forms.RadioSelect)
    zone = forms.CharField(
        label=_("Time zone"),
        help_text=_("For example Europe/Moscow. Empty: that of the territory above."),
        required=False,
        max_length=48,
    )
    field_order = ("code", "ru", "en", "level", "zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ru"].label, self.fields["en"].label = _("Name in Russian"), _("Name in English")


@at_desk
def create_territory(request: Request) -> HttpResponse:
    """Enter a territory by hand, inside the one that was open."""
    parent = request.GET.get("in", "")
    form = TerritoryForm(request.POST or None)

    def create(given: dict[str, Any]) -> None:
        commands.create_territory(
            request.act,
            given["code"],
            names=form.names(),
            level=given["level"],
            parent=parent,
            zone=given["zone"],
            scheme="" if parent else "oktmo",
        )

    back = reverse("desk:territories") + (f"?in={parent}" if parent else "")
    return fill(
        request,
        form,
        create,
        title=str(_("A new territory")),
        button=str(_("Enter the territory")),
        back=back,
    )


class ListForm(forms.Form):
    """A file with a list."""

    file = forms.FileField(label=_("File (CSV)"))
    closing_confirmed = forms.BooleanField(
        label=_("Close the territories that the list leaves out, even if they are many"), required=False
    )


@at_desk
def import_territories(request: Request) -> HttpResponse:
    """Take over the official list. A faulty list is refused whole, with the first faulty line."""
    form = ListForm(request.POST or None, request.FILES or None)

    def take_over(given: dict[str, Any]) -> None:
        listed = classifier.read_bytes(given["file"].read())
        commands.import_territories(request.act, listed, closing_confirmed=given["closing_confirmed"])

    return fill(
        request,
        form,
        take_over,
        title=str(_("Import the list of territories")),
        lead=str(
            _("The list of the classifier as CSV. Headings are passed over; misprinted digits are corrected.")
        ),
        button=str(_("Import")),
        back=reverse("desk:territories"),
        has_files=True,
    )


class CalendarForm(forms.Form):
    """A file with a working calendar."""

    file = forms.FileField(label=_("File (CSV)"))


@at_desk
def calendar(request: Request) -> HttpResponse:
    """Import the working calendar of the whole installation; the years that the file has are replaced."""
    roots = queries.roots()
    form = CalendarForm(request.POST or None, request.FILES or None)

    def take_over(given: dict[str, Any]) -> None:
        listed = calendars.read_bytes(given["file"].read())
        if not listed.days and not listed.faults:
            raise ListHasFaults(count=1, first=_("the file is empty"), faults=())
        commands.import_calendar(request.act, roots[0].code, listed)

    years = ", ".join(str(year) for year in queries.calendar_years(roots[0].code)) if roots else ""
    lead = _("Years that are there: %(years)s.") % {"years": years} if years else _("No year is there yet.")
    return fill(
        request,
        form,
        take_over,
        title=str(_("Working calendar")),
        lead=str(lead),
        button=str(_("Import")),
        back=reverse("desk:setup"),
        has_files=True,
    )


@at_desk
def calendar_year(request: Request, year: int) -> HttpResponse:
    """The days of a year that are not what their weekday says: what the terms of the whole house rest on."""
    roots = queries.roots()
    if not roots:
        raise NotFound
    request.act.must("calendar.change", roots[0].code)
    years = queries.calendar_years(roots[0].code)
    if year not in years:
        raise NotFound
    rows = [
        (day_in_words(one.day), one.kind_name, one.name, _day_or_none(one.moved_from))
        for one in queries.calendar_days(roots[0].code, year)
    ]
    heads = [_("Day"), _("What it is"), _("Name"), _("Moved from")]
    context = {"year": str(year), "years": [str(one) for one in years], "rows": rows, "heads": heads}
    return render(request, "desk/setup/calendar_year.html", context)


def _day_or_none(day: date | None) -> str:
    return day_in_words(day) if day else ""
