"""The way through an application, as the tests walk it."""

from __future__ import annotations

from zemstvo.faces.portal.tests.visitor import Visitor

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
NEXT = "Продолжить"


def begin(visitor: Visitor, service: str = "housing-subsidy") -> Visitor:
    """Open a draft and come to its first page."""
    visitor.opens(f"/services/{service}/").presses("Начать")
    return visitor.follows("Начать заполнять") if "Ваш код" in visitor.page else visitor


def home(visitor: Visitor, **other: str) -> Visitor:
    """The first page of the housing subsidy."""
    typed = {"address__text": "г. Заречный, ул. Садовая, д. 5", "tenure": "owner", "registered_here": "yes"}
    return visitor.presses(NEXT, **{**typed, **other})


def to_check(visitor: Visitor) -> Visitor:
    """From the first page to the check of the answers, or to the question who applies."""
    home(visitor)
    visitor.presses(NEXT, lives_alone="yes")
    visitor.presses(NEXT, income_kinds=["wages"])
    if "own_income" in visitor.page and "Шаг 3" in visitor.page:
        visitor.presses(NEXT, income_kinds=["wages"], own_income="60000")
    visitor.presses(NEXT, monthly_cost="9 800,50", court_debt="no")
    visitor.presses(NEXT, pay_to="post")
    return visitor.presses(NEXT, truth="yes")


def named(visitor: Visitor, **other: str) -> Visitor:
    """Who applies, without an account."""
    typed = {"who__family_name": "Морозова", "who__given_name": "Анна"}
    return visitor.presses(NEXT, **{**typed, **other})


def sent(visitor: Visitor) -> Visitor:
    """The whole way without an account, to the receipt."""
    to_check(begin(visitor))
    named(visitor)
    return visitor.presses("Отправить заявление")
