"""What the keys of the editor do to a guide. Each change is a command with the whole of it, and one step of undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from deskmate.domain import guide_edit, step_fields
from deskmate.domain.guide import Caution, Content, Step
from deskmate.domain.guiding import SaveGuide
from deskmate.domain.request import Refused
from deskmate.domain.text import excerpt
from deskmate.errors import DeskmateError
from deskmate.tui import step_lines
from deskmate.tui.gateway import READ_ONLY
from deskmate.tui.screens.guide.branches import KIND as IF
from deskmate.tui.screens.guide.branches import Branches
from deskmate.tui.screens.guide.pictures import Pictures
from deskmate.tui.screens.guide.writing import label, new_key
from deskmate.tui.screens.guides import previewing
from deskmate.tui.screens.guides.editing import Editing

if TYPE_CHECKING:
    from deskmate.domain.commands import Command, Outcome
    from deskmate.tui.dialogs.choose import Choice
    from deskmate.tui.screens.guide.screen import GuideScreen
    from deskmate.tui.widgets.footer import Pairs

KINDS = ("step", "guide")
"""How the names of its actions begin."""
READS = frozenset("step.into step.out step.pane step.outside guide.preview".split())
WITHOUT_STEP = frozenset(
    "step.below step.above guide.fields guide.publish guide.preview guide.term guide.walk".split()
)
CARE = {Caution.NONE: Caution.CAUTION, Caution.CAUTION: Caution.STOP, Caution.STOP: Caution.NONE}
CARE_WORDS = {Caution.NONE: "asks for no care", Caution.CAUTION: "asks for care", Caution.STOP: "says stop first"}
Change = Callable[[Content], Content]
Back = Callable[[DeskmateError], None]


class Verbs:
    """The verbs of the editor."""

    def __init__(self, panel: GuideScreen) -> None:
        self._panel = panel
        self.branches = Branches(self)
        self.pictures = Pictures(self)
        self._asking = Editing(self, KINDS[0])

    @property
    def panel(self) -> GuideScreen:
        """Where they are pressed."""
        return self._panel

    # --- what can be done -----------------------------------------------------------------------------------

    def why_not(self, action: str) -> str | None:
        """Why a verb can do nothing now, empty when it can; None for what is none of these."""
        panel = self.panel
        if action.partition(".")[0] not in KINDS:
            return None
        if panel.guide is None:
            return "this guide is not there any more"
        if panel.gateway.read_only and action not in READS:
            return READ_ONLY
        if action == "guide.publish" and panel.guide.state == "published":
            return f"it is published as it is, revision {panel.guide.revision}"
        if action == "guide.walk" and (panel.guide.archived or not panel.guide.revision):
            first = f"{panel.queue.keymap.key('guide.publish')} publishes it"
            return "it is put aside" if panel.guide.archived else f"it is not published yet, {first}"
        if action in WITHOUT_STEP:
            return ""
        step = panel.step
        if step is None:
            return f"there is no step yet, {panel.queue.keymap.key('step.below')} begins one"
        if action == "step.join" and panel.list.cursor + 1 == len(panel.content.steps):
            return "there is no step below to join it with"
        if action == "step.split" and not step_fields.ends(step.action):
            return "it is one sentence; while it is typed, f2 splits it at the cursor"
        if action == "step.looked" and step.reviewed:
            return "nothing here waits to be looked at"
        if action == "step.outside" and not step.pictures:
            return "there is no picture in this step"
        return ""

    def best_of_part(self, part: str) -> Pairs:
        """What one would do next with this part of the step."""
        key = self.panel.queue.keymap.key
        go, remove = key("step.go"), (key("step.remove"), "remove")
        move = (f"{key('step.later')} {key('step.earlier')}", "move")
        if part.startswith(step_lines.BRANCH):
            return [(go, "change"), move, remove, (key("step.if"), "another")]
        if part.startswith(step_lines.PICTURE):
            return [
                (go, "prepare it"),
                (key("step.type"), "say what it shows"),
                (key("step.outside"), "outside"),
                move,
                remove,
            ]
        return [(go, "type"), (key("step.if"), "if not"), (key("step.picture"), "picture")]

    # --- keys -----------------------------------------------------------------------------------------------

    async def run(self, action: str) -> bool:
        """Run a verb; False when it is none of these."""
        kind, _dot, verb = action.partition(".")
        if kind not in KINDS:
            return False
        panel, step = self.panel, self.panel.step
        if kind == "guide" and panel.guide is not None:
            self._of_guide(verb, panel.guide.id)
        elif verb in ("below", "above"):
            steps, place = panel.content.steps, panel.list.cursor
            above = steps[place - 1].key if place else None
            panel.writing.begin(above if verb == "above" or step is None else step.key)
        elif step is None:
            return False
        elif self._of_part(verb, step):
            pass
        elif verb in ("go", "type"):
            panel.writing.open(step_lines.field_of(panel.part) or step_fields.ACTION)
        elif verb == "note":
            panel.writing.open(step_fields.NOTE)
        elif verb == "if":
            self.branches.ask()
        elif verb == "picture":
            self.pictures.ask(step)
        elif verb == "screenshot":
            self.pictures.newest()
        elif verb == "outside":
            self.pictures.open_outside(step.pictures[0])
        elif verb == "split":
            self._ask_where(step)
        else:
            self._change(verb, step)
        await panel.queue.verbs.settle()
        return True

    def reopen(self, what: str, rest: str, text: str | None) -> None:
        """Open a dialog by the name it has in a place."""
        guide = self.panel.guide
        if what == IF:
            self.branches.reopen(rest, text)
        elif guide is not None and what == "preview":
            previewing.show(self.panel.queue, KINDS[0], guide.id)
        elif guide is not None:
            self._asking.open(what, guide.id, text)

    def _of_guide(self, verb: str, key: int) -> None:
        """What concerns all of it."""
        if verb == "preview":
            previewing.show(self.panel.queue, KINDS[0], key)
        elif verb == "walk":
            self.panel.queue.walks.begin_here(key)
        else:
            self._asking.open(verb, key)

    def _of_part(self, verb: str, step: Step) -> bool:
        """What a verb does to what the cursor is on within the step; False when it is for the step."""
        part = self.panel.part
        if part.startswith(step_lines.BRANCH):
            return self._branch(verb, step)
        return part.startswith(step_lines.PICTURE) and self._picture(verb, step)

    def _branch(self, verb: str, step: Step) -> bool:
        """What a verb does to the branch under the cursor; False when it is for the step."""
        place = int(self.panel.part.removeprefix(step_lines.BRANCH))
        if verb in ("go", "type"):
            self.branches.open(step, place)
        elif verb == "if":
            self.branches.open(step, len(step.branches))
        elif verb == "remove":
            self.branches.remove(step, place)
        elif verb in ("later", "earlier"):
            self.branches.move(step, place, 1 if verb == "later" else -1)
        else:
            return False
        return True

    def _picture(self, verb: str, step: Step) -> bool:
        """What a verb does to the picture under the cursor; False when it is for the step."""
        key = self.panel.part.removeprefix(step_lines.PICTURE)
        if verb == "go":
            panel = self.panel
            place = {"panel": "picture", "guide": panel.place()["guide"], "picture": key, "from": panel.place()}
            panel.queue.panels.go(place)
        elif verb == "outside":
            self.pictures.open_outside(next(each for each in step.pictures if each.key == key))
        elif verb == "remove":
            self.pictures.remove(step, key)
        elif verb in ("later", "earlier"):
            self.pictures.move(step, key, 1 if verb == "later" else -1)
        else:
            return False
        return True

    def _change(self, verb: str, step: Step) -> None:
        """What is done at once."""
        number, key = self.number(step), step.key
        if verb in ("later", "earlier"):
            by = 1 if verb == "later" else -1
            place = number - 1 + by
            if not 0 <= place < len(self.panel.content.steps):
                self.panel.say("it is the last step" if by > 0 else "it is the first step", error=True)
                return
            self.save(
                lambda content: guide_edit.move(content, key, by), f"moved step {number} to {place + 1}", to=key
            )
        elif verb == "join":
            self.save(
                lambda content: guide_edit.join(content, key), f"joined steps {number} and {number + 1}", to=key
            )
        elif verb == "copy":
            new = new_key()
            self.save(lambda content: guide_edit.duplicate(content, key, new), f"copied step {number}", to=new)
        elif verb == "remove":
            self._remove(step, number)
        elif verb == "caution":
            care = CARE[step.caution]
            self._edit(step, lambda there: replace(there, caution=care), f"step {number} {CARE_WORDS[care]}")
        elif verb == "looked":
            self._edit(step, lambda there: replace(there, reviewed=True), f"looked at step {number}")

    def _remove(self, step: Step, number: int) -> None:
        """Take the step away; where the cursor is on a text of it that is not what to do, empty that."""
        part = self.panel.part
        if part in ("", step_fields.ACTION):
            steps = self.panel.content.steps
            follows = steps[number] if number < len(steps) else steps[number - 2] if number > 1 else None
            self.save(
                lambda content: guide_edit.remove(content, step.key),
                f"removed step {number}",
                to=follows.key if follows else "",
            )
        elif step_fields.value(step, part):
            words = f"emptied step {number}, {step_lines.WORDS[part]}"
            self._edit(step, lambda there: step_fields.typed(there, part, ""), words)
        else:
            self.panel.say("nothing stands here", error=True)

    def _ask_where(self, step: Step) -> None:
        """Split it where a sentence ends; where there are several, ask which."""
        ends = step_fields.ends(step.action)
        if len(ends) == 1:
            self._split(step, ends[0])
            return
        from deskmate.tui.dialogs.choose import Choice

        choices = [
            Choice("end", at, str(place), excerpt(step.action[at:].strip(), 60), "begins the second")
            for place, at in enumerate(ends, 1)
        ]
        self.pick("Split: where does the second step begin?", choices, lambda choice: self._split(step, choice.value))

    def _split(self, step: Step, at: int) -> None:
        new = new_key()

        def change(content: Content) -> Content:
            there = content.step(step.key)
            if there is None or there.action != step.action:
                raise Refused("This step was changed elsewhere meanwhile.")
            return guide_edit.split(content, step.key, at, new)

        self.save(change, f"split step {self.number(step)}", to=new)

    # --- for all of them ------------------------------------------------------------------------------------

    def edit(self, key: int, step: str | None = None) -> None:
        """To a step of this guide, which is shown already."""
        if step is not None:
            self.panel.to_step(step)

    def send(
        self,
        command: Command,
        draft: str = "",
        back: Back | None = None,
        then: Callable[[Outcome], None] = lambda outcome: None,
    ) -> None:
        """Have it done, and say what came of it. ``back`` is called when nothing was saved, ``then`` when it was."""
        self.panel.queue.verbs.send(command, draft=draft, back=back, then=then)

    def number(self, step: Step) -> int:
        """Where a step stands, from 1."""
        return (self.panel.content.position(step.key) or 0) + 1

    def kind(self, what: str, rest: str) -> str:
        """The name of a dialog of this guide in a place, which is the key of its draft, too."""
        guide = self.panel.guide
        return f"step:{what}:{guide.id if guide else 0}:{rest}"

    def pick(self, title: str, choices: list[Choice], then: Callable[[Choice], None]) -> None:
        """Let one be found by typing."""
        from deskmate.tui.dialogs.choose import ChooseDialog

        def fitting(typed: str) -> tuple[list[Choice], None]:
            words = typed.casefold().split()
            return [
                each for each in choices if all(word in f"{each.left} {each.title}".casefold() for word in words)
            ], None

        async def chosen(choice: Choice | None) -> None:
            if choice is not None:
                then(choice)

        self.panel.app.push_screen(ChooseDialog(self.panel.gateway, title, fitting, lambda choice: ""), chosen)

    def _edit(self, step: Step, change: Callable[[Step], Step], what: str) -> None:
        """Change the step as it is by now."""

        def changed(content: Content) -> Content:
            there = content.step(step.key)
            if there is None:
                raise Refused("This step is not in the guide any more.")
            return guide_edit.put(content, change(there))

        self.save(changed, what, to=step.key, part=self.panel.part)

    def save(
        self,
        change: Change,
        what: str,
        *,
        to: str = "",
        part: str = "",
        draft: str = "",
        back: Back | None = None,
        also: tuple[str, ...] = (),
    ) -> None:
        """Have a change of the guide saved, and put the cursor on a step and a part of it.

        ``what`` says what was done, as undo repeats it; ``back`` is called when nothing was saved. ``also`` is said
        beside it.
        """
        panel = self.panel
        guide = panel.look()
        if guide is None:
            return
        try:
            content = change(guide.content)
        except Refused as refused:
            panel.say(refused.message, refused.hint, error=True)
            if back is not None:
                back(refused)
            return
        if content == guide.content:
            panel.say("it is like that already", error=True)
            return

        def done(outcome: Outcome) -> None:
            if panel.queue.over is panel and to:
                panel.to_step(to, part)
            if also:
                panel.queue.say(outcome.label, also[0], error=True)

        command = SaveGuide(content, guide.id, guide.version, label(guide, what))
        panel.queue.verbs.send(command, draft=draft, back=back, then=done)
