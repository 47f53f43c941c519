"""Starting the app: the first rows are on the screen before Textual is imported."""

from __future__ import annotations

import gc
import os
import sys

from deskmate import paths
from deskmate.domain import door
from deskmate.domain.row import Row
from deskmate.domain.views import COUNTED, OwnView, View
from deskmate.errors import DeskmateError
from deskmate.store import drafts, migrate, wake
from deskmate.store.connection import open_reader
from deskmate.store.read import queue, views
from deskmate.store.read.focus import focus
from deskmate.tui import early, frame, glance, themes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

    from deskmate.config import Config
    from deskmate.store.lock import FolderLock
    from deskmate.store.read.budget import Connection

PATIENCE = 0.02
"""Seconds that the first rows may take where no index has them in order; the app reads what takes longer."""


def run(folder: str) -> NoReturn:
    """Open the app on ``folder`` and end the process with it. Raises DeskmateError when it can not."""
    need_terminal()
    early.end(opened(folder))


def need_terminal() -> None:
    """Raises DeskmateError where there is none."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise DeskmateError("deskmate needs a terminal to open in.", "deskmate --help lists the shell commands.")


def opened(folder: str, greeting: str = "") -> int:
    """Open the app on ``folder``, with a word on its bottom line, and return its exit code when it is closed."""
    gc.disable()  # a tenth of the start is spent looking for garbage that is not there yet
    read_only = os.path.exists(folder) and not os.access(folder, os.W_OK)
    if not read_only:
        migrate.ensure(folder)
    size = early.begin()
    conn = open_reader(folder)
    if not read_only:
        wake.look(folder, conn)
    if size is not None:
        themes.ask_for(glance.theme(paths.config_file()))
        early.paint(_frame(conn, *size))
    conn.close()
    return _open(folder, greeting, read_only=read_only)


def _frame(conn: Connection, width: int, height: int) -> list[str]:
    """The queue as it was left, in escape sequences, line by line."""
    from datetime import UTC

    from deskmate.domain import instant, local
    from deskmate.domain.due import SOON

    now = local.now()
    place = drafts.glance_at_place(conn, "queue")
    view = View(place["view"]) if place.get("view") in list(View) else View.NOW
    own = views.own(conn)
    tab = next((each for each in own if each.number == place.get("own")), None) or view
    columns = frame.list_columns(width)
    rows: list[Row] = []
    if not place.get("query") and not place.get("opened"):
        top = place.get("top")
        room = max(1, height - 5 if width >= frame.WIDE else height - 13)
        if isinstance(tab, OwnView):
            rows = _own_rows(conn, tab, view, top, room)
        else:
            rows = _rows(conn, view, top, room)
    counts: dict[View | OwnView, int] = {counted: queue.count(conn, counted, frame.MANY) for counted in COUNTED}
    utc = now.astimezone(UTC)
    kept = drafts.glance_at_place(conn, door.PLACE)
    closes = door.closing(kept, now)
    until = instant.to_text(closes) if closes else ""
    news = queue.news(conn, instant.to_text(utc), instant.to_text(utc + SOON), until, frame.MANY)
    numbers = frame.number_width(queue.highest(conn))
    standing = door.standing(kept, now)
    says: frame.Spans = frame.door(standing, now) if standing else [("deskmate", "dim")]
    lines = [
        _line(frame.top_line(width, news, says, frame.focus_spans(focus(conn), instant.to_text(utc), width))),
        _line(frame.tabs_line(width, [*View, *own], tab, counts, "", "", "")),
        _line(frame.rule(width)),
    ]
    cursor = place.get("number") or (rows[0][0] if rows else None)
    for row in rows:
        here = row[0] == cursor
        spans = frame.request_line(row, columns, numbers, now, cursor=here, marked=False, view=view)
        lines.append(_line(spans, "cursor-ground" if here else "ground", width - columns))
    blank = themes.ansi("") + " " * width
    return lines + [blank] * (height - len(lines))


def _rows(conn: Connection, view: View, top: int | None, room: int) -> list[Row]:
    """The rows of a view from ``top`` on; none when one that has to be sorted first takes too long."""
    if view not in queue.OF_THE_DAY:
        return queue.starting_at(conn, view, top, room) if top else queue.first(conn, view, room)
    from deskmate.store.read import budget

    try:
        return budget.within(PATIENCE, conn, queue.starting_at, view, top or 0, room)
    except budget.Interrupted:
        return []


def _own_rows(conn: Connection, tab: OwnView, view: View, top: int | None, room: int) -> list[Row]:
    """The first rows of a view of one's own; none when it was left further down, or takes too long."""
    from deskmate.domain import local
    from deskmate.domain.query import parse
    from deskmate.store.read import budget, find

    try:
        rows = budget.within(PATIENCE, conn, find.rows, view, parse(tab.query, local.now()), room)
    except budget.Interrupted:
        return []
    return rows if not top or (rows and rows[0][0] == top) else []


def _line(spans: frame.Spans, ground: str = "ground", rest: int = 0) -> str:
    text = "".join(f"{themes.ansi(style, ground)}{words}" for words, style in spans)
    return text + themes.ansi("") + " " * rest


def _open(folder: str, greeting: str, *, read_only: bool) -> int:
    from deskmate.store.lock import AlreadyOpen, FolderLock

    if read_only:
        return _run(folder, None, greeting)
    lock = FolderLock(folder)
    try:
        lock.acquire()
    except AlreadyOpen as other:
        early.restore()
        answer = _ask(other)
        if answer == "q":
            return 0
        if answer == "r":
            return _run(folder, None, greeting)
        lock.ask_to_leave()
        lock.acquire(timeout=10)
    try:
        return _run(folder, lock, greeting)
    finally:
        early.restore()
        lock.release()


def _settings() -> Config:
    """The settings in force. A file that can not be read must not keep anybody from his desk."""
    from deskmate.config import BadConfig, Config, Remark, load

    try:
        return load(paths.config_file())
    except BadConfig as error:
        return Config(remarks=(Remark(0, error.message),))


def _ask(other: DeskmateError) -> str:
    while True:
        sys.stderr.write(
            f"{other.message}\n\n  t  take over: it saves and quits\n  r  read only\n  q  leave it\n\n> "
        )
        sys.stderr.flush()
        answer = sys.stdin.readline()
        if not answer or answer.strip()[:1].lower() in ("t", "r", "q"):
            return answer.strip()[:1].lower() or "q"


def _run(folder: str, lock: FolderLock | None, greeting: str) -> int:
    """Run the app; without the lock it can only read."""
    from deskmate.tui.app import DeskmateApp
    from deskmate.tui.gateway import Gateway

    config = _settings()
    themes.ask_for(config.theme)
    app = DeskmateApp(Gateway(folder, read_only=lock is None), lock, config, greeting)
    app.run()
    if app.farewell:
        sys.stderr.write(f"{app.farewell}\n")
    return app.return_code or 0
