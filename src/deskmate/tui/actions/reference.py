"""The page of all keys, from the registry: ``python -m deskmate.tui.actions.reference > docs/keys.md``."""

from __future__ import annotations

import sys

from deskmate.domain.actions import ACTIONS
from deskmate.tui.actions.keymap import DEFAULT
from deskmate.tui.actions.keys import PREFIXES, TITLES

HEAD = """# Keys

<!-- Written by `python -m deskmate.tui.actions.reference`; a test holds the two equal. -->

Letters are verbs on the marked requests, else on the one under the cursor. A prefix such as `p` shows a strip and
never waits: the second key may be typed before the strip is seen. Esc backs out one step and loses nothing.

| keys | name | what it does | undo |
|---|---|---|---|
"""

FIELDS = """
While text is typed every letter belongs to the text. These keys work there too: `ctrl+n` capture, `f1` keys,
`ctrl+l` redraw, `ctrl+q` quit. `ctrl+o` saves a note; `enter` finishes a single line; `esc` leaves the text as a
draft; in a capture line `tab` accepts what is offered.

## After a prefix

"""


def page() -> str:
    """The page as Markdown."""
    rows = []
    for action in ACTIONS:
        found = ", ".join(f"`{keys}`" for keys in DEFAULT.keys_of(action.id))
        rows.append(f"| {found} | {action.title} | {action.help} | {'yes' if action.undoable else ''} |\n")
    after = [
        f"- {TITLES[prefix]}: {', '.join(f'`{key}` {name}' for key, name in DEFAULT.after(prefix))}\n"
        for prefix in PREFIXES
    ]
    return HEAD + "".join(rows) + FIELDS + "".join(after)


if __name__ == "__main__":
    sys.stdout.write(page())
