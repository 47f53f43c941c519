"""What the keys of the panel do to the checklist under the cursor. Each is a command, and one step of undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from deskmate.domain.check_record import Gap, gap_text
from deskmate.domain.hours import day_text
from deskmate.domain.maintenance import (
    DropChecklist,
    ExplainAbsence,
    PauseChecklist,
    SetSchedule,
    SkipRun,
    TakeStarters,
    TakeUp,
)
from deskmate.domain.saying_hours import parse_day
from deskmate.domain.values import Wrong, WrongValues
from deskmate.tui import checklists
from deskmate.tui.gateway import READ_ONLY
from deskmate.tui.screens.maintenance import editing
from deskmate.tui.screens.maintenance.calendar import MONTH
from deskmate.tui.screens.maintenance.editing import Editing

if TYPE_CHECKING:
    from deskmate.domain.agenda import Line
    from deskmate.domain.commands import Command, Outcome
    from deskmate.errors import DeskmateError
    from deskmate.tui.dialogs.form import Changed
    from deskmate.tui.screens.maintenance.screen import MaintenanceScreen
    from deskmate.tui.widgets.footer import Pairs

KIND = "checklist"
"""How the kinds of the dialogs begin; the verb and the key of the checklist follow."""
WRITES = frozenset("schedule skip pause explain drop starters".split()) | editing.VERBS
WALL = "%Y-%m-%dT%H:%M"
"""A nominal time as it is stored."""


class Verbs:
    """The verbs of the panel."""

    def __init__(self, panel: MaintenanceScreen) -> None:
        self._panel = panel
        self._editing = Editing(self)
        self._marked: set[str] = set()
        """The starters that are marked, until they are taken."""

    @property
    def panel(self) -> MaintenanceScreen:
        """Where they are pressed."""
        return self._panel

    def why_not(self, action: str) -> str | None:
        """Why a verb can do nothing now, empty when it can; None for what is none of these."""
        kind, _dot, verb = action.partition(".")
        if kind != KIND:
            return None
        if verb in WRITES and self._panel.gateway.read_only:
            return READ_ONLY
        if verb == "starters":
            return ""
        line, key = self._panel.current, self._panel.queue.keymap.key
        if verb == editing.NEW:
            return ""
        if line is None:
            if not self._panel.lines:
                return f"there is no checklist yet, {key('checklist.starters')} offers some that are ready"
            return f"no checklist is chosen, {key('checklist.pane')} goes into the day"
        if verb == "skip" and self._nominal(line) is None:
            return f"it is not due: it has no schedule, {key('checklist.schedule')} says one"
        if verb == "explain" and self._panel.record is not None and not self._panel.record.gaps:
            return "nothing was missed"
        return ""

    def best(self) -> Pairs:
        """What one would do next with the checklist under the cursor."""
        panel = self._panel
        key, line = panel.queue.keymap.key, panel.current
        if line is None:
            return [] if panel.lines else [(key("checklist.starters"), "starters"), (key("checklist.new"), "new")]
        pairs: Pairs = [("esc", "list")] if panel.alone else []
        pairs.append((key("checklist.go"), "go on" if line.open_run else "run"))
        record = panel.record
        if record is not None and any(not gap.note for gap in record.gaps):
            pairs.append((key("checklist.explain"), "a word on what was missed"))
        if line.nominal is not None:
            pairs.append((key("checklist.skip"), "skip"))
        pairs.append((key("checklist.schedule"), "schedule"))
        pairs.append((key("checklist.pause"), "take up" if line.paused else "pause"))
        return [*pairs, (key("checklist.edit"), "edit"), (key("checklist.month"), "month"), (key("undo"), "undo")]

    async def run(self, action: str) -> bool:
        """Run a verb; False when it is none of these."""
        kind, _dot, verb = action.partition(".")
        if kind != KIND or verb not in WRITES:
            return False
        line = self._panel.current
        if verb in editing.VERBS:
            self._editing.open(verb, line.key if line and verb != editing.NEW else 0)
        elif verb == "starters":
            self._starters()
        elif line is None:
            return False
        elif verb == "drop":
            self.send(DropChecklist(line.key))
        elif verb == "pause" and line.paused:
            self.send(TakeUp(line.key))
        elif verb == "explain":
            await self._explain(line)
        else:
            self.reopen(f"{KIND}:{verb}:{line.key}")
        return True

    def reopen(self, kind: str, text: str | None = None) -> bool:
        """Open a dialog by the name it has in a place."""
        _kind, verb, rest = kind.split(":", 2)
        if verb == "starters":
            self._starters()
            return True
        number, _colon, more = rest.partition(":")
        if verb in editing.VERBS:
            self._editing.open(verb, int(number), text)
            return True
        index = self._panel.index_of(int(number))
        if index < 0:
            self._panel.say("this checklist is not there any more", error=True)
            return True
        line = self._panel.lines[index]
        if verb == "skip":
            self._ask_why(line, more, text)
        elif verb == "explain":
            self._ask_about(line, more, text)
        elif verb == "pause":
            self._ask_how_long(line, text)
        elif verb == "schedule":
            self._ask_when(line, text)
        return True

    # --- skip, and what was missed --------------------------------------------------------------------------

    def _nominal(self, line: Line) -> str | None:
        """The time that is meant: in a month the one under the cursor, else what is open or next."""
        panel = self._panel
        if panel.calendar.view == MONTH and panel.calendar.inside:
            return panel.calendar.of_day()[panel.list.cursor][1].nominal.strftime(WALL)
        return line.nominal

    def _ask_why(self, line: Line, nominal: str, text: str | None) -> None:
        nominal = nominal or self._nominal(line) or ""
        if not nominal:
            return
        day = day_text(datetime.fromisoformat(nominal).date())
        make = partial(SkipRun, line.key, nominal)
        self._ask(f"skip:{line.key}:{nominal}", f"{line.name}, {day}: why is it skipped?", "skip it", make, text)

    async def _explain(self, line: Line) -> None:
        """Say a word on the newest absence that has none, else on the newest."""
        record = self._panel.record or await checklists.record_later(self._panel.gateway, line.key, self._panel.now())
        gaps = record.gaps if record else ()
        gap: Gap | None = next((each for each in gaps if not each.note), gaps[0] if gaps else None)
        if gap is None:
            self._panel.say("nothing was missed", error=True)
            return
        self._ask_about(line, f"{gap.first.strftime(WALL)} {gap.last.strftime(WALL)}", None, gap)

    def _ask_about(self, line: Line, span: str, text: str | None, gap: Gap | None = None) -> None:
        first, last = span.split()
        what = gap_text(gap).partition(",")[0] if gap else f"missed from {first[:10]} to {last[:10]}"

        def make(note: str) -> Command:
            return ExplainAbsence(line.key, first, last, note)

        stored = gap.note if gap else ""
        self._ask(f"explain:{line.key}:{span}", f"{line.name}, {what}", "keep this word", make, text, stored)

    def _ask(
        self, kind: str, title: str, hint: str, make: Callable[[str], Command], text: str | None, stored: str = ""
    ) -> None:
        """Ask for one line that may not be empty."""
        from deskmate.tui.dialogs.prompt import PromptDialog

        panel = self._panel
        kind = f"{KIND}:{kind}"
        draft = f"{kind}:0"
        kept, cursor = panel.gateway.draft(draft)
        if text is not None and text != kept:
            kept, cursor = text, -1

        def answered(words: str | None) -> None:
            if words is None:
                return
            if not words.strip():
                panel.say("nothing was said, so nothing was changed", error=True)
                return
            self.send(make(words.strip()), draft, lambda error: self._again(kind, words))

        panel.queue.open_dialog(PromptDialog(panel.gateway, kind, (), title, hint, kept or stored, cursor), answered)

    def _again(self, kind: str, text: str) -> None:
        self.reopen(kind, text)

    # --- forms ----------------------------------------------------------------------------------------------

    def _ask_how_long(self, line: Line, text: str | None, errors: dict[str, str] | None = None) -> None:
        from deskmate.tui.dialogs.form import Field, FormDialog, as_draft

        panel = self._panel
        kind = f"{KIND}:pause:{line.key}"
        kept, cursor = panel.gateway.draft(kind)
        if text is not None and text != kept:
            kept, cursor = text, -1
        now = panel.now()
        until = "the last day; empty is until you take it up again"
        fields = [
            Field("first", "From", hint=partial(_day_echo, now=now, empty="the first day, such as today or 3 aug")),
            Field("last", "To", hint=partial(_day_echo, now=now, empty=until)),
            Field("note", "Why", hint="a word for whoever asks later; may be empty"),
        ]
        form = FormDialog(
            panel.gateway, kind, (), f"Pause {line.name}", fields, draft=kind, text=kept, cursor=cursor,
            begun={"first": "today"}, check=partial(_wrong_days, now=now), errors=errors,
        )  # fmt: skip

        def closed(changed: Changed | None) -> None:
            if not changed:
                return
            days = {
                name: parse_day(typed, now).isoformat() for name in ("first", "last") if (typed := changed.get(name))
            }
            command = PauseChecklist(line.key, days["first"], days.get("last"), changed.get("note", "").strip())

            def back(error: DeskmateError) -> None:
                problems = error.problems if isinstance(error, WrongValues) else {}
                self._ask_how_long(line, as_draft(changed), problems)

            self.send(command, kind, back)

        panel.queue.open_dialog(form, closed)

    def _ask_when(self, line: Line, text: str | None, errors: dict[str, str] | None = None) -> None:
        from deskmate.tui.dialogs.form import as_draft
        from deskmate.tui.dialogs.schedule import ScheduleForm

        panel = self._panel
        kind = f"{KIND}:schedule:{line.key}"
        kept, cursor = panel.gateway.draft(kind)
        if text is not None and text != kept:
            kept, cursor = text, -1
        form = ScheduleForm(panel.gateway, kind, line, panel.now, text=kept, cursor=cursor, errors=errors)

        def closed(changed: Changed | None) -> None:
            if not changed:
                return

            def back(error: DeskmateError) -> None:
                problems = error.problems if isinstance(error, WrongValues) else {}
                self._ask_when(line, as_draft(changed), problems)

            self.send(SetSchedule(line.key, form.said(changed)), kind, back)

        panel.queue.open_dialog(form, closed)

    # --- starters -------------------------------------------------------------------------------------------

    def _starters(self) -> None:
        from deskmate.tui.dialogs.pick_many import Many, PickManyDialog

        panel = self._panel
        have = {line.name.casefold() for line in panel.lines}
        offers = [
            Many(each.name, each.said, each.about, "is there already" if each.name.casefold() in have else "")
            for each in checklists.starters()
        ]

        def chosen(names: tuple[str, ...] | None) -> None:
            if names:
                self.send(TakeStarters(names), then=self._marked.clear)

        title = "Take starters, each with its schedule"
        dialog = PickManyDialog(panel.gateway, f"{KIND}:starters:0", title, offers, self._marked)
        panel.queue.open_dialog(dialog, chosen)

    def send(
        self,
        command: Command,
        draft: str = "",
        back: Callable[[DeskmateError], None] | None = None,
        then: Callable[[], None] = lambda: None,
    ) -> None:
        """Have it done, and say what came of it. ``back`` is called when nothing was saved, ``then`` when it was."""
        panel = self._panel

        def done(outcome: Outcome) -> None:
            then()
            panel.read()
            words = "; ".join((outcome.label, *outcome.refused))
            panel.say(f"{words}   {panel.queue.keymap.key('undo')} undo")

        panel.queue.verbs.send(command, draft=draft, back=back, then=done)


def _day_echo(typed: str, *, now: datetime, empty: str) -> str:
    """What is understood of a day."""
    try:
        return day_text(parse_day(typed, now)) if typed.strip() else empty
    except Wrong:
        return empty


def _wrong_days(changed: Changed, *, now: datetime) -> dict[str, str]:
    """What is wrong with the days of a pause."""
    problems: dict[str, str] = {}
    found: dict[str, date] = {}
    for name in ("first", "last"):
        typed = changed.get(name, "").strip()
        try:
            if typed:
                found[name] = parse_day(typed, now)
        except Wrong as wrong:
            problems[name] = str(wrong)
    if not changed.get("first", "").strip():
        problems["first"] = "say a day, such as today"
    if len(found) > 1 and found["last"] < found["first"]:
        problems["last"] = "this is before the first day"
    return problems
