"""Correcting a case that was returned, and sending it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zemstvo.capabilities.cases import commands
from zemstvo.capabilities.cases import queries as cases
from zemstvo.capabilities.cases.queries.own import CaseStory
from zemstvo.capabilities.cases.refusals import AnswersInvalid
from zemstvo.capabilities.services.package import Field, FieldType
from zemstvo.faces.components import stale
from zemstvo.faces.components.asking import Faults, ask
from zemstvo.faces.components.questions import Option, Question
from zemstvo.faces.components.reading import read
from zemstvo.faces.portal import repeats
from zemstvo.faces.portal.attaching import NOT_ABOUT_THE_FILE
from zemstvo.faces.portal.views.drafts import version_of
from zemstvo.faces.portal.visiting import Request, act_on
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.refusals import Refusal, Stale


def supplement_case(request: Request, number: str) -> HttpResponse:
    """The questions that the return was about and those of the pages that the applicant chose, with the
    answers as they stand.
    """
    act = act_on(request, "cases", number)
    story = cases.own_case(act, number)
    if "supplement" not in story.may:
        return HttpResponseRedirect(reverse("portal:case", args=(number,)))
    fields = wanted_fields(story, request.GET.getlist("page"))
    if not fields or "choose" in request.GET:
        return _choice(request, story)
    if request.method != "POST":
        return _shown(request, story, fields)
    if (changed := repeats.changed(fields, request.POST)) is not None:
        return _shown(request, story, fields, posted=changed)
    try:
        faults, version = _attached(request, act, story, fields)
        if faults:
            return _shown(request, cases.own_case(act, number), fields, posted=request.POST, faults=faults)
        return _supplemented(request, act, story, fields, version)
    except Stale:
        again = cases.own_case(act, number)
        if "supplement" not in again.may:  # it was sent meanwhile, perhaps by this very form
            raise
        return _shown(request, again, fields, posted=request.POST, is_stale=True)


def _choice(request: Request, story: CaseStory) -> HttpResponse:
    """Which pages of the application the applicant wants to correct besides; a few at a time stay light."""
    options = tuple(
        Option(page.id, page.title, chosen=page.id in request.GET.getlist("page")) for page in story.pages
    )
    question = Question(
        kind="checkboxes",
        name="page",
        id="page",
        label=_("What do you want to correct?"),
        error=_("Choose at least one page.") if "asked" in request.GET else "",
        options=options,
    )
    asked = question.as_heading()
    context = {"case": story, "question": asked, "questions": [asked], "errors": bool(question.error)}
    status = 422 if question.error else 200
    return render(request, "portal/supplement_choice.html", context, status=status)


def _supplemented(
    request: Request, act: Act, story: CaseStory, fields: tuple[Field, ...], version: int
) -> HttpResponse:
    answers = {one.id: read(one, request.POST) for one in fields if one.type is not FieldType.FILE}
    try:
        commands.supplement_case(act, story.number, answers, version=version)
    except AnswersInvalid as refusal:
        every = all_fields(story)
        faults = Faults.of(refusal.errors, every)
        wrong = {name.partition(".")[0] for name in faults.by_name}
        shown = tuple(one for one in every if one in fields or one.id in wrong)
        again = cases.own_case(act, story.number)
        return _shown(request, again, shown, posted=request.POST, faults=faults)
    messages.success(request, _("Your correction has been sent. The term of the authority runs again."))
    return HttpResponseRedirect(reverse("portal:case", args=(story.number,)))


def _attached(request: Request, act: Act, story: CaseStory, fields: Iterable[Field]) -> tuple[Faults, int]:
    """Attach what was uploaded, each file to the version after the one before; the faults, and the version.

    Refuses with Stale where somebody else changed the case, before or in between.
    """
    faults: dict[str, str] = {}
    version = version_of(request)
    if version != story.version:
        raise Stale
    for field in fields:
        if field.type is not FieldType.FILE:
            continue
        for upload in request.FILES.getlist(field.id):
            name = upload.name or ""
            try:
                attached = commands.attach_to_case(
                    act, story.number, field.id, name=name, content=upload.read(), version=version
                )
                version = attached.version
            except Refusal as refusal:
                if refusal.status in NOT_ABOUT_THE_FILE:
                    raise
                faults[field.id] = f"{name}: {refusal} {refusal.counsel}".strip()
    return Faults(faults), version


def _shown(
    request: Request,
    story: CaseStory,
    fields: tuple[Field, ...],
    *,
    posted: Any = None,
    faults: Faults | None = None,
    is_stale: bool = False,
) -> HttpResponse:
    answers = answers_of(story)
    questions = [
        ask(one, answers.get(one.id), faults=faults, posted=_if_asked(posted, one)) for one in fields
    ]
    context = {
        "case": story,
        "questions": [(one, [file for file in story.files if file.field == one.name]) for one in questions],
        "error_questions": questions if faults else [],
        "errors": bool(faults) or is_stale,
        "stale": [stale.sentence()] if is_stale else [],
        "has_files": any(one.kind == "file" for one in questions),
    }
    return render(
        request,
        "portal/supplement_case.html",
        context,
        status=stale.STATUS if is_stale else 422 if faults else 200,
    )


def _if_asked(posted: Any, field: Field) -> Any:
    """What was posted, for a field that the posted form had; a field that appears now keeps its answer."""
    return posted if posted is not None and field.id in posted.getlist("asked") else None


def wanted_fields(story: CaseStory, pages: Sequence[str]) -> tuple[Field, ...]:
    """The fields that the reasons of the return name, and those of these pages."""
    named = {one.field for one in story.wanted if one.field}
    return tuple(
        field
        for page in story.pages
        for field, _answer in page.answers
        if page.id in pages or field.id in named or any(row.id in named for row in field.fields)
    )


def all_fields(story: CaseStory) -> tuple[Field, ...]:
    """All fields that were asked."""
    return tuple(field for page in story.pages for field, _answer in page.answers)


def answers_of(story: CaseStory) -> Mapping[str, Any]:
    """The answers as they stand, by field id."""
    return {field.id: answer for page in story.pages for field, answer in page.answers}
