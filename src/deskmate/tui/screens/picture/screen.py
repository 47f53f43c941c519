"""A picture of a guide: looked at in large, its marks made, moved and taken away, each on disk when it is shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Vertical

from deskmate.domain.picture import Mark, Picture, Review
from deskmate.domain.pointing import Pointing, begin, fitting, in_sight
from deskmate.tui import guides
from deskmate.tui.frame import WIDE
from deskmate.tui.picture_lines import about_lines, mark_line, pointing_line, proposal_line, title_line
from deskmate.tui.picture_overlay import Sheet, Sight, emphasised, numbers, pointing
from deskmate.tui.pictures import Look
from deskmate.tui.screens.panel import PanelScreen
from deskmate.tui.screens.picture.marking import Marking
from deskmate.tui.sniffing import HOW, Sniffing
from deskmate.tui.themes import LIVE, palette
from deskmate.tui.widgets.footer import Pairs
from deskmate.tui.widgets.lines import OneLine
from deskmate.tui.widgets.listed import Listed, Pane
from deskmate.tui.widgets.picture_board import PictureBoard

if TYPE_CHECKING:
    from deskmate.domain.guide import Guide
    from deskmate.domain.pointing import Box
    from deskmate.domain.telltale import Sighting
    from deskmate.formats.pictures import Cells
    from deskmate.tui.gateway import Answer
    from deskmate.tui.screens.queue.screen import QueueScreen

NARROW_SIDE, SIDE = 27, 42
"""Cells of the column beside the picture."""


class PictureScreen(PanelScreen):
    """Stands over the queue, and goes back to the panel it came from."""

    DEFAULT_CSS = """
    PictureScreen { background: $background; }
    PictureScreen #panes { height: 1fr; layout: horizontal; }
    PictureScreen #side { height: 100%; }
    PictureScreen #marks { height: 1fr; }
    PictureScreen #about { height: 8; }
    """

    scope = "picture"

    def __init__(self, queue: QueueScreen) -> None:
        super().__init__(queue)
        self.heading = OneLine(id="title")
        self.board = PictureBoard()
        self.list = Listed(id="marks")
        self.about = Pane(id="about")
        self.side = Vertical(self.list, self.about, id="side")
        self.sniffing = Sniffing(self.gateway, self.paint)
        self.marking = Marking(self)
        self.guide: Guide | None = None
        self.at: Pointing | None = None
        """Where one points, while one does."""
        self.closer: Pointing | None = None
        """What is looked at closer."""
        self._key, self._picture = 0, ""
        self._went_there = False
        """Whether the cursor was put on what is pointed out."""
        self._mark: int | None = None
        """The mark to put the cursor on, once there is a list."""
        self._from: dict[str, Any] | None = None
        self._shown: tuple[Sight, Cells] | None = None
        self._asked: Look | None = None
        self._why_not = ""
        """Why nothing can be shown of it."""

    def compose(self) -> ComposeResult:
        """Top line, which picture, the picture with its marks beside it, footer."""
        yield OneLine(id="top")
        yield self.heading
        yield OneLine(id="across")
        with Container(id="panes"):
            yield self.board
            yield self.side
        yield self.footer

    def on_mount(self) -> None:
        """Take the keys."""
        self.board.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Lay out anew."""
        self.side.styles.width = SIDE if event.size.width >= WIDE else NARROW_SIDE
        self.call_after_refresh(self.paint)

    @property
    def keys(self) -> str:
        """While one points, other keys are in force, and a few on what is pointed out."""
        return "pointing" if self.at is not None else "proposal" if self.proposal else self.scope

    @property
    def picture(self) -> Picture | None:
        """The picture as it was read last."""
        found = self.guide.content.pictures if self.guide else ()
        return next((each for each in found if each.key == self._picture), None)

    @property
    def seen(self) -> Box | None:
        """The region of the picture on the screen; None while it is opened."""
        return self._shown[0].region if self._shown and not self._asked else None

    @property
    def mark(self) -> Mark | None:
        """The mark under the cursor."""
        picture = self.picture
        return picture.marks[self.list.cursor] if picture and self.list.cursor < len(picture.marks) else None

    @property
    def proposals(self) -> tuple[Sighting, ...]:
        """What looks like something that must not be seen; stands below the marks."""
        return self.sniffing.open(self.picture) if self.picture else ()

    @property
    def proposal(self) -> Sighting | None:
        """What is pointed out under the cursor. What comes by itself takes no key before somebody goes there."""
        place = self.list.cursor - len(self.picture.marks) if self.picture and self._went_there else -1
        return self.proposals[place] if 0 <= place < len(self.proposals) else None

    # --- where it is ----------------------------------------------------------------------------------------

    def place(self) -> dict[str, Any]:
        """Which picture of which guide, the mark under the cursor, and where one came from."""
        return {
            "panel": self.scope,
            "guide": self._key,
            "picture": self._picture,
            "mark": self.list.cursor if self._mark is None else self._mark,
            "from": self._from,
        }

    def go(self, place: dict[str, Any]) -> None:
        """Come back to a picture; without its key to the first of the guide."""
        self._from = place.get("from") or None
        self.show_picture(int(place.get("guide") or 0), str(place.get("picture") or ""), int(place.get("mark") or 0))
        if self.picture is None:
            self.call_after_refresh(self.read)  # which leaves it and says so

    def show_picture(self, guide: int, picture: str, mark: int = 0) -> None:
        """Show a picture of a guide with the cursor on a mark."""
        if (guide, picture) != (self._key, self._picture):
            self.at = self.closer = self._shown = None
            self._went_there = False
        self._key, self._picture = guide, picture
        self.guide = guides.guide(self.gateway, guide)
        if self.guide is not None and not picture:
            self._picture = next((each.key for each in self.guide.content.pictures), "")
        self._mark = mark
        self.paint()

    def leave(self) -> None:
        """Back to where one came from."""
        if self._from is None:
            self.queue.panels.close()
        else:
            self.queue.panels.go(self._from)

    # --- what is shown --------------------------------------------------------------------------------------

    def read(self) -> None:
        """Show it as it is now; one that is not there any more is left."""
        self.guide = guides.guide(self.gateway, self._key)
        if self.picture is None:
            if self.queue.over is self:
                self.leave()
                self.queue.say("this picture is not there any more")
            return
        self.marking.still_there()
        self.paint()

    def paint(self) -> None:
        """Everything but the top line."""
        guide, picture = self.guide, self.picture
        if guide is None or picture is None or not self.is_mounted or self.queue.over is not self:
            return
        width = self.size.width
        if self.at is not None:
            self.heading.show(pointing_line(self.at, self.marking.name, width))
        else:
            self.heading.show(title_line(guide.content, picture, width))
        found, proposals = picture.marks, self.proposals
        self.sniffing.look(picture)
        self.list.empty = [[(" nothing on it yet", "dim")]]
        self.list.inside = self.at is None
        self.list.show(
            len(found) + len(proposals),
            lambda index, cells, cursor: (
                mark_line(found[index], cells, cursor=cursor)
                if index < len(found)
                else proposal_line(proposals[index - len(found)], cells, cursor=cursor and self._went_there)
            ),
            self.list.cursor if self._mark is None else self._mark,
        )
        self._mark = None
        self._paint_about()
        self.footer.verbs(self._verbs())
        self._look(picture)

    def _paint_about(self) -> None:
        picture, key = self.picture, self.queue.keymap.key
        if picture is not None:
            how = "" if self.sniffing.is_there or picture.review is not Review.UNREVIEWED else HOW
            self.about.show(partial(about_lines, picture, self.mark, key("picture.alt"), how))

    def _verbs(self) -> Pairs:
        """What one would do next here."""
        key, picture, at = self.queue.keymap.key, self.picture, self.at
        if picture is None:
            return []
        if at is not None:
            pairs: Pairs = [("1-9", "a ninth")]
            if at.pointed or at.kind is None:
                last = at.single or at.first is not None
                pairs += [(key("point.set"), "stay here" if at.kind is None else "done" if last else "this corner")]
                pairs += [("arrows", "nudge"), (key("point.widen"), "wider")]
            if at.first is not None:
                pairs.append((key("point.other"), "other corner"))
            return [*pairs, ("esc", "all of it" if at.kind is None else "leave it")]
        if self.proposal is not None:
            return [
                (key("picture.cover"), f"cover {self.proposal.what}"),
                (key("picture.spare"), "leave it"),
                (key("picture.zoom"), "closer"),
                ("esc", "back"),
            ]
        if self.mark is not None and picture.review is not Review.UNREVIEWED:
            return [(key(f"picture.{name}"), name) for name in ("move", "remove")] + [
                (key("picture.next"), "next"),
                (key("picture.open"), "open"),
                ("esc", "back"),
            ]
        pairs = [(key(f"picture.{name}"), name) for name in ("redact", "crop", "frame", "arrow")]
        pairs.append((key("picture.badge"), "number"))
        if picture.review is Review.UNREVIEWED:
            pairs.append((key("picture.look"), "looked at"))
        return [*pairs, (key("picture.alt"), "alt text"), (key("picture.zoom"), "closer"), ("esc", "back")]

    # --- the picture itself ---------------------------------------------------------------------------------

    def sight(self, picture: Picture) -> Sight | None:
        """Which region is seen now, on how many points; None before there is room."""
        columns, lines = self.board.size.width - 1, 2 * self.board.size.height
        if columns < 1 or lines < 1:
            return None
        at = self.at or self.closer or begin(None, picture.width, picture.height)
        region = in_sight(at, columns, lines)
        return Sight(region, *fitting(region, columns, lines))

    def _look(self, picture: Picture) -> None:
        """Show what is seen now; what was seen stays until that is there."""
        sight = self.sight(picture)
        if sight is None:
            return
        self._why_not = f"▒ {picture.alt or 'pictures are not shown here'}" if self.gateway.pictures.off else ""
        size = picture.width, picture.height
        ground = palette()["ground"]
        look = Look(picture.file, sight.columns, sight.lines, ground, size, picture.marks, sight.region, True)
        known = None if self._why_not else self.gateway.pictures.known(look)
        if known is not None:
            self._shown, self._asked = (sight, known), None
        elif look != self._asked and not self._why_not:
            self.gateway.pictures.leave(self)
            self._asked = look
            self.gateway.pictures.ask(self, look, partial(self._came, sight))
        self._draw()

    def _came(self, sight: Sight, answer: Answer) -> None:
        self._asked = None
        if answer.error is not None:
            self._why_not = f"{answer.error.message} {answer.error.hint}".strip()
        else:
            self._shown = sight, answer.value
        self._draw()

    def on_unmount(self) -> None:
        """Nobody waits for it any more."""
        self.gateway.pictures.leave(self)

    def _draw(self) -> None:
        """The picture as it came last, and over it what one does."""
        if self._shown is None or self._why_not:
            self.board.show([[(f" {self._why_not or 'opening…'}", "dim")]])
            return
        sight, cells = self._shown
        sheet = Sheet(cells)
        numbers(sheet, sight, self.picture.marks if self.picture else ())
        if self.at is not None:
            pointing(sheet, sight, self.at, self.marking.number)
        elif self.mark is not None:
            emphasised(sheet, sight, self.mark)
        elif self.proposal is not None:
            sheet.outline(sight.box(self.proposal.box), LIVE)
        self.board.show([[(" ", ""), *line] for line in sheet.spans()])

    # --- keys -----------------------------------------------------------------------------------------------

    def own_why_not(self, action: str) -> str | None:
        """Why an action on a picture can do nothing now."""
        if self.at is not None and action in self.steps(1):
            return "first point: enter sets it, esc leaves it"
        return self.marking.why_not(action) if action.startswith(("picture.", "point.")) else None

    async def run_verb(self, action: str) -> bool:
        """Mark, or move."""
        steps = self.steps(self.list.page)
        if action in ("back", "close"):
            self.marking.back()
        elif action in steps:
            self.move_to(self.list.cursor + steps[action])
        elif action.startswith(("picture.", "point.")):
            await self.marking.run(action)
        else:
            return False
        return True

    def reopen(self, kind: str, text: str | None = None) -> bool:
        """Open one of its dialogs again, for the picture that it names."""
        _scope, what, guide, picture, *rest = kind.split(":")
        if (int(guide), picture) != (self._key, self._picture):
            self.show_picture(int(guide), picture)
        return self.marking.reopen(what, rest, text)

    def move_to(self, index: int) -> None:
        """Put the cursor on a mark, or on what is pointed out below them."""
        marks = len(self.picture.marks) if self.picture else 0
        if self.proposal is None and self.list.cursor >= marks:
            index = marks  # the cursor was nowhere
        self._went_there = index >= marks
        self.list.move_to(index)
        self.list.refresh()
        self._paint_about()
        self._draw()
        self.footer.verbs(self._verbs())
        self.queue.place.remember()

    # --- the mouse ------------------------------------------------------------------------------------------

    def pixel(self, point: tuple[int, int]) -> tuple[int, int] | None:
        """The pixel on a point of the board; None before there is a picture."""
        return self._shown[0].pixel(point[0] - 1, point[1]) if self._shown else None

    def on_picture_board_drawing(self, event: PictureBoard.Drawing) -> None:
        """Show what would come of it."""
        start, end = self.pixel(event.start), self.pixel(event.end)
        if start and end and event.start != event.end:
            self.marking.draw(start, end)

    async def on_picture_board_pointed(self, event: PictureBoard.Pointed) -> None:
        """What was drawn is done; a click points, or selects a mark."""
        start, end = self.pixel(event.start), self.pixel(event.end)
        if start and end:
            self.queue.stopwatch.touched()
            await self.marking.drawn(start, end, clicked=event.start == event.end)

    def on_listed_clicked(self, event: Listed.Clicked) -> None:
        """Move there."""
        if self.at is None:
            self.move_to(event.index)

    def on_listed_wheel(self, event: Listed.Wheel) -> None:
        """Move the cursor."""
        if self.at is None:
            self.move_to(self.list.cursor + event.lines)
