"""Changing a guide: each function gives the content as it is afterwards, and leaves the one it was given.

Steps are named by their keys; keys for new ones are passed in. A step that is not there raises Refused: somebody
else took it away. Branches lead to keys, so they follow a step wherever it goes; one that leads to a step that was
removed stays and leads nowhere until that is said or undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from deskmate.domain.guide import Branch, Caution, Content, Step, Then
from deskmate.domain.picture import Picture
from deskmate.domain.request import Refused

_CARE = tuple(Caution)
"""From the least to the most."""


def insert(content: Content, step: Step, below: str | None) -> Content:
    """Put a step in below another; with None above all."""
    place = 0 if below is None else _place(content, below) + 1
    return replace(content, steps=(*content.steps[:place], step, *content.steps[place:]))


def put(content: Content, step: Step) -> Content:
    """Put a changed step in the place of the one that has its key."""
    return _put(content, _place(content, step.key), step)


def remove(content: Content, key: str) -> Content:
    """Take a step out."""
    return _put(content, _place(content, key))


def move(content: Content, key: str, by: int) -> Content:
    """Move a step down, or up where ``by`` is negative, as far as there is room."""
    steps = list(content.steps)
    place = _place(content, key)
    step = steps.pop(place)
    steps.insert(min(max(place + by, 0), len(steps)), step)
    return replace(content, steps=tuple(steps))


def duplicate(content: Content, key: str, new: str) -> Content:
    """Put the same step in once more, below, as ``new``. Its pictures get keys of their own, made of that one.

    What leads back to the step itself does so in both.
    """
    step = _step(content, key)
    taken = _keys(content) | {new}
    pictures = []
    for number, picture in enumerate(step.pictures, start=1):
        own = f"{new}-{number}"
        while own in taken:
            own += "-"
        taken.add(own)
        pictures.append(replace(picture, key=own))
    branches = tuple(_led(each, key, new) for each in step.branches)
    return insert(content, replace(step, key=new, pictures=tuple(pictures), branches=branches), key)


def split(content: Content, key: str, position: int, new: str) -> Content:
    """Make two of a step, at a position in the text of its action; the second is ``new``.

    What one should see, and what to do if not, comes after all of it and goes with the second. The rest stays with
    the first; both ask for the same care.
    """
    step = _step(content, key)
    first = replace(step, action=step.action[:position].rstrip(), expect="", branches=())
    second = Step(
        new,
        action=step.action[position:].lstrip(),
        expect=step.expect,
        branches=step.branches,
        caution=step.caution,
        reviewed=step.reviewed,
    )
    return insert(put(content, first), second, key)


def join(content: Content, key: str) -> Content:
    """Make one of a step and the next; what led to the second leads to it. Raises Refused for the last one."""
    place = _place(content, key)
    if place + 1 == len(content.steps):
        raise Refused("There is no step below to join with.")
    first, second = content.steps[place : place + 2]
    both = (first, second)
    spent = [step.minutes for step in both if step.minutes is not None]
    one = replace(
        first,
        action=_said((step.action for step in both), lines=" "),
        where=_said(dict.fromkeys(step.where for step in both), lines=", "),
        expect=_said((step.expect for step in both), lines=" "),
        detail=_said(step.detail for step in both),
        note=_said(step.note for step in both),
        minutes=sum(spent) if spent else None,
        caution=max((step.caution for step in both), key=_CARE.index),
        branches=tuple(dict.fromkeys((*first.branches, *second.branches))),
        pictures=(*first.pictures, *second.pictures),
        reviewed=first.reviewed and second.reviewed,
    )
    joined = put(remove(content, second.key), one)
    return _branches(joined, lambda each: _led(each, second.key, first.key))


# --- pictures ----------------------------------------------------------------------------------------------


def put_picture(content: Content, key: str, picture: Picture, place: int | None = None) -> Content:
    """Put a picture to a step, at the end of its pictures unless a place is said, counted from 0.

    One that is in the guide already, by its key, goes from where it is: this moves it.
    """
    _place(content, key)
    if picture.key in {each.key for each in content.pictures}:
        content = remove_picture(content, picture.key)
    step = _step(content, key)
    at = len(step.pictures) if place is None else min(max(place, 0), len(step.pictures))
    return put(content, replace(step, pictures=(*step.pictures[:at], picture, *step.pictures[at:])))


def replace_picture(content: Content, picture: Picture, instead_of: str = "") -> Content:
    """Put a changed picture in the place of the one that has its key, or another in the place of ``instead_of``."""
    old = instead_of or picture.key
    step = step_of(content, old)
    return put(content, replace(step, pictures=tuple(picture if each.key == old else each for each in step.pictures)))


def remove_picture(content: Content, key: str) -> Content:
    """Take a picture out."""
    step = step_of(content, key)
    return put(content, replace(step, pictures=tuple(each for each in step.pictures if each.key != key)))


def step_of(content: Content, picture: str) -> Step:
    """The step that has the picture of this key. Raises Refused."""
    for step in content.steps:
        if any(each.key == picture for each in step.pictures):
            return step
    raise Refused("This picture is not in the guide any more.")


# --- branches ----------------------------------------------------------------------------------------------


def _branches(content: Content, change: Callable[[Branch], Branch]) -> Content:
    """All branches changed. Two of a step that say the same then become one."""
    return replace(
        content,
        steps=tuple(
            replace(step, branches=tuple(dict.fromkeys(map(change, step.branches)))) for step in content.steps
        ),
    )


def _led(branch: Branch, old: str, new: str) -> Branch:
    return replace(branch, to=new) if branch.then is Then.STEP and branch.to == old else branch


# --- steps -------------------------------------------------------------------------------------------------


def _put(content: Content, place: int, *steps: Step) -> Content:
    return replace(content, steps=(*content.steps[:place], *steps, *content.steps[place + 1 :]))


def _place(content: Content, key: str) -> int:
    place = content.position(key)
    if place is None:
        raise Refused("This step is not in the guide any more.")
    return place


def _step(content: Content, key: str) -> Step:
    return content.steps[_place(content, key)]


def _keys(content: Content) -> set[str]:
    return {step.key for step in content.steps} | {each.key for each in content.pictures}


def _said(texts: Iterable[str], lines: str = "\n") -> str:
    """Texts as one: put together by ``lines``, or line by line where one has several."""
    said = list(filter(None, texts))
    return ("\n" if any("\n" in text for text in said) else lines).join(said)
