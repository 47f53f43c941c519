"""What all dialogs share: keys before fields, and text that is a draft half a second after it was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from textual.screen import ModalScreen
from textual.timer import Timer

if TYPE_CHECKING:
    from collections.abc import Callable

    from deskmate.errors import DeskmateError
    from deskmate.tui.gateway import Answer, Gateway

R = TypeVar("R")

CAPTURE, INTERRUPTED = CAPTURES = "capture", "interrupted"
"""The two kinds of capture, and where each keeps its draft."""
DRAFT_AFTER = 0.25
"""Seconds after a change until the draft is written."""


class Dialog(ModalScreen[R], Generic[R]):
    """A dialog over a panel. ``press`` sees each key before the field does."""

    DEFAULT_CSS = """
    Dialog { background: transparent; align: center bottom; }
    Dialog > .box {
        width: 100%; max-width: 120; height: auto; margin: 0 2 3 2; padding: 0 1;
        background: $panel; border: round $border; border-title-color: $foreground; border-title-style: bold;
    }
    Dialog Input, Dialog Input:focus { background: $panel; background-tint: $panel 0%; }
    Dialog TextArea, Dialog TextArea:focus { background: $panel; background-tint: $panel 0%; }
    Dialog OneLine { margin: 1 0 0 0; }
    """

    kind = ""
    """The name this dialog has in a place, so that a restart opens it again."""

    def __init__(self, gateway: Gateway, draft: str = "", request: int | None = None) -> None:
        super().__init__()
        self.gateway = gateway
        self.draft = draft
        self.draft_request = request
        self.requests: tuple[int, ...] = ()
        self._timer: Timer | None = None
        self._kept, self._kept_at = gateway.draft(draft) if draft else ("", -1)
        self._over = False
        # Called when the draft could not be written although the dialog is closed: it must come back.
        self.lost: Callable[[str, DeskmateError], None] = lambda text, error: None

    def begun(self) -> None:
        """The field is there. What came from elsewhere than its draft becomes one."""
        if self.text()[0] != self._kept:
            self.changed()

    def paste(self, text: str) -> bool:
        """Take a paste; False when the field does that by itself."""
        return False

    def moved(self) -> None:
        """A key may move the cursor in the text, which is part of the draft."""
        if self.draft and self._kept:
            self.changed()

    async def press(self, key: str) -> bool:
        """Look at a key before the field does; True when it is dealt with."""
        if key == "escape":
            self.leave()
            return True
        return False

    def leave(self) -> None:
        """Back out; the text stays as a draft."""
        self.keep()
        self._over = True
        self.dismiss(None)

    def text(self) -> tuple[str, int]:
        """What is typed, and the cursor in it."""
        return "", 0

    def changed(self) -> None:
        """The text changed: write the draft soon."""
        if self._timer is None:
            self._timer = self.set_timer(DRAFT_AFTER, self.keep)

    def keep(self) -> None:
        """Write the draft now, unless it is written."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if not self.is_mounted:
            return
        text, cursor = self.text()
        moved = text and self._kept_at >= 0 and cursor != self._kept_at  # in a text that is a draft already
        if self.draft and (text != self._kept or moved):
            self._kept, self._kept_at = text, cursor
            self.gateway.save_draft(
                self.draft, text, cursor, self.draft_request, lambda answer: self._draft_written(text, answer)
            )

    def finished(self) -> None:
        """The text is on its way to where it stays: no draft of it may be written any more."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.draft = ""
        self._over = True

    def _draft_written(self, text: str, answer: Answer) -> None:
        if answer.error is None or not self.draft:
            return
        if self._over:
            self.lost(text, answer.error)
        else:
            self._kept = ""
            self.warn(f"draft waiting: {answer.error.message}")
            self.changed()

    def warn(self, text: str) -> None:
        """Say that a draft could not be written yet."""
