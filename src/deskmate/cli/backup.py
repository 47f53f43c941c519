"""``backup``: a checked copy of everything."""

from __future__ import annotations

import os

from deskmate.cli.output import narrate, say
from deskmate.errors import DONE
from deskmate.store import backup as store_backup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.cli.words import Said


def backup(said: Said, folder: str) -> int:
    """Copy, check the copy, and print the folder it is in."""
    if len(said.words) > 1:
        raise said.wrong("backup takes one folder.")
    target = os.path.abspath(said.words[0]) if said.words else None
    made = store_backup.backup(folder, target)
    narrate("The copy was read back and is sound.")
    lost = store_backup.missing(made)
    if lost:
        narrate(f"Not in it, because gone or damaged here: {', '.join(lost)}. An earlier backup may have them.")
    say(made)
    return DONE
