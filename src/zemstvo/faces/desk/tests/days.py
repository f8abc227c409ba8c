"""Days as an official types them."""


def typed(name: str, day: str) -> dict[str, str]:
    """A day of the form 2026-11-23 in the three inputs of a question; whatever else stands in the year."""
    numbers = (*day.split("-", 2), "", "")
    return dict(zip((f"{name}.year", f"{name}.month", f"{name}.day"), numbers, strict=False))
