"""The pages of citizens in a real browser: light, readable by everybody, and whole without scripts."""

from __future__ import annotations

import pytest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "keys"]),
]

FIRST_VISIT, NEXT_PAGE, REQUESTS = 14_000, 5_000, 2

PUBLIC = (
    "/",
    "/services/",
    "/services/?q=субсидия",
    "/services/housing-subsidy/",
    "/authorities/",
    "/place/",
    "/track/",
    "/drafts/resume/",
    "/help/",
    "/accessibility/",
    "/appearance/",
    "/mailbox/",
    "/account/login/",
    "/account/login/code/",
    "/account/signup/",
    "/nowhere/",
)
SIGNED_IN = (
    "/cases/",
    "/notices/",
    "/looks/",
    "/profile/",
    "/acting/",
    "/account/2fa/",
    "/account/email/",
    "/account/password/change/",
    "/account/reauthenticate/",
    "/account/logout/",
)


def too_wide(name, pixels):
    return [f"{name} is {pixels} px too wide"] if pixels > 0 else []


def signed_in(page):
    page.goto("/account/login/")
    page.fill("input[name=login]", "pavel@zarechny.example")
    page.fill("input[name=password]", "zarechny-demo")
    page.locator("main form button.z-button").first.click()


@pytest.mark.parametrize(("language", "width"), [("ru", 320), ("en", 1280)])
def test_axe_finds_nothing_on_any_page_and_none_is_too_wide(browse, faults, overflow, language, width):
    page = browse(language=language, width=width, scripts=True)
    found = []
    for path in PUBLIC:
        page.goto(path)
        found += [*faults(page), *too_wide(path, overflow(page))]
    signed_in(page)
    for path in SIGNED_IN:
        page.goto(path)
        found += [*faults(page), *too_wide(path, overflow(page))]

    assert found == []


@pytest.mark.parametrize("language", ["ru", "en"])
def test_axe_finds_nothing_on_the_whole_way_of_an_application(browse, faults, overflow, applying, language):
    page = browse(language=language, width=360, scripts=True)
    found = []
    for name in applying(page):
        found += [*faults(page), *too_wide(name, overflow(page))]

    assert found == []


def test_twice_the_size_and_stronger_colours_need_no_sideways_scrolling(browse, faults, overflow, site):
    found = []
    for appearance in ("200.normal.normal", "200.spaced.black", "200.spaced.white"):
        page = browse(width=360, scripts=True)
        page.context.add_cookies([{"name": "appearance", "value": appearance, "url": site}])
        for path in PUBLIC:
            page.goto(path)
            found += [*faults(page), *too_wide(path, overflow(page))]

    assert found == []


def test_a_first_visit_and_the_next_page_are_light(browse, weigh):
    heavy = []
    for path in PUBLIC:
        page = browse()
        first, second = weigh(page, path), weigh(page, path)
        if first.bytes > FIRST_VISIT or first.requests > REQUESTS or second.bytes > NEXT_PAGE:
            heavy.append((path, first, second))
        page.context.close()

    assert heavy == []


def test_every_page_of_an_application_is_light_and_needs_no_script(browse, weigh, applying):
    page = browse()
    way = applying(page)
    steps = []
    while not steps or steps[-1][0]:
        names = []
        weight = weigh(page, do=lambda found=names: found.append(next(way, "")))
        steps.append((names[0], weight))

    assert [name for name, _weight in steps][-4:-1] == ["case history/", "case messages/", "case withdraw/"]
    # One step of the way opens up to three pages, the first also brings the styles.
    assert [step for step in steps[1:] if step[1].bytes > 3 * NEXT_PAGE] == []


def test_nothing_on_the_way_breaks_the_policy_of_the_browser(browse, applying):
    page = browse(scripts=True)
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for _name in applying(page):
        pass

    # A form with errors is answered with 422, which the console names; nothing else may stand there.
    assert [line for line in said if "422" not in line] == []


def test_the_keyboard_alone_suffices_to_begin_an_application(browse):
    page = browse(scripts=True)
    page.goto("/place/?q=Заречн")
    _tab_to(page, "button[name=place]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto("/services/housing-subsidy/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "z-skip-link"
    for stop in ("form[action$='/begin/'] button", "main a.z-button"):
        _tab_to(page, stop)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    _tab_to(page, "input[name='address.text']")
    page.keyboard.type("г. Заречный, ул. Садовая, д. 5")
    _tab_to(page, "input[name=tenure]")
    page.keyboard.press("Space")
    _tab_to(page, "input[name=registered_here]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pages/household/")


def _tab_to(page, selector):
    """Press Tab until the element has the focus."""
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_the_first_line_of_the_error_summary_leads_to_the_field(browse):
    page = browse(scripts=True)
    page.goto("/track/")
    page.locator("main form button.z-button").click()
    page.locator(".z-error-summary a").first.click()

    assert page.evaluate("document.activeElement.name") == "code"


def test_a_print_of_the_receipt_holds_the_codes_and_no_navigation(browse, applying):
    page = browse(scripts=True)
    for name in applying(page):
        if name == "receipt":
            break
    page.emulate_media(media="print")

    assert not page.locator(".z-header nav").is_visible()
    assert not page.locator(".z-footer").is_visible()
    assert page.locator(".z-panel strong").first.is_visible()
