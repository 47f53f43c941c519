"""A checklist as the text it is, with what is understood of it beside: as in the line of a capture, only longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content

from deskmate.domain.checklist_lint import suggestions
from deskmate.domain.text import safe
from deskmate.formats import annotating, checklist_schedule, checklist_text
from deskmate.formats.annotating import Problem
from deskmate.formats.checklist_text import Written
from deskmate.tui.dialogs.long_text import LongTextDialog
from deskmate.tui.dialogs.told import Told, wrapped
from deskmate.tui.frame import Spans
from deskmate.tui.widgets.lines import OneLine

if TYPE_CHECKING:
    from textual import events

    from deskmate.tui.gateway import Gateway

NEW = """\
#\x20

* Mode: any order
* Minutes: 10
* Pause point: before you begin

- [ ]\x20"""
"""What a new one begins with; the cursor is behind the #."""
BEGIN = 2
"""Where the cursor is in it."""
HELP = (
    "* Due, Mode, Minutes, Pause point, Do not disturb",
    "- [ ] an item, and below it: expected, value, choice, note, evidence, guide, day",
)
"""What can stand in the text, said while nothing else has to be."""
BESIDE_FROM = 110
"""Columns from which what is understood stands beside the text."""
ASIDE = 40
"""Cells it has then."""
BELOW = 4
"""Lines it has otherwise."""


class ChecklistDialog(LongTextDialog):
    """Gives back the text, once every line of it is understood."""

    DEFAULT_CSS = f"""
    ChecklistDialog > .box {{ max-width: 160; height: 1fr; margin: 1 2 2 2; }}
    ChecklistDialog #both {{ height: 1fr; layout: vertical; }}
    ChecklistDialog TextArea {{ height: 1fr; width: 1fr; }}
    ChecklistDialog Told {{ max-height: {BELOW}; margin: 0; }}
    ChecklistDialog.beside #both {{ layout: horizontal; }}
    ChecklistDialog.beside Told {{ width: {ASIDE}; max-height: 100%; margin: 0 0 0 2; }}
    """

    def __init__(
        self,
        gateway: Gateway,
        kind: str,
        title: str,
        begin: str,
        *,
        stored: str = "",
        text: str = "",
        cursor: int = -1,
        about: str = "",
        took: float | None = None,
    ) -> None:
        """``kind`` names it in a place and is the key of its draft; ``text`` and ``cursor`` are that draft.

        Without one it begins with ``begin``. Only what differs from ``stored`` can be saved. ``about`` is said of it
        as long as nothing is wrong; ``took`` is how many minutes runs take.
        """
        super().__init__(gateway, kind, None, text or begin, cursor if text else BEGIN if begin == NEW else 0)
        self.kind = kind
        self._title = title
        self._stored = stored
        self._about = about
        self._took = took
        self._written: Written | None = None
        self._problems: tuple[Problem, ...] = ()

    def compose(self) -> ComposeResult:
        """The text, what is understood of it, the keys."""
        with Vertical(classes="box") as box:
            box.border_title = Content(self._title)
            with Container(id="both"):
                yield self.area()
                yield Told()
            yield OneLine(id="keys", ground="field-ground")

    def on_mount(self) -> None:
        """Type at once, where it was left; what it says is said at once, too."""
        super().on_mount()
        self._understand()

    def on_resize(self, event: events.Resize) -> None:
        """Beside where there is room."""
        beside = event.size.width >= BESIDE_FROM
        self.set_class(beside, "beside")
        self.query_one(Told).styles.height = "1fr" if beside else BELOW
        self.call_after_refresh(self._tell)

    def on_text_area_changed(self) -> None:
        """Keep it, and read it anew."""
        super().on_text_area_changed()
        self._understand()

    def text(self) -> tuple[str, int]:
        """What differs from what is stored; empty when nothing does."""
        text, cursor = self.typed()
        return ("", 0) if text.strip() == self._stored.strip() else (text, cursor)

    def may_go(self, text: str) -> bool:
        """Not while a line is not understood: the cursor goes there."""
        self._understand()
        if not self._problems:
            return True
        first = self._problems[0]
        lines = self.typed()[0].split("\n")
        self._put_cursor("\n".join(lines[: first.line]))
        self.warn(safe(str(first)))
        return False

    def for_editor(self, text: str) -> str:
        """With what is wrong above each line."""
        return annotating.annotated(text, self._problems)

    def from_editor(self, text: str) -> str:
        """Without that."""
        return annotating.unannotated(text)

    # --- what is understood ---------------------------------------------------------------------------------

    def _understand(self) -> None:
        found = checklist_text.read(self.typed()[0])
        self._written = found[0] if found else None
        self._problems = tuple(problem for each in found for problem in each.problems)
        if len(found) > 1:
            second = Problem(found[1].line, found[1].name, "another checklist begins: one text is one checklist here")
            self._problems = tuple(sorted((*self._problems, second), key=lambda problem: problem.line))
        elif not found:
            self._problems = (Problem(1, "", "a checklist begins with # and its name, such as # Morning look"),)
        self._tell()
        self.show_keys()

    def _tell(self) -> None:
        told = self.query_one(Told)
        beside = self.has_class("beside")
        room = max(told.size.width, ASIDE if beside else 60)
        lines: list[Spans] = []
        for spans in self._said(beside):
            lines += wrapped(spans, room) if beside or spans[-1][1] == "error" else [spans]
        told.lines = lines if beside else lines[:BELOW]
        told.refresh()

    def _said(self, beside: bool) -> list[Spans]:
        lines: list[Spans] = []
        if self._written is not None:
            content = self._written.content
            count = len(content.items)
            facts = [f"{count} item{'' if count == 1 else 's'}", str(content.mode)]
            facts += [f"{content.minutes} min"] if content.minutes else []
            lines.append([(" · ".join(facts), "dim")])
        shown = self._problems if beside else self._problems[:2]
        lines += [[(safe(str(problem)), "error")] for problem in shown]
        if len(self._problems) > len(shown):
            lines.append([(f"and {len(self._problems) - len(shown)} more", "error")])
        if not self._problems and self._written is not None:
            due = checklist_schedule.told(self._written.schedule) if self._written.schedule else ""
            lines += [[(safe(each), "dim")] for each in (due, self._about) if each]
            lines += [
                [(f"could be better: {safe(each)}", "dim")] for each in suggestions(self._written.content, self._took)
            ]
        return [*lines, *([[]] if beside and lines else []), *([(each, "dim")] for each in HELP)]
