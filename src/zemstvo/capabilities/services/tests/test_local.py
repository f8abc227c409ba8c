import pytest

from zemstvo.capabilities.services.local import LocalFault, SlotNotOpen, fitting_values, localised
from zemstvo.capabilities.services.tests.firewood import MONDAY, answers, checked

ALL = {
    "office": "zarechny-1",
    "hours": {"ru": "Пн–Пт, 9–17"},
    "fee": 5000,
    "header": {"ru": "Администрация города Заречного", "en": "Administration of Zarechny"},
    "parameters": {"minimum": 500_000},
    "extra_fields": [
        {
            "page": "house",
            "field": {
                "id": "local_chimney",
                "type": "choice",
                "label": "Когда чистили дымоход",
                "options": [{"id": "year", "label": "В этом году"}, {"id": "never", "label": "Не помню"}],
                "show": {"when": "heating == 'stove'", "means": "Если дом отапливается печью"},
            },
        }
    ],
}


def test_a_municipality_fills_every_slot_of_the_base():
    found = localised(checked().document, ALL, territory="56734000", revision=3)

    assert (found.local.territory, found.local.revision, found.local.office) == ("56734000", 3, "zarechny-1")
    assert found.legal.fee_minor == 5000
    assert found.text(found.local.hours, "ru") == "Пн–Пт, 9–17"
    assert [field.id for field in found.page("house").fields][-1] == "local_chimney"
    assert found.eligibility(answers(), MONDAY).reasons == ("R02",)
    assert [error.field for error in found.check_answers(answers(), MONDAY).errors] == ["local_chimney"]
    assert found.letter("refusal", answers(), MONDAY, "en")["header"] == ["Administration of Zarechny"]


def test_the_base_itself_stays_as_it_is():
    before = checked().package.digest
    localised(checked().document, ALL)

    assert checked().document["legal"]["fee"] == 0
    assert len(checked().package.page("house").fields) == 6
    assert checked().package.digest == before


@pytest.mark.parametrize(
    ("values", "path", "expected"),
    [
        ({"term": "5wd"}, ("term",), "one of extra_fields, fee"),
        ({"fee": "much"}, ("fee",), "a whole number is expected"),
        ({"parameters": {"per_metre": 5}}, ("parameters", "per_metre"), "one of minimum is expected"),
        ({"parameters": {"minimum": "5"}}, ("parameters", "minimum"), "a value of the type money"),
        ({"parameters": {"minimum": True}}, ("parameters", "minimum"), "a value of the type money"),
        ({"header": {"fr": "Mairie"}}, ("header", "fr"), "one of ru, en is expected"),
    ],
)
def test_a_value_that_does_not_fit_is_named(values, path, expected):
    with pytest.raises(LocalFault) as fault:
        localised(checked().document, values)

    assert (fault.value.path, expected in fault.value.expected) == (path, True), fault.value.expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"id": "chimney"}, "begins with local_"),
        ({"type": "sound"}, "one of text"),
        ({"show": {"when": "gas > 1", "means": "x"}}, "the name gas"),
        ({"show": {"when": "members.map(m, m)", "means": "x"}}, "the macro map"),
        ({"evidence": "utility.heating"}, "no evidence is expected"),
        ({"label": {"fr": "x"}}, "one of ru, en is expected"),
    ],
)
def test_a_question_of_a_municipality_is_checked_like_one_of_the_base(changed, expected):
    field = {"id": "local_x", "type": "text", "label": "Вопрос", **changed}

    with pytest.raises(LocalFault, match=expected.replace("(", r"\(")):
        localised(checked().document, {"extra_fields": [{"page": "house", "field": field}]})


def test_a_question_on_no_page_or_twice_is_refused():
    field = {"id": "local_x", "type": "text", "label": "Вопрос"}

    with pytest.raises(LocalFault, match="one of household, house, about"):
        localised(checked().document, {"extra_fields": [{"page": "roof", "field": field}]})
    with pytest.raises(LocalFault, match="an id of its own"):
        localised(checked().document, {"extra_fields": [{"page": "house", "field": field}] * 2})


def test_a_closed_slot_stays_closed():
    with pytest.raises(SlotNotOpen):
        localised({**checked().document, "local": ["office"]}, {"fee": 5})


def test_a_new_base_keeps_what_still_fits():
    base = {**checked().document, "local": ["office", "fee", "parameters"]}

    assert fitting_values(base, ALL) == {
        "office": "zarechny-1",
        "fee": 5000,
        "parameters": {"minimum": 500_000},
    }
