"""``sweep``: what nothing names any more is removed."""

from __future__ import annotations

from dataclasses import asdict

from deskmate.cli.desks import opened
from deskmate.cli.output import narrate, say, say_json
from deskmate.domain.files import size_text
from deskmate.errors import DONE
from deskmate.store import sweep as store_sweep

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.cli.words import Said


def sweep(said: Said, folder: str) -> int:
    """Remove the files, or say which would go, and how much that frees."""
    dry = said.has("--dry-run")
    with opened(folder) as desk:
        found = store_sweep.sweep(folder, desk.writer, dry=dry)
    if said.has("--json"):
        say_json(asdict(found))
        return DONE
    if found.files:
        files = "1 file" if found.files == 1 else f"{found.files} files"
        say(f"{'would remove' if dry else 'removed'} {files}, {size_text(found.size)}")
    else:
        say("nothing to remove")
    if found.young:
        narrate(f"{found.young} more that nothing names may go when they are 30 days old.")
    return DONE
