"""One guide as it is written: its outline, and the step under the cursor with all that is said in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.geometry import Region

from deskmate.domain.guide import Content, Guide, Step
from deskmate.domain.step_fields import where_changed
from deskmate.tui import guides, step_lines
from deskmate.tui.frame import WIDE, Spans, rule
from deskmate.tui.screens.guide.verbs import Verbs
from deskmate.tui.screens.guide.writing import Writing
from deskmate.tui.screens.panel import PanelScreen
from deskmate.tui.step_lines import Seen
from deskmate.tui.widgets.footer import Pairs
from deskmate.tui.widgets.lines import OneLine
from deskmate.tui.widgets.listed import Listed
from deskmate.tui.widgets.run_view import RunView

if TYPE_CHECKING:
    from deskmate.tui.screens.queue.screen import QueueScreen

ABOVE, BELOW = 3, 2
"""Lines that stand above the panes, and below them."""
LEAST = 4
"""Steps that the outline shows at least, where it stands above."""
WIDEST = 48
"""Cells that the outline has at most, where it stands beside."""
OUTLINE = -2
"""Where the cursor of a step is while it is in the outline: on none of its parts."""


class GuideScreen(PanelScreen):
    """Stands over the queue, and goes back to the panel it came from."""

    DEFAULT_CSS = """
    GuideScreen { background: $background; }
    GuideScreen #panes { height: 1fr; layout: vertical; }
    GuideScreen #outline { width: 100%; }
    GuideScreen.-wide #panes { layout: horizontal; }
    GuideScreen.-wide #outline { height: 100%; }
    GuideScreen.-wide #between { display: none; }
    GuideScreen.-wide #step { width: 1fr; height: 100%; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    scope = "guide"

    def __init__(self, queue: QueueScreen) -> None:
        super().__init__(queue)
        self.heading = OneLine(id="title")
        self.list = Listed(id="outline")
        self.between = OneLine(id="between")
        self.view = RunView(id="step")
        self.guide: Guide | None = None
        self.part = ""
        """The part of the step that the cursor is on; empty while it is in the outline."""
        self.begun: tuple[Step, str | None] | None = None
        """A step that is being typed and is not saved yet, and the one it stands below."""
        self.verbs = Verbs(self)
        self.writing = Writing(self)
        self.since = queue.now()
        """When the cursor came to this step: what pictures came after that is new."""
        self._key = 0
        self._from: dict[str, Any] | None = None
        self._undoing = False

    def compose(self) -> ComposeResult:
        """Top line, which guide, its outline, a step, footer."""
        yield OneLine(id="top")
        yield self.heading
        yield OneLine(id="across")
        with Container(id="panes"):
            yield self.list
            yield self.between
            yield self.view
        yield self.footer

    def on_mount(self) -> None:
        """Take the keys."""
        self.list.focus()

    def on_unmount(self) -> None:
        """Nobody waits for pictures any more."""
        self.verbs.pictures.leave()

    def on_resize(self, event: events.Resize) -> None:
        """Lay out anew."""
        self._lay_out()
        self.paint()

    # --- what is there --------------------------------------------------------------------------------------

    @property
    def content(self) -> Content:
        """What the guide says, with the step that is being begun."""
        content = self.guide.content if self.guide else Content("")
        if self.begun is None or content.position(self.begun[0].key) is not None:
            return content
        step, below = self.begun
        place = 0 if below is None else (content.position(below) or 0) + 1
        return replace(content, steps=(*content.steps[:place], step, *content.steps[place:]))

    @property
    def step(self) -> Step | None:
        """The step under the cursor."""
        steps = self.content.steps
        return steps[self.list.cursor] if self.list.cursor < len(steps) else None

    @property
    def pane(self) -> Region:
        """Where the step stands on the screen."""
        columns, lines = self.app.size
        height = max(1, lines - ABOVE - BELOW)
        if columns >= WIDE:
            outline = min(WIDEST, columns * 2 // 5)
            return Region(outline, ABOVE, columns - outline, height)
        outline = max(LEAST, (height - 1) // 3)
        return Region(0, ABOVE + outline + 1, columns, max(1, height - outline - 1))

    @property
    def edge(self) -> int:
        """Cells that the line at the left of the step takes."""
        return 1 if self.app.size.width >= WIDE else 0

    @property
    def seen(self) -> Seen:
        """What the lines of a step need beside the guide."""
        content = self.content
        titles, published = guides.titles(self.gateway, content), guides.published(self.gateway, content)
        return Seen(titles, guides.glossary(self.gateway), published, self.verbs.pictures.lines)

    # --- where it is ----------------------------------------------------------------------------------------

    def place(self) -> dict[str, Any]:
        """Which guide, where in it, and where one came from."""
        step = self.step
        return {
            "panel": self.scope,
            "guide": self._key,
            "step": step.key if step else None,
            "part": self.part,
            "top": self.view.top,
            "from": self._from,
        }

    def go(self, place: dict[str, Any]) -> None:
        """Come back to a step of a guide; without one to its first."""
        self._from = place.get("from") or None
        self.show_guide(int(place.get("guide") or 0), place.get("step"))
        step = self.step
        part = str(place.get("part") or "")
        self.part = part if step is not None and part in step_lines.parts(step) else ""
        self.view.top = int(place.get("top") or 0)
        self.paint()
        if self.guide is None:
            self.call_after_refresh(self.read)  # which leaves it and says so

    def show_guide(self, key: int, step: str | None = None) -> None:
        """Show a guide, with the cursor on this step of it."""
        self._key, self.begun, self.part = key, None, ""
        self.guide = guides.guide(self.gateway, key)
        self.list.cursor = (self.content.position(step) if step else 0) or 0

    def leave(self) -> None:
        """Back to where it was opened from."""
        if self._from is None:
            self.queue.panels.close()
        else:
            self.queue.panels.go(self._from)

    # --- what is shown --------------------------------------------------------------------------------------

    def read(self) -> None:
        """Show it as it is now. The cursor stays on its step, and after an undo goes to what that changed."""
        before, here = self.guide, self.step
        self.guide = guides.guide(self.gateway, self._key)
        if self.guide is None:
            if self.queue.over is self:
                self.leave()
                self.queue.say("this guide is not there any more")
            return
        if here is not None and before is not None and self.guide.content.step(here.key) is None:
            self.writing.gone(here, before.content, self.guide.content)
        content = self.content
        place = content.position(here.key) if here else 0
        if self._undoing and before is not None and before.content != self.guide.content:
            self._undoing = False
            changed = where_changed(before.content, self.guide.content)
            place = content.position(changed) if changed else place
        if place is not None:
            self.list.cursor = place
        self._keep_part()
        self.paint()
        self.writing.read()

    def look(self) -> Guide | None:
        """The guide as it is on disk at this moment."""
        self.read()
        return self.guide

    def paint(self) -> None:
        """Show what is known now."""
        guide = self.guide
        if guide is None or not self.is_mounted or self.queue.over is not self:
            return  # it may have been left by what comes late
        content, columns = self.content, self.size.width
        key = self.queue.keymap.key
        self.list.empty = [
            [],
            [("  No step yet: ", ""), (key("step.below"), "key"), (" begins the first.", "")],
        ]
        self.list.show(len(content.steps), self._outline_line, self.list.cursor)
        number = self.list.cursor + 1
        self.heading.show(step_lines.title_line(replace(guide, content=content), number, columns))
        self.paint_step()

    def paint_step(self) -> None:
        """The step under the cursor."""
        if not self.is_mounted:
            return
        step = self.step
        self.list.inside = not self.part
        place = step_lines.parts(step).index(self.part) if step and self.part else OUTLINE
        self.between.show(rule(self.size.width, step_lines.head(self.content, step, self.seen) if step else ""))
        self.view.show(self._step_lines, place)
        self.footer.verbs(self._verbs())

    def _outline_line(self, index: int, width: int, cursor: bool) -> Spans:
        step = self.content.steps[index]
        waits = self.writing.waits(step.key)
        return step_lines.outline_line(self.content, index, width, cursor=cursor, inside=bool(self.part), waits=waits)

    def _step_lines(self, width: int) -> tuple[list[Spans], list[int]]:
        step, edge = self.step, self.edge
        rows = step_lines.step_rows(self.content, step, width - edge, self.seen, self.part) if step else []
        places = {part: place for place, part in enumerate(step_lines.parts(step) if step else [])}
        rows += [step_lines.Row("", [])] * (self.view.size.height - len(rows))
        line: Spans = [("│", "rule")] if edge else []
        return [[*line, *row.spans] for row in rows], [places.get(row.part, -1) for row in rows]

    def _lay_out(self) -> None:
        pane = self.pane
        beside = self.edge
        self.list.styles.width = pane.x if beside else "100%"
        self.list.styles.height = "100%" if beside else pane.y - ABOVE - 1
        self.view.styles.height = "100%" if beside else pane.height

    def _keep_part(self) -> None:
        step = self.step
        if self.part and (step is None or self.part not in step_lines.parts(step)):
            self.part = ""

    def _verbs(self) -> Pairs:
        """What one would do next here."""
        key = self.queue.keymap.key
        undo = (key("undo"), "undo")
        if self.step is None:
            return [
                (key("step.below"), "first step"),
                (key("guide.fields"), "title and words"),
                undo,
                ("esc", "back"),
            ]
        if self.part:
            return [*self.verbs.best_of_part(self.part), undo, ("esc", "outline")]
        pairs = [(key("step.type"), "type"), (key("step.below"), "step below"), (key("step.picture"), "picture")]
        pairs += [(key("step.if"), "if not"), (f"{key('step.later')} {key('step.earlier')}", "move")]
        pairs += [(key("guide.preview"), "preview"), (key("guide.publish"), "publish")]
        return [*pairs, (key("guide.fields"), "title and words"), undo]

    # --- keys -----------------------------------------------------------------------------------------------

    def own_why_not(self, action: str) -> str | None:
        """Why an action of the editor can do nothing now."""
        return self.verbs.why_not(action)

    async def run_verb(self, action: str) -> bool:
        """Move, or change something."""
        self._undoing = action in ("undo", "redo")
        steps = self.steps(self.list.page)
        if action == "back" and self.part:
            self.into("")
        elif action in ("back", "close"):
            self.leave()
        elif action in steps and self.part:
            self._move_in_step(steps[action])
        elif action in steps:
            self.move_to(self.list.cursor + steps[action])
        elif action in ("step.into", "step.out", "step.pane"):
            inside = action == "step.into" or (action == "step.pane" and not self.part)
            self.into(self.part or "action" if inside else "")
        else:
            return await self.verbs.run(action)
        return True

    def paste(self, text: str) -> bool:
        """Pictures that are dropped here go into the step."""
        return self.verbs.pictures.take_named(text)

    def reopen(self, kind: str, text: str | None = None) -> bool:
        """One of the dialogs of this guide, by the name it has in a place."""
        _scope, what, key, *rest = kind.split(":")
        if int(key) != self._key:
            self.show_guide(int(key))
            self.paint()
        if what == "type":
            self.writing.reopen(rest[0], text)
        else:
            self.verbs.reopen(what, ":".join(rest), text)
        return True

    def move_to(self, index: int) -> None:
        """Put the cursor on a step."""
        before = self.list.cursor
        self.list.move_to(index)
        if self.list.cursor != before:
            self.view.top, self.part, self.since = 0, "", self.queue.now()
            self.verbs.pictures.leave()
            guide = self.guide
            if guide is not None:
                number = self.list.cursor + 1
                self.heading.show(
                    step_lines.title_line(replace(guide, content=self.content), number, self.size.width)
                )
            self.paint_step()
            self.queue.place.remember()

    def to_step(self, key: str, part: str = "") -> None:
        """Put the cursor on the step of this key, and on a part of it."""
        place = self.content.position(key)
        if place is not None:
            if place != self.list.cursor:
                self.view.top, self.since = 0, self.queue.now()
                self.verbs.pictures.leave()
            self.list.cursor, self.part = place, part
            self._keep_part()
            self.paint()
            self.queue.place.remember()

    def into(self, part: str) -> None:
        """Put the cursor on a part of the step; with none back into the outline."""
        if self.step is not None:
            self.part = part
            self.list.inside = not part
            self.list.refresh()
            self.paint_step()
            self.queue.place.remember()

    def _move_in_step(self, lines: int) -> None:
        step = self.step
        if step is not None:
            parts = step_lines.parts(step)
            place = min(max(parts.index(self.part) + lines, 0), len(parts) - 1)
            self.into(parts[place])

    def on_listed_clicked(self, event: Listed.Clicked) -> None:
        """Move there; a second click types into it."""
        if event.again and not self.part:
            self.writing.open("action")
        else:
            self.part = ""
            self.move_to(event.index)
            self.paint()

    def on_listed_wheel(self, event: Listed.Wheel) -> None:
        """Move the cursor."""
        self.move_to(self.list.cursor + event.lines)

    async def on_run_view_clicked(self, event: RunView.Clicked) -> None:
        """Move to a part; a second click types into it."""
        step = self.step
        if step is not None:
            if event.again:
                await self.queue.run_action_id("step.type")
            else:
                self.into(step_lines.parts(step)[event.index])

    def on_run_view_wheel(self, event: RunView.Wheel) -> None:
        """Scroll the step."""
        self.view.top = max(0, self.view.top + event.lines)
        self.paint_step()
