"""The addresses of the desk. A case is named by its number, which grants nothing."""

from __future__ import annotations

from django.urls import path

from zemstvo.faces.desk.views import (
    acting,
    case,
    counter,
    documents,
    evidence,
    home,
    letters,
    results,
    talking,
    terms,
    work,
)

app_name = "desk"

urlpatterns = [
    path("", home.home, name="home"),
    path("mandates/", home.mandates, name="mandates"),
    path("mandates/choose", home.choose, name="choose-mandate"),
    path("work/", work.work, name="work"),
    path("cases/<str:number>/", case.case, name="case"),
    path("cases/<str:number>/actions/<slug:action>/", acting.action, name="action"),
    path("cases/<str:number>/letters/<slug:document>/", letters.letter, name="letter"),
    path("cases/<str:number>/letters/<slug:document>/preview.pdf", letters.preview, name="preview"),
    path("cases/<str:number>/suspend/", terms.suspend, name="suspend"),
    path("cases/<str:number>/resume/", terms.resume, name="resume"),
    path("cases/<str:number>/extend/", terms.extend, name="extend"),
    path("cases/<str:number>/complete/", terms.complete, name="complete"),
    path("cases/<str:number>/message/", talking.message, name="message"),
    path("cases/<str:number>/assign/", talking.assign, name="assign"),
    path("cases/<str:number>/evidence/", evidence.request_evidence, name="request-evidence"),
    path("cases/<str:number>/evidence/<str:asked>/", evidence.answer_evidence, name="answer-evidence"),
    path("cases/<str:number>/documents/<str:document>/", documents.document, name="document"),
    path("cases/<str:number>/documents/<str:document>/pdf", documents.pdf, name="document-pdf"),
    path("cases/<str:number>/documents/<str:document>/signature", documents.attach, name="attach-signature"),
    path("cases/<str:number>/documents/<str:document>/deliver", documents.deliver, name="deliver"),
    path("cases/<str:number>/files/<str:file>", documents.file, name="file"),
    path("counter/", counter.choose, name="counter"),
    path("counter/<slug:service>/", counter.person, name="counter-person"),
    path("counter/drafts/<str:draft>/", counter.draft, name="counter-draft"),
    path("results/<slug:register>/", results.results, name="results"),
]
