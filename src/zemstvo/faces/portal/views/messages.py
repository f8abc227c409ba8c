"""Messages between the applicant and the authority."""

from __future__ import annotations

from django import forms
from django.contrib import messages as banners
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zemstvo.capabilities.cases import commands
from zemstvo.capabilities.cases import queries as cases
from zemstvo.capabilities.cases.queries.own import CaseStory
from zemstvo.faces.portal.naming import authority_zone
from zemstvo.faces.portal.visiting import Request, act_on
from zemstvo.ground.journal.refusals import Refusal


class MessageForm(forms.Form):
    """A message to the authority. `seen` is how many messages the page showed: so a repeat is noticed."""

    words = forms.CharField(
        label=gettext_lazy("Your message"), max_length=5000, widget=forms.Textarea({"rows": 6})
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


def case_messages(request: Request, number: str) -> HttpResponse:
    """All messages of a case, and a form to write one."""
    act = act_on(request, "cases", number)
    story = cases.own_case(act, number)
    form = MessageForm(request.POST or None, initial={"seen": len(story.messages)})
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if is_repeated(story, words, form.cleaned_data["seen"]):
            return HttpResponseRedirect(reverse("portal:case-messages", args=(number,)))
        try:
            commands.send_message(act, number, words)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.add_error("words", str(refusal))
        else:
            banners.success(request, _("Your message has been sent."))
            return HttpResponseRedirect(reverse("portal:case-messages", args=(number,)))
    context = {"case": story, "zone": authority_zone(story.authority), "form": form}
    return render(request, "portal/case_messages.html", context, status=422 if form.errors else 200)


def is_repeated(story: CaseStory, words: str, seen: int | None) -> bool:
    """Whether the same form was sent before: the same words stand already among what came after the form."""
    later = story.messages[seen or 0 :]
    tidy = " ".join(words.split())
    return any(one.side == "applicant" and " ".join(one.words.split()) == tidy for one in later)
