"""The page of all keys, from the registry: ``python -m deskmate.tui.actions.reference > docs/keys.md``."""

from __future__ import annotations

import sys

from deskmate.domain.actions import BY_ID
from deskmate.tui.actions.keymap import DEFAULT
from deskmate.tui.actions.keys import PREFIXES, TITLES
from deskmate.tui.actions.sections import sections

HEAD = """# Keys

<!-- Written by `python -m deskmate.tui.actions.reference`; a test holds the two equal. -->

Letters are verbs on the marked requests, else on the one under the cursor. A prefix such as `p` shows a strip and
never waits: the second key may be typed before the strip is seen. Esc backs out one step and loses nothing. While
text is typed every letter belongs to the text; what works anywhere works there too.

`?` shows all this in the app, and finds a key by its name or by itself. The names in the last column are what the
[settings](settings.md) call an action, to give it other keys.
"""
COLUMNS = "\n| keys | name | what it does | undo | action |\n|---|---|---|---|---|\n"


def page() -> str:
    """The page as Markdown."""
    parts = [HEAD]
    for name, entries in sections(DEFAULT):
        parts.append(f"\n## {name}\n{COLUMNS}")
        for entry in entries:
            keys = ", ".join(f"`{key}`" for key in entry.keys)
            undo = "yes" if entry.action and BY_ID[entry.action].undoable else ""
            action = f"`{entry.action}`" if entry.action else ""
            parts.append(f"| {keys} | {entry.title} | {entry.help} | {undo} | {action} |\n")
    parts.append("\n## After a prefix\n\n")
    for prefix in PREFIXES:
        after = ", ".join(f"`{key}` {name}" for key, name in DEFAULT.after(prefix))
        parts.append(f"- {TITLES[prefix]}: {after}\n")
    return "".join(parts)


if __name__ == "__main__":
    sys.stdout.write(page())
