"""Tags and filters of all faces: dates, money, terms, fields, the appearance of the page.

{% load components %}
{{ case.due_on|day }}  {{ fee_minor|money }}  {{ "10wd"|term }}  {{ names|words }}
{% moment case.filed_at case.zone %}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField, Field
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zemstvo.faces.components import writing
from zemstvo.faces.components.appearance import Appearance
from zemstvo.faces.components.questions import Question, of_form

register = template.Library()


@register.filter
def day(value: date | str | None) -> str:
    """A day in words; an ISO text is read first; nothing for nothing."""
    if not value:
        return ""
    return writing.day_in_words(date.fromisoformat(value[:10]) if isinstance(value, str) else value)


@register.filter
def whole_days(sentence: object) -> str:
    """A sentence from elsewhere, the days in it unbroken."""
    return writing.with_whole_days(str(sentence))


@register.filter
def last_day(until: date | None) -> date | None:
    """The last day of a period whose end is exclusive."""
    return until - timedelta(days=1) if until else None


@register.filter
def money(minor: int | None, currency: str = "RUB") -> str:
    """An amount in minor units with its sign of currency."""
    return "" if minor is None else writing.money_in_words(minor, currency)


@register.filter
def term(value: Any) -> str:
    """A term of the law (`10wd`) in words."""
    return writing.term_in_words(str(value)) if value else ""


@register.filter
def days_left(due_on: date | None, today: date) -> str:
    """How many days are left until a day, or how late it is."""
    return writing.days_left_in_words(due_on, today) if due_on else ""


@register.filter
def snils(digits: str) -> str:
    """A SNILS as it stands on the card."""
    return writing.snils_in_words(digits)


@register.filter
def size(octets: int) -> str:
    """The size of a file in kB or MB."""
    return writing.size_in_words(octets)


@register.filter
def hours(week: Any) -> list[str]:
    """The opening hours of an office (territory.rules.Hours), a line for each span of equal days."""
    return writing.hours_in_words(week.as_week())


@register.filter
def words(names: Mapping[str, str] | str | None) -> SafeString | str:
    """A text by language in the active one; a fallback is marked with its `lang`."""
    if not names:
        return ""
    if isinstance(names, str):
        return names
    language = (get_language() or "ru").split("-")[0]
    if text := names.get(language):
        return text
    code, text = next(((code, text) for code, text in names.items() if text), ("", ""))
    return format_html('<span lang="{}">{}</span>', code, text) if text else ""


@register.filter
def plain(names: Mapping[str, str] | str | None) -> str:
    """The same as `words`, without mark-up: for titles and attributes."""
    if not names:
        return ""
    if isinstance(names, str):
        return names
    language = (get_language() or "ru").split("-")[0]
    return names.get(language) or next((text for text in names.values() if text), "")


@register.simple_tag(takes_context=True)
def moment(context: Context, value: datetime | None, zone: str = "") -> SafeString | str:
    """An instant as a `time` element, in the given zone, else in the `zone` of the page, else in UTC."""
    if value is None:
        return ""
    text = writing.moment_in_words(value, zone or context.get("zone") or "")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(timespec="minutes"), text)


@register.simple_tag
def question(
    field: BoundField | Question, label: str = "", hint: str = "", heading: object = False
) -> Question:
    """The question of a form field or of a package field; words given by the page take precedence."""
    found = field if isinstance(field, Question) else of_form(field)
    if label or hint:
        found = replace(found, label=str(label or found.label), hint=str(hint or found.hint))
    return found.as_heading() if heading else found


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the error summary."""

    text: str
    anchor: str = ""


@register.simple_tag
def error_lines(form: BaseForm | None, questions: Iterable[Question] | None, errors: Any) -> list[Line]:
    """All errors of a page in the order of its fields: of a form, of questions, and plain sentences."""
    lines = [Line(str(error)) for error in (errors or ())]
    if form:
        lines += [Line(str(error)) for error in form.non_field_errors()]
        lines += _lines_of_form(form)
    asked = list(questions or ())
    for one in asked:
        lines += _lines_of(one, is_alone=len(asked) == 1)
    return lines


def _lines_of_form(form: BaseForm) -> list[Line]:
    """The lines of the fields of a form; which is meant is said, unless the only one says it by itself."""
    is_alone = len(form.visible_fields()) == 1
    return [
        Line(
            str(error) if is_alone and str(error) != str(_REQUIRED) else _named(str(bound.label), str(error)),
            of_form(bound).first_input,
        )
        for bound in form
        for error in bound.errors
    ]


_REQUIRED = Field.default_error_messages["required"]
"""What Django says of an empty field; it does not say which."""


def _named(label: str, error: str) -> str:
    """A label and what is wrong, as one phrase: «Имя: укажите имя.», «Вы живёте одни? Выберите ответ.»"""
    if label.endswith(("?", ".", "!", ":")):
        return f"{label} {error}"
    return f"{label}: {_inside(error)}"


def _inside(words: str) -> str:
    """Words as they stand inside a sentence; an abbreviation keeps its capitals."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _lines_of(asked: Question, *, is_alone: bool, row: str = "") -> list[Line]:
    """The lines of a question and its parts; which one is meant is said, unless there is only one.

    `row` is the label of the row of a repeat in which it stands: «Член семьи 2, кто это: заполните это поле.»
    """
    label = f"{row}, {_inside(asked.label)}" if row else asked.label
    text = asked.error if is_alone and not asked.parts else _named(label, asked.error)
    own = [Line(text, asked.first_input)] if asked.error else []
    if asked.kind == "date":
        return own
    if asked.kind == "row":
        row = asked.label
    return own + [line for part in asked.parts for line in _lines_of(part, is_alone=False, row=row)]


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file, with its fingerprint."""
    return static(path)


@register.simple_tag
def installation() -> str:
    """The name of this installation in the active language."""
    names = getattr(settings, "INSTALLATION_NAME", None)
    return plain(names) if names else _("Zemstvo")


@register.simple_tag
def help_phone() -> str:
    """The telephone at which people help people, if the installation has one."""
    return str(getattr(settings, "HELP_PHONE", ""))


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a page that every face shares, as its top shows it."""

    is_signed_in: bool = False
    is_official: bool = False


@register.simple_tag(takes_context=True)
def reader(context: Context) -> Reader:
    """Who reads. Without a session cookie nothing is asked, so that a public page stays one for all."""
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return Reader()
    if not request.user.is_authenticated:
        return Reader()
    return Reader(is_signed_in=True, is_official=bool(request.mandates) or request.wants_second_factor)


@register.simple_tag
def other_languages() -> list[tuple[str, str]]:
    """The languages that the page could be read in besides the active one."""
    active = (get_language() or "ru").split("-")[0]
    return [(code, str(name)) for code, name in settings.LANGUAGES if code != active]


@register.simple_tag(takes_context=True)
def appearance_classes(context: Context) -> SafeString | str:
    """The class attribute of the page for the chosen size and colours."""
    request = context.get("request")
    classes = Appearance.of(request.COOKIES.get(Appearance.COOKIE, "")).classes if request else ""
    return format_html(' class="{}"', classes) if classes else ""
