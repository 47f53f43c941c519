"""All keys by where they work, and finding one by its name or by its key. The help and its page show them so."""

from __future__ import annotations

from dataclasses import dataclass, replace

from deskmate.domain.actions import ACTIONS
from deskmate.tui.actions.keymap import Keymap
from deskmate.tui.actions.keys import BENEATH, shown

LISTS = frozenset(
    "undo redo repeat mark range mark.all copy.number copy.title copy.reply search view.next view.previous down up"
    " page.down page.up half.down half.up top bottom open pane back close".split()
)
"""What belongs to any list. Whatever is neither here nor works anywhere is a verb on requests."""

FIELD_KEYS = (
    ("enter", "done", "Finish a single line."),
    ("ctrl+o", "save, send", "Finish a text of several lines."),
    ("f4", "editor", "Go on with a note or a reply in your own editor."),
    ("tab", "accept", "Take what is offered behind the cursor."),
    ("down", "add to", "In capture: add it to a request this person has already; up goes back."),
    ("ctrl+f", "screenshot", "In capture and where a file or a picture is asked for: take the newest screenshot."),
    ("f2", "categories", "In the form of a request: change the categories and what each asks."),
    ("f2", "merge", "On the card of a person: the same person has another card."),
    ("f8", "drop", "On a card: take it off the list."),
    ("esc", "leave", "Back out; what was typed stays as a draft."),
)
"""The keys of text fields, which are always the same."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the help: the ways to it, its name, what it does; ``action`` is empty where there is none to run."""

    action: str
    keys: tuple[str, ...]
    title: str
    help: str


Section = tuple[str, list[Entry]]
PANEL_SECTIONS = {
    "availability": "Availability",
    "guides": "Guides",
    "guide": "Guide editor",
    "maintenance": "Maintenance",
    "run": "Checklist run",
    "walk": "Walk-through",
    "picture": "Picture",
    "proposal": "Picture",
    "pointing": "Pointing in a picture",
}
"""The section of each panel beside the queue."""
SECTION_OF = {
    "week": "Availability",
    "hours": "Availability",
    "guides": "Guides",
    "step": "Guide editor",
    "guide": "Guide editor",
    "checklist": "Maintenance",
    "run": "Checklist run",
    "walk": "Walk-through",
    "picture": "Picture",
    "point": "Pointing in a picture",
}
"""The section of the actions of a panel, by how their names begin."""


def sections(keymap: Keymap) -> list[Section]:
    """Every key, by scope, in the order of the registry."""
    found: dict[str, list[Entry]] = {
        name: [] for name in ("Anywhere", "Requests", "Any list", "One request open", *PANEL_SECTIONS.values())
    }
    opened = set(keymap.opened.values()) - set(keymap.listed.values())
    for action in ACTIONS:
        keys = keymap.keys_of(action.id) or [keymap.key("palette")]
        entry = Entry(action.id, tuple(keys), keymap.full_title(action.id), action.help)
        if action.id in keymap.anywhere.values():
            found["Anywhere"].append(entry)
        elif action.id in LISTS or action.id.startswith(("view.", "dnd.", "panel.")):
            found["Any list"].append(entry)
        elif section := SECTION_OF.get(action.id.partition(".")[0]):
            found[section].append(entry)
        else:
            found["One request open" if action.id in opened else "Requests"].append(entry)
    found["Text fields"] = [Entry("", (keys,), title, text) for keys, title, text in FIELD_KEYS]
    return list(found.items())


def of_place(keymap: Keymap, panel: str = "") -> list[Section]:
    """What the help of a place shows: of the queue, or of a panel beside it."""
    found = sections(keymap)
    if not panel:
        return [section for section in found if section[0] not in PANEL_SECTIONS.values()]
    table = {**keymap.panels.get(BENEATH.get(panel, ""), {}), **keymap.panels[panel]}
    taken = {shown(key): action for key, action in table.items()}
    here = [
        (
            name,
            [
                replace(each, keys=tuple(key for key in each.keys if taken.get(key, each.action) == each.action))
                for each in entries
                if name != "Any list" or keymap.shared(each.action)
            ],
        )
        for name, entries in found
        if name in (PANEL_SECTIONS[panel], "Anywhere", "Any list")
    ] + [section for section in found if section[0] == "Text fields"]
    return sorted(here, key=lambda section: section[0] != PANEL_SECTIONS[panel])


def elsewhere(keymap: Keymap, panel: str = "") -> list[Section]:
    """What the help of a place does not show, for it works elsewhere: found all the same, and says where."""
    here = {(entry.action, entry.title) for _name, entries in of_place(keymap, panel) for entry in entries}
    return [
        (name, [each for each in entries if (each.action, each.title) not in here])
        for name, entries in sections(keymap)
    ]


def matching(sections: list[Section], typed: str) -> list[Entry]:
    """The entries that fit what is typed: first those with that key, then by name, then by what they do."""
    folded = typed.casefold()
    ranked = [
        (rank, entry) for _name, entries in sections for entry in entries if (rank := _rank(entry, typed, folded)) < 6
    ]
    return [entry for _rank, entry in sorted(ranked, key=lambda pair: pair[0])]


def _rank(entry: Entry, typed: str, folded: str) -> int:
    title = entry.title.casefold()
    tests = (
        typed in entry.keys,
        any(key.startswith(f"{typed} ") for key in entry.keys),
        title.startswith(folded),
        len(folded) > 1 and (folded in title or folded in entry.action),
        len(folded) > 1 and any(folded in key for key in entry.keys),
        len(folded) > 1 and folded in entry.help.casefold(),
    )
    return tests.index(True) if True in tests else len(tests)
