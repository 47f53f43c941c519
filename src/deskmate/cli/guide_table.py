"""The words that come after ``guide``, as ``table.py`` has those of their own."""

from __future__ import annotations

from deskmate.cli.table import Option, Word

OF, GROUP = "guide", "Guides"
JSON = Option("--json", "", "print JSON")

_ALL = (
    Word(
        "new TITLE…|- [--json]",
        "make a guide of this title; - reads a text on standard input",
        JSON,
        of=OF,
        group=GROUP,
        where="guides.new",
        takes_any=True,
        notes=(
            "A text is # and the title, fields such as Minutes: 10, and a number before each step. A plain list of",
            "numbered lines will do. A line that is not understood is named, and nothing is made.",
        ),
    ),
    Word(
        "list [WORDS…] [--archived] [--json]",
        "every guide by its title and how far it is, or those that have these words",
        Option("--archived", "", "those that were put aside, too"),
        JSON,
        of=OF,
        group=GROUP,
        where="guides.show_list",
        takes_any=True,
        notes=(
            "Every word may be the beginning of one. Those with them in the title come first, then those with the",
            "words in which users say the problem, then those that say them anywhere.",
        ),
    ),
    Word(
        "show NAME [--revision N] [--json]",
        "the draft of a guide as text, with all that is internal",
        Option("--revision", "N", "what was published then"),
        JSON,
        of=OF,
        group=GROUP,
        where="guides.show",
        notes=("NAME is the title or its name in links; a part of it that only one guide has is enough.",),
    ),
    Word(
        "edit NAME [--json]",
        "change a guide as text in your editor",
        JSON,
        of=OF,
        group=GROUP,
        where="guides.edit",
        notes=(
            "A line that is not understood opens the editor again with the reason above it; the text is kept.",
            "Leave the keys of steps and pictures as they are: what is known of a step goes with its key.",
        ),
    ),
    Word(
        "publish NAME [--reason TEXT] [--json]",
        "keep the draft as a new revision, which never changes",
        Option("--reason", "TEXT", "what is new in it"),
        JSON,
        of=OF,
        group=GROUP,
        where="guide_revisions.publish",
    ),
    Word(
        "revisions NAME [--json]",
        "what was published, the newest first, and what was new in each",
        JSON,
        of=OF,
        group=GROUP,
        where="guide_revisions.revisions",
    ),
    Word(
        "diff NAME [N [M]] [--json]",
        "what differs between the newest revision, or N, and the draft, or revision M",
        JSON,
        of=OF,
        group=GROUP,
        where="guide_revisions.diff",
    ),
    Word(
        "restore NAME N [--json]",
        "make the draft what revision N says",
        JSON,
        of=OF,
        group=GROUP,
        where="guide_revisions.restore",
    ),
    Word(
        "review NAME [--by DAY] [--json]",
        "you looked at it and it is still true",
        Option("--by", "DAY", "when to look again, such as “4 jan”; else after the months it says itself"),
        JSON,
        of=OF,
        group=GROUP,
        where="guide_revisions.review",
    ),
    Word(
        "archive NAME [--back] [--json]",
        "put a guide aside: it is not offered any more",
        Option("--back", "", "take it up again"),
        JSON,
        of=OF,
        group=GROUP,
        where="guides.archive",
    ),
    Word(
        "drop NAME [--json]",
        "take a guide away; undo brings it back",
        JSON,
        of=OF,
        group=GROUP,
        where="guides.drop",
    ),
    Word(
        "glossary [WORD [PLAIN…]] [--drop] [--json]",
        "words of the trade and how to say them plainly; without any, all of them",
        Option("--drop", "", "take this word off"),
        JSON,
        of=OF,
        group=GROUP,
        where="guide_revisions.glossary",
        notes=("A WORD without plain words needs none: it is not hinted at. In quotes where it is several.",),
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
        "make D-n [--json]",
        "begin a guide with what solved a request, and its pictures",
        JSON,
        of=OF,
        group=GROUP,
        where="guide_making.make",
        notes=("Names become placeholders; its steps are to be looked at before they go out.",),
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
