"""The theme in the settings, for the first frame: found without tomllib, which would cost more than the frame.

Only lines that can be read in one way are read here. With any other before the theme the whole file is.
"""

from __future__ import annotations


def theme(path: str) -> str:
    """The theme that the settings file ``path`` asks for; empty when it asks for none or can not be read."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            text = file.read()
    except (OSError, ValueError):
        return ""
    if "theme" not in text:
        return ""
    for line in text.splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            return ""
        name, _, value = line.partition("=")
        words = _string(value.strip())
        if words is None:
            return _read_whole(path)
        if name.strip() == "theme":
            return words
        if "theme" in name:
            return _read_whole(path)
    return ""


def _string(value: str) -> str | None:
    """The text of a plain string on one line, with nothing but a comment behind it; None for anything else."""
    quote = value[:1]
    if quote not in ('"', "'") or value.startswith(quote * 3):
        return None
    words, closed, rest = value[1:].partition(quote)
    rest = rest.strip()
    return words if closed and "\\" not in words and (not rest or rest.startswith("#")) else None


def _read_whole(path: str) -> str:
    from deskmate.config import BadConfig, load

    try:
        return load(path).theme
    except BadConfig:
        return ""
