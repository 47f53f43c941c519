"""What is said about office time, changed from its panel: forms, and commands that are one step of undo each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from deskmate.domain import hours as said
from deskmate.domain import length, saying_hours, targets
from deskmate.domain.commands import Command, FillHolidays, MoveOutOfLeave, Outcome, SayHours
from deskmate.domain.hours import DAYS, Kind
from deskmate.domain.priority import Priority
from deskmate.domain.saying_hours import Entry, Value
from deskmate.domain.targets import SetTargets
from deskmate.domain.values import Wrong, WrongValues
from deskmate.errors import DeskmateError
from deskmate.tui.dialogs.form import Changed, Field, as_draft, from_draft
from deskmate.tui.gateway import READ_ONLY

if TYPE_CHECKING:
    from deskmate.tui.screens.availability.screen import AvailabilityScreen

NEW = {"day": Kind.DAY, "leave": Kind.LEAVE, "extra": Kind.EXTRA, "slot": Kind.SLOT}
"""What can be added, by the end of the name of its action."""
TARGET, HOLIDAYS, NOTICE = "target", "holidays", "notice"
NOTICES = {"hours.edit": "notice", "hours.remove": "notice.off"}
"""What the verbs do to the word on the sign, which has actions of its own."""
TITLES = {Kind.DAY: "another day", Kind.LEAVE: "leave", Kind.EXTRA: "an extra opening", Kind.SLOT: "a slot"}
LABELS = {
    "day": "Day",
    "hours": "Hours",
    "note": "For everybody",
    "when": "When",
    "every": "How often",
    "until": "Last day",
    "as": "The sign says",
    "reason": "For yourself",
    "public": "For everybody",
    "name": "Name",
    "zone": "Zone",
}
STRETCH = "such as 24 dec, mon-fri, next week, 23.12 - 6.1, tue 14:00-15:00"


class Editing:
    """The verbs of the panel."""

    def __init__(self, panel: AvailabilityScreen) -> None:
        self._panel = panel

    def why_not(self, action: str) -> str:
        """Why an action can do nothing to what the cursor is on; empty when it can."""
        if self._panel.gateway.read_only:
            return READ_ONLY
        item = self._panel.view.item
        entry = item.entry if item else self._of_day()
        if item is not None and item.what == NOTICE and action in NOTICES:
            return self._panel.queue.disabled_reason(NOTICES[action])
        if action == "hours.edit" and item is not None and item.what in ("now", "next"):
            key = self._panel.queue.keymap.key
            return f"{key('dnd')} turns the switch, {key('prefix:dnd')} says for how long"
        if action == "hours.remove" and entry is None:
            return "this can be changed, not taken away" if item else "this day has nothing of its own to take away"
        if action == "hours.move":
            falls = (self._panel.office.falls or {}).get(entry.key) if entry and entry.kind is Kind.LEAVE else None
            return "" if falls else "nothing falls into this leave" if falls == 0 else "this is no leave"
        return ""

    async def run(self, action: str) -> None:
        """Change what the cursor is on, or add something."""
        item, what = self._panel.view.item, action.removeprefix("hours.")
        entry = item.entry if item else self._of_day()
        if item is not None and item.what == NOTICE and action in NOTICES:
            await self._panel.queue.run_action_id(NOTICES[action])
        elif what in NEW:
            self._open(NEW[what], 0)
        elif what == HOLIDAYS or (what == "edit" and item is not None and item.what == HOLIDAYS):
            self._choose_place()
        elif what == "remove" and entry:
            self._send(SayHours(entry.kind, None, entry.key))
        elif what == "move" and entry:
            self._send(MoveOutOfLeave(entry.key))
        elif entry is not None:
            self._open(entry.kind, entry.key, at="" if item else "hours")
        elif item is None:
            self._open(Kind.WEEK, 0, at=DAYS[self._panel.view.cursor])
        else:
            self._open(item.what, item.key)

    def _choose_place(self) -> None:
        """Ask whose holidays, then show them before they are copied."""
        from deskmate.tui.screens.availability.places import Places

        def chosen(country: str, region: str) -> None:
            self._open(HOLIDAYS, 0, as_draft({"country": country} | ({"region": region} if region else {})))

        Places(self._panel).choose(chosen)

    def reopen(self, kind: str, text: str | None = None) -> bool:
        """Open a form again, by the name it has in a place."""
        _hours, what, key = kind.split(":")
        self._open(what, int(key), text)
        return True

    def _of_day(self) -> Entry | None:
        """The hours of its own that the date under the cursor has."""
        day = self._panel.day
        return next(
            (each for each in self._panel.office.entries if each.kind is Kind.DAY and each.value.day == day),  # type: ignore[union-attr]
            None,
        )

    def _open(
        self, what: str, key: int, text: str | None = None, errors: dict[str, str] | None = None, at: str = ""
    ) -> None:
        """Open a form. ``text`` instead of the draft that may wait; ``at`` is the field to begin in."""
        from deskmate.tui.dialogs.hours import MOVE, HoursForm

        panel = self._panel
        found = self._form(what, key)
        if found is None:
            panel.say("this is not there any more", error=True)
            return
        title, fields, make, check, begun = found
        kind = f"hours:{what}:{key}"
        kept, cursor = panel.gateway.draft(kind)
        if text is not None and text != kept:
            kept, cursor = text, -1
        if what == Kind.WEEK and not at and not kept and panel.day is not None:
            at = DAYS[panel.view.cursor]
        if at and from_draft(kept)[1] != at:
            kept, cursor = as_draft(from_draft(kept)[0], at), -1
        form = HoursForm(
            panel.gateway, kind, title, fields, make, panel.queue.now,
            text=kept, cursor=cursor, begun=begun, check=check, errors=errors,
        )  # fmt: skip

        def closed(changed: Changed | None) -> None:
            if not changed:
                return

            def back(error: DeskmateError) -> None:
                problems = error.problems if isinstance(error, WrongValues) else {}
                self._open(what, key, as_draft(changed), problems)

            command = make(changed)
            if form.asked == MOVE and isinstance(command, SayHours):
                command = replace(command, move=True)
            self._send(command, kind, back)

        panel.queue.open_dialog(form, closed)

    def _send(
        self,
        command: Command,
        draft: str = "",
        back: Callable[[DeskmateError], None] | None = None,
    ) -> None:
        """Have it done, and say what it moved."""
        panel = self._panel

        def done(outcome: Outcome) -> None:
            words = "; ".join((outcome.label, *outcome.refused, *outcome.notes[-1:]))  # the rest stood in the form
            panel.say(f"{words}   {panel.queue.keymap.key('undo')} undo")

        panel.queue.verbs.send(command, draft=draft, back=back, then=done)

    # --- the forms ------------------------------------------------------------------------------------------

    def _form(
        self, what: str, key: int
    ) -> tuple[str, list[Field], Callable[[Changed], Command], Callable[[Changed], dict[str, str]], Changed] | None:
        """Title, fields, the command of what is changed, what is wrong with it, and what a new one begins with."""
        panel = self._panel
        hours = panel.gateway.calendar.hours
        if what == TARGET:
            priority = Priority(key)
            of = panel.office.targets[priority]
            return (
                f"Targets of {priority.name}",
                _target_fields(targets.typed(of)),
                lambda changed: SetTargets(priority, changed),
                partial(_wrong, lambda changed: targets.changed(of, changed)),
                {},
            )
        if what == HOLIDAYS:
            place = panel.gateway.setting("country"), panel.gateway.setting("region")
            fields = [
                Field("country", "Country", "", hint="a code or a name such as DE or Germany"),
                Field("region", "Region", "", hint="a code or a name such as BY or Bayern; may be empty"),
            ]
            return (
                "Public holidays of the coming two years",
                fields,
                lambda changed: FillHolidays(changed.get("country", ""), changed.get("region", "")),
                lambda changed: (
                    {} if changed.get("country", "").strip() else {"country": "say one such as DE or Germany"}
                ),
                {"country": place[0] or "", "region": place[1] or ""} if place[0] else {},
            )
        if what == Kind.WEEK:
            typed = saying_hours.typed_week(hours)
            fields = [Field(day, day, typed[day], hint=_spans_echo) for day in DAYS]
            return (
                "Hours of every week",
                fields,
                lambda changed: SayHours(Kind.WEEK, changed),
                partial(_wrong, saying_hours.said_week),
                {},
            )
        if what == Kind.ZONE:
            hint = "a name such as Europe/Berlin; empty is the zone of this machine"
            return (
                "The zone of the hours",
                [Field("zone", "Zone", hours.zone, hint=hint)],
                lambda changed: SayHours(Kind.ZONE, changed),
                partial(_wrong, lambda changed: _zone(changed["zone"])),
                {},
            )
        if what == Kind.DND:
            usual = length.text(panel.office.dnd_minutes)
            return (
                "How long do not disturb lasts where nobody says how long",
                [Field("length", "Length", usual, hint=_dnd_echo)],
                lambda changed: SayHours(Kind.DND, changed),
                partial(_wrong, lambda changed: _dnd(changed["length"])),
                {},
            )
        return self._form_of_one(Kind(what), key)

    def _form_of_one(
        self, kind: Kind, key: int
    ) -> tuple[str, list[Field], Callable[[Changed], Command], Callable[[Changed], dict[str, str]], Changed] | None:
        panel = self._panel
        entry = next((each for each in panel.office.entries if (each.kind, each.key) == (kind, key)), None)
        if key and entry is None:
            return None
        was: Value | None = entry.value if entry else None
        now = panel.queue.now().astimezone(panel.gateway.calendar.zone)
        day = panel.day if was is None else saying_hours.first_day(was)
        values = saying_hours.typed(was) if was else dict.fromkeys(saying_hours.FIELDS[kind], "")
        fields = [_field(name, value, now, day) for name, value in values.items()]
        begun = {"day" if kind is Kind.DAY else "when": day.isoformat()} if was is None and day else {}

        def meant(changed: Changed) -> Changed:
            when = changed.get("when")
            return changed | {"when": saying_hours.on_day(when, day, now)} if when and day else changed

        return (
            saying_hours.spoken(was) if was else f"Add {TITLES[kind]}",
            fields,
            lambda changed: SayHours(kind, meant(changed), key or None),
            partial(_wrong, lambda changed: saying_hours.changed(kind, was, meant(changed), now)),
            begun,
        )


def _field(name: str, value: str, now: datetime, day: date | None) -> Field:
    """The field of one thing that is said, with what is understood of it; times alone are of that day."""
    if name == "every":
        return Field(name, LABELS[name], value, ("once", "day", "week", "2 weeks"), only=True)
    if name == "as":
        return Field(name, LABELS[name], value, ("dnd", "away"), only=True)
    hints: dict[str, str | Callable[[str], str]] = {
        "day": partial(_day_echo, now=now),
        "until": partial(_day_echo, now=now, empty="the last day it comes on; may be empty"),
        "hours": _spans_echo,
        "when": partial(_stretch_echo, now=now, day=day),
        "note": "a word on the sign; may be empty",
        "public": "a word on the sign; may be empty",
        "reason": "what it is for; nobody else sees it",
        "name": "what the day is called",
    }
    return Field(name, LABELS[name], value, hint=hints[name])


def _target_fields(values: dict[str, str]) -> list[Field]:
    return [
        Field("response", "First answer", values["response"], hint=_length_echo),
        Field("resolve", "Solved", values["resolve"], hint=_length_echo),
        Field("clock", "Counted in", values["clock"], targets.CLOCKS, only=True),
    ]


def _wrong(read: Callable[[Changed], object], changed: Changed) -> dict[str, str]:
    """What is wrong with what is typed, by field."""
    try:
        read(changed)
    except WrongValues as wrong:
        return wrong.problems
    return {}


def _zone(typed: str) -> None:
    try:
        saying_hours.parse_zone(typed)
    except Wrong as wrong:
        raise WrongValues({"zone": str(wrong)}) from wrong


def _echo(read: Callable[[str], str], typed: str, empty: str) -> str:
    """What is understood of a field; an example where nothing is, for the form says what is wrong."""
    try:
        return read(typed) if typed.strip() else empty
    except Wrong:
        return empty


def _dnd(typed: str) -> None:
    try:
        saying_hours.parse_dnd(typed)
    except Wrong as wrong:
        raise WrongValues({"length": str(wrong)}) from wrong


def _dnd_echo(typed: str) -> str:
    return _echo(lambda line: length.text(saying_hours.parse_dnd(line)), typed, "such as 30 min or 1 h 30 min")


def _spans_echo(typed: str) -> str:
    return _echo(lambda line: said.spans_text(said.parse_spans(line).spans), typed, "such as 9-12, 13-17, or closed")


def _day_echo(typed: str, *, now: datetime, empty: str = "such as 24 dec, or fri") -> str:
    return _echo(lambda line: said.day_text(saying_hours.parse_day(line, now)), typed, empty)


def _stretch_echo(typed: str, *, now: datetime, day: date | None) -> str:
    def read(line: str) -> str:
        line = saying_hours.on_day(line, day, now) if day else line
        return saying_hours.stretch_spoken(*saying_hours.parse_stretch(line, now))

    return _echo(read, typed, STRETCH)


def _length_echo(typed: str) -> str:
    return _echo(lambda line: targets.length_text(targets.parse_length(line)), typed, "such as 30 min or 4 h")
