"""What the people of Zarechny do in a browser: sign in, press, choose, and read what stands there."""

from __future__ import annotations

import re
from collections.abc import Mapping

from playwright.sync_api import Page

from zemstvo.town.cast import CAST, PASSWORD

PAPER = {"name": "документ.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF"}


def sign_in(page: Page, key: str) -> Page:
    """Sign in one of the cast with the password of the demo."""
    player = next(player for player in CAST if player.key == key)
    page.goto("/account/login/")
    page.fill("input[name=login]", player.address)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button.z-button").first.click()
    assert "/account/login" not in page.url, page.inner_text("main")
    return page


def heading(page: Page) -> str:
    """The one heading of the page."""
    return page.inner_text("h1").strip()


def press(page: Page, words: str) -> None:
    """Press the button of the page with exactly these words."""
    page.locator("main").get_by_role("button", name=words, exact=True).click()


def follow(page: Page, words: str) -> None:
    """Follow the first link of the page that holds these words."""
    page.locator("main a", has_text=words).first.click()


def answer(page: Page, given: Mapping[str, str], button: str = "Продолжить") -> None:
    """Fill in a page of questions: text is typed, an option that stands there is chosen; and go on."""
    for name, value in given.items():
        asked = page.locator(f'[name="{name}"]')
        assert asked.count(), f"{name} is not asked: {page.inner_text('main')}"
        if asked.first.get_attribute("type") in ("radio", "checkbox"):
            page.check(f'[name="{name}"][value="{value}"]')
        else:
            asked.fill(value)
    press(page, button)


def said(page: Page, words: str) -> str:
    """What stands beside these words in a list of the page."""
    row = page.locator(".z-summary-list__row, .z-panel p", has_text=words).first
    return row.inner_text().strip()


def case_number(page: Page) -> str:
    """The number of the case on the page."""
    found = re.search(r"ZARECHNY-2026-\d{6}-\d", page.inner_text("main"))
    assert found, page.inner_text("main")
    return found[0]


def take_action(page: Page, number: str, action: str, given: Mapping[str, str] | None = None) -> None:
    """At the desk: open the case, choose the action, answer its questions, confirm."""
    page.goto(f"/desk/cases/{number}/")
    follow(page, action)
    answer(page, given or {}, button=action)
    assert page.url.endswith(f"/desk/cases/{number}/"), page.inner_text("main")
