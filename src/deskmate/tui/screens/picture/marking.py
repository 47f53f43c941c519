"""What the keys do to a picture: each mark is one step of undo, and what is asked for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from deskmate.domain import guide_edit, marks, pointing
from deskmate.domain.guiding import PurgeOriginal, SaveGuide
from deskmate.domain.marks import name_of
from deskmate.domain.picture import Mark, MarkKind, Picture, Review
from deskmate.domain.pointing import Pointing
from deskmate.domain.text import excerpt
from deskmate.errors import DeskmateError
from deskmate.tui import outside
from deskmate.tui.gateway import READ_ONLY

if TYPE_CHECKING:
    from deskmate.domain.commands import Outcome
    from deskmate.tui.gateway import Answer
    from deskmate.tui.screens.picture.screen import PictureScreen

KINDS = {
    "picture.redact": MarkKind.REDACT,
    "picture.crop": MarkKind.CROP,
    "picture.frame": MarkKind.FRAME,
    "picture.arrow": MarkKind.ARROW,
    "picture.badge": MarkKind.BADGE,
    "picture.spotlight": MarkKind.SPOTLIGHT,
}
NUDGES = {"point.left": (-1, 0), "point.right": (1, 0), "point.up": (0, -1), "point.down": (0, 1)}
FINE = ".fine"
ON_A_MARK = frozenset("picture.move picture.number picture.remove picture.later picture.earlier".split())
LOOKS = frozenset("picture.next picture.open picture.original picture.zoom".split())
"""What changes nothing."""
HIGHEST = 99
"""The highest number a badge has room for."""

Pixel = tuple[int, int]


class Marking:
    """The verbs of a picture."""

    def __init__(self, panel: PictureScreen) -> None:
        self._panel = panel
        self._again: Mark | None = None
        """The mark that is moved, while it is."""
        self._drawn_kind = MarkKind.REDACT
        """What the mouse draws when nothing else was begun: what was made last."""
        self._asked_to_purge: Picture | None = None
        self._asked_for_alt = ""
        """The picture for which one was asked already."""

    @property
    def name(self) -> str:
        """What is made now, in a word."""
        at = self._panel.at
        if self._again is not None:
            return name_of(self._again)
        return f"number {self.number}" if at and at.kind is MarkKind.BADGE else str(at.kind) if at and at.kind else ""

    @property
    def number(self) -> int:
        """What a badge would say that is made now."""
        picture = self._panel.picture
        return self._again.number if self._again else marks.next_number(picture) if picture else 1

    # --- what can be done -----------------------------------------------------------------------------------

    def why_not(self, action: str) -> str:
        """Why an action can do nothing to the picture; empty when it can."""
        panel = self._panel
        picture, at = panel.picture, panel.at
        if picture is None:
            return "there is no picture here"
        if action.startswith("point."):
            return self._why_not_point(action, at)
        if at is not None:
            return "first point: enter sets it, esc leaves it"
        if action == "picture.next":
            assert panel.guide is not None
            if marks.next_to_look(panel.guide.content, picture.key) is None:
                unreviewed = picture.review is Review.UNREVIEWED
                return f"{'all others' if unreviewed else 'all pictures of this guide'} were looked at"
            return ""
        if action in LOOKS:
            return ""
        if panel.gateway.read_only:
            return READ_ONLY
        if action in ("picture.cover", "picture.spare"):
            return "" if panel.proposal else "nothing is pointed out under the cursor"
        if action in ON_A_MARK and panel.mark is None:
            return "there is no mark under the cursor"
        if action == "picture.number" and panel.mark and panel.mark.kind is not MarkKind.BADGE:
            return "this is no number"
        if action == "picture.later" and panel.list.cursor + 1 == len(picture.marks):
            return "this is the last one"
        if action == "picture.earlier" and panel.list.cursor == 0:
            return "this is the first one"
        if action == "picture.purge" and not picture.of_kind(MarkKind.REDACT, MarkKind.CROP):
            return "nothing on it is covered or cut off"
        if action == "picture.look" and picture.review is not Review.UNREVIEWED:
            return f"{picture.review}, that was said; {panel.queue.keymap.key('picture.next')} goes to the next"
        return ""

    def _why_not_point(self, action: str, at: Pointing | None) -> str:
        if at is None:
            key = self._panel.queue.keymap.key
            return f"this works while one points; {key('picture.redact')} begins, {key('picture.zoom')} looks closer"
        if action == "point.other" and at.first is None:
            return "there is one corner only, so far"
        if action == "point.widen" and not at.pointed:
            return "this is all there is; esc leaves it"
        if not at.pointed and action.removesuffix(FINE) in (*NUDGES, "point.set") and at.kind is not None:
            return "first point with the digits: they lie as the ninths do"
        if action == "point.set" and at.kind is not None and (at.single or at.first):
            return pointing.why_not(at.mark())
        return ""

    # --- doing it -------------------------------------------------------------------------------------------

    async def run(self, action: str) -> None:
        """Do it, or ask for what it needs."""
        panel = self._panel
        await panel.queue.verbs.settle()  # what a dialog gave back may be on its way
        picture, mark, index = panel.picture, panel.mark, panel.list.cursor
        if picture is None or panel.guide is None:
            return
        if action.startswith("point."):
            self._point(action, picture)
        elif action in KINDS:
            self._begin(KINDS[action], picture)
        elif action == "picture.zoom":
            at = panel.closer or pointing.begin(None, picture.width, picture.height)
            self._go_on(at)
        elif action == "picture.next":
            found = marks.next_to_look(panel.guide.content, picture.key)
            if found is not None:
                panel.show_picture(panel.guide.id, found.key)
                panel.queue.place.remember()
        elif action == "picture.open":
            panel.say("opening it as they get it")
            panel.gateway.pictures.finished(picture, self._opened)
        elif action == "picture.original":
            panel.say("opening the original")
            panel.gateway.content(picture.file, partial(self._open_original, picture))
        elif action == "picture.look" and panel.proposals:
            panel.move_to(len(picture.marks))
            key = panel.queue.keymap.key
            ways = f"{key('picture.cover')} covers it, {key('picture.spare')} leaves it"
            panel.say(f"first: this looks like {panel.proposals[0].what}; {ways}")
        elif action == "picture.cover" and panel.proposal:
            after = marks.added(
                picture, Mark(MarkKind.REDACT, *pointing.inside(panel.proposal.box, picture.width, picture.height))
            )
            more = len(panel.proposals) > 1
            self._save(after, f"covered what looks like {panel.proposal.what}", len(after.marks) - (not more))
        elif action == "picture.spare" and panel.proposal:
            panel.sniffing.spare(picture, panel.proposal)
            panel.paint()
            panel.move_to(index)
        elif action == "picture.look":
            looked = marks.looked_at(picture)
            self._save(looked, f"looked at a picture: {looked.review}")
        elif action == "picture.purge":
            self._purge(picture)
        elif action in ("picture.alt", "picture.number"):
            self.reopen(action.partition(".")[2], [str(index)] if action == "picture.number" else [])
        elif mark is not None and action == "picture.move":
            self._again = mark
            self._go_on(pointing.again(mark, picture.width, picture.height, self._root))
        elif mark is not None and action == "picture.remove":
            self._save(marks.removed(picture, index), f"took {name_of(mark)} off")
        elif mark is not None:
            by = 1 if action == "picture.later" else -1
            self._save(marks.moved(picture, index, by), f"moved {name_of(mark)}", index + by)
        await panel.queue.verbs.settle()

    @property
    def _root(self) -> pointing.Box | None:
        """What is seen now, of which the first press takes a ninth."""
        panel = self._panel
        sight = panel.sight(panel.picture) if panel.picture else None
        return sight.region if sight else None

    def _begin(self, kind: MarkKind, picture: Picture) -> None:
        self._again = None
        self._drawn_kind = kind
        self._go_on(pointing.begin(kind, picture.width, picture.height, self._root))

    def _go_on(self, at: Pointing | None) -> None:
        """Point from here on, or no more."""
        self._panel.at = at
        if at is None:
            self._again = None
        self._panel.paint()

    def still_there(self) -> None:
        """The guide was read anew: what is moved may be gone."""
        picture = self._panel.picture
        if self._again is not None and (picture is None or self._again not in picture.marks):
            self._panel.at = self._again = None
            self._panel.say("what was moved is not there any more", error=True)

    def back(self) -> None:
        """Out of what is going on: pointing, looking closer, this picture."""
        panel = self._panel
        picture = panel.picture
        if panel.at is not None:
            if panel.at.kind is None:
                panel.closer = None
            self._go_on(None)
        elif panel.closer is not None:
            panel.closer = None
            panel.paint()
        elif picture and not picture.alt and self._asked_for_alt != picture.key and not panel.gateway.read_only:
            self._asked_for_alt = picture.key
            self._ask_alt(picture, leaving=True)
        else:
            panel.leave()

    # --- pointing -------------------------------------------------------------------------------------------

    def _point(self, action: str, picture: Picture) -> None:
        at = self._panel.at
        assert at is not None
        if action == "point.ninth":
            key = self._panel.queue.pressed
            if key in pointing.CELLS:
                self._go_on(at.press(key))
        elif action.removesuffix(FINE) in NUDGES:
            self._go_on(at.nudge(*NUDGES[action.removesuffix(FINE)], fine=action.endswith(FINE)))
        elif action == "point.widen":
            self._go_on(at.widen())
        elif action == "point.other":
            self._go_on(at.other())
        elif at.kind is None:
            self._panel.closer = at if at.pointed else None
            self._go_on(None)
        elif at.single or at.first is not None:
            self._set(at, picture)
        else:
            self._go_on(at.set_first())

    def _set(self, at: Pointing, picture: Picture) -> None:
        """It is where it should be."""
        mark = at.mark(self.number)
        again = self._again
        self._panel.at = self._again = None
        if again is None:
            after = marks.added(picture, mark)
            self._save(after, marks.done(mark), len(after.marks) - 1)
        elif mark == again:
            self._panel.paint()
            self._panel.say("it is where it was")
        else:
            index = picture.marks.index(again)
            self._save(marks.put(picture, index, mark), f"moved {name_of(mark)}", index)

    # --- with the mouse -------------------------------------------------------------------------------------

    def draw(self, start: Pixel, end: Pixel) -> None:
        """The button is held: show what would come of it."""
        at = self._from_mouse(start, end)
        if at is not None:
            self._go_on(at)

    async def drawn(self, start: Pixel, end: Pixel, *, clicked: bool) -> None:
        """It was let go: a box is done; a click points, or goes to the mark that is there."""
        panel = self._panel
        picture, at = panel.picture, panel.at
        if picture is None:
            return
        if not clicked:
            at = self._from_mouse(start, end)
            if at is not None and not pointing.why_not(at.mark()):
                self._set(at, picture)
        elif at is None:
            found = marks.hit(picture, *start)
            if found is not None:
                panel.move_to(found)
        elif at.kind is not None:
            at = at.point_at(*start, self._root or at.root)
            if at.single or at.first is not None:
                panel.at = at
                await panel.queue.run_action_id("point.set")
            else:
                self._go_on(at.set_first())
        await panel.queue.verbs.settle()

    def _from_mouse(self, start: Pixel, end: Pixel) -> Pointing | None:
        """From one pixel to another, of the kind that was begun; None where nothing can be drawn."""
        panel = self._panel
        picture, at = panel.picture, panel.at
        if picture is None or panel.gateway.read_only:
            return None
        if at is None:
            at = pointing.begin(self._drawn_kind, picture.width, picture.height, self._root)
        if at.kind is None or at.single:
            return None
        seen = self._root or at.root
        return replace(at, first=None, turned=False).point_at(*start, seen).set_first().point_at(*end, seen)

    # --- commands -------------------------------------------------------------------------------------------

    def _save(
        self,
        picture: Picture,
        what: str,
        cursor: int | None = None,
        draft: str = "",
        back: Callable[[DeskmateError], None] | None = None,
    ) -> None:
        """Have the picture changed, and show it with the cursor on a mark."""
        panel = self._panel
        guide = panel.guide
        assert guide is not None
        content = guide_edit.replace_picture(guide.content, picture)
        step = 1 + (content.position(guide_edit.step_of(content, picture.key).key) or 0)

        def done(_outcome: Outcome) -> None:
            if panel.queue.over is panel and panel.picture is not None and panel.picture.key == picture.key:
                panel.move_to(panel.list.cursor if cursor is None else cursor)

        command = SaveGuide(content, guide.id, guide.version, f"{what}, step {step}")
        panel.queue.verbs.send(command, draft=draft, back=back, then=done)

    def _purge(self, picture: Picture) -> None:
        """Remove what is covered for good; it asks once, for nothing brings it back."""
        panel = self._panel
        if self._asked_to_purge != picture:
            self._asked_to_purge = picture
            panel.say(
                "This can not be undone: what is covered or cut off goes from every text, request and cache.",
                "Backups made before keep it. Choose it again to do it.",
                error=True,
            )
            return
        self._asked_to_purge = None

        def done(outcome: Outcome) -> None:
            panel.gateway.pictures.forget()
            panel.queue.say(outcome.label, "   ".join(outcome.notes))

        panel.queue.verbs.send(PurgeOriginal(picture.file.digest), then=done)

    # --- what is asked --------------------------------------------------------------------------------------

    def reopen(self, what: str, rest: list[str], text: str | None = None) -> bool:
        """Open a dialog; ``text`` instead of the draft that may wait."""
        picture = self._panel.picture
        if picture is None:
            return True
        if what == "alt":
            self._ask_alt(picture, text)
        elif rest and rest[0].isdecimal() and int(rest[0]) < len(picture.marks):
            self._ask_number(picture, int(rest[0]), text)
        return True

    def _ask_alt(self, picture: Picture, text: str | None = None, *, leaving: bool = False) -> None:
        from deskmate.tui.dialogs.prompt import PromptDialog

        panel = self._panel
        kind = self._kind("alt", picture)
        kept, cursor = panel.gateway.draft(f"{kind}:0")
        if text is not None and text != kept:
            kept, cursor = text, -1

        def closed(line: str | None) -> None:
            if line is not None and line.strip() != picture.alt:
                back = partial(self._alt_again, line)
                self._save(replace(picture, alt=line), "wrote the alt text", None, f"{kind}:0", back)
            if leaving:
                panel.leave()

        title = "Before you go: what does it show?" if leaving else "What it shows, for whoever can not see it"
        hint = "takes it down, esc goes without" if leaving else "takes it down"
        dialog = PromptDialog(panel.gateway, kind, (), title, hint, kept or picture.alt, cursor)
        panel.queue.open_dialog(dialog, closed)

    def _alt_again(self, text: str, error: DeskmateError) -> None:
        """What was typed comes back."""
        if self._panel.queue.over is self._panel:
            self.reopen("alt", [], text)

    def _ask_number(self, picture: Picture, index: int, text: str | None) -> None:
        from deskmate.tui.dialogs.prompt import PromptDialog

        panel = self._panel
        mark = picture.marks[index]
        kind = f"{self._kind('number', picture)}:{index}"

        def closed(line: str | None) -> None:
            if line is None:
                return
            number = int(line) if line.strip().isdecimal() else 0
            if not 1 <= number <= HIGHEST:
                panel.say(f"“{excerpt(line, 20)}” is no number from 1 to {HIGHEST}", error=True)
            else:
                after = marks.put(picture, index, replace(mark, number=number))
                self._save(after, f"{name_of(mark)} is {number} now", index, f"{kind}:0")

        dialog = PromptDialog(panel.gateway, kind, (), "Its number", "takes it down", text or str(mark.number))
        panel.queue.open_dialog(dialog, closed)

    def _kind(self, what: str, picture: Picture) -> str:
        guide = self._panel.guide
        return f"picture:{what}:{guide.id if guide else 0}:{picture.key}"

    # --- outside --------------------------------------------------------------------------------------------

    def _opened(self, answer: Answer) -> None:
        """The finished picture is there: open it."""
        panel = self._panel
        if answer.error is not None:
            self._said(answer)
            return
        made = answer.value
        ending = made.media.rpartition("/")[2].replace("jpeg", "jpg")
        panel.gateway.aside(partial(outside.open_copy, f"picture.{ending}", made.data), self._said)

    def _open_original(self, picture: Picture, answer: Answer) -> None:
        if answer.error is not None:
            self._said(answer)
        else:
            job = partial(outside.open_copy, picture.file.name, answer.value)
            self._panel.gateway.aside(job, self._said)

    def _said(self, answer: Answer) -> None:
        if answer.error is not None:
            self._panel.queue.say(answer.error.message, answer.error.hint, error=True)
