"""My cases, and one case: where it stands, who has it, what is wanted, until when by law."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from zemstvo.capabilities.cases import queries as cases
from zemstvo.capabilities.cases.queries.own import CaseStory
from zemstvo.capabilities.services import queries as services
from zemstvo.faces.components.asking import worded
from zemstvo.faces.components.telling import told, value_told
from zemstvo.faces.components.views import same_origin
from zemstvo.faces.portal.keeping import kept_until_something_happens
from zemstvo.faces.portal.naming import authority_zone, person_names
from zemstvo.faces.portal.visiting import (
    Request,
    act_on,
    code_of,
    drop_code,
    forget_opened,
    signed_in,
    zone_of,
)
from zemstvo.ground.journal.acts import Act


@signed_in
def own_cases(request: Request) -> HttpResponse:
    """All my cases and those of the people for whom I act, what waits for me first; my drafts above them."""
    rows = cases.own_cases(request.act)
    rows.sort(key=lambda row: not row.wants)
    others = [row.applicant for row in rows if row.applicant != request.act.actor]
    names = person_names(request.act, others)
    context = {
        "cases": [(row, names.get(row.applicant, "")) for row in rows],
        "drafts": cases.drafts(request.act),
        "zone": zone_of(request),
    }
    return render(request, "portal/cases.html", context)


@kept_until_something_happens
def case(request: Request, number: str) -> HttpResponse:
    """The status tracker of one case."""
    act = act_on(request, "cases", number)
    story = cases.own_case(act, number)
    context = {
        "case": story,
        "zone": authority_zone(story.authority),
        "steps": steps_of(story),
        "granted": granted_told(act, story) if story.outcome == "granted" else [],
        "code": code_of(request, "cases"),
        "latest": [message for message in story.messages if message.side == "authority"][-1:],
    }
    return render(request, "portal/case.html", context)


def case_answers(request: Request, number: str) -> HttpResponse:
    """What was sent: the answers and the files, as a page to read and to print."""
    story = cases.own_case(act_on(request, "cases", number), number)
    context = {"case": story, "zone": authority_zone(story.authority), "pages": answers_told(story)}
    return render(request, "portal/case_answers.html", context)


def case_history(request: Request, number: str) -> HttpResponse:
    """Everything that happened, out of the journal, and who looked at the data because of it."""
    act = act_on(request, "cases", number)
    story = cases.own_case(act, number)
    may_see_looks = act.may("person.own.read", of=(story.applicant,))
    context = {
        "case": story,
        "zone": authority_zone(story.authority),
        "may_see_looks": may_see_looks,
        "looks": cases.who_looked(act, number) if may_see_looks else [],
    }
    return render(request, "portal/case_history.html", context)


@csrf_exempt
@require_POST
def leave_case(request: Request, number: str) -> HttpResponse:
    """Forget the case on this computer; the code opens it again. Its form stands on a page that is kept."""
    if not same_origin(request):
        return HttpResponseForbidden()
    forget_opened(request, "cases", number)
    response = HttpResponseRedirect(reverse("portal:start"))
    drop_code(response, "cases", number)
    return response


def steps_of(story: CaseStory) -> list[dict[str, Any]]:
    """The steps of the tracker: what is done, what is now, what comes, with the legal day at the end."""
    steps: list[dict[str, Any]] = []
    for step in story.steps:
        state = "now" if step.is_current and story.is_open else "past" if step.is_done else "next"
        steps.append({"title": step.title, "on": step.on, "state": state})
    if not steps:
        return steps
    current = next((step for step in steps if step["state"] == "now"), steps[-1])
    current["text"] = story.status
    last = steps[-1]
    if story.is_open and story.clock.due_on and last["on"] is None:
        last["on"] = story.clock.due_on
        last["title"] = (
            _("Decision, expected by") if story.clock.is_expected else _("Decision, due by law by")
        )
    return steps


def granted_told(act: Act, story: CaseStory) -> list[dict[str, Any]]:
    """What the case granted, in words: the title, the values of the register, the period."""
    package = services.package(story.service, story.service_version, story.territory)
    labels = {one.id: one for one in package.calculations}
    return [
        {
            "title": package.text(package.result.title) if package.result else "",
            "result": result,
            "rows": [
                {
                    "key": worded(labels[name].label)[0],
                    "value": value_told(labels[name].type, value, package.legal.currency),
                }
                for name, value in result.values.items()
                if name in labels
            ],
        }
        for result in cases.results_of_case(act, story.number)
    ]


def answers_told(story: CaseStory) -> list[tuple[str, list[dict[str, str]]]]:
    """The answers of a case in words, page by page."""
    names = {file.id: file.name for file in story.files}
    return [
        (
            page.title,
            [
                {"key": worded(field.label)[0], "value": told(field, value, files=names)}
                for field, value in page.answers
            ],
        )
        for page in story.pages
    ]
