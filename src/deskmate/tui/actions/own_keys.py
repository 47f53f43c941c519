"""The technician's own keys: put into the keymap, or left out with the reason.

A binding replaces all keys of its action. One that can not be is left out whole, its action keeps the keys it comes
with, and no other action loses one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from deskmate.config import Binding, Remark, nearest
from deskmate.domain.actions import BY_ID
from deskmate.tui.actions.keymap import DEFAULT, PREFIX, Keymap
from deskmate.tui.actions.keys import ANYWHERE, LIST, NAMES, OPEN, PANELS, PREFIXES, SHADOWED, SHARED, UNSAFE, shown

Keys = tuple[str, ...]
"""One way to an action: a key, or the key of a prefix and a second one."""

MOVING = frozenset(
    "up down left right home end pageup pagedown insert delete backspace tab enter space escape".split()
)
FUNCTION = frozenset(f"f{number}" for number in range(1, 13))
KEY = re.compile(r"(?:(ctrl|alt|shift)\+)?(.+)")
FIELD_KEYS = MOVING | {f"ctrl+{letter}" for letter in "adekuvwxy"} | {"f6", "f7"}
"""What a text field does something with, besides every character."""
FIELD_FIXED = frozenset({"ctrl+o", "f2", "f3", "f4"})
"""Save, editor and what else is asked in text fields and forms."""


def own_keys(bindings: Sequence[Binding]) -> tuple[Keymap, tuple[Remark, ...]]:
    """The keymap with these bindings, and what is wrong with those that were left out."""
    if not bindings:
        return DEFAULT, ()
    remarks: list[Remark] = []
    wanted: dict[str, tuple[Binding, list[Keys]]] = {}
    for binding in bindings:
        ways, reason = _ways(binding)
        if reason:
            remarks.append(Remark(binding.line, reason))
        else:
            wanted[binding.action] = (binding, ways)
    while True:
        keymap, failed = _built(wanted)
        if failed is None:
            break
        action, reason = failed
        remarks.append(Remark(wanted.pop(action)[0].line, reason))
    return keymap, tuple(sorted(remarks, key=lambda remark: remark.line))


def _ways(binding: Binding) -> tuple[list[Keys], str]:
    """The keys as the tables name them, or why they can not be those of this action."""
    action = binding.action
    prefixes = {found for table in (LIST, *PANELS.values()) for found in table.values() if found.startswith(PREFIX)}
    if action not in BY_ID and action not in prefixes:
        return [], f"there is no action “{action}”{nearest(action, [*BY_ID, *prefixes])}"
    if not binding.keys:
        return [], f"{action} would have no key left."
    ways: list[Keys] = []
    for typed in binding.keys:
        names = typed.split()
        if not names or len(names) > (1 if action in prefixes else 2):
            return [], f"“{typed}” for {action} is not a key" + (", or a prefix and a key." if typed.strip() else ".")
        keys = tuple(key_named(name) for name in names)
        for name, key in zip(names, keys, strict=True):
            if key in UNSAFE:
                return [], f"{name} can not be the key of {action}: {UNSAFE[key]}."
            if reason := _no_key(name, key):
                return [], f"“{name}” for {action} is no key{reason}"
        if reason := _taken(action, keys):
            return [], reason
        ways.append(keys)
    return ways, ""


def key_named(name: str) -> str:
    """A key as the tables name it, from what people call it: ``Esc``, ``PgDn``, ``Ctrl+N``."""
    if len(name) == 1:
        return name
    back = {shown_as: key for key, shown_as in NAMES.items()} | {"return": "enter", "del": "delete"}
    *held, last = name.lower().split("+") if not name.endswith("+") else [name.lower()]
    return "+".join([*held, back.get(last, last)])


def _no_key(name: str, key: str) -> str:
    """What is wrong with the name of a key, as the end of a sentence; empty when nothing is."""
    if len(key) == 1:
        return "" if key.isprintable() else "."
    found = KEY.fullmatch(key)
    held, last = (found[1], found[2]) if found else (None, key)
    if last in MOVING or last in FUNCTION:
        if held and last in ("tab", "enter", "space", "escape", "backspace"):
            return f": terminals send it as {last}, or not at all."
        return ""
    if held == "shift" and len(last) == 1 and last.isalpha():
        return f": write “{last.upper()}”."
    if held == "ctrl" and len(last) == 1 and last.isascii() and last.isalpha():
        return ""
    if held == "alt" and len(last) == 1:
        return f": many terminals send it as esc and {last}."
    if held:
        return ": terminals have ctrl with a letter, and ctrl and alt with arrows and function keys."
    return nearest(key, [*MOVING, *FUNCTION, *NAMES.values()])


def _taken(action: str, keys: Keys) -> str:
    """Why these keys can never be those of the action, whatever else is bound."""
    if "escape" in keys and action != "back":
        return f"esc can not be the key of {action}: it always backs out."
    if keys[0] in FIELD_FIXED:
        return f"{shown(keys[0])} can not be the key of {action}: text fields need it to save and to open the editor."
    everywhere = action in ANYWHERE.values()
    if everywhere and action not in LIST.values() and (len(keys) > 1 or _belongs_to_fields(keys[0])):
        return (
            f"{shown(keys[0])} can not be the key of {action}, which works while text is typed too: "
            "take ctrl with a letter, or a function key."
        )
    return ""


def _belongs_to_fields(key: str) -> bool:
    return len(key) == 1 or key in FIELD_KEYS or key.startswith(("shift+", "alt+"))


def _built(wanted: dict[str, tuple[Binding, list[Keys]]]) -> tuple[Keymap, tuple[str, str] | None]:
    """The tables with these bindings; with the first that clashes, and why."""

    def kept(table: dict[str, str]) -> dict[str, str]:
        return {key: found for key, found in table.items() if found not in wanted or key == "escape"}

    # Whoever gives capture a letter for lists still wants it in text fields.
    on_lists = {
        action for action, (_binding, ways) in wanted.items() if all(_belongs_to_fields(keys[0]) for keys in ways)
    }
    anywhere = kept(ANYWHERE) | {key: found for key, found in ANYWHERE.items() if found in on_lists}
    prefixes, panels = ({name: kept(table) for name, table in each.items()} for each in (PREFIXES, PANELS))
    keymap = Keymap(anywhere, kept(LIST), kept(OPEN), prefixes, panels)
    order = sorted(
        wanted, key=lambda action: max(len(keys) for keys in wanted[action][1])
    )  # first what leads to others
    for action in order:
        for keys in wanted[action][1]:
            reason = _put(keymap, action, keys)
            if reason:
                return keymap, (action, reason)
    return keymap, None


def _put(keymap: Keymap, action: str, keys: Keys) -> str:
    """Put one way to an action into the tables, or say why it can not be."""
    first = keys[0]
    panel = next((name for name, table in PANELS.items() if _home(action) in table.values()), "")
    firsts = keymap.panels[panel] if panel else keymap.listed
    if len(keys) == 2:
        prefix = firsts.get(first, "")
        if not prefix.startswith(PREFIX):
            offered = ", ".join(shown(key) for key, found in firsts.items() if found.startswith(PREFIX))
            return f"{shown(first)} in the keys of {action} begins nothing; what does: {offered}."
        table, where = keymap.prefixes[prefix.removeprefix(PREFIX)], f"after {shown(first)} "
        key, rivals = keys[1], [table]
    elif panel:
        key, where, table = first, "", keymap.panels[panel]
        rivals = [keymap.anywhere, table, {key: found for key, found in keymap.listed.items() if found in SHARED}]
    else:
        key, where = first, ""
        fields = action in ANYWHERE.values() and not _belongs_to_fields(key)
        only_opened = action in OPEN.values() and action not in LIST.values()
        table = keymap.anywhere if fields else keymap.opened if only_opened else keymap.listed
        beside = keymap.listed if only_opened else keymap.opened
        rivals = [keymap.anywhere, table, *([] if key in SHADOWED and not fields else [beside, keymap.listed])]
        if action in SHARED:
            rivals += keymap.panels.values()
    for rival in rivals:
        if rival.get(key, action) != action:
            return f"{where}{shown(key)} is the key of {rival[key]} already, so {action} can not have it."
    table[key] = action
    return ""


def _home(action: str) -> str:
    """The prefix that an action stands behind, or itself."""
    return next((f"{PREFIX}{name}" for name, table in PREFIXES.items() if action in table.values()), action)
