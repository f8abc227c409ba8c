"""Every page of the house, in both languages: for every reader, on every screen, by the keyboard alone."""

from __future__ import annotations

import re
from copy import deepcopy

import pytest
from journeys import touring
from journeys.conftest import _document
from journeys.touring import MACHINES, NO_PAGES, route_of, routes
from journeys.walking import sign_in

from zemstvo.capabilities.cases import commands as cases
from zemstvo.capabilities.cases import queries as known_cases
from zemstvo.capabilities.services.commands import publish_document
from zemstvo.ground.journal.acts import house_act
from zemstvo.ground.people import commands as people
from zemstvo.ground.people.looks import record_look
from zemstvo.site.tests.broken_pages import ERRORS
from zemstvo.town.matters import STORIES, Step, Story, tell_matters
from zemstvo.town.testing import MORNING

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "keys"]),
    pytest.mark.urls("zemstvo.site.tests.broken_pages"),
]

PHONE, DESKTOP = 320, 1280
OFFICIALS_FIRST_VISIT = 60_000
ENGLISH = re.compile(r"(?:\b[A-Za-z]{2,}\b[ ,]+){2,}[A-Za-z]{2,}")
"""Three English words in a row: on a Russian page somebody forgot to translate them."""

ALONE = Story("anna", "housing-subsidy", "granted-living-alone", 2, (Step("vera", "register", hour=15),))
MORE = (
    ALONE,
    Story("stepan", ALONE.service, ALONE.example, 30),
    Story("anna", ALONE.service, ALONE.example, 3, ALONE.steps),
    Story("stepan", ALONE.service, ALONE.example, 1),
)
"""Cases that wait for others, are late, stand still, and were withdrawn."""


@pytest.fixture
def busy(zarechny, settings, tmp_path):
    """The town with a case in every state, with messages, requests, absences, and with a mailbox."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = settings.MAIL_FOLDER = tmp_path / "mail"
    document = deepcopy(_document("address-assignment"))
    document["legal"]["extend"] = {"max": "5wd", "on": "R10"}
    document["reasons"]["R10"] = {
        "text": {"ru": "Нужен осмотр.", "en": "It has to be seen."},
        "for": ["extend"],
    }
    document["version"] += 1
    publish_document(house_act(at=MORNING), document)
    numbers = tell_matters(zarechny.standing, now=MORNING, stories=(*STORIES, *MORE))
    asked, _late, still, withdrawn = numbers[len(STORIES) :]
    vera = zarechny.act("vera")
    for evidence in ("egrn.rights", "mvd.registration", "fns.income"):
        request = cases.request_evidence(vera, asked, evidence)
    cases.answer_evidence(vera, request, outcome="received", words="Доход за шесть месяцев: 138 000 рублей.")
    cases.send_message(vera, asked, "Принесите, пожалуйста, договор найма.", asks=True)
    cases.suspend_case(vera, still, version=version_of(vera, still), reason="missing-documents")
    cases.withdraw_case(zarechny.act("stepan"), withdrawn, version=version_of(vera, withdrawn))
    return zarechny


def version_of(act, number):
    look = record_look(act, person=known_cases.applicant_of(act, number), purpose="case", about=number)
    return known_cases.case_card(act, number, look).version


class Eye:
    """Looks at what stands on a screen and keeps what is wrong with it, in words."""

    def __init__(self, language, faults, overflow):
        self.language, self.axe, self.overflow = language, faults, overflow
        self.found, self.routes = [], set()

    def look(self, page, name):
        self.routes.add(route_of(page.url))
        said = [*self.axe(page), *self._words(page), *self._widths(page)]
        self.found += [f"{name}: {line}" for line in said]

    def _words(self, page):
        if (headings := page.locator("h1").count()) != 1:
            yield f"{headings} headings h1"
        if (language := page.get_attribute("html", "lang")) != self.language:
            yield f"the language of the page is {language}"
        if not re.match(r"\w", page.title()):
            yield f"the title is «{page.title()}»"
        text = page.inner_text("body")
        for code in page.locator("code").all_inner_texts():
            text = text.replace(code, "")
        if self.language == "ru" and (forgotten := ENGLISH.search(text)):
            yield f"not translated: {forgotten[0]}"

    def _widths(self, page):
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if (pixels := self.overflow(page)) > 0:
            yield f"{pixels} px too wide with text of twice the size"
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.set_viewport_size({"width": PHONE, "height": 800})
        if (pixels := self.overflow(page)) > 0:
            yield f"{pixels} px too wide for a telephone"
        page.set_viewport_size({"width": DESKTOP, "height": 800})


class Scales:
    """Counts what comes over the wire to a page whose browser keeps nothing."""

    def __init__(self, page):
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on("Network.loadingFinished", lambda event: self.octets.append(event["encodedDataLength"]))
        self.octets = []

    def taken(self):
        """The bytes since the last time."""
        weight, self.octets = int(sum(self.octets)), []
        return weight


def citizens(page_of, applying):
    """The walks of those who apply, each on a page of its own."""
    seen = set()
    yield touring.visitor(page := page_of()), page
    yield touring.applicant(page := page_of(), applying(page)), page
    yield touring.accounts(page := page_of()), page
    for key, begin in (
        ("anna", ("/cases/", "/notices/", "/looks/", "/")),
        ("stepan", ("/cases/",)),
        ("pavel", ("/acting/", "/cases/")),
        ("dina", ("/cases/",)),
    ):
        yield touring.citizen(page := page_of(), key, *begin, seen=seen), page


def officials(page_of, secret):
    """The walks of those who work at the desk."""
    seen = set()
    work = "/desk/work/?show=all"
    for key, begin in (
        ("vera", ("/desk/", work, f"{work}&search=Морозова", "/desk/work/?search=ъъъ", "/desk/mandates/")),
        ("galina", (work,)),
        ("nina", ("/desk/",)),
        ("artyom", ("/desk/",)),
    ):
        yield touring.official(page := page_of(), key, *begin, seen=seen), page
    yield touring.counter(page := page_of()), page
    yield touring.token(page := page_of()), page
    yield touring.invited(page := page_of(), secret), page


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_page_is_sound_for_whoever_can_come_to_it(
    browse, busy, applying, faults, overflow, settings, language
):
    eye, heavy = Eye(language, faults, overflow), []

    def page_of():
        return browse(language=language, width=DESKTOP, scripts=True)

    for walk, page in citizens(page_of, applying):
        for name in walk:
            eye.look(page, name)
        page.context.close()
    secret = people.invite_administrator(house_act(at=MORNING))
    for walk, page in officials(page_of, secret):
        scales = Scales(page)
        for name in walk:
            eye.look(page, name)
            if (octets := scales.taken()) > OFFICIALS_FIRST_VISIT:
                heavy.append(f"{name}: {octets} bytes")
        page.context.close()
    page = page_of()
    for name in touring.failures(page, ERRORS):
        eye.look(page, name)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    for name in touring.too_large(page):
        eye.look(page, name)

    assert not eye.found, "\n".join(eye.found)
    assert not heavy, "\n".join(heavy)
    not_seen = {route for route in routes() - NO_PAGES.keys() if not route.startswith(MACHINES)} - eye.routes
    assert not not_seen, "nobody looks at these pages; walk to them in touring.py, or say there why not"


CONTROLS = """
    () => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
        .filter(one => one.type !== "hidden" && one.tabIndex >= 0 && one.getClientRects().length)
        .filter(one => one.type !== "radio" || one === (
            document.querySelector(`input[name="${one.name}"]:checked`)
            || document.querySelector(`input[name="${one.name}"]`)))
        .map((one, place) => { one.dataset.place = place; return `${place} ${one.outerHTML.slice(0, 90)}` })
"""
"""What a keyboard has to reach, in the order of the page; of a group of radios, one."""


FORMS = {
    "": ("/", "/services/housing-subsidy/", "/track/", "/account/login/", "/appearance/"),
    "anna": ("/cases/", "/profile/", "/account/email/"),
    "vera": ("/desk/work/?show=all", "/desk/counter/housing-subsidy/?asked=1&kind=person"),
    "artyom": ("/desk/setup/authorities/zarechny/", "/desk/setup/authorities/new", "/desk/setup/tokens/"),
}
"""Pages with many controls, by who is signed in."""


def test_the_keyboard_reaches_every_control_in_the_order_of_the_page(browse, zarechny):
    for key, paths in FORMS.items():
        page = browse(scripts=True)
        if key:
            sign_in(page, key)
        for path in paths:
            controls, reached = by_keyboard(page, path)
            assert reached == controls, path
        page.context.close()


def by_keyboard(page, path):
    """What there is to reach, and what Tab reaches one after the other."""
    page.goto(path)
    controls = page.evaluate(CONTROLS)
    reached = []
    while len(reached) < len(controls):
        page.keyboard.press("Tab")
        place = page.evaluate("document.activeElement.dataset.place")
        control = controls[int(place)] if place else "nothing"
        if [control] != reached[-1:]:  # a field of a date takes several steps
            reached.append(control)
        if control == "nothing":
            break
    return controls, reached


def test_what_is_said_to_show_no_page_is_an_address_of_the_site():
    assert NO_PAGES.keys() <= routes()
