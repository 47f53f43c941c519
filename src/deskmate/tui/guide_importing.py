"""What the screens ask of files that hold guides: read aside, for a disk may be slow and a document large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deskmate.domain.guide import Content
    from deskmate.tui.gateway import Gateway, Then


@dataclass(frozen=True, slots=True)
class Brought:
    """Guides that are ready to be made, their pictures kept, and what was left out of them, in words."""

    contents: tuple[Content, ...]
    notes: tuple[str, ...]


def read(gateway: Gateway, paths: Sequence[str], then: Then) -> None:
    """Read what these paths hold; ``then`` gets it as ``Brought``, or why it can not be read."""

    def job() -> Brought:
        from deskmate.formats import guide_import
        from deskmate.services.guide_importing import taken_in

        found = taken_in(gateway.folder, [each for path in paths for each in guide_import.read(path)])
        return Brought(tuple(each.content for each in found), tuple(note for each in found for note in each.notes))

    gateway.aside(job, then)
