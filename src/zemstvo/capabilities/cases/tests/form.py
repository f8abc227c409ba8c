"""The form of an application, as people fill it in: begun, both pages, by whom."""

from __future__ import annotations

from zemstvo.capabilities.cases.commands import open_draft, save_page
from zemstvo.capabilities.cases.tests.zarechny import ANSWERS, MONDAY, SERVICE, ZARECHNY, ZONE
from zemstvo.ground.people.queries import visitor_act

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"
TREE = {"place": {"text": "Заречный, ул. Лесная, 3"}, "condition": "living", "why": "Падает", "trees": 1}


def visitor(at=MONDAY):
    return visitor_act(at, zone=ZONE)


def begun(act):
    return open_draft(act, service=SERVICE, territory=ZARECHNY)


def filled(act, opened, answers=ANSWERS):
    """Both pages filled in; returns the last version."""
    tree = {name: value for name, value in answers.items() if name != "truth"}
    saved = save_page(act, opened.id, "tree", tree, version=opened.version)
    assert saved.faults == ()
    saved = save_page(act, opened.id, "confirm", {"truth": True}, version=saved.version)
    return saved.version
