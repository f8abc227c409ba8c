"""My data: what I told once, so that no application asks for it again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zemstvo.faces.components import stale
from zemstvo.faces.components.asking import Faults
from zemstvo.faces.portal import applicants
from zemstvo.faces.portal.views.drafts import version_of
from zemstvo.faces.portal.visiting import Request, signed_in
from zemstvo.ground.journal.refusals import Refusal, Stale
from zemstvo.ground.people import commands, queries
from zemstvo.ground.people.identity import AnyIdentity


@signed_in
def profile(request: Request) -> HttpResponse:
    """See and change what is known of me. What an official checked is checked again after a change."""
    act = request.act
    row = queries.person(act.actor)
    identity = queries.own_identity(act)
    faults, posted = Faults(), None
    errors: list[str] = []
    if request.method == "POST":
        posted = request.POST
        try:
            faults = changed(request, identity)
        except Stale:
            errors = [stale.sentence()]
        if not (faults or errors):
            messages.success(request, _("Your data are saved."))
            return HttpResponseRedirect(reverse("portal:profile"))
    context = {
        "errors": bool(faults or errors),
        "stale": errors,
        "identity": identity,
        "questions": applicants.questions(
            applicants.PERSON, identity, is_own=True, faults=faults, posted=posted
        ),
        "version": row.version,
        "checked_by": row.checked_by,
    }
    return render(
        request, "portal/profile.html", context, status=stale.STATUS if errors else 422 if faults else 200
    )


def changed(request: Request, identity: AnyIdentity) -> Faults:
    """Put what was typed in the place of the own identity; the faults where that cannot be."""
    after, faults = applicants.identity_from(applicants.PERSON, request.POST, identity, is_own=True)
    if after is None:
        return faults
    try:
        commands.change_identity(request.act, request.act.actor, after, version=version_of(request))
    except Refusal as refusal:
        if refusal.status in {403, 409}:
            raise
        return applicants.faults_of(refusal)
    return Faults()
