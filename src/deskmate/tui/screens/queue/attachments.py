"""What the keys of the queue do with files."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from deskmate.domain import commands
from deskmate.domain.dropped import quoted
from deskmate.domain.files import Kept, is_program, size_text
from deskmate.domain.row import label
from deskmate.domain.text import safe
from deskmate.domain.timeline import Attachment
from deskmate.tui import outside
from deskmate.tui.actions.reasons import Rule
from deskmate.tui.screens.queue.group import Group
from deskmate.tui.screens.queue.verbs import about

if TYPE_CHECKING:
    from deskmate.domain.commands import Numbers
    from deskmate.tui.gateway import Answer
    from deskmate.tui.screens.queue.screen import QueueScreen

CHOICE = "file."
"""What a digit after ``o`` comes to."""


class Attachments(Group):
    """Attaches files to requests and opens them."""

    rules = {"attach": Rule("attach to"), "file.open": Rule("open", reads=True)}

    def __init__(self, screen: QueueScreen) -> None:
        super().__init__(screen)
        self._offered: tuple[Attachment, ...] = ()
        self._warned_of = ""

    async def run(self, action: str) -> bool:
        """Run what has to do with files."""
        if action == "attach":
            self.reopen("attach", self.screen.targets())
        elif action == "file.open":
            self._open()
        elif action.startswith(CHOICE):
            self._open_one(int(action.removeprefix(CHOICE)) - 1)
        else:
            return False
        return True

    def reopen(self, kind: str, numbers: Numbers, text: str | None = None) -> bool:
        """Ask for a path."""
        if kind != "attach":
            return False
        from deskmate.tui.dialogs.path import PathDialog

        kept, cursor = self.screen.gateway.draft(f"attach:{numbers[0]}")
        if text is not None and text != kept:
            kept, cursor = text, -1
        dialog = PathDialog(self.screen.gateway, numbers, f"{about(numbers)}: attach", kept, cursor)
        self.screen.open_dialog(dialog, partial(self._attach, numbers))
        return True

    def keep_paste(self, numbers: Numbers, text: str) -> str:
        """Attach a paste that is too large for a field; returns the name it gets."""
        name = f"pasted {self.screen.now():%Y-%m-%d %H.%M.%S}.txt"
        self.screen.gateway.keep_text(name, text, partial(self._kept, numbers, [], []))
        return name

    def _attach(self, numbers: Numbers, paths: list[str] | None) -> None:
        if paths:
            first, *rest = paths
            self.screen.gateway.keep_file(first, partial(self._kept, numbers, paths, rest, before=()))

    def _kept(
        self, numbers: Numbers, paths: list[str], rest: list[str], answer: Answer, before: tuple[Kept, ...] = ()
    ) -> None:
        """One is copied: on to the next, or attach them all as one step."""
        if answer.error is not None:
            self.screen.say(answer.error.message, answer.error.hint, error=True)
            self._back(numbers, paths)
            return
        files = (*before, answer.value)
        if rest:
            self.screen.gateway.keep_file(rest[0], partial(self._kept, numbers, paths, rest[1:], before=files))
            return
        self.screen.verbs.do(
            lambda targets: commands.Attach(targets, files),
            numbers,
            draft=f"attach:{numbers[0]}" if paths else "",
            back=lambda error: self._back(numbers, paths),
        )

    def _back(self, numbers: Numbers, paths: list[str]) -> None:
        """What was typed comes back."""
        if paths:
            self.reopen("attach", numbers, paths[0] if len(paths) == 1 else quoted(paths))

    # --- opening --------------------------------------------------------------------------------------------

    def _open(self) -> None:
        screen = self.screen
        number = screen.listing.current
        found = None if number is None else screen.gateway.detail(number, 0, 1)
        self._offered = found.attachments[:9] if found else ()
        if not self._offered:
            screen.say(f"{label(number or 0)} has no files; {screen.keymap.key('attach')} attaches one", error=True)
        elif len(self._offered) == 1:
            self._open_one(0)
        else:
            screen.wait_for("file")
            names = [(str(index), f"{safe(each.name)}") for index, each in enumerate(self._offered, 1)]
            screen.footer.strip("open", names)

    def _open_one(self, index: int) -> None:
        screen = self.screen
        if index >= len(self._offered):
            screen.say(f"there are {len(self._offered)} files", error=True)
            return
        chosen = self._offered[index]
        if is_program(chosen.name) and self._warned_of != chosen.digest:
            self._warned_of = chosen.digest
            screen.say(f"{chosen.name} may be a program: opening it may run it. The same again opens it", error=True)
            return
        self._warned_of = ""
        screen.say(f"opening {chosen.name}, {size_text(chosen.size)}")
        kept = Kept(chosen.name, chosen.size, chosen.digest)

        def read(answer: Answer) -> None:
            if answer.error is not None:
                screen.say(answer.error.message, answer.error.hint, error=True)
            else:
                screen.gateway.aside(partial(outside.open_copy, chosen.name, answer.value), opened)

        def opened(answer: Answer) -> None:
            if answer.error is not None:
                screen.say(answer.error.message, answer.error.hint, error=True)

        screen.gateway.content(kept, read)
