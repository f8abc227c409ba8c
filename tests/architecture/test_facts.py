"""Every fact says in both languages what happened, and holds no free text."""

import re
from dataclasses import fields

import pytest
from architecture.reading import facts
from django.conf import settings
from django.utils import translation

from zemstvo.ground.journal.facts import Interaction, layout


@pytest.fixture(params=sorted(facts()), ids=str)
def fact(request):
    return facts()[request.param]


def test_its_kind_is_a_noun_and_what_became_of_it(fact):
    assert re.fullmatch(r"[a-z][a-z_-]*\.[a-z][a-z_-]*", fact.kind)
    assert fact.__doc__


def test_its_fields_hold_no_free_text(fact):
    assert layout(fact) is not None


def test_its_sentence_stands_in_every_language(fact):
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = str(fact.sentence)

    assert said["en"]
    assert all(text and (language == "en" or text != said["en"]) for language, text in said.items()), said


def test_its_sentence_names_only_its_fields(fact):
    known = {field.name for field in fields(fact)}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            named = set(re.findall(r"%\((\w+)\)s", str(fact.sentence)))
        assert named <= known | {"actor", "authority", "territory", "service"}


def test_its_interaction_is_one_of_the_known_forms(fact):
    assert fact.interaction is None or isinstance(fact.interaction, Interaction)
