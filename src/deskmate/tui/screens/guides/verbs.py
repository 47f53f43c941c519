"""What the keys of the panel do to the guide under the cursor. Each is a command, and one step of undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from deskmate.domain.guiding import ArchiveGuide, DropGuide, RestoreRevision
from deskmate.domain.picture import Review
from deskmate.errors import DeskmateError
from deskmate.tui import guides
from deskmate.tui.gateway import READ_ONLY
from deskmate.tui.screens.guides import bringing, editing, previewing, sending
from deskmate.tui.screens.guides.editing import Editing

if TYPE_CHECKING:
    from deskmate.domain.commands import Command, Outcome
    from deskmate.domain.picture import Picture
    from deskmate.tui.screens.guides.screen import GuidesScreen
    from deskmate.tui.widgets.footer import Pairs

KIND = "guides"
"""How the kinds of the dialogs begin; the verb and the key of the guide follow."""
WRITES = frozenset({"archive", "drop", "import", "walk"}) | editing.VERBS


class Verbs:
    """The verbs of the panel."""

    def __init__(self, panel: GuidesScreen) -> None:
        self._panel = panel
        self._editing = Editing(self)

    @property
    def panel(self) -> GuidesScreen:
        """Where they are pressed."""
        return self._panel

    def why_not(self, action: str) -> str | None:
        """Why a verb can do nothing now, empty when it can; None for what is none of these."""
        kind, _dot, verb = action.partition(".")
        if kind != KIND:
            return None
        if verb in WRITES and self._panel.gateway.read_only:
            return READ_ONLY
        line = self._panel.current
        if verb in (editing.NEW, "import"):
            return ""
        if line is None:
            return f"nothing is found for “{self._panel.sought}”" if self._panel.sought else "there is no guide yet"
        if verb == editing.PUBLISH and line.state == "published":
            return f"it is published as it is, revision {line.revision}"
        if verb == "pictures" and not self._pictures(line.key):
            return f"“{line.title}” has no pictures"
        if verb == "walk" and (line.state == "archived" or not line.revision):
            return f"“{line.title}” is {'put aside' if line.state == 'archived' else 'not published yet'}"
        if verb in ("send", "revisions") and not line.revision:
            return f"nothing of it is published yet, {self._panel.queue.keymap.key('guides.publish')} publishes it"
        return ""

    def best(self) -> Pairs:
        """What one would do next with the guide under the cursor."""
        key, line = self._panel.queue.keymap.key, self._panel.current
        if line is None:
            return [] if self._panel.sought else [(key("guides.new"), "new")]
        pairs: Pairs = [("esc", "list")] if self._panel.alone else []
        pairs.append((key("guides.edit"), "edit"))
        if line.key in self._panel.known.looks:
            pairs.append((key("guides.review"), "still true"))
        if line.state in ("draft", "changed"):
            pairs.append((key("guides.publish"), "publish"))
        if line.state == "archived":
            pairs.append((key("guides.archive"), "take up"))
        if line.state in ("published", "changed"):
            pairs += [(key("guides.send"), "send"), (key("guides.preview"), "preview")]
        if not self._panel.alone:
            pairs += [(key("guides.pane"), "read it"), (key("guides.search"), "search")]
        if line.state == "published":
            pairs.append((key("guides.walk"), "walk through it"))
        pairs += [(key("guides.fields"), "title and words"), (key("guides.new"), "new")]
        return [*pairs, (key("undo"), "undo")]

    async def run(self, action: str) -> bool:
        """Run a verb; False when it is none of these."""
        kind, _dot, verb = action.partition(".")
        line = self._panel.current
        if kind != KIND:
            return False
        if verb in editing.VERBS:
            self._editing.open(verb, line.key if line and verb != editing.NEW else 0)
        elif verb == "import":
            bringing.ask(self)
        elif line is None:
            return False
        elif verb == "edit":
            self.edit(line.key)
        elif verb == "pictures":
            first = next((each for each in self._pictures(line.key) if each.review is Review.UNREVIEWED), None)
            key = first.key if first else ""
            self._panel.queue.panels.go(
                {"panel": "picture", "guide": line.key, "picture": key, "from": self._panel.place()}
            )
        elif verb == "walk":
            self._panel.queue.walks.begin_here(line.key)
        elif verb == "preview":
            previewing.show(self._panel.queue, KIND, line.key)
        elif verb == "revisions":
            self._revisions(line.key)
        elif verb == "send":
            sending.ask(self._panel.queue, line.key)
        elif verb == "drop":
            self.send(DropGuide(line.key))
        elif verb == "archive":
            self.send(ArchiveGuide(line.key, line.state != "archived"))
        else:
            return False
        return True

    def _pictures(self, key: int) -> tuple[Picture, ...]:
        found = guides.guide(self._panel.gateway, key)
        return found.content.pictures if found else ()

    def reopen(self, kind: str, text: str | None = None) -> bool:
        """Open a dialog by the name it has in a place; False when it is none of these."""
        _kind, verb, key, *more = kind.split(":")
        if verb == "preview":
            previewing.show(self._panel.queue, KIND, int(key))
        elif verb == "import":
            bringing.ask(self, text)
        elif verb == "revisions":
            self._revisions(int(key))
        elif verb == "send":
            sending.ask(self._panel.queue, int(key), int(more[0]) or None, text)
        elif verb in editing.VERBS:
            self._editing.open(verb, int(key), text)
        else:
            return False
        return True

    def _revisions(self, key: int) -> None:
        from deskmate.tui.dialogs.guide_revisions import GuideRevisions

        panel = self._panel
        guide = guides.guide(panel.gateway, key)
        if guide is None or not guide.revision:
            panel.say("nothing of it is published", error=True)
            return

        def chosen(number: int | None) -> None:
            if number is not None:
                self.send(RestoreRevision(key, number))

        panel.queue.open_dialog(GuideRevisions(panel.gateway, f"{KIND}:revisions:{key}", guide, panel.now), chosen)

    def edit(self, key: int, step: str | None = None) -> None:
        """To the editor of a guide, at this step of it."""
        panel = self._panel
        back = {**panel.place(), "key": key}
        if panel.index_of(key) < 0:  # a new one need not fit what is searched for
            back["sought"] = ""
        panel.queue.panels.go({"panel": "guide", "guide": key, "step": step, "from": back})

    def send(
        self,
        command: Command,
        draft: str = "",
        back: Callable[[DeskmateError], None] | None = None,
        then: Callable[[Outcome], None] = lambda outcome: None,
    ) -> None:
        """Have it done, and say what came of it. ``back`` is called when nothing was saved, ``then`` when it was."""
        panel = self._panel

        def done(outcome: Outcome) -> None:
            panel.read()
            then(outcome)
            panel.queue.say(f"{outcome.label}   {panel.queue.keymap.key('undo')} undo")

        panel.queue.verbs.send(command, draft=draft, back=back, then=done)
