"""Officials who read while applications come in."""

from __future__ import annotations

import http.client
import re
from threading import Event
from urllib.parse import urlencode

VERA = {"login": "vera@zarechny.example", "password": "zarechny-demo"}
PAUSE = 0.5


def page(port: int, path: str) -> str:
    """A page for everybody."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    text = connection.getresponse().read().decode()
    connection.close()
    return text


class Reader:
    """Vera with her session."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get("/account/login/"))
        self._request("POST", "/account/login/", {**VERA, "csrfmiddlewaretoken": token[1] if token else ""})

    def get(self, path: str) -> str:
        """A page."""
        return self._request("GET", path)

    def _request(self, method: str, path: str, form: dict[str, str] | None = None) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, urlencode(form) if form else None, headers)
        response = connection.getresponse()
        for line in response.headers.get_all("Set-Cookie") or ():
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        text = response.read().decode(errors="replace")
        connection.close()
        return text


def read_on(reader: Reader, done: Event) -> None:
    """Open the list and its cases in turn until told to stop."""
    while not done.is_set():
        cases = re.findall(r'href="(/desk/cases/[^"]+)"', reader.get("/desk/work/?show=all"))
        for link in cases[:3]:
            if done.wait(PAUSE):
                return
            reader.get(link)
        done.wait(PAUSE)
