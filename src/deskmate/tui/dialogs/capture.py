"""Capture: one line, what was understood of it, what comes with it, and enter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from deskmate.domain import capture
from deskmate.domain.capture import Capture
from deskmate.domain.channel import Channel
from deskmate.domain.dropped import quoted
from deskmate.domain.files import Kept, named, parted, with_files
from deskmate.domain.grab import NO_SCREENSHOT
from deskmate.domain.pasted import is_large
from deskmate.domain.row import label
from deskmate.domain.text import TITLE_LIMIT, clean, excerpt, fit, safe, width
from deskmate.tui.dialogs.base import CAPTURE, INTERRUPTED, Dialog
from deskmate.tui.frame import GLYPHS, Spans
from deskmate.tui.near_files import dropped
from deskmate.tui.widgets.lines import OneLine

if TYPE_CHECKING:
    from deskmate.tui.gateway import Answer, Gateway

TAB_ROOM = 15
"""Cells for what tab would do that there is room for at 80 columns; the line above says it whole."""
HEAD_OF_PASTE = 400
"""Characters of a large paste in which its title is looked for."""


@dataclass(frozen=True, slots=True)
class Captured:
    """What was captured, the text beyond its first line, its draft, and the kind of dialog, which keeps drafts apart.

    ``join`` is the request it is added to instead of being a new one; ``take`` says that it is worked on now.
    """

    capture: Capture
    body: str
    draft: str
    kind: str
    join: int | None = None
    take: bool = False

    @property
    def said(self) -> str:
        """All the words, for a request that is there already."""
        return f"{self.capture.text}\n{self.body}".strip("\n")


class CaptureDialog(Dialog[Captured]):
    """Gives back what was captured."""

    DEFAULT_CSS = """
    CaptureDialog #theirs { margin: 0; }
    CaptureDialog #keys { margin: 0; }
    """

    def __init__(
        self,
        gateway: Gateway,
        now: Callable[[], datetime],
        text: str = "",
        cursor: int = -1,
        pasted: str = "",
        *,
        take: bool = False,
    ) -> None:
        """``take``: enter, too, takes it now."""
        self.kind = INTERRUPTED if take else CAPTURE
        super().__init__(gateway, draft=self.kind)
        self._now = now
        self._names = gateway.names
        text, files = parted(text)
        self._line, _, self._body = text.partition("\n")
        self._files = list(files)
        self._cursor = cursor
        self._pasted = pasted
        self._created: set[str] = set()
        self._copying: dict[int, tuple[str, bool]] = {}
        self._ends_when_copied = False
        self._person: int | None = None
        self._theirs: list[tuple[int, str, str]] = []
        self._chosen = -1
        self._take = take

    def compose(self) -> ComposeResult:
        """The line, the echo, what it could be added to, the keys."""
        with Vertical(classes="box") as box:
            box.border_title = "Interrupted" if self._take else "Capture"
            yield Input(self._line, id="field", select_on_focus=False, compact=True)
            yield OneLine(id="echo", ground="field-ground")
            yield OneLine(id="theirs", ground="field-ground")
            yield OneLine(id="keys", ground="field-ground")

    def on_mount(self) -> None:
        """Type at once."""
        field = self.query_one("#field", Input)
        field.cursor_position = len(self._line) if self._cursor < 0 else self._cursor
        field.focus()
        if self._pasted:
            self.paste(self._pasted, apart=True)
        self._echo()
        self.begun()

    async def press(self, key: str) -> bool:
        """Enter keeps it for later, tab accepts what is offered, down chooses a request to add it to."""
        field = self.query_one("#field", Input)
        if key == "enter":
            self._finish()
        elif key == "tab":
            self._accept()
        elif key in ("down", "up"):
            step = 1 if key == "down" else -1
            self._chosen = max(-1, min(self._chosen + step, len(self._theirs) - 1))
            self._echo()
        elif key == "ctrl+f":
            from deskmate.tui import grabbing  # programs and threads, which no start waits for

            grabbing.newest(self.gateway, self._screenshot_found)
        elif key == "backspace" and self._files and field.cursor_position == 0 and field.selection.is_empty:
            self._files.pop()
            self._echo()
            self.changed()
        elif key == "ctrl+n":
            self._take = True
            self._finish()
        else:
            return await super().press(key)
        return True

    def leave(self) -> None:
        """Back out. What is still being copied stays as it was pasted."""
        for pasted, is_path in self._copying.values():
            if is_path:
                self._insert(quoted([pasted]))
            else:
                self._add_to_body(pasted)
        super().leave()

    def on_input_changed(self) -> None:
        """Understand it anew."""
        self._echo()
        self.changed()

    def text(self) -> tuple[str, int]:
        """The line, below it what was pasted with it, and the files."""
        field = self.query_one("#field", Input)
        return with_files(self._words(), self._files), field.cursor_position

    def paste(self, text: str, *, apart: bool = False) -> bool:
        """Take a paste: files are attached, one line goes in at the cursor, more is kept below it.

        ``apart``: with a space before it.
        """
        paths = dropped(text)
        if paths:
            for path in paths:
                self._copy(path, is_path=True)
        elif is_large(text):
            self._copy(text, is_path=False)
        else:
            cleaned, _changed = clean(text, multiline=True)
            line, _, body = cleaned.strip("\n").partition("\n")
            if len(line) > TITLE_LIMIT:
                body, line = cleaned.strip("\n"), excerpt(line, TITLE_LIMIT)
            self._insert(line, apart=apart)
            self._add_to_body(body)
        self._echo()
        self.changed()
        return True

    def warn(self, text: str) -> None:
        """Say so where the echo stands."""
        self.query_one("#echo", OneLine).show([(text, "error")])

    # --- what comes with it ---------------------------------------------------------------------------------

    def _copy(self, pasted: str, *, is_path: bool) -> None:
        """Have a file, or a text that is too large for a field, copied into the data folder."""
        key = max(self._copying, default=0) + 1
        self._copying[key] = pasted, is_path

        def copied(answer: Answer) -> None:
            self._copying.pop(key, None)
            if self._over or not self.is_mounted:
                return  # left: what was pasted is in the draft
            if answer.error is None:
                self._files.append(answer.value)
                self.changed()
            self._echo()
            if answer.error is not None:
                self._ends_when_copied = False
                self.warn(f"{answer.error.message} {answer.error.hint}")
            elif self._ends_when_copied and not self._copying:
                self._finish()

        if is_path:
            self.gateway.keep_file(pasted, copied)
            return
        self.gateway.keep_text(f"pasted {self._now():%Y-%m-%d %H.%M.%S}.txt", pasted, copied)
        if not self.query_one("#field", Input).value.strip():
            self._insert(excerpt(clean(pasted[:HEAD_OF_PASTE].lstrip(), multiline=True)[0], TITLE_LIMIT))

    def _screenshot_found(self, answer: Answer) -> None:
        if self._over or not self.is_mounted:
            return
        if answer.value:
            self.paste(quoted([answer.value]))
        else:
            self.warn(NO_SCREENSHOT)

    def _insert(self, words: str, *, apart: bool = True) -> None:
        field = self.query_one("#field", Input)
        before = field.value[: field.cursor_position]
        field.insert_text_at_cursor(f" {words}" if apart and before.strip() and not before.endswith(" ") else words)

    def _add_to_body(self, more: str) -> None:
        if more:
            self._body = f"{self._body}\n{more}" if self._body else more

    def _words(self) -> str:
        field = self.query_one("#field", Input)
        return f"{field.value}\n{self._body}" if self._body else field.value

    # --- what it comes to -----------------------------------------------------------------------------------

    def _understand(self) -> Capture:
        line = self.query_one("#field", Input).value
        created = frozenset(self._created)
        return capture.parse(line, self._names, self._now(), created, lambda: self.gateway.calendar)

    def _finish(self) -> None:
        if self._copying:
            self._ends_when_copied = True
            return
        found = self._understand()
        body = self._body
        found.files = tuple(self._files)
        found.raw = self._words()
        join = self._theirs[self._chosen][0] if self._chosen >= 0 else None
        if join is None:
            if not found.title and body:
                first, _, body = body.strip("\n").partition("\n")
                found.title = excerpt(first, TITLE_LIMIT)
            if len(found.title) >= TITLE_LIMIT and found.title.endswith("…"):
                body = f"{found.raw}\n{body}".strip("\n")
        take = self._take and not found.done
        # What is taken now may be named afterwards.
        nothing = not take and not capture.says_something(found)
        if nothing or (join is not None and not (found.text or body or found.files)):
            self.leave()
            return
        if found.channel is None:
            found.channel = Channel.DOOR
        draft, _cursor = self.text()
        self.finished()
        self.dismiss(Captured(found, body, draft, self.kind, join, take))

    def _accept(self) -> None:
        field = self.query_one("#field", Input)
        rest = capture.complete(field.value, field.cursor_position, self._names)
        if rest:
            field.insert_text_at_cursor(rest)
            return
        self._created.update(self._understand().unknown)
        self._echo()

    def _echo(self) -> None:
        found = self._understand()
        field = self.query_one("#field", Input)
        rest = capture.complete(field.value, field.cursor_position, self._names)
        spans: Spans = []
        for part in capture.understood(found, self._now()):
            spans += [(part, "soon" if part.endswith("?") else "good"), ("   ", "")]
        if self._body:
            spans.append((f"and {self._body.count(chr(10)) + 1} more lines   ", "dim"))
        if self._files:
            spans.append((f"{counted(self._files)}: {safe(named(self._files))}   ", "good"))
        if self._copying:
            spans.append((f"copying {len(self._copying)}…", "dim"))
        self.query_one("#echo", OneLine).show(spans or [("@who #tag !stuck !several !phone >when", "dim")])
        if found.person_id != self._person:
            self._person, self._chosen = found.person_id, -1
            self._theirs = [] if found.person_id is None else self.gateway.joinable(found.person_id)
        self.query_one("#theirs", OneLine).show(self._offer())
        self.query_one("#keys", OneLine).show(self._keys(found, rest))

    def _offer(self) -> Spans:
        """What more could be said about: one request of this person, chosen or offered."""
        if not self._theirs:
            return []
        number, title, status = self._theirs[max(self._chosen, 0)]
        here: Spans = [
            (f"{label(number)} ", "dim"),
            (f"{GLYPHS[status]} ", "good" if GLYPHS[status] == "✓" else ""),
            (safe(title) or "(untitled)", "bold" if self._chosen >= 0 else ""),
        ]
        if self._chosen < 0:
            more = f"   or {len(self._theirs) - 1} more" if len(self._theirs) > 1 else ""
            return [("↓ ", "key"), ("add it to ", "dim"), *here, (more, "dim")]
        which = f"   {self._chosen + 1} of {len(self._theirs)}" if len(self._theirs) > 1 else ""
        return [("▌", "bar"), ("added to ", "dim"), *here, (which, "dim")]

    def _keys(self, found: Capture, rest: str) -> Spans:
        keys: Spans = [("enter ", "key")]
        joins = self._chosen >= 0
        short = bool(rest or found.unknown) and not joins
        if joins:
            keys += [("add it there   ", "dim"), ("↑ ", "key"), ("a new request   ", "dim")]
        else:
            later = "keep   " if short else "keep for later   "
            keys.append(("take it now   " if self._take else later, "dim"))
        if not self._take:
            keys += [("ctrl+n ", "key"), ("take now   " if short else "take it now   ", "dim")]
        if rest and short:
            keys += [("tab ", "key"), (f"…{fit(rest, TAB_ROOM).rstrip()}   ", "dim")]
        elif short:
            names = ", ".join(found.unknown)
            if width(names) > TAB_ROOM:
                names = "it" if len(found.unknown) == 1 else "them"
            keys += [("tab ", "key"), (f"make {names} known   ", "dim")]
        return [*keys, ("esc ", "key"), ("back" if short or joins else "back, nothing lost", "dim")]


def counted(files: list[Kept]) -> str:
    """How many files, in words."""
    return f"{len(files)} file{'' if len(files) == 1 else 's'}"
