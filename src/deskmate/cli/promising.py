"""``promise``, ``promises``, ``feedback``: what was told with a date, how that was kept, and whether it worked."""

from __future__ import annotations

from datetime import timedelta

from deskmate.cli.office import moment
from deskmate.cli.output import narrate, say, say_json, say_json_array
from deskmate.cli.words import numbers
from deskmate.domain import instant, local
from deskmate.domain.due import due_text, moment_text
from deskmate.domain.promise import RATED_DAYS
from deskmate.domain.row import label
from deskmate.errors import DONE
from deskmate.store.connection import open_reader
from deskmate.store.read import promises as stored

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from deskmate.cli.words import Said
    from deskmate.domain.commands import Command
    from deskmate.domain.promise import Promise, Rate

    Named = tuple[Promise, str, str]


def promise(said: Said, folder: str) -> int:
    """Take a promise down, or say what became of the next open one."""
    from deskmate.cli.change import carry_out
    from deskmate.domain import promising

    wanted = numbers(said, said.words[:1])
    text = " ".join(said.words[1:])
    asked = [option for option in ("--by", "--keep", "--move", "--drop") if said.has(option)]
    if len(asked) != 1:
        raise said.wrong("Say --by with a date for a new promise, or one of --keep, --move and --drop.")
    if asked[0] != "--by" and (text or said.has("--to")):
        raise said.wrong(f"{asked[0]} takes the promise as it was; there is no text to it.")
    command: Command
    if asked[0] == "--by":
        command = promising.MakePromise(wanted, when_said(said, "--by", folder), text, said.value("--to") or "")
    elif asked[0] == "--move":
        command = promising.MovePromise(wanted, when_said(said, "--move", folder))
    else:
        command = (promising.KeepPromise if asked[0] == "--keep" else promising.DropPromise)(wanted)
    return carry_out(command, said, folder)


def feedback(said: Said, folder: str) -> int:
    """Take down whether it works."""
    from deskmate.cli.change import carry_out
    from deskmate.domain.promising import Feedback

    score = said.words[1] if len(said.words) > 1 else ""
    if score not in ("1", "2", "3", "4", "5"):
        raise said.wrong("Say a number from 1, it does not work, to 5, very well.")
    return carry_out(Feedback(numbers(said, said.words[:1]), int(score), " ".join(said.words[2:])), said, folder)


def show(said: Said, folder: str) -> int:
    """Print what is promised, all that ever was, or how promises were kept."""
    if said.words:
        raise said.wrong("promises takes no words.")
    since = instant.to_text(instant.from_text(instant.now()) - timedelta(days=RATED_DAYS))
    found: list[Named] = []
    rate = None
    try:
        conn = open_reader(folder)
    except FileNotFoundError:  # nothing was ever captured here
        pass
    else:
        try:
            if said.has("--rate"):
                rate = stored.rated(conn, since)
            else:
                found = stored.everything(conn) if said.has("--all") else stored.all_open(conn)
        finally:
            conn.close()
    if said.has("--rate"):
        _say_rate(rate, as_json=said.has("--json"))
    elif said.has("--json"):
        say_json_array(_json(*each) for each in found)
    elif found:
        say("\n".join(_line(*each) for each in found))
    else:
        narrate("Nothing was promised." if said.has("--all") else "Nothing promised is open.")
    return DONE


def when_said(said: Said, option: str, folder: str) -> str:
    """The stored instant that an option names. Raises UsageError when it names none."""
    typed = said.value(option) or ""
    found = moment(typed, folder)
    if found is None:
        raise said.wrong(f"{option} can not be “{typed}”: say fri, “tomorrow 3pm”, +2h, +3bd, eod or “4 dec 15:00”.")
    return instant.to_text(found)


def open_on(folder: str, wanted: tuple[int, ...]) -> list[Promise]:
    """The open promises of these requests."""
    try:
        conn = open_reader(folder)
    except FileNotFoundError:
        return []
    try:
        return stored.open_of_all(conn, wanted)
    finally:
        conn.close()


def runs_of(folder: str, wanted: tuple[int, ...]) -> list[tuple[int, str]]:
    """What is still open of the checklists that are run for these requests, in words."""
    from deskmate.domain.steps import progress
    from deskmate.store.read.runs import open_for

    try:
        conn = open_reader(folder)
    except FileNotFoundError:
        return []
    try:
        return [(run.request or 0, progress(run, ()).rest) for run in open_for(conn, wanted)]
    finally:
        conn.close()


def in_words(each: Promise) -> str:
    """A promise in a sentence."""
    now = local.now()
    return f"“{each.text}”, {moment_text(instant.from_text(each.due_at).astimezone(now.tzinfo), now)}"


def _line(each: Promise, who: str, title: str) -> str:
    now = local.now()
    due, _state = due_text(each.due_at, None, now)
    how = {"open": due, "dropped": "dropped"}.get(each.state, "kept late" if each.late else "kept")
    moved = f", moved {each.moved}×" if each.moved else ""
    whom = f" to {who}" if who else ""
    return f"{label(each.request)}  {how}{moved}  “{each.text}”{whom}  {title or '(no title)'}"


def _json(each: Promise, who: str, title: str) -> dict[str, Any]:
    return {
        "request": label(each.request),
        "title": title,
        "text": each.text,
        "to": who or None,
        "due_at": each.due_at,
        "made_at": each.made_at,
        "moved": each.moved,
        "state": each.state,
        "late": each.late,
        "ended_at": each.ended_at,
    }


def _say_rate(rate: Rate | None, *, as_json: bool) -> None:
    on_time, late, dropped, still = (rate.on_time, rate.late, rate.dropped, rate.open) if rate else (0, 0, 0, 0)
    kept = rate.kept if rate else None
    if as_json:
        say_json(
            {"days": RATED_DAYS, "on_time": on_time, "late": late, "dropped": dropped, "open": still, "kept": kept}
        )
        return
    part = f"{kept:.0%} kept on time: " if kept is not None else ""
    say(f"{part}{on_time} on time, {late} late, {dropped} dropped, {still} open; the last {RATED_DAYS} days")
