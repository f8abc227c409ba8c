"""The pages that every face shares: language, appearance, help, accessibility.

Language and appearance are preferences of the visitor, kept in cookies. Their forms carry no token, so that a
public page holds nothing of one visitor and can be kept whole; `same_origin` refuses forms of others.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from zemstvo.faces.components.appearance import COLOURS, SIZES, SPACINGS, Appearance

YEAR = 365 * 24 * 3600


def same_origin(request: HttpRequest) -> bool:
    """Whether the form was sent from a page of ours, as far as the browser says."""
    if (site := request.headers.get("Sec-Fetch-Site")) is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    return origin is None or urlsplit(origin).netloc == request.get_host()


def way_back(request: HttpRequest) -> str:
    """The page to return to: the `next` of the form if it is one of ours, else the start page."""
    target = request.POST.get("next") or request.GET.get("next") or "/"
    ours = url_has_allowed_host_and_scheme(target, allowed_hosts=None) and not target.startswith("//")
    return target if ours and target.startswith("/") else "/"


def _keep(response: HttpResponse, name: str, value: str, request: HttpRequest) -> None:
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure())


@csrf_exempt
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages and return to where the visitor was."""
    if not same_origin(request):
        return HttpResponseForbidden()
    response = HttpResponseRedirect(way_back(request))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, chosen, request)
    return response


class AppearanceForm(forms.Form):
    """Size, spacing and colours."""

    size = forms.ChoiceField(
        label=_("Size of the text"),
        choices=list(
            zip(SIZES, (_("usual"), _("one and a half times larger"), _("twice as large")), strict=True)
        ),
        widget=forms.RadioSelect,
    )
    spacing = forms.ChoiceField(
        label=_("Space between letters and lines"),
        choices=list(zip(SPACINGS, (_("usual"), _("wider")), strict=True)),
        widget=forms.RadioSelect,
    )
    colours = forms.ChoiceField(
        label=_("Colours"),
        choices=list(zip(COLOURS, (_("usual"), _("black on white"), _("white on black")), strict=True)),
        widget=forms.RadioSelect,
    )


@csrf_exempt
def appearance(request: HttpRequest) -> HttpResponse:
    """The switch that others call a version for the visually impaired: the same pages, another appearance."""
    if request.method == "POST" and not same_origin(request):
        return HttpResponseForbidden()
    current = Appearance.of(request.COOKIES.get(Appearance.COOKIE, ""))
    initial = {"size": current.size, "spacing": current.spacing, "colours": current.colours}
    form = AppearanceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        response: HttpResponse = HttpResponseRedirect(way_back(request))
        _keep(response, Appearance.COOKIE, Appearance(**form.cleaned_data).cookie, request)
        return response
    context = {"form": form, "next": way_back(request)}
    return render(request, "components/appearance.html", context, status=422 if form.errors else 200)


def help_page(request: HttpRequest) -> HttpResponse:
    """Where people get help: the telephone, the offices, what to do without a computer."""
    return render(request, "components/help.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement of accessibility."""
    return render(request, "components/accessibility.html")
