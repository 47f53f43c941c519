"""Pictures of a step: brought in, moved, taken out, opened outside."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from deskmate.domain import guide_edit
from deskmate.domain.files import is_picture
from deskmate.domain.guide import Content, Step
from deskmate.domain.picture import Picture
from deskmate.domain.text import safe
from deskmate.tui import grabbing, step_lines
from deskmate.tui.near_files import dropped
from deskmate.tui.pictures import Look
from deskmate.tui.pictures import lines as picture_lines
from deskmate.tui.themes import palette
from deskmate.tui.widgets.picture_view import COMING, LEAST

if TYPE_CHECKING:
    from deskmate.tui.frame import Spans
    from deskmate.tui.gateway import Answer
    from deskmate.tui.grabbing import Taken
    from deskmate.tui.screens.guide.verbs import Verbs


class Pictures:
    """The pictures of the step under the cursor."""

    def __init__(self, verbs: Verbs) -> None:
        self._verbs = verbs
        self._failed: dict[Look, str] = {}

    # --- how they look --------------------------------------------------------------------------------------

    def lines(self, picture: Picture, columns: int) -> list[Spans]:
        """A picture as it goes out, as far as it is made; the rest comes by itself. Nothing waits for it."""
        panel, shown = self._verbs.panel, self._verbs.panel.gateway.pictures
        rows = panel.pane.height - 2
        if shown.off or columns < LEAST[0] or rows < LEAST[1]:
            return []
        size = picture.width, picture.height
        look = Look(picture.file, columns, 2 * rows, palette()["ground"], size, picture.marks)
        if look in self._failed:
            return [[(safe(self._failed[look]), "dim")]]
        known = shown.known(look)
        if known is not None:
            return picture_lines(known)
        shown.ask(self, look, partial(self._came, look))
        return [[(COMING, "dim")]]

    def leave(self) -> None:
        """Another step is looked at: nobody waits for these any more."""
        self._failed.clear()  # what could not be shown may be mended by then
        self._verbs.panel.gateway.pictures.leave(self)

    def _came(self, look: Look, answer: Answer) -> None:
        panel = self._verbs.panel
        if answer.error is not None:
            self._failed[look] = f"no preview: {answer.error.message}"
        if panel.queue.over is panel:
            panel.paint_step()
            panel.writing.pictured()

    # --- how they come --------------------------------------------------------------------------------------

    def ask(self, step: Step) -> None:
        """Ask which: those that are new since this step was begun, the clipboard, a region, a file."""
        from deskmate.tui.dialogs.get_picture import GetPicture

        panel = self._verbs.panel
        dialog = GetPicture(panel.gateway, f"Step {self._verbs.number(step)}", since=panel.since)
        panel.queue.open_dialog(dialog, partial(self._put, step.key))

    def newest(self) -> None:
        """The newest screenshot, into the step under the cursor."""
        panel = self._verbs.panel
        if panel.step is not None:
            grabbing.take_newest(panel.gateway, partial(self._taken, panel.step.key))

    def take_named(self, text: str) -> bool:
        """The pictures that a paste names; False when it names anything else."""
        panel = self._verbs.panel
        paths = dropped(text)
        if panel.step is None or panel.gateway.read_only or not paths or not all(map(is_picture, paths)):
            return False
        grabbing.take_files(panel.gateway, paths, partial(self._taken, panel.step.key))
        return True

    def _taken(self, key: str, answer: Answer) -> None:
        if answer.error is not None:
            self._verbs.panel.say(answer.error.message, answer.error.hint, error=True)
        else:
            self._put(key, answer.value)

    def _put(self, key: str, taken: Taken | None) -> None:
        """Put what was taken into the step of this key, as one step of undo."""
        panel = self._verbs.panel
        if taken is None:
            return
        if not taken.pictures:
            panel.say(*(taken.refused or ("there was no picture",)), error=True)
            return
        step = panel.content.step(key)
        there = {each.file.digest for each in step.pictures} if step else set()
        if all(each.file.digest in there for each in taken.pictures):
            panel.say("this picture is in the step already", *taken.refused[:1], error=True)
            return
        begun = panel.begun

        def change(content: Content) -> Content:
            if begun is not None and begun[0].key == key and content.position(key) is None:
                content = guide_edit.insert(content, *begun)
            for picture in taken.pictures:
                if picture.file.digest not in there:
                    content = guide_edit.put_picture(content, key, picture)
            return content

        place = panel.content.position(key)
        what = "a picture" if len(taken.pictures) == 1 else f"{len(taken.pictures)} pictures"
        words = f"put {what} to step {(place or 0) + 1}"
        here = panel.step is not None and panel.step.key == key
        self._verbs.save(change, words, to=key if here else "", part=panel.part, also=(*taken.refused, *taken.moving))

    # --- what becomes of them -------------------------------------------------------------------------------

    def move(self, step: Step, key: str, by: int) -> None:
        """Before or behind its neighbour; from the first or the last on into the step above or below."""
        verbs, steps = self._verbs, self._verbs.panel.content.steps
        place = [each.key for each in step.pictures].index(key) + by
        number = verbs.number(step)
        part = f"{step_lines.PICTURE}{key}"
        picture = step.pictures[place - by]
        if 0 <= place < len(step.pictures):
            verbs.save(
                lambda content: guide_edit.put_picture(content, step.key, _there(content, picture), place),
                f"moved a picture of step {number}",
                to=step.key,
                part=part,
            )
        elif not 0 <= number - 1 + by < len(steps):
            verbs.panel.say(f"there is no step {'below' if by > 0 else 'above'}", error=True)
        else:
            into = steps[number - 1 + by]
            verbs.save(
                lambda content: guide_edit.put_picture(
                    content, into.key, _there(content, picture), 0 if by > 0 else None
                ),
                f"moved a picture from step {number} to {number + by}",
                to=into.key,
                part=part,
            )

    def remove(self, step: Step, key: str) -> None:
        """Take one out; the file stays among the kept ones."""
        number = self._verbs.number(step)
        self._verbs.save(
            lambda content: guide_edit.remove_picture(content, key),
            f"took a picture out of step {number}",
            to=step.key,
        )

    def open_outside(self, picture: Picture) -> None:
        """Open its original with the program this system has for it."""
        panel = self._verbs.panel

        def content(answer: Answer) -> None:
            if answer.error is not None:
                panel.say(answer.error.message, answer.error.hint, error=True)
            else:
                panel.gateway.aside(partial(_open, picture.file.name, answer.value), opened)

        def opened(answer: Answer) -> None:
            if answer.error is not None:
                panel.say(answer.error.message, answer.error.hint, error=True)
            else:
                panel.say("opened the original outside")

        panel.gateway.content(picture.file, content)


def _open(name: str, content: bytes) -> None:
    from deskmate.tui.outside import open_copy

    open_copy(name, content)


def _there(content: Content, picture: Picture) -> Picture:
    """The picture as it is by now. Raises Refused."""
    step = guide_edit.step_of(content, picture.key)
    return next(each for each in step.pictures if each.key == picture.key)
