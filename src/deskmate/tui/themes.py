"""The two themes: what each style name looks like. All text stands at 7:1 or better on its ground.

The early frame paints with these before Textual is imported, so this module imports nothing.
"""

from __future__ import annotations

import os

DARK = {
    "ground": "#12161b",
    "cursor-ground": "#232b35",
    "field-ground": "#1a2027",
    "text": "#e6e8ea",
    "dim": "#b0b9c3",
    "rule": "#3a4550",
    "bright": "#ffffff",
    "p1": "#ffa177",
    "p2": "#f2cc60",
    "soon": "#f2cc60",
    "internal": "#8ccbf5",
    "good": "#8fdcb0",
    "accent": "#8ccbf5",
    "loud-ground": "#ffb19a",
    "loud-text": "#1a0f0b",
}

LIGHT = {
    "ground": "#fbfaf7",
    "cursor-ground": "#e6e9ec",
    "field-ground": "#f1f0ec",
    "text": "#1d2226",
    "dim": "#454d54",
    "rule": "#c3c8cc",
    "bright": "#000000",
    "p1": "#872b00",
    "p2": "#5c4300",
    "soon": "#5c4300",
    "internal": "#004a75",
    "good": "#0a5230",
    "accent": "#004a75",
    "loud-ground": "#a02000",
    "loud-text": "#ffffff",
}

# On pictures, whatever the theme: what one works on, of which no picture has much, and light and dark.
LIVE, PAPER, INK = "#ff2fd0", "#ffffff", "#000000"

# style name -> (colour of the text, colour of its ground or None for the line's own, bold)
STYLES: dict[str, tuple[str, str | None, bool]] = {
    "": ("text", None, False),
    "bold": ("bright", None, True),
    "dim": ("dim", None, False),
    "rule": ("rule", None, False),
    "bar": ("accent", None, True),
    "mark": ("accent", None, True),
    "p1": ("p1", None, True),
    "p2": ("p2", None, False),
    "soon": ("soon", None, False),
    "overdue": ("loud-text", "loud-ground", True),
    "internal": ("internal", None, False),
    "good": ("good", None, False),
    "key": ("accent", None, True),
    "tab": ("dim", None, False),
    "tab-on": ("bright", None, True),
    "error": ("p1", None, True),
}


class _Asked:
    theme = ""


def ask_for(theme: str) -> None:
    """Use this theme, light or dark, from now on. What the environment asks for comes first."""
    _Asked.theme = theme


def palette() -> dict[str, str]:
    """The palette of the theme in use: that of ``DESKMATE_THEME``, else the one that was asked for."""
    return LIGHT if (os.environ.get("DESKMATE_THEME") or _Asked.theme) == "light" else DARK


def ansi(name: str, ground: str = "ground") -> str:
    """The escape sequence that begins a style on a ground, as the early frame writes it."""
    colours = palette()
    text, own_ground, bold = STYLES[name]
    weight = "1;" if bold else ""
    if "NO_COLOR" in os.environ:
        return f"\x1b[0;{weight}{'7;' if own_ground else ''}".rstrip(";") + "m"
    return f"\x1b[0;{weight}38;2;{_rgb(colours[text])};48;2;{_rgb(colours[own_ground or ground])}m"


def _rgb(colour: str) -> str:
    return ";".join(str(int(colour[start : start + 2], 16)) for start in (1, 3, 5))
