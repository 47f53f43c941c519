"""The keys in force: the tables of ``keys``, or those with the technician's own put in.

Footer, strips, help and the page of keys all ask a Keymap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from deskmate.domain.actions import BY_ID
from deskmate.tui.actions.keys import (
    ANYWHERE,
    BENEATH,
    BY_NAME,
    CHOICES,
    LEADS_TO,
    LIST,
    OPEN,
    PANELS,
    PREFIXES,
    SHADOWED,
    SHARED,
    TAKEN,
    TITLES,
    UNSAFE,
    shown,
    title,
)

PREFIX = "prefix:"


@dataclass(frozen=True, slots=True)
class Press:
    """What a key comes to: an action to run, a prefix now waiting, or a reason why nothing happens."""

    action: str = ""
    prefix: str = ""
    reason: str = ""


class Keymap:
    """Which key does what, by scope. Made at the start and not changed afterwards."""

    def __init__(
        self,
        anywhere: dict[str, str] = ANYWHERE,
        listed: dict[str, str] = LIST,
        opened: dict[str, str] = OPEN,
        prefixes: dict[str, dict[str, str]] = PREFIXES,
        panels: dict[str, dict[str, str]] = PANELS,
    ) -> None:
        self.anywhere = anywhere
        self.listed = listed
        self.opened = opened
        self.prefixes = prefixes
        self.panels = panels

    def meaning(self, key: str, *, opened: bool = False, panel: str = "") -> str | None:
        """The action or prefix behind a first key; None when it has none here. ``panel`` is one beside the queue."""
        if panel:
            found = self.listed.get(key)
            shared = found if found in SHARED else None
            beneath = self.panels[BENEATH[panel]].get(key) if panel in BENEATH else None
            return self.anywhere.get(key) or self.panels[panel].get(key) or beneath or shared
        return self.anywhere.get(key) or (self.opened.get(key) if opened else None) or self.listed.get(key)

    def after(self, prefix: str, names: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
        """The keys a waiting prefix takes, with what each does: by ``names`` of actions, or as the registry says."""
        table = self.prefixes[prefix].items()
        if names is None:
            return [(shown(key), title(action)) for key, action in table]
        return [(shown(key), names[action]) for key, action in table if action in names]

    def shared(self, action: str) -> bool:
        """Whether every panel knows the action: by a key of its own, behind a prefix, or by its name."""
        behind = (f"{PREFIX}{name}" for name, table in self.prefixes.items() if action in table.values())
        return action in SHARED or action in BY_NAME or any(each in SHARED for each in behind)

    def keys_of(self, action: str) -> list[str]:
        """Every way to reach an action, written as it is typed: ``p 2``, ``x``."""
        scopes = (self.anywhere, self.listed, self.opened, *self.panels.values())
        direct = [shown(key) for scope in scopes for key, found in scope.items() if found == action]
        prefixed = [
            f"{shown(first)} {shown(second)}"
            for scope in (self.listed, *self.panels.values())
            for first, found in scope.items()
            if found.startswith(PREFIX)
            for second, second_action in self.prefixes.get(found.removeprefix(PREFIX), {}).items()
            if second_action == action
        ]
        return list(dict.fromkeys([*direct, *prefixed]))

    def full_title(self, action: str) -> str:
        """The name of an action where no strip stands around it: ``drop as spam``."""
        name = BY_ID[action].title
        scopes = (self.listed, self.opened, self.anywhere, *self.panels.values())
        if any(action in scope.values() for scope in scopes):
            return name
        within = (TITLES[prefix] for prefix, table in self.prefixes.items() if action in table.values())
        return f"{next(within, '')} {name}".strip()

    def key(self, action: str) -> str:
        """The first way to reach an action or a prefix, as a hint shows it; empty when there is none.

        On a list a letter comes before what works anywhere.
        """
        for scope in (self.listed, self.opened, self.anywhere, *self.panels.values()):
            for key, found in scope.items():
                if found == action:
                    return shown(key)
        return next(iter(self.keys_of(action)), "")

    def own(self, keys: str) -> str:
        """The keys that do what these, apart by spaces, do on a list where nobody has set others."""
        return " ".join(
            shown(key) if (action := LIST.get(key)) is None or self.listed.get(key) == action else self.key(action)
            for key in keys.split()
        )

    def standard(self, key: str) -> str:
        """What a dialog takes ``key`` for: the key of everywhere that it stands for, or itself."""
        action = self.anywhere.get(key)
        return next((usual for usual, found in ANYWHERE.items() if found == action), key)

    def problems(self) -> list[str]:
        """What is wrong with the keys: unknown actions, clashes, unreachable actions, unsafe keys."""
        found: list[str] = []
        tables = {"anywhere": self.anywhere, "list": self.listed, "open": self.opened, **self.panels, **self.prefixes}
        for name, table in tables.items():
            for key, action in table.items():
                if key in UNSAFE:
                    found.append(f"{name}: {key}: {UNSAFE[key]}")
                known = action in BY_ID or action in CHOICES or action.removeprefix(PREFIX) in self.prefixes
                if not known:
                    found.append(f"{name}: {key} runs {action}, which does not exist")
        for key in self.anywhere.keys() & (self.listed.keys() | self.opened.keys()):
            found.append(f"{key} means two things")
        for name, table in self.panels.items():
            shared = {key for key, action in self.listed.items() if action in SHARED} | self.anywhere.keys()
            found += [
                f"{key} of {name} hides what every panel has"
                for key in table.keys() & (shared - TAKEN.get(name, frozenset()))
            ]
        for key in (self.opened.keys() & self.listed.keys()) - SHADOWED:
            found.append(f"{key} of an open request hides that of the list")
        for action in BY_ID:
            if not self.keys_of(action) and action not in BY_NAME:
                found.append(f"{action} has no key")
        return found


DEFAULT = Keymap()


class Keyboard:
    """One key after another: remembers a pending prefix from one key to the next."""

    def __init__(self, keymap: Keymap = DEFAULT) -> None:
        self.keymap = keymap
        self.prefix = ""

    def press(self, key: str, *, opened: bool = False, panel: str = "") -> Press | None:
        """What ``key`` means now; None when nothing here knows it and no prefix waits for it."""
        if self.prefix:
            prefix, self.prefix = self.prefix, ""
            if key == "escape":
                return Press()
            action = self.keymap.prefixes[prefix].get(key)
            if action is None:
                # Never run as a verb what was typed as a second key.
                return Press(reason=f"{TITLES[prefix]}: there is no {shown(key)}")
        else:
            action = self.keymap.meaning(key, opened=opened, panel=panel)
            if action is None:
                return None
        if action.startswith(PREFIX) or action in LEADS_TO:
            self.prefix = LEADS_TO.get(action) or action.removeprefix(PREFIX)
            return Press(prefix=self.prefix)
        return Press(action=action)

    def wait(self, prefix: str) -> None:
        """Let the next key answer ``prefix``."""
        self.prefix = prefix
