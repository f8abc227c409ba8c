"""Filling in an application: one thing per page, each page with its own address, saved as one goes on."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from zemstvo.capabilities.cases import commands
from zemstvo.capabilities.services.package import Page
from zemstvo.faces.components import stale
from zemstvo.faces.components.asking import Faults
from zemstvo.faces.portal import attaching, repeats
from zemstvo.faces.portal.drafting import Drafting, words_of
from zemstvo.faces.portal.views.adopting import in_account
from zemstvo.faces.portal.visiting import Request, code_of, drop_code, forget_opened
from zemstvo.ground.journal.refusals import Stale


@in_account
def draft(request: Request, draft: str) -> HttpResponse:
    """Go on where the application was left."""
    drafting = Drafting.of(request, draft)
    return sent_already(drafting) or HttpResponseRedirect(drafting.next_undone)


@in_account
def draft_page(request: Request, draft: str, page: str) -> HttpResponse:
    """One page of an application."""
    drafting = Drafting.of(request, draft)
    if sent := sent_already(drafting):
        return sent
    asked = drafting.page(page)
    return _posted(request, drafting, asked) if request.method == "POST" else _shown(request, drafting, asked)


def _posted(request: Request, drafting: Drafting, page: Page) -> HttpResponse:
    if (changed := repeats.changed(page.fields, request.POST)) is not None:
        return _shown(request, drafting, page, posted=changed)
    answers = drafting.answers_of(page, request.POST)
    if version_of(request) != drafting.draft.version:
        if request.FILES or not drafting.same_as_kept(page, answers):
            return _shown(request, drafting, page, posted=request.POST, is_stale=True)
        return HttpResponseRedirect(_onward(request, drafting, drafting.next_after(page)))
    if file := request.POST.get("remove_file", ""):
        commands.remove_file(drafting.act, drafting.draft.id, file, version=drafting.draft.version)
        return HttpResponseRedirect(request.get_full_path())
    faults = attaching.attach(request, drafting, page)
    try:
        return _saved(request, drafting.again(), page, answers, faults)
    except Stale:  # two at once: the other one was first
        return _shown(request, drafting.again(), page, posted=request.POST, is_stale=True)


def _saved(
    request: Request, drafting: Drafting, page: Page, answers: dict[str, Any], faults: Faults
) -> HttpResponse:
    if faults:
        return _shown(request, drafting, page, posted=request.POST, faults=faults)
    now = {**drafting.draft.answers, **drafting.answers_of(page, request.POST)}
    seen = set(request.POST.getlist("asked"))
    if "attach" in request.POST or any(field.id not in seen for field in drafting.fields(page, now)):
        # A file was attached, or an answer made another question appear: look at the page again first.
        return _shown(request, drafting, page, posted=request.POST)
    saved = commands.save_page(
        drafting.act, drafting.draft.id, page.id, answers, version=drafting.draft.version
    )
    if saved.faults:
        found = Faults.of(saved.faults, page.fields).among(request.POST.getlist("asked"))
        return _shown(request, drafting, page, posted=request.POST, faults=found)
    return HttpResponseRedirect(_onward(request, drafting.again(), saved.next_page))


def _onward(request: Request, drafting: Drafting, next_page: str) -> str:
    """The page that comes next; the first unanswered one, or the check, when the visitor came from there."""
    return drafting.next_undone if request.GET.get("back") == "check" else drafting.address(next_page)


def _shown(
    request: Request,
    drafting: Drafting,
    page: Page,
    *,
    posted: QueryDict | None = None,
    faults: Faults | None = None,
    is_stale: bool = False,
) -> HttpResponse:
    offered = drafting.offered(page) if posted is None else {}
    answers = {**offered, **drafting.draft.answers}
    if posted is not None:
        answers |= drafting.answers_of(page, posted)
    questions = drafting.questions(page, answers, faults=faults, posted=posted)
    files = {one.name: drafting.files_of(one.name) for one in questions if one.kind == "file"}
    context = {
        "draft": drafting.draft,
        "page": page,
        "heading": words_of(page),
        "is_one": drafting.is_one_question(page, answers),
        "questions": [(one, files.get(one.name), attaching.offered(drafting, one)) for one in questions],
        "asked": [one.name for one in questions],
        "error_questions": questions if faults else [],
        "errors": bool(faults) or is_stale,
        "stale": [stale.sentence()] if is_stale else [],
        "place": drafting.place(page),
        "places": len(drafting.pages),
        "back": drafting.address() if request.GET.get("back") == "check" else drafting.before(page),
        "has_files": bool(files),
        "has_buttons": bool(files) or any(one.kind == "rows" for one in questions),
        "was_offered": bool(offered),
    }
    return render(
        request,
        "portal/draft_page.html",
        context,
        status=stale.STATUS if is_stale else 422 if faults else 200,
    )


@in_account
def draft_code(request: Request, draft: str) -> HttpResponse:
    """How to come back: the code of the draft, shown on this device only."""
    drafting = Drafting.of(request, draft)
    context = {
        "draft": drafting.draft,
        "code": code_of(request, "drafts"),
        "next": drafting.next_undone,
        "is_begun": bool(drafting.draft.pages_done),
    }
    return sent_already(drafting) or render(request, "portal/draft_code.html", context)


@in_account
def discard_draft(request: Request, draft: str) -> HttpResponse:
    """Throw an application away that was not sent."""
    drafting = Drafting.of(request, draft)
    if sent := sent_already(drafting):
        return sent
    if request.method != "POST":
        context = {"draft": drafting.draft, "back": drafting.next_undone}
        return render(request, "portal/discard_draft.html", context)
    commands.discard_draft(drafting.act, draft)
    forget_opened(request, "drafts", draft)
    response = HttpResponseRedirect(reverse("portal:start"))
    drop_code(response, "drafts", draft)
    return response


def version_of(request: Request) -> int:
    """The version of the draft that the form was made from; 0 where the form says none."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def sent_already(drafting: Drafting) -> HttpResponse | None:
    """On to the case where the draft has become one."""
    number = drafting.draft.submitted_as
    return HttpResponseRedirect(reverse("portal:case", args=(number,))) if number else None
