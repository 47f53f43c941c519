"""``status``: what the door says and what waits, in one line for the bars and prompts that ask every few seconds."""

from __future__ import annotations

from datetime import datetime

from deskmate.cli.output import say, say_json
from deskmate.cli.words import choice
from deskmate.domain import instant, local
from deskmate.domain.availability import Availability, availability_at
from deskmate.domain.calendar import Calendar
from deskmate.domain.due import moment_text
from deskmate.domain.news import News
from deskmate.domain.row import label
from deskmate.errors import DONE
from deskmate.store import wake
from deskmate.store.connection import open_reader
from deskmate.store.read import focus, hours, queue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from deskmate.cli.words import Said

_ALL = 1 << 30
"""So many are counted: a script may compare the numbers."""
_GLYPHS = {"OPEN": "●", "DND": "◼", "AWAY": "◆", "CLOSED": "○"}


class Status:
    """What is told. Nothing of a request is in it but the number of the one that is worked on, for JSON alone."""

    def __init__(
        self, found: Availability, again: datetime | None, on: int | None, news: News, notice: str, now: datetime
    ) -> None:
        """``again`` is when the door opens next, or again while it is open; ``notice`` is what stands on the sign."""
        self.state = str(found.state)
        self.until = found.until
        self.again = again
        self.on = on
        self.held = int(news.held)
        self.overdue = int(news.overdue)
        self.notice = notice
        self.now = now

    @property
    def door(self) -> str:
        """``DND until 11:45``."""
        return f"{self.state}{'' if self.until is None else f' until {self._at(self.until)}'}"

    @property
    def counts(self) -> list[str]:
        """``3 held``, ``1 overdue``: what there is of it."""
        return [f"{count:,} {word}" for word in ("held", "overdue") if (count := getattr(self, word))]

    @property
    def line(self) -> str:
        """All of it on one line."""
        return " · ".join([f"{_GLYPHS[self.state]} {self.door}", *self.counts])

    @property
    def lines(self) -> list[str]:
        """All of it, line by line."""
        opens = [] if self.again is None else [f"opens {self._at(self.again)}"]
        return [self.door, *opens, *self.counts]

    def _at(self, moment: datetime) -> str:
        return moment_text(moment.astimezone(self.now.tzinfo), self.now)


def status(said: Said, folder: str) -> int:
    """Print it, in the form that is asked for."""
    if said.words:
        raise said.wrong("status takes no words.")
    form = choice(said, "--format", FORMATS)
    if said.has("--json"):
        if form is not None:
            raise said.wrong("Say --json or --format, not both.")
        form = FORMATS["json"]
    found = _read(folder, local.now())
    if form is not None:
        form(found)
        return DONE
    for line in found.lines:
        say(line)
    if found.on is not None:
        say(f"working on {label(found.on)}")
    return DONE


def _read(folder: str, now: datetime) -> Status:
    try:
        conn = open_reader(folder)
    except FileNotFoundError:  # nothing was ever captured here
        calendar, said, on, news, notice = Calendar(), [], None, News(), ""
    else:
        try:
            wake.look(folder, conn)
            at = instant.to_text(now)
            calendar, said, running = hours.calendar(conn), hours.overrides(conn), focus.running(conn)
            on, news = running and running.request, queue.news(conn, at, at, at, _ALL)
            notice, _end = hours.notice(conn, at)
        finally:
            conn.close()
    found = availability_at(now, calendar, said)
    again = found.next_open
    if again == now:
        again = found.until and availability_at(found.until, calendar, said).next_open
    return Status(found, again, on, news, notice, now)


def _json(found: Status) -> None:
    def stored(moment: datetime | None) -> str | None:
        return None if moment is None else instant.to_text(moment)

    say_json(
        {
            "state": found.state,
            "until": stored(found.until),
            "next_open": stored(found.again),
            "focus": None if found.on is None else label(found.on),
            "held": found.held,
            "overdue": found.overdue,
            "notice": found.notice or None,
        }
    )


def _waybar(found: Status) -> None:
    """One JSON object on a line, as waybar-custom(5) has it for ``"return-type": "json"``."""
    state = found.state.lower()
    say_json(
        {
            "text": found.line,
            "alt": state,
            "tooltip": "\n".join(found.lines),
            "class": [state, *(word for word in ("held", "overdue") if getattr(found, word))],
        }
    )


def _i3blocks(found: Status) -> None:
    """Two lines, as i3blocks(1) reads them: the full text and the short one. The colour is for its own settings."""
    say(found.line)
    say(found.door)


def _one_line(found: Status) -> None:
    """Plain text without a mark of theirs: polybar and starship take what is printed, tmux its line."""
    say(found.line)


FORMATS: dict[str, Callable[[Status], None]] = {
    "json": _json,
    "waybar": _waybar,
    "i3blocks": _i3blocks,
    "polybar": _one_line,
    "tmux": _one_line,
    "starship": _one_line,
}
