"""The days of what is run for requests: what they make due, and which of them has come.

A step is said once: its key is in ``fired`` then, and ``step_at`` of its request names the next that is to be said.
What had come already when a run was begun is no news to whoever began it.
"""

from __future__ import annotations

import sqlite3

from deskmate.domain.steps import Step, binding, steps
from deskmate.domain.text import excerpt
from deskmate.store.read import hours, runs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from deskmate.domain.calendar import Calendar

SHOWN = 60
"""Characters of an item that a fact repeats."""


def standing(
    conn: sqlite3.Connection, needed: Mapping[int, str], calendar: Calendar | None
) -> dict[int, tuple[str, str | None]]:
    """When requests with an open run are needed, and when the next of their items comes up.

    ``needed`` says of each when it is needed by itself. Those that have no run, or none with days, are left out.
    """
    found: dict[int, list[tuple[Step, str]]] = {}
    for run in runs.open_for(conn, list(needed)):
        calendar = calendar or hours.calendar(conn)
        number = run.request or 0
        found.setdefault(number, []).extend((step, run.started_at) for step in steps(run, needed[number], calendar))
    return {
        number: (
            binding(needed[number], [step for step, _started in each]),
            min((step.at for step, started in each if _is_news(conn, step, started)), default=None),
        )
        for number, each in found.items()
        if each
    }


def come(conn: sqlite3.Connection, numbers: Sequence[int], at: str) -> list[tuple[int, str, str, str]]:
    """Take down the steps of these requests that came by a stored instant.

    Gives for each moment its request, itself, the name of the checklist and the items. Runs inside the caller's
    transaction.
    """
    marks = ", ".join("?" * len(numbers))
    needed = dict(conn.execute(f"SELECT id, needed_by FROM request WHERE id IN ({marks})", numbers))
    calendar = hours.calendar(conn)
    said: dict[tuple[int, str, str], list[str]] = {}
    for run in runs.open_for(conn, numbers):
        for step in steps(run, needed[run.request or 0], calendar):
            if step.at <= at and _is_news(conn, step, run.started_at):
                conn.execute("INSERT INTO fired (key, at) VALUES (?, ?)", (_key(step), at))
                said.setdefault((run.request or 0, step.at, run.checklist.name), []).append(step.item.text)
    return [(*which, ", ".join(excerpt(text, SHOWN) for text in texts)) for which, texts in sorted(said.items())]


def _is_news(conn: sqlite3.Connection, step: Step, started: str) -> bool:
    """Whether a step is still to be said: open, not there from the beginning, and not said before."""
    if step.done or step.at <= started:
        return False
    return conn.execute("SELECT 1 FROM fired WHERE key = ?", (_key(step),)).fetchone() is None


def _key(step: Step) -> str:
    return f"step:{step.run}:{step.item.id}:{step.at}"
