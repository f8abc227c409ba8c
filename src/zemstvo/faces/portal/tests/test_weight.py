"""What pages inside an application weigh: at most 5 kB over the wire each, styles being there already."""

from __future__ import annotations

import gzip
import re

import pytest

from zemstvo.capabilities.cases import commands
from zemstvo.capabilities.cases.models import Case
from zemstvo.faces.portal.tests.applying import NEXT, PDF, begin, home, named
from zemstvo.faces.portal.tests.visitor import Visitor

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

NEXT_PAGE = 5_000
"""Bytes of a later page, packed with gzip as browsers take it on every line, and its header (DESIGN §6)."""


class Scales(Visitor):
    """A visitor who weighs every page that is shown."""

    def __init__(self, account=None, language="ru"):
        super().__init__(account, language)
        self.client.defaults["HTTP_ACCEPT_ENCODING"] = "gzip"
        self.weights = {}

    def _took(self, answer, path):
        header = sum(len(f"{name}: {value}\r\n") for name, value in answer.headers.items()) + 17
        header += sum(len(f"Set-Cookie: {one.OutputString()}\r\n") for one in answer.cookies.values())
        weight = len(answer.content) + header
        if answer.headers.get("Content-Encoding") == "gzip":
            answer.content = gzip.decompress(answer.content)
        super()._took(answer, path)
        name = re.sub(r"[0-9a-f-]{36}|ZARECHNY-[0-9-]+", "…", self.path)
        self.weights[f"{name} {self.status}"] = weight
        return self

    @property
    def heavy(self):
        return {page: weight for page, weight in self.weights.items() if weight > NEXT_PAGE}


@pytest.fixture
def visitor(zarechny, visitor):
    scales = Scales()
    scales.client.cookies["place"] = visitor.client.cookies["place"].value
    return scales


def family(visitor, size):
    """The page of the household with this many people on it, all of them filled in."""
    visitor.presses(NEXT, lives_alone="no")
    for _one in range(size - 1):
        visitor.presses("Добавить ещё")
    typed = {}
    for one in range(size):
        row = f"members__{one}__"
        typed |= {
            f"{row}member__family_name": NAMES[one % len(NAMES)],
            f"{row}member__given_name": "Константин",
            f"{row}member__born_on__day": str(one + 1),
            f"{row}member__born_on__month": "3",
            f"{row}member__born_on__year": str(1960 + 3 * one),
            f"{row}relation": "child",
            f"{row}income": str(10_000 + 777 * one),
        }
    return visitor.presses(NEXT, **typed)


def applied(visitor, size=4):
    """The whole way with mistakes, files and a family, to the receipt."""
    begin(visitor).presses(NEXT)
    home(visitor, tenure="private_tenant")
    visitor.presses("Приложить", files={"tenure_document": ("договор.pdf", PDF)})
    visitor.presses("Приложить", files={"tenure_document": ("справка.exe", b"MZ")})
    visitor.presses(NEXT)
    family(visitor, size)
    visitor.presses(NEXT)
    visitor.presses(NEXT, income_kinds=["wages"])
    visitor.presses(NEXT, income_kinds=["wages"], own_income="60000")
    visitor.presses(NEXT)
    visitor.presses(NEXT, monthly_cost="9 800,50", court_debt="no")
    visitor.presses(NEXT, pay_to="post")
    visitor.presses(NEXT, truth="yes")
    if "Кто подаёт" in visitor.page:
        visitor.presses(
            NEXT, who__snils="160-020-517 92", who__family_name="Морозова", who__given_name="Анна"
        )
        named(visitor, who__snils="160-020-517 91")
    check = visitor.path
    visitor.presses("Отправить заявление")
    assert visitor.read.heading == "Заявление принято"
    return check


def around_the_case(visitor, town):
    """Every page of a case, with a return to correct."""
    number = re.search(r"ZARECHNY-2026-\d{6}-\d", visitor.page)[0]
    story = f"/cases/{number}/"
    for part in ("", "answers/", "history/", "messages/", "withdraw/"):
        visitor.opens(story + part)
    version = Case.objects.get().row_version
    commands.take_action(town.act("vera"), number, "return", version=version, reasons=["R08"])
    visitor.opens(story).opens(f"{story}supplement/").opens(f"{story}supplement/?choose=1")
    visitor.presses("Продолжить", page=["costs", "payment"])
    visitor.presses("Отправить снова", monthly_cost="много")


NAMES = ["Константинопольская", "Морозова", "Преображенский", "Ахметова", "Чужаков", "Новикова", "Соколов"]


def test_every_page_of_an_application_of_ten_is_light_to_the_receipt_and_beyond(zarechny, visitor):
    applied(visitor, 10)
    around_the_case(visitor, zarechny)

    assert len(visitor.weights) > 20
    assert visitor.heavy == {}


def test_a_household_of_twenty_is_light_too_and_its_errors_lead_to_their_fields(zarechny, visitor):
    home(begin(visitor).presses(NEXT), tenure="private_tenant")
    visitor.presses("Приложить", files={"tenure_document": ("договор.pdf", PDF)}).presses(NEXT)
    page = visitor.path
    family(visitor, 20)
    assert visitor.path != page
    visitor.opens(page)

    assert visitor.page.count("Преображенский") > 1
    assert visitor.heavy == {}
    visitor.presses(NEXT, members__19__income="много")
    assert visitor.status == 422
    assert 'href="#members-19-income"' in visitor.page
    assert 'id="members-19-income"' in visitor.page
    assert ">Член семьи 20, доход за шесть месяцев: " in visitor.page


def test_it_stays_light_with_an_account_whose_earlier_answers_and_files_are_offered(sign_in, visitor):
    anna = Scales(sign_in("anna").account)
    anna.client.cookies["place"] = visitor.client.cookies["place"].value
    home(begin(anna), tenure="private_tenant")
    anna.presses("Приложить", files={"tenure_document": ("договор.pdf", PDF)}).presses(NEXT)
    anna.presses(NEXT, lives_alone="yes").presses(NEXT, income_kinds=["none"])
    anna.presses(NEXT, monthly_cost="9800", court_debt="no").presses(NEXT, pay_to="post")
    anna.presses(NEXT, truth="yes").presses("Отправить заявление")
    home(begin(anna), tenure="private_tenant")
    assert "договор.pdf" in anna.page
    for path in ("/cases/", "/notices/", "/profile/", "/looks/", "/services/", "/"):
        anna.opens(path)

    assert anna.heavy == {}
