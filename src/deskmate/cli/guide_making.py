"""``guide make``: a guide begun with what solved a request."""

from __future__ import annotations

from deskmate.cli.guides import carry_out
from deskmate.cli.words import numbers
from deskmate.domain.guiding import MakeGuide
from deskmate.errors import DONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.cli.words import Said


def make(said: Said, folder: str) -> int:
    """Make the draft; its steps are to be looked at."""
    if len(said.words) != 1:
        raise said.wrong("Say which request.")
    carry_out(said, folder, MakeGuide(numbers(said, said.words)[0]))
    return DONE
