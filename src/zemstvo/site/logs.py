"""Logs: one JSON object a line, with the request's id, and with nothing about people.

A line says when, how grave, from which part, the request and its route. It never holds a path, a query, a
form or the text of an exception, for all of these can carry a name, a code or an answer: of an exception
its class and its places in the code are kept. `ZEMSTVO_LOG_LEVEL=debug` adds the text of exceptions, for
a test installation.
"""

from __future__ import annotations

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

request_id: ContextVar[str] = ContextVar("zemstvo_request_id", default="")
"""The id of the request that this thread is answering."""

_FRAMES = 12


def configuration(form: str, level: str) -> dict[str, Any]:
    """The configuration for `dictConfig`: form is `json` or `text`, level a word of the environment."""
    grade = level.upper()
    loggers = {"handlers": ["stderr"], "level": grade, "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"discreet": {"()": "zemstvo.site.logs.Discreet"}},
        "formatters": {
            "json": {"()": "zemstvo.site.logs.JsonLines", "with_text": level == "debug"},
            "text": {"()": "zemstvo.site.logs.TextLines", "with_text": level == "debug"},
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": form, "filters": ["discreet"]},
        },
        "root": {"handlers": ["stderr"], "level": "WARNING" if grade == "INFO" else grade},
        "loggers": {
            "zemstvo": loggers,
            # Django's own lines about requests repeat paths; `zemstvo.request` says the same by route.
            "django.request": {"handlers": [], "level": "CRITICAL", "propagate": False},
            "django.security.csrf": {"handlers": [], "level": "CRITICAL", "propagate": False},
            "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
            "_granian": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            "granian.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
        },
    }


class Discreet(logging.Filter):
    """Drops the arguments of foreign messages: only our own say what their arguments are."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, and of a foreign one only its unfilled text."""
        if record.args and not record.name.startswith(("zemstvo", "_granian")):
            record.msg, record.args = str(record.msg), None
        return True


class JsonLines(logging.Formatter):
    """A record as one line of JSON. Our own records may carry `fields`, a dict of codes and numbers."""

    def __init__(self, *, with_text: bool = False) -> None:
        super().__init__()
        self.with_text = with_text

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return json.dumps(self.line(record), ensure_ascii=False, separators=(",", ":"), default=str)

    def line(self, record: logging.LogRecord) -> dict[str, Any]:
        """The members of the line, in the order in which they are read."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if known := request_id.get():
            line["request"] = known
        line.update(getattr(record, "fields", {}))
        if record.exc_info and record.exc_info[0]:
            line["exception"] = exception_line(record.exc_info[0], record.exc_info[2])
            if self.with_text:
                line["exception_text"] = str(record.exc_info[1])
        return line


class TextLines(JsonLines):
    """The same for eyes: time, level, logger, message, then name=value."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = self.line(record)
        head = f"{line.pop('at')} {line.pop('level'):7} {line.pop('logger')}: {line.pop('message')}"
        return " ".join([head, *(f"{name}={value}" for name, value in line.items())])


def exception_line(kind: type[BaseException], trace: TracebackType | None) -> str:
    """The class of an exception and the last places in the code that it came through, without its text."""
    frames = traceback.extract_tb(trace)[-_FRAMES:]
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return " < ".join([f"{kind.__module__}.{kind.__qualname__}", *reversed(places)])
