"""What a start makes besides the tables, and what it says when the site answers."""

from __future__ import annotations

from django.conf import settings

from zemstvo.site import beginning


def make(kind: str) -> None:
    """Publish the bundled packages, and on the first start build the demo or the first invitation."""
    beginning.remember(settings.DATA, kind)


def greet(host: str, port: int) -> None:
    """Say that the site is ready, and how to get in."""
    shown = f"[{host}]" if ":" in host else host
    print(f"ready http://{shown}:{port}", flush=True)
