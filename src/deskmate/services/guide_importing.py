"""Guides that came in: their pictures are kept, and the guides made as one step of undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from deskmate.domain.guide import Content
from deskmate.domain.picture import Picture
from deskmate.formats.guide_import import Brought
from deskmate.formats.new_key import new_key
from deskmate.formats.pictures import NoPicture, moves, opened
from deskmate.store import files


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A guide ready to be made, and what was left out of it, in words."""

    content: Content
    notes: tuple[str, ...]


def taken_in(folder: str, brought: Sequence[Brought]) -> list[TakenIn]:
    """Keep the pictures and give every step and picture a key for good. Raises NotKept when the disk is full."""
    return [_taken_in(folder, each) for each in brought]


def _taken_in(folder: str, brought: Brought) -> TakenIn:
    notes = list(brought.notes)
    keys = {step.key: new_key() for step in brought.content.steps}
    pictures: dict[int, list[Picture]] = {}
    for each in brought.pictures:
        try:
            width, height = opened(each.data).size
        except NoPicture as error:
            notes.append(f"a picture of step {each.step + 1} was left out: {error}")
            continue
        if moves(each.data):
            notes.append(f"of a picture of step {each.step + 1} only the first one is used: it moves")
        kept = files.keep_data(folder, each.name, each.data)
        pictures.setdefault(each.step, []).append(Picture(new_key(), kept, width, height, each.alt))
    steps = tuple(
        replace(
            step,
            key=keys[step.key],
            branches=tuple(replace(branch, to=keys.get(branch.to, branch.to)) for branch in step.branches),
            pictures=tuple(pictures.get(place, ())),
        )
        for place, step in enumerate(brought.content.steps)
    )
    return TakenIn(replace(brought.content, steps=steps), tuple(notes))
