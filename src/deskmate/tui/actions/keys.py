"""Which keys run which action, where; and one key after another, what is to be done.

A key is written as Textual names it, or as its character. A prefix is an action-like entry whose
second key picks an action; its strip never blocks, and the next key always belongs to it.
"""

from __future__ import annotations

from dataclasses import dataclass

from deskmate.domain.actions import BY_ID

ANYWHERE = {
    "ctrl+n": "capture",
    "f1": "help",
    "ctrl+l": "redraw",
    "ctrl+q": "quit",
}

LIST = {
    "j": "down",
    "down": "down",
    "k": "up",
    "up": "up",
    "g": "top",
    "home": "top",
    "G": "bottom",
    "end": "bottom",
    "ctrl+d": "half.down",
    "ctrl+u": "half.up",
    "pagedown": "page.down",
    "pageup": "page.up",
    "tab": "pane",
    "h": "view.previous",
    "left": "view.previous",
    "l": "view.next",
    "right": "view.next",
    "enter": "open",
    "escape": "back",
    "/": "search",
    "'": "prefix:view",
    "?": "help",
    "space": "mark",
    "v": "range",
    "*": "mark.all",
    "u": "undo",
    "U": "redo",
    ".": "repeat",
    "y": "prefix:copy",
    "q": "close",
    "a": "capture",
    "p": "prefix:priority",
    "+": "priority.raise",
    "-": "priority.lower",
    "n": "note",
    "x": "resolve",
    "d": "prefix:drop",
    "R": "reopen",
    "t": "tags",
}

# One request open: its own keys come first, the rest are those of the list.
OPEN = {
    "space": "page.down",
    "J": "request.next",
    "K": "request.previous",
    "h": "back",
    "left": "back",
    "l": "pane",
    "right": "pane",
}
SHADOWED = frozenset({"space", "h", "left", "l", "right"})
"""Keys that one open request may take from the list. No other clash is allowed."""

PREFIXES: dict[str, dict[str, str]] = {
    "priority": {
        "1": "priority.1",
        "2": "priority.2",
        "3": "priority.3",
        "4": "priority.4",
        "m": "priority.matrix",
    },
    "drop": {"s": "drop.spam", "d": "drop.duplicate", "n": "drop.nothing", "r": "drop.rules"},
    "view": {
        "n": "view.now",
        "u": "view.new",
        "w": "view.waiting",
        "p": "view.parked",
        "r": "view.resolved",
        "a": "view.all",
    },
    "copy": {"y": "copy.number", "t": "copy.title"},
    "matrix": {"o": "impact.one", "s": "impact.several", "e": "impact.everyone"},
    "urgency": {"w": "urgency.wait", "s": "urgency.slowed", "k": "urgency.stuck"},
}
TITLES = {
    "priority": "priority",
    "drop": "drop as",
    "view": "view",
    "copy": "copy",
    "matrix": "who is stuck",
    "urgency": "how badly",
}
CHOICES = {
    "impact.one": "one",
    "impact.several": "several",
    "impact.everyone": "everyone",
    "urgency.wait": "can wait",
    "urgency.slowed": "slowed",
    "urgency.stuck": "stuck",
}
"""Second keys that answer a question rather than run an action of their own."""

UNSAFE = frozenset({"ctrl+i", "ctrl+m", "ctrl+h", "ctrl+j", "ctrl+[", "ctrl+s", "ctrl+z", "ctrl+c", "ctrl+b"})
"""Keys that terminals or their multiplexers swallow or send as another key."""

NAMES = {"escape": "esc", "pagedown": "pgdn", "pageup": "pgup"}


@dataclass(frozen=True, slots=True)
class Press:
    """What a key comes to: an action to run, a prefix now waiting, or a reason why nothing happens."""

    action: str = ""
    prefix: str = ""
    reason: str = ""


class Keyboard:
    """Remembers a pending prefix from one key to the next."""

    def __init__(self) -> None:
        self.prefix = ""

    def press(self, key: str, *, opened: bool) -> Press | None:
        """What ``key`` means now; None when nothing here knows it and no prefix waits for it."""
        if self.prefix:
            prefix, self.prefix = self.prefix, ""
            if key == "escape":
                return Press()
            action = PREFIXES[prefix].get(key)
            if action is None:
                # Never run as a verb what was typed as a second key.
                return Press(reason=f"{TITLES[prefix]}: there is no {shown(key)}")
            if action == "priority.matrix":
                return self._wait("matrix")
            return Press(action=action)
        found = ANYWHERE.get(key) or (OPEN.get(key) if opened else None) or LIST.get(key)
        if found is None:
            return None
        if found.startswith("prefix:"):
            return self._wait(found.removeprefix("prefix:"))
        return Press(action=found)

    def wait(self, prefix: str) -> None:
        """Let the next key answer ``prefix``."""
        self.prefix = prefix

    def _wait(self, prefix: str) -> Press:
        self.prefix = prefix
        return Press(prefix=prefix)


def strip(prefix: str) -> list[tuple[str, str]]:
    """The keys a waiting prefix takes, with what each does."""
    return [(shown(key), title(action)) for key, action in PREFIXES[prefix].items()]


def title(action: str) -> str:
    """The name of an action or choice as a strip shows it."""
    return CHOICES.get(action) or BY_ID[action].title


def shown(key: str) -> str:
    """A key as people call it."""
    return NAMES.get(key, key)


def keys_of(action: str) -> list[str]:
    """Every way to reach an action, written as it is typed: ``p 2``, ``x``."""
    direct = [shown(key) for scope in (ANYWHERE, LIST, OPEN) for key, found in scope.items() if found == action]
    prefixed = [
        f"{shown(first)} {shown(second)}"
        for first, found in LIST.items()
        if found.startswith("prefix:")
        for second, second_action in PREFIXES.get(found.removeprefix("prefix:"), {}).items()
        if second_action == action
    ]
    return list(dict.fromkeys([*direct, *prefixed]))


def problems() -> list[str]:
    """What is wrong with the keys: unknown actions, clashes, unreachable actions, unsafe keys."""
    found: list[str] = []
    tables = {"anywhere": ANYWHERE, "list": LIST, "open": OPEN, **PREFIXES}
    for name, table in tables.items():
        for key, action in table.items():
            if key in UNSAFE:
                found.append(f"{name}: terminals swallow {key}")
            known = action in BY_ID or action in CHOICES or action.removeprefix("prefix:") in PREFIXES
            if not known:
                found.append(f"{name}: {key} runs {action}, which does not exist")
    for key in ANYWHERE.keys() & (LIST.keys() | OPEN.keys()):
        found.append(f"{key} means two things")
    for key in (OPEN.keys() & LIST.keys()) - SHADOWED:
        found.append(f"{key} of an open request hides that of the list")
    for action in BY_ID:
        if not keys_of(action):
            found.append(f"{action} has no key")
    return found
