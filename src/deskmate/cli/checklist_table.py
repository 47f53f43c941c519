"""The words that come after ``checklist``, as ``table.py`` has those of their own."""

from __future__ import annotations

from deskmate.cli.table import Option, Word

OF, GROUP = "checklist", "Maintenance"
JSON = Option("--json", "", "print JSON")

_ALL = (
    Word(
        "new FILE|- [--json]",
        "make a checklist of a text; - reads standard input",
        JSON,
        of=OF,
        group=GROUP,
        where="checklists.new",
        notes=(
            "A text is # and the name, fields such as Due: or Minutes:, and a line - [ ] for each item.",
            "A line that is not understood is named with what was expected, and nothing is made.",
        ),
    ),
    Word(
        "drop NAME [--json]",
        "take a checklist off the list; what was done stays, and undo brings it back",
        JSON,
        of=OF,
        group=GROUP,
        where="checklists.drop",
    ),
)

WORDS = {word.name: word for word in _ALL}
