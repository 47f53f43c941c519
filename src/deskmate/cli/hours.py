"""``hours``: office time shown, and changed by the same few words for all that can be said about it."""

from __future__ import annotations

from datetime import timedelta

from deskmate.cli.desks import opened, reading, trying
from deskmate.cli.hooked import follow
from deskmate.cli.output import narrate, say, say_json
from deskmate.domain import commands, length, local, saying_hours, zones
from deskmate.domain import hours as saying
from deskmate.domain.availability import DND_FOR
from deskmate.domain.hours import BUILT_IN, Hours, Kind
from deskmate.domain.values import Wrong
from deskmate.errors import DONE, DeskmateError
from deskmate.store.read import hours as stored
from deskmate.store.read import saying_hours as read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from deskmate.cli.words import Said
    from deskmate.domain.commands import Command
    from deskmate.domain.hours_preview import Falling
    from deskmate.domain.saying_hours import Entry

_OPTIONS = {
    Kind.DAY: ("note",),
    Kind.LEAVE: ("note",),
    Kind.EXTRA: ("note",),
    Kind.SLOT: ("every", "until", "as", "reason", "public"),
}
_ALL_OPTIONS = {name for names in _OPTIONS.values() for name in names}
_KINDS = {"on": Kind.DAY, "leave": Kind.LEAVE, "extra": Kind.EXTRA, "slot": Kind.SLOT, "holiday": Kind.HOLIDAY}
_WORDS = {kind: word for word, kind in _KINDS.items()}
_COLUMN = 12
"""Cells for the names on the left."""


def hours(said: Said, folder: str) -> int:
    """Show office time without a word; change it with one."""
    word, rest = (said.words[0].lower() if said.words else ""), " ".join(said.words[1:])
    if not word:
        _only(said)
        _show(said, folder)
        return DONE
    command = _command(said, folder, word, rest)
    if said.has("--dry-run"):
        _foretell(said, folder, command)
    else:
        _carry_out(said, folder, command)
    return DONE


def _command(said: Said, folder: str, word: str, rest: str) -> Command:
    """The command that the words mean. Raises UsageError, and DeskmateError for what is not there."""
    kind = _KINDS.get(word)
    if kind in (Kind.DAY, Kind.HOLIDAY):
        _only(said, *_OPTIONS.get(kind, ()))
        day, more = saying_hours.parted(rest, local.now())
        return commands.SayHours(kind, {"day": day, "hours" if kind is Kind.DAY else "name": more} | _options(said))
    if kind is not None:
        _only(said, *_OPTIONS[kind], *(["move"] if kind is Kind.LEAVE else []))
        return commands.SayHours(kind, {"when": rest} | _options(said), move=said.has("--move"))
    _only(said)
    if word == "zone":
        return commands.SayHours(Kind.ZONE, {"zone": rest})
    if word == "dnd":
        return commands.SayHours(Kind.DND, {"length": rest})
    if word == "holidays":
        return commands.FillHolidays(*_place(said, folder))
    if word in ("remove", "move"):
        entry = _named(said, folder, word, said.words[1:])
        if word == "remove":
            return commands.SayHours(entry.kind, None, entry.key)
        return commands.MoveOutOfLeave(entry.key)
    try:
        return commands.SayHours(Kind.WEEK, saying_hours.by_weekday(" ".join(said.words)))
    except Wrong as wrong:
        raise said.wrong(f"hours can not be “{' '.join(said.words)}”: {wrong}.") from None


def _only(said: Said, *names: str) -> None:
    """Raise UsageError for an option that belongs to another word."""
    for name in sorted(_ALL_OPTIONS | {"move"}):
        if name not in names and said.has(f"--{name}"):
            raise said.wrong(f"--{name} does not belong here.")
    if not said.words and said.has("--dry-run"):
        raise said.wrong("There is no change to try.")


def _options(said: Said) -> dict[str, str]:
    return {name: value for name in _ALL_OPTIONS if (value := said.value(f"--{name}")) is not None}


def _place(said: Said, folder: str) -> tuple[str, str]:
    """A country and a region, those chosen last where none is said."""
    if said.words[1:]:
        return said.words[1], " ".join(said.words[2:])
    with reading(folder) as conn:
        country, region = (stored.setting(conn, key) if conn else "" for key in ("country", "region"))
    if not country:
        raise said.wrong("Say which country, such as DE, and perhaps a region of it, such as BE.")
    return country, region


def _named(said: Said, folder: str, does: str, words: list[str]) -> Entry:
    """The one thing that a word and its number or its day name. Raises UsageError and DeskmateError."""
    kind = _KINDS.get(words[0].lower()) if words else None
    if kind is None or (does == "move" and kind is not Kind.LEAVE) or len(words) < 2:
        what = "leave" if does == "move" else f"one of {', '.join(_KINDS)}"
        raise said.wrong(f"Say {what}, and its number or its day.")
    which = " ".join(words[1:])
    with reading(folder) as conn:
        there = read.entries(conn, kind) if conn else []
    if which.isascii() and which.isdigit():
        found = [each for each in there if each.key == int(which)]
    else:
        try:
            day = saying_hours.parse_day(which, local.now())
        except Wrong as wrong:
            raise said.wrong(f"{wrong}.") from None
        found = [each for each in there if saying_hours.first_day(each.value) == day]
    if len(found) == 1:
        return found[0]
    if found:
        numbers = ", ".join(str(each.key) for each in found)
        raise DeskmateError(f"Several begin on that day: {numbers}.", "Say the number.")
    raise DeskmateError(f"There is no {words[0]} {which}.", "deskmate hours shows what there is.")


# --- doing -------------------------------------------------------------------------------------------------


def _carry_out(said: Said, folder: str, command: Command) -> None:
    with opened(folder) as desk:
        told = desk.preview(command) if _is_leave(command) else None  # what falls into it, while it still does
        outcome = desk.run(command)
    follow(folder)
    label, moved = (told.label, told.moved) if told else (outcome.label, "")
    falls = told.falls if told else ()
    if said.has("--json"):
        value: dict[str, Any] = {"id": outcome.made or None, "label": label, "notes": list(outcome.notes)}
        if told:
            value |= {"falls": [_falling_json(each) for each in falls], "moved": moved or None}
        say_json(value)
        return
    say(label)
    for note in outcome.notes:
        narrate(note)
    if moved:
        say(moved)
    elif falls:
        _tell(falls)
        narrate(f"deskmate hours move leave {outcome.made} moves all of it to the first opening after.")


def _foretell(said: Said, folder: str, command: Command) -> None:
    """Say what a change would come to and write nothing."""
    with trying(folder) as desk:
        told = desk.preview(command)
    if said.has("--json"):
        say_json(
            {
                "dry_run": True,
                "label": told.label,
                "notes": list(told.told),
                "falls": [_falling_json(each) for each in told.falls],
                "holidays": [{"day": each.day.isoformat(), "name": each.name} for each in told.holidays],
            }
        )
        return
    say(f"would be: {told.label}")
    for holiday in told.holidays:
        say(f"  {saying_hours.spoken(holiday)}")
    if told.moved:
        say(told.moved)
    for note in told.told:
        narrate(note)
    _tell(told.falls)


def _tell(falls: Iterable[Falling]) -> None:
    from deskmate.domain import instant, when

    now = local.now()
    for each in falls:
        narrate(f"falls into it: {each.spoken}, {when.spoken(instant.from_text(each.at), now)}")


def _is_leave(command: Command) -> bool:
    return isinstance(command, commands.SayHours) and command.kind is Kind.LEAVE and command.said is not None


def _falling_json(each: Falling) -> dict[str, Any]:
    from deskmate.domain.row import label

    return {
        **{"kind": each.what.value, "request": label(each.request), "who": each.who or None},
        **{"text": each.text, "at": each.at},
    }


# --- showing -----------------------------------------------------------------------------------------------


def _show(said: Said, folder: str) -> None:
    with reading(folder) as conn:
        week: Hours = stored.hours(conn) if conn else BUILT_IN
        entries = read.entries(conn) if conn else []
        missing = stored.missing_zone(conn) if conn else ""
        country, region = (stored.setting(conn, key) if conn else "" for key in ("country", "region"))
        usual = stored.dnd_minutes(conn) if conn else DND_FOR // timedelta(minutes=1)
    source = zones.source(week.zone)
    if said.has("--json"):
        say_json(
            {
                "zone": {"name": week.zone or None, "source": source[0], "version": source[1] or None},
                "week": {name: list(map(saying.span_text, week.on(day))) for day, name in enumerate(saying.DAYS)},
                "days": [_json(each) for each in entries if each.kind is Kind.DAY],
                "leave": [_json(each) for each in entries if each.kind is Kind.LEAVE],
                "extra": [_json(each) for each in entries if each.kind is Kind.EXTRA],
                "slots": [_json(each) for each in entries if each.kind is Kind.SLOT],
                "dnd_minutes": usual,
                "country": country or None,
                "region": region or None,
                "holidays": [_json(each) for each in entries if each.kind is Kind.HOLIDAY],
            }
        )
        return
    for number, part in enumerate(saying.spoken(week).split("; ")):
        _line("" if number else "week", part)
    today = local.now().date()
    coming = [each for each in entries if saying_hours.last_day(each.value) >= today]
    for each in coming:
        _line(f"{_WORDS[each.kind]} {each.key}", saying_hours.spoken(each.value))
    if len(coming) < len(entries):
        _line("past", f"{len(entries) - len(coming):,}; --json has them all")
    _line("dnd", f"{length.text(usual)} where nobody says how long")
    if country:
        _line("country", f"{country} {region}".rstrip())
    _line("zone", f"{week.zone or 'of this machine'} ({' '.join(filter(None, source))})")
    if missing:
        narrate(
            f"“{missing}” is not known here, so the zone of this machine counts. Set one with deskmate hours zone."
        )


def _line(name: str, text: str) -> None:
    say(f"{name:<{_COLUMN}}{text}")


def _json(entry: Entry) -> dict[str, Any]:
    """What scripts may rely on: days and times on the wall, null where nothing is said."""
    return {"id": entry.key} | {name: shown(entry.value) for name, shown in _SHOWN[entry.kind].items()}


def _plain(name: str) -> Callable[[Any], Any]:
    def shown(value: Any) -> Any:
        found = getattr(value, name)
        return found.isoformat()[:16] if hasattr(found, "isoformat") else found or None

    return shown


_SHOWN: dict[Kind, dict[str, Callable[[Any], Any]]] = {
    Kind.DAY: {
        "day": _plain("day"),
        "hours": lambda value: list(map(saying.span_text, value.hours)),
        "note": _plain("note"),
    },
    Kind.HOLIDAY: {"day": _plain("day"), "name": _plain("name")},
    Kind.LEAVE: {"start": _plain("start"), "end": _plain("end"), "note": _plain("note")},
    Kind.EXTRA: {"start": _plain("start"), "end": _plain("end"), "note": _plain("note")},
    Kind.SLOT: {
        **{"start": _plain("start"), "end": _plain("end")},
        "every": lambda value: f"{value.every} days" if value.every else None,
        **{"until": _plain("last"), "as": _plain("state")},
        **{"reason": _plain("reason"), "public": _plain("public")},
    },
}
