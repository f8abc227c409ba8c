"""A browser and a town for the journeys: Chromium, axe, the weight of a page, with and without scripts.

`site` is the address of the running site, with Zarechny in it (`zarechny`) and its static files packed as in
earnest; `browse(language=…, width=…, scripts=…)` opens a page of a fresh visitor. `faults` runs axe on a
page, `overflow` says by how much it is too wide, `weigh` counts what crossed the wire, `applying` walks the
whole way of an application. A test that uses them carries the marks `browser` and
`django_db(transaction=True, databases=["default", "keys"])`. CHROMIUM names another executable than Debian's.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import caches
from django.test import override_settings
from django.test.testcases import LiveServerThread
from django.utils.functional import empty
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from zemstvo.capabilities.services.check import check_package
from zemstvo.capabilities.services.commands import publish_document
from zemstvo.ground.journal.acts import house_act
from zemstvo.ground.people.middleware import Visited
from zemstvo.site import static
from zemstvo.town.testing import MORNING, TownForTests

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESKTOP = 1280
PACKAGES = Path(__file__).parents[2] / "packages"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys."""
    # Playwright's loop makes Django believe that it is called from asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        executable = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def packed_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The static files, fingerprinted and compressed as a start of the site does it."""
    changed = override_settings(STATIC_ROOT=tmp_path_factory.mktemp("files") / "static")
    changed.enable()
    static.collect()
    staticfiles_storage._wrapped = empty
    yield
    changed.disable()
    staticfiles_storage._wrapped = empty


@cache
def _document(service: str) -> Any:
    return check_package(PACKAGES / service).document


@pytest.fixture
def zarechny(transactional_db: None, monkeypatch: pytest.MonkeyPatch, settings: Any) -> TownForTests:
    """Zarechny with accounts and services, on the Monday morning of all tests."""
    monkeypatch.setattr(Visited, "at", MORNING)
    caches["memory"].clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick: only for tests
    town = TownForTests(with_accounts=True)
    for service in ("housing-subsidy", "address-assignment"):
        publish_document(house_act(at=MORNING), _document(service))
    return town


@pytest.fixture
def site(zarechny: TownForTests, packed_files: None, settings: Any) -> Iterator[str]:
    """The address of the running site, without a slash at its end."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.DEMO = True
    server = LiveServerThread("127.0.0.1", static_handler=lambda handler: handler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


@pytest.fixture
def browse(chromium: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Open a page of a fresh visitor: no scripts, Russian, a desktop, unless said otherwise."""
    contexts: list[BrowserContext] = []

    def opened(*, language: str = "ru", width: int = DESKTOP, scripts: bool = False, **more: Any) -> Page:
        context = chromium.new_context(
            base_url=site,
            locale=language,
            viewport={"width": width, "height": 800},
            java_script_enabled=scripts,
            **more,
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def faults() -> Callable[[Page], list[str]]:
    """What axe finds on a page as it stands (WCAG 2.2 A and AA), a line for each fault. Needs scripts."""
    run = "tags => axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"

    def found(page: Page) -> list[str]:
        page.evaluate(AXE)
        return [
            f"{page.url}: {violation['id']}: {node['html'][:160]}"
            for violation in page.evaluate(run, AXE_TAGS)["violations"]
            for node in violation["nodes"]
        ]

    return found


@pytest.fixture(scope="session")
def overflow() -> Callable[[Page], int]:
    """By how many pixels a page would have to be scrolled sideways. Needs scripts."""
    measure = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return lambda page: int(page.evaluate(measure))


@dataclass(frozen=True, slots=True)
class Weight:
    """What one visit to a page cost: bytes over the wire with headers, and requests."""

    bytes: int
    requests: int


@pytest.fixture(scope="session")
def weigh() -> Callable[..., Weight]:
    """Open a path in a page, or do something in it, and count every byte that came over the wire for it."""

    def weighed(page: Page, path: str = "", do: Callable[[], Any] | None = None) -> Weight:
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        requests: set[str] = set()
        octets: list[float] = []
        session.on("Network.requestWillBeSent", lambda event: _note(requests, event))
        session.on("Network.loadingFinished", lambda event: octets.append(event["encodedDataLength"]))
        if do is not None:
            do()
            page.wait_for_load_state("networkidle")
        else:
            page.goto(path, wait_until="networkidle")
        session.detach()
        return Weight(int(sum(octets)), len(requests))

    return weighed


def _note(requests: set[str], event: dict[str, Any]) -> None:
    if not event["request"]["url"].startswith("data:"):
        requests.add(event["requestId"])


# The way of a citizen, step by step -----------------------------------------------------------------------


def press(page: Page) -> None:
    """The main button of the page."""
    page.locator("main form button.z-button:not(.z-button--secondary)").last.click()


@pytest.fixture(scope="session")
def applying() -> Callable[..., Iterator[str]]:
    """The whole way of a visitor without an account, from the service to the receipt and the case.

    Yields the name of each page that stands on the screen, so that a test can look at it.
    """
    return _applying


def _applying(page: Page) -> Iterator[str]:
    page.goto("/services/housing-subsidy/")
    page.click("form[action$='/begin/'] button")
    page.fill("input[name=q]", "Заречн")
    page.click("form[role=search] button")
    yield "place"
    page.locator("button[name=place]").first.click()
    yield "service"
    page.click("form[action$='/begin/'] button")
    yield "code"
    page.click("main a.z-button")
    yield from _questions(page)
    page.fill("input[name='who.family_name']", "Морозова")
    page.fill("input[name='who.given_name']", "Анна")
    press(page)
    yield "check"
    press(page)
    yield "receipt"
    case = page.url.replace("receipt/", "").partition("#")[0]
    for part in ("", "answers/", "history/", "messages/", "withdraw/"):
        page.goto(case + part)
        yield f"case {part}"


def _questions(page: Page) -> Iterator[str]:
    yield "home"
    press(page)
    yield "home with errors"
    page.fill("input[name='address.text']", "г. Заречный, ул. Садовая, д. 5")
    page.check("input[value=private_tenant]")
    page.check("input[name=registered_here][value=yes]")
    press(page)
    paper = {"name": "договор.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF"}
    page.set_input_files("input[name=tenure_document]", paper)
    page.click("button[name=attach]")
    yield "home with a file"
    press(page)
    page.check("input[name=lives_alone][value=no]")
    page.click("button[name=add]")
    yield "household"
    press(page)
    yield "household with errors"
    page.check("input[name=lives_alone][value=yes]")
    press(page)
    page.check("input[name=income_kinds][value=none]")
    yield "income"
    press(page)
    page.fill("input[name=monthly_cost]", "9 800,50")
    page.check("input[name=court_debt][value=no]")
    press(page)
    yield "payment"
    page.check("input[name=pay_to][value=post]")
    press(page)
    page.check("input[name=truth]")
    press(page)
    yield "who applies"
