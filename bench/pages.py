"""What a page costs: bytes and requests in Chromium, the server's time, and pages a second.

`zemstvo bench pages --json` starts the demo, walks through every page of citizens as somebody without an
account, then signed in, and prints {"pages": [{"path", "first_bytes", "next_bytes", "requests",
"server_ms"}], "throughput": {…}}. Bytes are what crossed the wire (Network.loadingFinished), with headers:
`first_bytes` for somebody who comes to this very page first, `next_bytes` with the styles in the cache.
`server_ms` is the median of the time to the first byte of the answer, over the loopback.

Throughput is measured at 32 connections: an empty answer (`/healthz`) and the public page of a service in
turns, then a tracked case, whose reader has typed the code. What the generator took of the processor it says
itself; on a machine with few cores that share is missing from every figure alike.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import statistics
import sys
from dataclasses import asdict, dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench import load
from bench.house import House, house
from zemstvo.site.suite import needs
from zemstvo.town.cast import CAST, PASSWORD

FIRST, NEXT, REQUESTS = 14_000, 5_000, 2
"""The budget of a page of citizens (DESIGN §6)."""

SERVICE = "/services/housing-subsidy/"
PUBLIC = (
    "/",
    "/services/",
    "/services/?q=субсидия",
    SERVICE,
    "/services/address-assignment/",
    "/authorities/",
    "/place/",
    "/track/",
    "/drafts/resume/",
    "/help/",
    "/accessibility/",
    "/appearance/",
    "/verify",
    "/journal",
    "/account/login/",
    "/account/login/code/",
    "/account/signup/",
)
SIGNED_IN = ("/cases/", "/notices/", "/looks/", "/profile/", "/acting/")
OF_A_CASE = ("", "answers/", "history/", "messages/", "withdraw/")
CONNECTIONS = 32


@dataclass(frozen=True, slots=True)
class Cost:
    """One page: bytes of a first visit and of a next one, requests of the first, the server's time."""

    path: str
    first_bytes: int
    next_bytes: int
    requests: int
    server_ms: float

    @property
    def is_light(self) -> bool:
        """Whether it keeps the budget."""
        return self.first_bytes <= FIRST and self.next_bytes <= NEXT and self.requests <= REQUESTS


def main(words: list[str]) -> int:
    """Run the bench; prints a table, or JSON. 1 where a page is heavier than its budget."""
    parser = argparse.ArgumentParser(prog="zemstvo bench pages")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args(words)
    executable = needs.chromium()
    if not executable:
        print("Chromium is not installed here; CHROMIUM names its executable", file=sys.stderr)
        return 2
    with house("sqlite") as made, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        costs, tracked = _walk(browser, f"http://127.0.0.1:{made.port}")
        browser.close()
        throughput = _throughput(made, tracked, given)
    if given.json:
        print(json.dumps({"pages": [asdict(cost) for cost in costs], "throughput": throughput}, indent=2))
    else:
        print(_table(costs, throughput))
    return 0 if all(cost.is_light for cost in costs) else 1


def _walk(browser: Browser, site: str) -> tuple[list[Cost], tuple[str, str]]:
    """Every page of citizens; and the address of a case with the cookies of somebody who follows it."""

    def fresh() -> BrowserContext:
        context = browser.new_context(base_url=site, locale="ru")
        context.set_default_timeout(60_000)
        return context

    costs = [_cost(fresh(), path) for path in PUBLIC]
    anna = fresh()
    page = anna.new_page()
    page.goto("/account/login/")
    page.fill("input[name=login]", next(one for one in CAST if one.key == "anna").address)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button.z-button").first.click()
    page.goto("/cases/")
    case = page.locator("main a[href^='/cases/']").last.get_attribute("href") or ""
    kept = anna.storage_state()
    for path in (*SIGNED_IN, *(case + part for part in OF_A_CASE)):
        context = browser.new_context(base_url=site, locale="ru", storage_state=kept)
        costs.append(_cost(context, path, shown=path.replace(case, "/cases/…/") if case in path else path))
    visitor = fresh()
    costs += _applying(visitor)
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in visitor.cookies())
    return costs, (costs[-1].path, cookies)


def _cost(context: BrowserContext, path: str, shown: str = "") -> Cost:
    """What a page costs somebody who comes to it with an empty cache, and then comes again."""
    page = context.new_page()
    first_bytes, requests = _weight(page, path)
    next_bytes, _ = _weight(page, path)
    taken = statistics.median(_first_byte_ms(page, path) for _ in range(5))
    context.close()
    return Cost(shown or path, first_bytes, next_bytes, requests, round(taken, 1))


def _weight(page: Page, path: str) -> tuple[int, int]:
    """Bytes over the wire and requests of one visit."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    octets: list[float] = []
    asked: set[str] = set()
    session.on("Network.loadingFinished", lambda event: octets.append(event["encodedDataLength"]))
    session.on("Network.requestWillBeSent", lambda event: asked.add(_request(event)))
    page.goto(path, wait_until="networkidle")
    session.detach()
    return int(sum(octets)), len(asked - {""})


def _request(event: dict[str, Any]) -> str:
    """The request of an event; what the page holds inside itself is none."""
    return "" if event["request"]["url"].startswith("data:") else str(event["requestId"])


def _first_byte_ms(page: Page, path: str) -> float:
    page.goto(path)
    entry = page.evaluate("performance.getEntriesByType('navigation')[0].toJSON()")
    return float(entry["responseStart"] - entry["requestStart"])


def _applying(context: BrowserContext) -> list[Cost]:
    """The pages of an application without an account, each weighed once it stands there."""
    page = context.new_page()
    page.goto(f"/place/?next={SERVICE}")
    page.fill("input[name=q]", "Заречный")
    page.click("form[role=search] button")
    page.locator("button[name=place]").first.click()
    page.click("form[action$='/begin/'] button")
    costs = [_again(context, page, "/drafts/…/code/")]
    page.click("main a.z-button")
    for given in _ANSWERS:
        costs.append(_again(context, page, re.sub(r"drafts/[^/]+", "drafts/…", page.url.split("/", 3)[3])))
        for name, value in given:
            choice = page.locator(f'input[name="{name}"][value="{value}"]')
            choice.check() if choice.count() else page.fill(f'[name="{name}"]', value)
        page.locator("main form button.z-button:not(.z-button--secondary)").last.click()
    costs.append(_again(context, page, "/cases/…/receipt/"))
    case = "/" + page.url.split("/", 3)[3].replace("receipt/", "").partition("#")[0]
    page.goto(case)
    costs.append(_again(context, page, case))
    return costs


def _again(context: BrowserContext, page: Page, shown: str) -> Cost:
    """The page that stands on the screen, as the same visitor would get it with an empty cache."""
    browser = context.browser
    assert browser is not None
    return _cost(browser.new_context(locale="ru", storage_state=context.storage_state()), page.url, shown)


_ANSWERS: tuple[tuple[tuple[str, str], ...], ...] = (
    (("address.text", "г. Заречный, ул. Садовая, д. 5"), ("tenure", "owner"), ("registered_here", "yes")),
    (("lives_alone", "yes"),),
    (("income_kinds", "none"),),
    (("monthly_cost", "9800"), ("court_debt", "no")),
    (("pay_to", "post"),),
    (("truth", "yes"),),
    (("who.family_name", "Морозова"), ("who.given_name", "Анна")),
    (),
)
"""The shortest honest application: what is answered on each page; the last is the check of the answers."""


def _throughput(made: House, tracked: tuple[str, str], given: argparse.Namespace) -> dict[str, Any]:
    """Pages a second at 32 connections: medians of rounds in turns, so that a busy moment hits all alike."""
    path, cookies = tracked
    kinds = {"empty": ("/healthz", ""), "service": (SERVICE, ""), "case": (path, cookies)}
    runs: dict[str, list[load.Tally]] = {name: [] for name in kinds}
    for _ in range(given.rounds):
        for name, (address, kept) in kinds.items():
            runs[name].append(_driven(made.port, address, kept, given.seconds))
    speed = {name: statistics.median(one.answers_per_second for one in found) for name, found in runs.items()}
    middle = {
        name: sorted(found, key=lambda one: one.answers_per_second)[len(found) // 2]
        for name, found in runs.items()
    }
    return {
        "empty_per_second": round(speed["empty"]),
        "service_page_per_second": round(speed["service"]),
        "service_page_ratio": round(speed["service"] / speed["empty"], 3) if speed["empty"] else 0.0,
        "tracked_case_per_second": round(speed["case"]),
        "p99_ms": {name: round(one.quantile(0.99), 1) for name, one in middle.items()},
        "statuses": {name: dict(one.statuses) for name, one in middle.items()},
        "generator_cpu_share": {name: round(one.own_cpu / one.seconds, 2) for name, one in middle.items()},
        "connections": CONNECTIONS,
    }


def _driven(port: int, path: str, cookies: str, seconds: float) -> load.Tally:
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: br, gzip\r\nAccept-Language: ru\r\n"
    request = (head + (f"Cookie: {cookies}\r\n" if cookies else "") + "\r\n").encode()
    return load.drive(port, itertools.repeat(request), connections=CONNECTIONS, seconds=seconds)


def _table(costs: list[Cost], throughput: dict[str, Any]) -> str:
    lines = [f"{'page':44} {'first':>7} {'next':>6} {'requests':>8} {'server ms':>9}"]
    lines += [
        f"{cost.path:44} {cost.first_bytes:7} {cost.next_bytes:6} {cost.requests:8} {cost.server_ms:9}"
        + ("" if cost.is_light else "  too heavy")
        for cost in costs
    ]
    return "\n".join(
        [*lines, "", *(f"{name.replace('_', ' ')}: {value}" for name, value in throughput.items())]
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
