"""Removing what is covered on a picture for good: its original is replaced by one on which it never was."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from dataclasses import dataclass

from deskmate.domain.commands import Outcome
from deskmate.domain.files import Kept
from deskmate.domain.guiding import PurgeOriginal
from deskmate.domain.picture import Mark, MarkKind, Picture
from deskmate.domain.request import Refused
from deskmate.domain.row import label
from deskmate.formats.picture_marks import covered
from deskmate.formats.pictures import opened
from deskmate.services.workspace import Workspace
from deskmate.store import derived, files, purged
from deskmate.store.write.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Use:
    """A text that shows a picture: its guide, and the number of a revision, 0 for the draft."""

    title: str
    revision: int
    picture: Picture


def purge(workspace: Workspace, command: PurgeOriginal, draft: str = "") -> Outcome:
    """Remove the covered pixels from every draft, revision, request, cache and preview. Can not be undone.

    What one text covers is covered in all of them; what every text cuts off is gone, too. The outcome says where else
    the original was and which backups have it. Raises Refused where nothing is covered.
    """
    with workspace.unit_of_work(command.name) as work:
        uses = _uses(work, command.digest)
        if not uses:
            raise Refused("No guide shows this picture any more.", "Nothing was removed.")
        original = uses[0].picture.file
        hidden = _hidden(uses)
        if not hidden:
            raise Refused("Nothing on this picture is covered or cut off.", "Cover first what is to be removed.")
        stem = original.name.rpartition(".")[0] or original.name
        made = files.keep_data(workspace.folder, f"{stem}.png", _without(workspace.folder, original, hidden))
        if made.digest == command.digest:
            raise Refused("What is covered was removed already.", "There is no more of it.")
        purged.put(work.conn, command.digest, made, work.clock)
        notes = [_shown_in(uses), *_repointed(work, command.digest, made)]
        seq = work.finish(f"removed what is covered on {original.name}")
    # From here on nothing names it: a kill in between leaves it to the next sweep.
    _remove(files.path_of(workspace.folder, command.digest))
    derived.forget(workspace.folder, command.digest)
    notes += _backups(workspace.folder, command.digest)
    return Outcome(seq, f"removed what is covered on {original.name}, for good", (), notes=tuple(notes))


def _uses(work: UnitOfWork, digest: str) -> list[Use]:
    """Every text that has the picture, also those that only undo would bring back."""
    texts: list[tuple[str, int, str]] = [
        *((title, 0, text) for title, text in work.conn.execute("SELECT title, draft FROM guide")),
        *(
            (title, number, text)
            for title, number, text in work.conn.execute("SELECT title, number, content FROM guide_revision")
        ),
    ]
    return [
        Use(title, number, picture)
        for title, number, text in texts
        for picture in purged.content(work.conn, text).pictures
        if picture.file.digest == digest
    ]


def _hidden(uses: Sequence[Use]) -> list[Mark]:
    """Boxes over all that one of them covers, or all of them cut off."""
    boxes = [mark for use in uses for mark in use.picture.of_kind(MarkKind.REDACT)]
    crops = [use.picture.of_kind(MarkKind.CROP)[-1:] for use in uses]
    if all(crops):
        left, top, right, bottom = (
            pick(mark.box[side] for (mark,) in crops) for side, pick in enumerate((min, min, max, max))
        )
        width, height = uses[0].picture.width, uses[0].picture.height
        around = (0, 0, width, top), (0, bottom, width, height), (0, 0, left, height), (right, 0, width, height)
        boxes += [Mark(MarkKind.REDACT, *box) for box in around if box[0] < box[2] and box[1] < box[3]]
    return boxes


def _without(folder: str, original: Kept, hidden: Sequence[Mark]) -> bytes:
    """The picture as large as it was and the way up it was taken, of its pixels alone."""
    made = io.BytesIO()
    covered(opened(files.content(folder, original)), hidden).save(made, "PNG")
    return made.getvalue()


def _shown_in(uses: Sequence[Use]) -> str:
    names = dict.fromkeys(f"“{use.title}”{f', revision {use.revision}' if use.revision else ''}" for use in uses)
    return f"covered in {'; '.join(names)}"


def _repointed(work: UnitOfWork, digest: str, made: Kept) -> list[str]:
    """Let requests and runs that have the same file have the covered one."""
    notes: list[str] = []
    numbers = [
        number for (number,) in work.conn.execute("SELECT request_id FROM attachment WHERE digest = ?", (digest,))
    ]
    for table in ("attachment", "evidence"):
        found = work.conn.execute(
            f"UPDATE {table} SET digest = ?, size = ? WHERE digest = ?", (made.digest, made.size, digest)
        )
        if found.rowcount and table == "evidence":
            notes.append("also where it was evidence of a run")
    if numbers:
        notes.append(f"also where it was attached: {', '.join(map(label, sorted(set(numbers))))}")
    return notes


def _backups(folder: str, digest: str) -> list[str]:
    """The backups that still have the original."""
    place = os.path.join(folder, "backups")
    names = sorted(os.listdir(place)) if os.path.isdir(place) else []
    still = [name for name in names if os.path.exists(files.path_of(os.path.join(place, name), digest))]
    here = f"still in the backups {', '.join(still)}" if still else "in none of the backups here"
    return [f"{here}; copies elsewhere may have it, too"]


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass
