"""A visitor who reads pages and fills in their forms as a browser without scripts does."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

Files = dict[str, tuple[str, bytes]]
"""Uploads by input: the name of the file and its content."""


@dataclass
class Form:
    """A form of a page: where it goes, what it holds, which buttons it has."""

    method: str
    action: str
    values: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)


class Reader(HTMLParser):
    """Reads forms, links and headings out of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.heading = ""
        self._open: str | None = None
        self._text = ""
        self._attributes: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.forms.append(Form(found.get("method", "get"), found.get("action", "")))
        elif tag == "input" and self.forms and found.get("type") != "file":
            self._input(found)
        elif tag == "option" and "selected" in found and self._open == "select":
            self.forms[-1].values.append((self._attributes["name"], found.get("value", "")))
        if tag in {"a", "button", "textarea", "h1", "select"}:
            self._open, self._attributes, self._text = tag, found, ""

    def _input(self, found: dict[str, str]) -> None:
        chosen = found.get("type") not in {"radio", "checkbox"} or "checked" in found
        if chosen and found.get("name"):
            self.forms[-1].values.append((found["name"], found.get("value", "")))

    def handle_data(self, text: str) -> None:
        self._text += text

    def handle_endtag(self, tag: str) -> None:
        if tag != self._open:
            return
        text = " ".join(self._text.split())
        if tag == "a":
            self.links.append((text, self._attributes.get("href", "")))
        elif tag == "button" and self.forms:
            name, value = self._attributes.get("name", ""), self._attributes.get("value", "")
            self.forms[-1].buttons.append((name, value, text))
        elif tag == "textarea" and self.forms:
            self.forms[-1].values.append((self._attributes.get("name", ""), self._text.lstrip("\n")))
        elif tag == "h1":
            self.heading = text
        self._open = None


class Visitor:
    """Somebody at the portal. `page` is what stands on the screen."""

    def __init__(self, account: Any = None, language: str = "ru") -> None:
        self.client = Client(headers={"accept-language": language}, enforce_csrf_checks=True)
        self.account = account
        if account is not None:
            self.client.force_login(account)
        self.status = 0
        self.path = ""
        self.page = ""
        self.answer: Any = None

    @property
    def read(self) -> Reader:
        """The page, read."""
        return Reader(self.page)

    def opens(self, path: str) -> Visitor:
        """Open an address."""
        return self._took(self.client.get(path, follow=True), path)

    def follows(self, text: str) -> Visitor:
        """Follow the first link with these words."""
        address = next(href for words, href in self.read.links if text in words)
        return self.opens(address if address.startswith("/") else f"{self.path}{address}")

    def form(self, button: str) -> Form:
        """The form that has a button with these words."""
        return next(
            form for form in self.read.forms if any(button in words for _n, _v, words in form.buttons)
        )

    def presses(
        self, button: str, files: dict[str, tuple[str, bytes]] | None = None, **typed: Any
    ) -> Visitor:
        """Fill in the form with this button and press it. `a__b` names the input `a.b`."""
        form = self.form(button)
        return self.sends(form, self.filled(form, button, files, **typed))

    def filled(
        self,
        form: Form,
        button: str,
        files: Files | None = None,
        **typed: Any,
    ) -> dict[str, Any]:
        """What the form sends when its button is pressed after these inputs were typed."""
        sent: dict[str, Any] = {}
        for name, value in form.values:
            sent.setdefault(name, []).append(value)
        for name, value in typed.items():
            sent[name.replace("__", ".")] = value if isinstance(value, list) else [value]
        name, value, _words = next(one for one in form.buttons if button in one[2])
        if name:
            sent[name] = [value]
        for name, (file_name, content) in (files or {}).items():
            sent[name] = [SimpleUploadedFile(file_name, content)]
        return sent

    def sends(self, form: Form, sent: dict[str, Any]) -> Visitor:
        """Send a form, perhaps once more."""
        path = form.action or self.path
        if form.method == "get":
            return self._took(self.client.get(path, sent, follow=True), path)
        return self._took(self.client.post(path, sent, follow=True), path)

    def _took(self, answer: Any, path: str) -> Visitor:
        self.answer = answer
        self.status = answer.status_code
        if "text/html" in answer.headers.get("Content-Type", ""):
            self.page = answer.content.decode()
        chain = answer.redirect_chain
        target = chain[-1][0] if chain else path
        parts = urlsplit(target)
        if chain or path.startswith("/"):
            self.path = parts.path + (f"?{parts.query}" if parts.query else "")
        return self
