"""The words that come after ``guide``, as ``table.py`` has those of their own."""

from __future__ import annotations

from deskmate.cli.table import Option, Word

OF, GROUP = "guide", "Guides"
JSON = Option("--json", "", "print JSON")

_ALL = (
    Word(
        "new TITLE [--json]",
        "make a guide of this title",
        JSON,
        of=OF,
        group=GROUP,
        where="guides.new",
        takes_any=True,
    ),
    Word(
        "list [--archived] [--json]",
        "every guide by its title, and how far it is",
        Option("--archived", "", "those that were put aside, too"),
        JSON,
        of=OF,
        group=GROUP,
        where="guides.show_list",
    ),
    Word(
        "show NAME [--json]",
        "a guide with its steps",
        JSON,
        of=OF,
        group=GROUP,
        where="guides.show",
        notes=("NAME is the title or its name in links; a clear part of it is enough.",),
    ),
    Word(
        "check NAME [--json]",
        "what in a guide could be plainer, and whether it is still true",
        JSON,
        of=OF,
        group=GROUP,
        where="guide_check.check",
    ),
    Word(
        "import PATH… [--dry-run] [--json]",
        "make guides of Markdown, HTML, DOCX or what the Steps Recorder wrote",
        Option("--dry-run", "", "only say what is in them"),
        JSON,
        of=OF,
        group=GROUP,
        where="guide_import.take_in",
        notes=(
            "PATH is a file, a folder or a .zip. Nothing is fetched; steps and pictures are to be looked at first.",
        ),
    ),
    Word(
        "purge NAME STEP [PICTURE] [--json]",
        "remove what is covered on a picture for good, wherever it is kept",
        JSON,
        of=OF,
        group=GROUP,
        where="guide_import.purge",
        notes=("It can not be undone. Which backups still have it is said.",),
    ),
)

WORDS = {word.name: word for word in _ALL}
