"""``attach``: files that belong to a request."""

from __future__ import annotations

from deskmate.cli.change import carry_out
from deskmate.cli.words import numbers
from deskmate.domain import commands
from deskmate.domain.row import label
from deskmate.errors import DeskmateError
from deskmate.paths import database
from deskmate.store import files
from deskmate.store.connection import check_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.cli.words import Said


def attach(said: Said, folder: str) -> int:
    """Copy the files and attach them. Where one can not be copied, none is attached."""
    wanted = numbers(said, said.words[:1])
    if not said.words[1:]:
        raise said.wrong("Say which files.")
    if check_file(database(folder)) == 0:  # a question about nothing makes no folder
        raise DeskmateError(f"There is no {label(wanted[0])}.", "Nothing was captured here so far.")
    kept = tuple(files.keep(folder, path) for path in said.words[1:])
    return carry_out(commands.Attach(wanted, kept), said, folder)
