"""A tour of the house: whoever there is, walked through every page that they can come to.

`crawled` follows the links of a page, one page of each kind; `visitor`, `accounts`, `citizen`, `official` and
`failures` add what only forms and refusals lead to. Each yields the name of what stands on the screen, so
that a test can look at it. `routes` is the list of all addresses of the site, `NO_PAGES` are those behind
which no page stands, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urlsplit

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from journeys.walking import sign_in
from playwright.sync_api import Page

NO_PAGES = {
    "language/": "takes a form and leads back",
    "services/<slug:service>/begin/": "takes a form and opens a draft",
    "drafts/<public_id:draft>/": "leads to the page of the draft that is next",
    "cases/<str:number>/promise/": "a file: the promise of the journal",
    "cases/<str:number>/leave/": "takes a form: the code is forgotten on this device",
    "cases/<str:number>/files/<public_id:file>/": "a file of the applicant",
    "cases/<str:number>/documents/<public_id:document>/pdf/": "a file: the document",
    "desk/": "leads to the work of the mandate",
    "desk/mandates/choose": "takes a form",
    "desk/counter/drafts/<str:draft>/discard": "takes a form",
    "desk/cases/<str:number>/letters/<slug:document>/preview.pdf": "a file: the letter as it will be printed",
    "desk/cases/<str:number>/evidence/": "takes a form",
    "desk/cases/<str:number>/documents/<str:document>/pdf": "a file: the document",
    "desk/cases/<str:number>/documents/<str:document>/signature": "takes a form",
    "desk/cases/<str:number>/documents/<str:document>/deliver": "takes a form",
    "desk/cases/<str:number>/files/<str:file>": "a file of the case",
    "desk/setup/authorities/<slug:code>/end": "takes a form",
    "desk/setup/tokens/revoke": "takes a form",
    "account/2fa/recovery-codes/download/": "a file: the spare codes",
    "healthz": "for machines",
    "readyz": "for machines",
    "metrics": "for machines",
}
"""Addresses that show no page, and why."""

MACHINES = "api/"
"""Below it everything is JSON; the tests of the API look at it."""

ONE_OF_EACH = {
    "portal:case": "number",
    "desk:case": "number",
    "desk:action": "action",
    "desk:letter": "document",
}
"""What makes two pages of one address different enough to look at both."""

WRONG = {
    "track/",
    "drafts/resume/",
    "profile/",
    "account/login/",
    "account/login/code/",
    "account/signup/",
    "account/email/",
    "account/password/change/",
    "desk/cases/<str:number>/message/",
    "desk/cases/<str:number>/suspend/",
    "desk/cases/<str:number>/evidence/<str:asked>/",
    "desk/counter/<slug:service>/",
    "desk/setup/territories/new",
    "desk/setup/territories/import",
    "desk/setup/authorities/new",
    "desk/setup/authorities/<slug:code>/offices/new",
    "desk/setup/authorities/<slug:code>/officials/new",
    "desk/setup/authorities/<slug:code>/officials/<str:official>/absence",
    "desk/setup/tokens/",
}
"""Forms that are also sent empty, to look at their faults."""

NEW_PASSWORD = "заря-над-прудом-2026"


def routes() -> set[str]:
    """Every address of the site, as its pattern."""
    return set(_routes(get_resolver("zemstvo.site.urls"), ""))


def _routes(found: URLResolver, above: str) -> Iterator[str]:
    for one in found.url_patterns:
        route = above + str(one.pattern)
        if isinstance(one, URLPattern):
            yield route
        else:
            yield from _routes(one, route)


def route_of(address: str) -> str:
    """The pattern of an address of this site; empty where there is none."""
    try:
        return resolve(urlsplit(address).path).route
    except Resolver404:
        return ""


# Following links -----------------------------------------------------------------------------------------


def crawled(page: Page, *begin: str, below: str = "/", seen: set[object] | None = None) -> Iterator[str]:
    """Open these pages, and then one page of each kind that they lead to, and so on.

    `seen` are the kinds that need not be opened again; this walk adds its own.
    """
    seen = set() if seen is None else seen
    first, waiting = set(begin), list(begin)
    while waiting:
        path = waiting.pop(0)
        if _kind(path) in seen and path not in first:
            continue
        first.discard(path)
        seen.add(_kind(path))
        page.goto(path)
        yield path
        waiting += [link for link in _links(page) if link.startswith(below)]
        if route_of(page.url) in WRONG and _kind(path) == _kind(page.url) and _emptied(page):
            yield f"{path} sent empty"


def _kind(path: str) -> object:
    """What two pages of one kind have in common: the view and what is asked, not numbers and keys."""
    match, asked = resolve(urlsplit(path).path), dict(parse_qsl(urlsplit(path).query))
    own = match.kwargs.get(ONE_OF_EACH.get(match.view_name, ""), "")
    return (match.route, own, asked.get("show", ""), *sorted({"in", "kind", "event", "all"} & asked.keys()))


def _links(page: Page) -> list[str]:
    """The pages of this site that the page leads to."""
    found = page.eval_on_selector_all("a[href^='/']", "all => all.map(one => one.getAttribute('href'))")
    return [link.partition("#")[0] for link in found if route_of(link) not in {*NO_PAGES, ""}]


def _emptied(page: Page) -> bool:
    """Send the last form of the page with nothing in it; whether it was refused."""
    form = page.locator("main form:has(button.z-button)").last
    for typed in form.locator("input[type=text], input[type=email], textarea").all():
        typed.fill("")
    with page.expect_navigation() as answer:
        form.locator("button.z-button").first.click()
    assert answer.value.status in (200, 422), (page.url, answer.value.status)
    return page.locator(".z-error-summary").count() > 0


# The people ----------------------------------------------------------------------------------------------


def visitor(page: Page) -> Iterator[str]:
    """Somebody without an account looks at all that is open."""
    found = ("/place/?q=Заречн", "/services/?q=субсидия")
    hidden = ("/verify", "/journal", "/mailbox/", "/problems/stale", "/account/inactive/")
    yield from crawled(page, "/", "/services/housing-subsidy/", *found, *hidden)
    for nothing in ("/place/?q=Ничегов", "/services/?q=ъъъ", "/verify?code=ABC"):
        page.goto(nothing)
        yield nothing


def applicant(page: Page, way: Iterator[str]) -> Iterator[str]:
    """The way of an application, and what stands beside it: come back later, throw away."""
    for name in way:
        yield name
        if name == "check":
            here = page.url
            for beside in ("code/", "discard/"):
                page.goto(here.replace("check/", beside))
                yield f"draft {beside}"
            page.goto(here)


def accounts(page: Page) -> Iterator[str]:
    """A new account: its code, its password, its second step, and forgetting all of it."""
    draft = _begun(page)
    page.goto("/account/signup/")
    page.fill("input[name=email]", "new@zarechny.example")
    _press(page)
    yield "code of a new account"
    _type_code(page)
    yield "first page of a new account"
    page.goto(draft)
    yield "draft that waits for the account"
    for nothing in ("/cases/", "/notices/", "/looks/", "/acting/"):
        page.goto(nothing)
        yield f"{nothing} of a new account"
    page.goto("/account/password/set/")
    yield "first password"
    for field in page.locator("input[type=password]").all():
        field.fill(NEW_PASSWORD)
    _press(page)
    yield "signed in with the new password"
    yield from crawled(page, "/account/password/change/", "/account/email/", below="/account/")
    yield from _second_step(page)
    yield from _forgotten(page)


def _begun(page: Page) -> str:
    """Begin an application without an account; the address of its draft."""
    page.goto("/services/housing-subsidy/")
    page.click("form[action$='/begin/'] button")
    page.fill("input[name=q]", "Заречн")
    page.click("form[role=search] button")
    page.locator("button[name=place]").first.click()
    page.click("form[action$='/begin/'] button")
    return page.url.replace("code/", "")


def _sign_in_anew(page: Page) -> None:
    page.goto("/account/login/")
    page.fill("input[name=login]", "new@zarechny.example")
    page.fill("input[name=password]", NEW_PASSWORD)
    _press(page)


def _second_step(page: Page) -> Iterator[str]:
    page.goto("/account/2fa/totp/activate/")
    yield "asked for the password once more"
    page.fill("input[name=password]", NEW_PASSWORD)
    _press(page)
    yield "second step"
    page.fill("input[name=code]", "000000")
    _press(page)
    yield "second step with a wrong code"
    page.fill("input[name=code]", _one_time(page.locator("main code").inner_text()))
    _press(page)
    yield "spare codes"
    yield from crawled(
        page,
        "/account/2fa/",
        "/account/2fa/reauthenticate/",
        "/account/2fa/recovery-codes/",
        "/account/reauthenticate/",
        "/account/logout/",
        below="/account/",
    )
    page.goto("/account/logout/")
    _press(page)
    _sign_in_anew(page)
    yield "second step of signing in"
    with page.expect_navigation():
        page.locator("main button.z-quiet").last.click()


def _forgotten(page: Page) -> Iterator[str]:
    page.goto("/account/login/code/")
    page.fill("input[name=email]", "oleg@zarechny.example")
    _press(page)
    yield "code for signing in"
    page.context.clear_cookies(name=re.compile("session"))
    page.goto("/account/password/reset/")
    yield "forgotten password"
    page.fill("input[name=email]", "oleg@zarechny.example")
    _press(page)
    yield "code of a forgotten password"
    _type_code(page)
    yield "new password"
    for field in page.locator("input[type=password]").all():
        field.fill(NEW_PASSWORD)
    _press(page)
    yield "password is changed"
    page.goto("/mailbox/")
    yield "mailbox with letters"
    with page.expect_navigation():
        page.locator(".z-links a").first.click()
    yield "letter in the mailbox"


def citizen(page: Page, key: str, *begin: str, seen: set[object]) -> Iterator[str]:
    """Somebody with an account: own cases, documents, notices, and for whom they act."""
    sign_in(page, key)
    yield from crawled(page, *begin, seen=seen)


def official(page: Page, key: str, *begin: str, seen: set[object]) -> Iterator[str]:
    """One of the cast at the desk: the lists, each case, each form."""
    sign_in(page, key)
    yield from crawled(page, *begin, below="/desk/", seen=seen)


def failures(page: Page, errors: Iterable[str]) -> Iterator[str]:
    """The page of each error that an address can end in."""
    for name in errors:
        page.goto(f"/broken/{name}")
        yield f"error {name}"


def too_large(page: Page) -> Iterator[str]:
    """A form that holds more than the site takes."""
    page.goto("/track/")
    page.evaluate("document.querySelector('input[name=code]').value = 'z'.repeat(5000)")
    _press(page)
    yield "error too-large"


def counter(page: Page) -> Iterator[str]:
    """Vera types what somebody says at the counter: who it is, what is asked, and it is filed."""
    sign_in(page, "vera")
    page.goto("/desk/counter/housing-subsidy/")
    yield "kind of applicant at the counter"
    page.goto("/desk/counter/housing-subsidy/?asked=1&kind=person")
    yield "applicant at the counter"
    _press(page)
    yield "applicant at the counter with errors"
    page.fill("input[name=family_name]", "Лебедева")
    page.fill("input[name=given_name]", "Тамара")
    page.check("input[name=identity][value=passport]")
    _press(page)
    yield "questions at the counter"
    page.goto(f"{page.url}applicant/")
    yield "who it is, looked at again"
    page.go_back()
    with page.expect_navigation():
        page.click("button[name=file]")
    yield "questions at the counter with errors"


def invited(page: Page, secret: str) -> Iterator[str]:
    """Who holds the one-time link becomes the first administrator."""
    page.goto(f"/desk/invitation/{secret}")
    yield "invitation"
    _press(page)
    yield "invitation sent empty"


def token(page: Page) -> Iterator[str]:
    """A token is shown once, and then stands in the list."""
    sign_in(page, "artyom")
    page.goto("/desk/setup/tokens/")
    page.fill("input[type=text] >> nth=0", "МФЦ Заречного")
    page.locator("main input[type=checkbox]").first.check()
    _press(page)
    yield "new token"


def _press(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form button.z-button").first.click()


def _type_code(page: Page) -> None:
    """Take the newest code out of the mailbox of the demo and type it."""
    mailbox = page.context.new_page()
    mailbox.goto("/mailbox/")
    mailbox.locator(".z-links a").first.click()
    code = re.search(r"\b(?=\w*-?\w*)[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}\b", mailbox.inner_text(".z-message"))
    assert code, mailbox.inner_text("main")
    mailbox.close()
    page.fill("main input[name=code]", code[0])
    _press(page)


def _one_time(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret.strip(), counter))
