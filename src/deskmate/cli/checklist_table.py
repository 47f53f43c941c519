"""The words that come after ``checklist``, as ``table.py`` has those of their own."""

from __future__ import annotations

from deskmate.cli.table import Option, Word

OF, GROUP = "checklist", "Maintenance"
JSON = Option("--json", "", "print JSON")
FROM = Option("--from", "DAY", "the first day, such as mon, “1 oct” or 2026-10-01")
TO = Option("--to", "DAY", "the last day; today unless said")

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
        "starters [NAME…|all] [--json]",
        "the checklists one can begin with; with names, make them",
        JSON,
        of=OF,
        group=GROUP,
        where="checklists.starters",
        notes=("The clear beginning of a name is enough: deskmate checklist starters morning patch.",),
    ),
    Word(
        "show NAME [--revision N] [--changes] [--json]",
        "a checklist as text, and what would make it better",
        Option("--revision", "N", "as it was then"),
        Option("--changes", "", "what changed from revision to revision, the newest first"),
        JSON,
        of=OF,
        group=GROUP,
        where="checklists.show",
    ),
    Word(
        "edit NAME [--json]",
        "change a checklist as text in your editor",
        JSON,
        of=OF,
        group=GROUP,
        where="checklists.edit",
        notes=(
            "A line that is not understood opens the editor again with the reason above it; the text is kept.",
            "What changed becomes a new revision. A run that goes on keeps its own until it switches.",
        ),
    ),
    Word(
        "restore NAME N [--json]",
        "make what was on it in revision N the newest one again",
        JSON,
        of=OF,
        group=GROUP,
        where="checklists.restore",
    ),
    Word(
        "export NAME FILE|- | --all FILE|DIR|- [--json]",
        "write checklists as text, to be passed on",
        Option("--all", "", "every checklist: into a file, or each into one of its own in a directory"),
        JSON,
        of=OF,
        group=GROUP,
        where="checklists.export",
    ),
    Word(
        "import FILE…|- [--dry-run] [--json]",
        "take in checklists as text; one that has a name of yours becomes its new revision",
        Option("--dry-run", "", "say what would happen and write nothing"),
        JSON,
        of=OF,
        group=GROUP,
        where="checklists.take_in",
        notes=(
            "Lines that are not understood are named with what was expected, and the exit code is 1; checklists",
            "without such a line are imported.",
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
    Word(
        "history NAME [--from DAY] [--to DAY] [--json|--csv]",
        "what became of each time it was due, the newest first, and how it was kept",
        FROM,
        TO,
        JSON,
        Option("--csv", "", "print CSV: a record for each item of each run"),
        of=OF,
        group=GROUP,
        where="proving.history",
        notes=(
            "A score is (on time + half of late) / (on time + late + missed), over ninety days unless days are said;",
            "leave, pauses and what was skipped with a reason are in no part of it.",
            "A checklist that was dropped is found by its whole name.",
        ),
    ),
    Word(
        "trend NAME [ITEM] [--from DAY] [--to DAY] [--json]",
        "what was measured, as a plot with its limits",
        FROM,
        TO,
        JSON,
        of=OF,
        group=GROUP,
        where="proving.trend",
        notes=("ITEM is any part of what an item says.",),
    ),
)

WORDS = {word.name: word for word in _ALL}
