"""``list`` and ``next``: plain reads, no Rich, no SQLModel."""

from __future__ import annotations

from deskmate.cli import rows
from deskmate.cli.office import calendar_of
from deskmate.cli.output import narrate, say, say_json, say_json_array
from deskmate.cli.words import choice
from deskmate.domain import instant, local
from deskmate.domain import query as queries
from deskmate.domain import row as at
from deskmate.domain.due import moment_text
from deskmate.domain.priority import Priority
from deskmate.domain.status import ENDED
from deskmate.domain.views import OwnView, View
from deskmate.errors import DONE
from deskmate.store import agenda, wake
from deskmate.store.connection import open_reader
from deskmate.store.read import find, queue, tags, views

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from deskmate.cli.rows import Found
    from deskmate.cli.words import Said
    from deskmate.domain.query import Query
    from deskmate.domain.row import Row
    from deskmate.store.read.budget import Connection

SHOWN = 50
"""Requests a person gets to see unless more are asked for."""
COUNTED = 1_000
"""How many more are counted; beyond that it only says so."""
_NAMED = 3
"""So many checklists that are due are named."""
_PAGE = 256
_VIEWS = {view.value: view for view in View}


def show_list(said: Said, folder: str) -> int:
    """Print requests: a view in its order, or what matches a query."""
    as_json = said.has("--json")
    limit = _limit(said, None if as_json else SHOWN)
    query = _query(said, folder)
    try:
        conn = open_reader(folder)
    except FileNotFoundError:  # nothing was ever captured here
        conn = None
    try:
        if conn is not None:
            wake.look(folder, conn)
        view, outer = _view(said, folder, conn)
        found = query if outer is None else query.within(outer)
        if conn is None or (_asks(said) and _says_nothing(query)):
            numbers: Iterator[list[int]] = iter(())
        elif found.empty:
            numbers = queue.ids(conn, view or View.NOW)
        else:
            numbers = find.hits(conn, view or View.ALL, found)
        if as_json:
            say_json_array(rows.as_json(*found) for page in _pages(numbers, limit) for found in _whole(conn, page))
        else:
            _print_table(conn, numbers, limit or SHOWN)
            if conn is not None and not _says_nothing(query) and (outer or view not in (None, View.ALL)):
                _mention_hidden(conn, view or View.ALL, query, found)
    finally:
        if conn is not None:
            conn.close()
    return DONE


def show_next(said: Said, folder: str) -> int:
    """Print the request that comes first in the queue, and why it does."""
    query = _query(said, folder)
    first: list[Found] = []
    checks: list[str] = []
    try:
        conn = open_reader(folder)
    except FileNotFoundError:
        pass
    else:
        try:
            wake.look(folder, conn)
            number = _due_today(conn, query) if said.has("--eod") else _first(conn, query, said)
            first = _whole(conn, [] if number is None else [number])
            checks = agenda.due(conn, instant.now())
        finally:
            conn.close()
    if said.has("--json"):
        say_json(rows.as_json(*first[0]) if first else None)
    elif first:
        now = local.now()
        say(f"{rows.table(first, now)[0]}  ({_why(first[0][0], now)})")
    else:
        matches = "that matches " if _asks(said) else ""
        narrate(f"Nothing {matches}{'is due before you close today' if said.has('--eod') else 'waits for you'}.")
    if checks and not _asks(said):
        more = f" and {len(checks) - _NAMED} more" if len(checks) > _NAMED else ""
        narrate(f"{len(checks)} check{'s' if len(checks) > 1 else ''} due: {', '.join(checks[:_NAMED])}{more}.")
    return DONE


def _query(said: Said, folder: str) -> Query:
    """What was asked for; says what can not be searched for."""
    for word in said.kept:
        narrate(f"“{word}” is no option of {said.word.name}, so it was searched for.")
    text = " ".join(said.words)
    query = queries.parse(text, local.now(), calendar_of(folder))
    for part in query.unclear:
        narrate(f"“{part}” is not understood, so nothing was looked for.")
    if _asks(said) and query.empty and not query.unclear:
        narrate(f"“{text}” can not be searched for: two letters or more can, a #tag, a field, or a number.")
    return query


def _asks(said: Said) -> bool:
    return any(map(str.strip, said.words))


def _says_nothing(query: Query) -> bool:
    """On the screen a query that says nothing yet leaves nothing out. Here nobody types on, and a script
    must not take everything for an answer to a slip, so it finds nothing."""
    return query.empty or bool(query.unclear)


def _view(said: Said, folder: str, conn: Connection | None) -> tuple[View | None, Query | None]:
    """The view asked for, and what it holds where it is one of the technician's own. Raises UsageError."""
    own = views.own(conn) if conn is not None and said.has("--view") else []
    known: dict[str, View | OwnView] = {**{view.tab.lower(): view for view in own}, **_VIEWS}
    found = choice(said, "--view", known)
    if not isinstance(found, OwnView):
        return found, None
    query = queries.parse(found.query, local.now(), calendar_of(folder))
    return query.view or View.ALL, query


def _due_today(conn: Connection, query: Query) -> int | None:
    """The most pressing of what is overdue or due before the door closes today; says how many more there are."""
    from deskmate.store.read import hours

    now = local.now()
    closes = hours.calendar(conn).closes_today(now) or now
    numbers = queue.due_before(conn, instant.to_text(closes))
    if not query.empty:
        matching = {number for piece in find.hits(conn, View.ALL, query) for number in piece}
        numbers = [number for number in numbers if number in matching]
    if len(numbers) > 1:
        narrate(f"{len(numbers) - 1} more before {closes:%H:%M}.")
    return numbers[0] if numbers else None


def _first(conn: Connection, query: Query, said: Said) -> int | None:
    if not _asks(said):
        found = queue.first(conn, View.NOW, 1)
        return found[0][0] if found else None
    if _says_nothing(query):
        return None
    matching = {number for piece in find.hits(conn, View.NOW, query) for number in piece}
    in_order = (number for piece in queue.ids(conn, View.NOW) for number in piece)
    return next((number for number in in_order if number in matching), None) if matching else None


def _pages(numbers: Iterator[list[int]], limit: int | None) -> Iterator[list[int]]:
    """Pages of numbers, ``limit`` in all."""
    left = limit
    for piece in numbers:
        for start in range(0, len(piece), _PAGE):
            page = piece[start : start + _PAGE][:left]
            if page:
                yield page
            if left is not None:
                left -= len(page)
                if left <= 0:
                    return


def _whole(conn: Connection | None, numbers: list[int]) -> list[Found]:
    """Rows and tags of these requests, in this order."""
    if conn is None or not numbers:
        return []
    found, tagged = queue.rows(conn, numbers), tags.of(conn, numbers)
    return [(found[number], tagged.get(number, [])) for number in numbers if number in found]


def _print_table(conn: Connection | None, numbers: Iterator[list[int]], limit: int) -> None:
    now = local.now()
    shown = 0
    more = 0
    for piece in numbers:
        wanted = piece[: max(0, limit - shown)]
        for page in _pages(iter([wanted]), None):
            found = _whole(conn, page)
            for line in rows.table(found, now):
                say(line)
        shown += len(wanted)
        more += len(piece) - len(wanted)
        if more > COUNTED:
            break
    if more:
        narrate(f"… and {f'more than {COUNTED:,}' if more > COUNTED else more:} more; --limit shows them.")
    elif not shown:
        narrate("Nothing to show.")


def _mention_hidden(conn: Connection, view: View, query: Query, found: Query) -> None:
    """Say how many more match outside the view."""
    here = find.count(conn, view, found, COUNTED + 1)
    more = find.count(conn, View.ALL, query, here + COUNTED + 1) - here
    if here <= COUNTED and more > 0:
        narrate(f"{f'more than {COUNTED:,}' if more > COUNTED else f'{more:,}'} more in All.")


def _limit(said: Said, default: int | None) -> int | None:
    typed = said.value("--limit")
    if typed is None:
        return default
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10 and int(typed)):
        raise said.wrong(f"--limit can not be “{typed}”: it is a number from 1.")
    return int(typed)


def _why(found: Row, now: datetime) -> str:
    """Why a request is the first: P1, then what nobody triaged, then by priority and due time.

    Of one that waits, sleeps or is done it is what was promised: nothing else of it is due.
    """
    _number, priority, status, _title, _who, _known, due, *_rest = found
    if found[at.PROMISED_AT] and (status in ENDED or (found[at.WAKE_AT] and not found[at.WOKEN])):
        promised = instant.from_text(found[at.PROMISED_AT]).astimezone(now.tzinfo)
        return f"promised {moment_text(promised, now)}"
    if priority == Priority.P1:
        return "P1 comes first"
    if priority is None:
        return "not triaged yet"
    if due is not None:
        return f"the highest priority, {'overdue' if due < instant.to_text(now) else 'due first'}"
    return "the highest priority, the oldest of it"
