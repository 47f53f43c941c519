"""Getting a picture: the newest screenshot, the clipboard, a region, the screen, one of the request, or a file.

Whoever wants one opens it over its panel and gets a ``Taken``: pictures that are kept and not reviewed yet, and what
is to be said of those that could not be. None when it was left.

    queue.open_dialog(GetPicture(gateway, "Step 3", since=began, request=1042), taken)

Without the dialog, ``grabbing.take_newest(gateway, then)`` takes the newest screenshot at once; its Answer holds a
Taken as well. What is dropped on a panel becomes pictures by ``grabbing.take_files(gateway, paths, then)``.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer

from deskmate.domain.due import span
from deskmate.domain.files import Kept, size_text
from deskmate.domain.grab import COUNTDOWN, Session
from deskmate.domain.row import label
from deskmate.domain.text import safe
from deskmate.tui import grabbing
from deskmate.tui.dialogs.base import Dialog
from deskmate.tui.dialogs.choose import Choice, ChoiceList
from deskmate.tui.dialogs.told import Told, wrapped
from deskmate.tui.frame import Spans
from deskmate.tui.grabbing import Looked, Taken
from deskmate.tui.near_files import dropped
from deskmate.tui.widgets.lines import OneLine

if TYPE_CHECKING:
    from deskmate.tui.gateway import Answer, Gateway

NEWEST, ALL_NEW, FILE = "newest", "all new", "file"
MOST_OF_REQUEST = 5
"""Pictures of the request that are offered, the newest."""
LOOK_AGAIN = 1.0
"""Seconds between two looks at the folder: a screenshot may be made while this is open."""
NO_DESKTOP = "no desktop can be reached from here"
SECOND = 1.0
NARROWEST = 72
"""Cells inside of it where the screen has 80."""
_MOVES = {"down": 1, "j": 1, "up": -1, "k": -1}
_WAYS = {"ctrl+f": NEWEST, "/": FILE, "~": FILE}
"""Keys that mean a way and do not stand on its line."""


class GetPicture(Dialog[Taken]):
    """Gives back what was taken, once a picture is kept."""

    kind = "picture"

    DEFAULT_CSS = "GetPicture OneLine, GetPicture Told { margin: 0; }"

    def __init__(
        self, gateway: Gateway, about: str, *, since: datetime | None = None, request: int | None = None
    ) -> None:
        """``about`` is whose picture it will be. ``since``: what came later is new.

        ``request`` is the one whose pictures are offered, too; by default that which is worked on.
        """
        super().__init__(gateway)
        self._about = about
        self._since = since.timestamp() if since else 0.0
        self._counts_new = since is not None
        self._request = request
        self._of_request: tuple[Kept, ...] = ()
        self._looked: Looked | None = None
        self._left = 0
        self._countdown: Timer | None = None
        self._busy = ""
        self._leash: grabbing.Leash | None = None
        self._asked = False

    def compose(self) -> ComposeResult:
        """The ways, what is under the cursor, the keys."""
        with Vertical(classes="box") as box:
            box.border_title = Content(f"{self._about}: get a picture")
            yield ChoiceList(self._why_not)
            yield Told()
            yield OneLine(id="keys", ground="field-ground")

    def on_mount(self) -> None:
        """Look what is there, and again while this is open."""
        if self._request is None and (focus := self.gateway.focus()) is not None:
            self._request = focus.number
        if self._request is not None:
            self._of_request = grabbing.pictures_of(self.gateway, self._request)[:MOST_OF_REQUEST]
        self._show()
        self._look()
        self.set_interval(LOOK_AGAIN, self._look)

    def on_unmount(self) -> None:
        """No program goes on for nobody."""
        self._stop()

    def paste(self, text: str) -> bool:
        """Dropped files are taken at once."""
        paths = dropped(text)
        if self._busy:
            self.warn(f"{self._busy}; esc ends it")
        elif paths:
            self._take_files(paths)
        else:
            self.warn("that names no file that is here; p asks for one")
        return True

    async def press(self, key: str) -> bool:
        """A way by its key, or by the cursor and enter. Esc ends what goes on, else it leaves."""
        ways = {choice.left: choice for choice in self._choices()} | {
            other: choice for other, what in _WAYS.items() for choice in self._choices() if choice.value == what
        }
        choices = self.query_one(ChoiceList)
        if self._busy:
            if key == "escape":
                self._stop()
            elif key == "enter" and self._countdown is not None:
                self._left = 0
                self._count()
            else:
                self._say_busy()
        elif key in _MOVES:
            choices.move(_MOVES[key])
            self._say()
        elif key == "enter" or key in ways:
            self._go(choices.current if key == "enter" else ways[key], key)
        elif key == "escape":
            self.leave()
        else:
            self.warn(f"{key} is none of these keys")
        return True

    def warn(self, text: str) -> None:
        """Say so where the name of the newest stands."""
        self._tell(text, "error")

    # --- what is there --------------------------------------------------------------------------------------

    def _look(self) -> None:
        if not self._busy:
            grabbing.look(self.gateway, self._since, self._found)

    def _found(self, answer: Answer) -> None:
        if not self.is_mounted or self._over or not isinstance(answer.value, Looked):
            return
        before, self._looked = self._looked, answer.value
        if before is None or (before.newest, before.new) != (self._looked.newest, self._looked.new):
            self._show()
        else:
            self._refresh()

    def _choices(self) -> list[Choice]:
        looked = self._looked
        found = [Choice("way", NEWEST, "i", "newest screenshot", self._newest_said())]
        new = looked.new if looked and self._counts_new else ()
        if len(new) > 1:
            found.append(Choice("way", ALL_NEW, "a", f"all {len(new)} new ones", "the oldest first"))
        tool = looked.region if looked else ""
        by = "" if looked and looked.session is Session.WAYLAND else "all of it, "
        found += [
            Choice("way", grabbing.CLIPBOARD, "c", "clipboard", "a picture, or copied files"),
            Choice("way", grabbing.REGION, "r", "region", f"{tool or 'a program'}, in {COUNTDOWN} seconds"),
            Choice("way", grabbing.SCREEN, "s", "whole screen", f"{by}in {COUNTDOWN} seconds"),
        ]
        for number, kept in enumerate(self._of_request, 1):
            title = f"picture of {label(self._request or 0)}"
            found.append(Choice("way", kept, str(number), title, f"{kept.name}, {size_text(kept.size)}"))
        found.append(Choice("way", FILE, "p", "file", "by its path; or drop it here"))
        return found

    def _newest_said(self) -> str:
        looked = self._looked
        if looked is None:
            return "looking…"
        if looked.newest is None:
            return "there is none"
        passed = timedelta(seconds=looked.age)
        age = f"{span(passed)} ago" if passed >= timedelta(minutes=1) else f"{max(0, passed.seconds)} s ago"
        if not self._counts_new:
            return age
        return f"{age}, {len(looked.new) or 'none'} new since you began"

    def _why_not(self, choice: Choice) -> str:
        looked = self._looked
        if choice.value == NEWEST and looked is not None and looked.newest is None:
            return "no screenshot where this system keeps them"
        if choice.value == grabbing.REGION and looked is not None and looked.no_region:
            return NO_DESKTOP if looked.session is Session.NONE else "nothing for it is installed"
        if choice.value in (grabbing.SCREEN, grabbing.CLIPBOARD) and looked is not None:
            return NO_DESKTOP if looked.session is Session.NONE else ""
        return ""

    def _show(self) -> None:
        """All ways anew; the cursor stays on its own."""
        choices = self.query_one(ChoiceList)
        at, found = choices.current, self._choices()
        choices.styles.height = len(found)
        places = [place for place, each in enumerate(found) if at is not None and each.value == at.value]
        choices.show(found, places[0] if places else 0)
        self._say()

    # --- taking ---------------------------------------------------------------------------------------------

    def _go(self, choice: Choice | None, key: str) -> None:
        if choice is None:
            return
        looked, way = self._looked, choice.value
        why = self._why_not(choice)
        if why and way == NEWEST:
            self.warn(f"{why}; the setting guides.screenshots names another folder")
        elif why:
            self.warn(looked.no_region if looked and way == grabbing.REGION else why)
        elif way == NEWEST and (looked is None or looked.newest is None):
            self.warn("still looking")
        elif way == NEWEST and looked and looked.newest:
            self._take_files([looked.newest.path])
        elif way == ALL_NEW and looked:
            self._take_files([shot.path for shot in reversed(looked.new)])
        elif way == FILE:
            self._ask(key if key in "/~" else "")
        elif isinstance(way, Kept):
            self._begin("taking it")
            grabbing.take_kept(self.gateway, way, self._taken)
        elif way == grabbing.CLIPBOARD:
            self._grab(way)
        else:
            self._begin(way)
            self._left = COUNTDOWN
            self._countdown = self.set_interval(SECOND, self._count)
            self._say_busy()

    def _count(self) -> None:
        """One second less, or now."""
        self._left -= 1
        if self._left > 0 or self._countdown is None:
            self._say_busy()
            return
        self._countdown.stop()
        self._countdown = None
        self._grab(self._busy)

    def _grab(self, way: str) -> None:
        self._begin(way)
        self._leash = grabbing.Leash()
        self._say_busy()
        grabbing.take(self.gateway, way, self._leash, self._taken)

    def _take_files(self, paths: list[str]) -> None:
        self._begin("taking it" if len(paths) == 1 else f"taking {len(paths)} pictures")
        self._say_busy()
        grabbing.take_files(self.gateway, paths, self._taken)

    def _ask(self, typed: str) -> None:
        from deskmate.tui.dialogs.path import PathDialog

        def closed(paths: list[str] | None) -> None:
            if paths:
                self._asked = True
                self._take_files(paths)

        kept, cursor = self.gateway.draft(PATH_DRAFT)
        title = f"{self._about}: a file"
        dialog = PathDialog(self.gateway, (), title, kept or typed, cursor, kind=PATH_DRAFT, verb="take")
        self.app.push_screen(dialog, closed)

    def _taken(self, answer: Answer) -> None:
        """It is kept: that was it. Otherwise say why, and the other ways stay open."""
        if self._over or not self.is_mounted:
            return
        self._end()
        if answer.error is not None:
            self.warn(f"{answer.error.message} {answer.error.hint}".strip())
        elif answer.value is None:
            self.warn("cancelled; nothing was taken")
        elif not answer.value.pictures:
            self.warn(" ".join(answer.value.refused))
        else:
            if self._asked:  # what was typed has become a picture
                self.gateway.save_draft(PATH_DRAFT, "", 0, None)
            self.finished()
            self.dismiss(answer.value)

    # --- while something goes on ----------------------------------------------------------------------------

    def _begin(self, what: str) -> None:
        self._busy = what

    def _end(self) -> None:
        self._busy, self._leash = "", None
        if self.is_mounted:
            self._say()

    def _stop(self) -> None:
        """End the countdown or the program; what came of it is told when it has ended."""
        if self._countdown is not None:
            self._countdown.stop()
            self._countdown = None
            self._end()
            if self.is_mounted:
                self.warn("cancelled; nothing was taken")
        elif self._leash is not None:
            self._leash.pull()

    def _say_busy(self) -> None:
        if self._countdown is not None:
            words = f"the {self._busy} in {self._left}…  bring up what it is to show"
            keys: Spans = [("enter ", "key"), ("now   ", "dim"), ("esc ", "key"), ("do not", "dim")]
        else:
            tool = self._looked.region if self._looked and self._busy == grabbing.REGION else ""
            words = f"{tool}: draw the region" if tool else f"{self._busy}…"
            keys = [("esc ", "key"), ("end it", "dim")] if self._leash else []
        self._tell(words, "soon")
        self.query_one("#keys", OneLine).show(keys)

    def _refresh(self) -> None:
        """The ages go on; what was said stays."""
        choices = self.query_one(ChoiceList)
        choices.replace(self._choices())

    def _tell(self, words: str, style: str) -> None:
        told = self.query_one(Told)
        told.show(wrapped([(safe(words), style)], told.size.width or NARROWEST))

    def _say(self) -> None:
        if self._busy:
            return
        looked = self._looked
        said = ""
        if looked is not None and looked.newest is not None:
            said = f"newest: {os.path.basename(looked.newest.path)}, {size_text(looked.newest.size)}"
        self._tell(said, "dim")
        keys: Spans = [("enter ", "key"), ("take   ", "dim"), ("↓ ↑ ", "key"), ("move   ", "dim")]
        self.query_one("#keys", OneLine).show([*keys, ("esc ", "key"), ("back", "dim")])


PATH_DRAFT = "picture path"
"""Where a half-typed path is kept."""
