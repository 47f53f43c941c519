"""What an empty list says: what to press."""

from __future__ import annotations

from deskmate.domain.views import OwnView, View
from deskmate.tui.actions.keymap import Keymap
from deskmate.tui.frame import Spans

FIRST: list[Spans] = [
    [],
    [("   This desk is empty. Three ways to begin:", "bold")],
    [],
    [("   a ", "key"), (" write down a request in one line, as somebody tells you", "")],
    [("   q ", "key"), (" back to the shell, then bring in what you have:", "")],
    [("        deskmate import FILE --map title=Subject --map body=Text", "dim")],
    [("   ? ", "key"), (" all keys", "")],
    [],
    [("   Everything stays in one folder on this machine.", "dim")],
]

EMPTY = {
    View.NOW: "Nothing to act on. Well done.",
    View.NEW: "Nothing untriaged.",
    View.WAITING: "Nothing waits for somebody else.",
    View.PARKED: "Nothing parked.",
    View.PROMISED: "Nothing promised that is still open.",
    View.TODAY: "Nothing left for today.",
    View.HELD: "Nothing was held, or all of it was looked at.",
    View.LOOSE: "No loose ends. Well done.",
    View.RESOLVED: "Nothing resolved yet.",
    View.ALL: "Nothing here.",
}


def lines(tab: View | OwnView, query: str, first_time: bool, keymap: Keymap) -> list[Spans]:
    """The words for an empty list: a first start, a search without hits, or an empty view."""
    if first_time:
        return [
            [(f"   {keymap.own(text.strip())} " if style == "key" else text, style) for text, style in line]
            for line in FIRST
        ]
    if query:
        return [[], [("   Nothing found. ", ""), ("esc ", "key"), ("takes the search away", "dim")]]
    return [[], [(f"   {EMPTY[tab] if isinstance(tab, View) else EMPTY[View.ALL]}", "dim")]]
