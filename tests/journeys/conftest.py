"""A browser for the journeys: Chromium, axe, the weight of a page, with and without scripts.

`site` is the address of the running site; `browse(language=…, width=…, scripts=…)` opens a page of a fresh
visitor; `faults(page)` runs axe on it; `weigh(page, path)` counts what crossed the wire. A test that uses
them carries the mark `browser`. CHROMIUM names another executable than Debian's.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE, DESKTOP = 360, 1280


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


@pytest.fixture
def site(live_server: Any) -> str:
    """The address of the running site, without a slash at its end."""
    return str(live_server.url)


@pytest.fixture
def browse(chromium: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Open a page of a fresh visitor: no scripts, Russian, a desktop, unless said otherwise."""
    contexts: list[BrowserContext] = []

    def opened(
        *, language: str = "ru", width: int = DESKTOP, scripts: bool = False, **more: Any
    ) -> Page:
        context = chromium.new_context(
            base_url=site,
            locale=language,
            viewport={"width": width, "height": 800},
            java_script_enabled=scripts,
            **more,
        )
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it stands (WCAG 2.2 A and AA), a line for each fault. Needs scripts."""
    page.evaluate(AXE)
    run = "tags => axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
    found = page.evaluate(run, AXE_TAGS)
    return [
        f"{page.url}: {violation['id']}: {node['html'][:160]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page would have to be scrolled sideways. Needs scripts."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@dataclass(frozen=True, slots=True)
class Weight:
    """What one visit to a page cost: bytes over the wire with headers, and requests."""

    bytes: int
    requests: int


def weigh(page: Page, path: str) -> Weight:
    """Open `path` in the page and count every byte that came over the wire for it."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    requests: set[str] = set()
    octets: list[float] = []
    session.on("Network.requestWillBeSent", lambda event: _note(requests, event))
    session.on("Network.loadingFinished", lambda event: octets.append(event["encodedDataLength"]))
    page.goto(path, wait_until="networkidle")
    session.detach()
    return Weight(int(sum(octets)), len(requests))


def _note(requests: set[str], event: dict[str, Any]) -> None:
    if not event["request"]["url"].startswith("data:"):
        requests.add(event["requestId"])
