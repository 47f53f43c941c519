"""What was published of a guide, and what the draft says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer

from deskmate.domain.text import safe
from deskmate.tui import guides
from deskmate.tui.dialogs.base import Dialog
from deskmate.tui.frame import Spans
from deskmate.tui.guide_lines import difference_lines, revision_line
from deskmate.tui.widgets.lines import OneLine
from deskmate.tui.widgets.listed import Listed, Pane

if TYPE_CHECKING:
    from deskmate.domain.guide import Guide
    from deskmate.tui.gateway import Gateway
    from deskmate.tui.guides import Difference

REST = 0.06
"""Seconds the cursor rests on a revision until it is compared."""
MOST = 7
"""Revisions in sight."""
_MOVES = {"j": 1, "down": 1, "k": -1, "up": -1, "g": -1_000_000, "G": 1_000_000}
_PAGES = {"space": 1.0, "pagedown": 1.0, "pageup": -1.0, "ctrl+d": 0.5, "ctrl+u": -0.5}


class RevisionList(Listed):
    """The revisions, on the ground of a dialog."""

    def ground(self, y: int) -> str:
        """The cursor's line stands out a little."""
        found = super().ground(y)
        return "field-ground" if found == "ground" else found


class Differences(Pane):
    """What is different, on the ground of a dialog."""

    def ground(self, y: int) -> str:
        """That of the dialog."""
        return "field-ground"


class GuideRevisions(Dialog[int]):
    """Gives back the number of the revision that the draft is to say again."""

    DEFAULT_CSS = """
    GuideRevisions > .box { height: 1fr; margin: 0; max-width: 100%; }
    GuideRevisions RevisionList { width: 100%; }
    GuideRevisions Differences { height: 1fr; width: 100%; }
    """

    def __init__(self, gateway: Gateway, kind: str, guide: Guide, now: Callable[[], datetime]) -> None:
        super().__init__(gateway)
        self.kind = kind
        self._guide = guide
        self._now = now
        self._revisions = guides.revisions(gateway, guide.id)
        self._found: dict[int, Difference] = {}
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The revisions, what the draft says otherwise, the keys."""
        with Vertical(classes="box") as box:
            box.border_title = Content(f"What was published of {safe(self._guide.title)}")
            listed = RevisionList(id="revisions")
            listed.styles.height = min(len(self._revisions), MOST)
            yield listed
            yield Differences(id="differences")
            yield OneLine(id="keys", ground="field-ground")

    def on_mount(self) -> None:
        """The newest first."""
        listed = self.query_one(RevisionList)
        listed.show(len(self._revisions), self._line, 0)
        listed.focus()
        self._compare()
        self._keys()

    async def press(self, key: str) -> bool:
        """Move, scroll, or take one."""
        listed, pane = self.query_one(RevisionList), self.query_one(Differences)
        if key in _MOVES:
            listed.move_to(listed.cursor + _MOVES[key])
            self._show()
            if self._timer is None:
                self._timer = self.set_timer(REST, self._compare)
            self._timer.reset()
        elif key in _PAGES:
            pane.scroll(round(_PAGES[key] * pane.page))
        elif key == "enter":
            self.dismiss(self._revisions[listed.cursor].number)
        elif key in ("q", "v"):
            self.leave()
        else:
            await super().press(key)
        return True

    def on_listed_clicked(self, event: Listed.Clicked) -> None:
        """Move there."""
        self.query_one(RevisionList).move_to(event.index)
        self._show()
        self._compare()

    def on_listed_wheel(self, event: Listed.Wheel) -> None:
        """Scroll what is different."""
        self.query_one(Differences).scroll(event.lines)

    def _line(self, index: int, columns: int, cursor: bool) -> Spans:
        return revision_line(self._revisions[index], columns, self._now(), cursor=cursor)

    def _compare(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        number = self._revisions[self.query_one(RevisionList).cursor].number
        if number in self._found:
            self._show()
        else:
            self._compared(number)

    @work(exclusive=True, group="differences")
    async def _compared(self, number: int) -> None:
        before = next(each for each in self._revisions if each.number == number)
        found = await guides.difference_later(self.gateway, before.content, self._guide.content)
        if found is not None and self.app.is_running:
            self._found[number] = found
            self._show()

    def _show(self) -> None:
        number = self._revisions[self.query_one(RevisionList).cursor].number
        found = self._found.get(number)
        if found is not None:  # until then what is there stays
            self.query_one(Differences).show(partial(difference_lines, number, found), top=0)

    def _keys(self) -> None:
        pairs = (("enter", "the draft says this again"), ("j k", "another"), ("space", "page"), ("esc", "back"))
        keys: Spans = [span for key, name in pairs for span in ((f"{key} ", "key"), (f"{name}   ", "dim"))]
        self.query_one("#keys", OneLine).show(keys)
