"""What a person at the screen waits for, timed on a real pty."""

from __future__ import annotations

import random
import re
import sqlite3
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench import data
from bench.figure import DESKMATE, Figure, Run, environment, middle, milliseconds, percentile
from bench.terminal import Gone, Terminal
from deskmate.domain import instant, local
from deskmate.domain.query import parse
from deskmate.domain.row import label
from deskmate.domain.views import View
from deskmate.paths import database
from deskmate.store import drafts
from deskmate.store.connection import open_reader
from deskmate.store.read import find, queue

HELLO = [sys.executable, str(Path(__file__).with_name("hello.py"))]
CONTENT = b"hello world"
SECOND_LINE = re.compile(rb"m2/\d")
"""The position on the tabs' line once the cursor is on the second request."""
MOVES = b"j" * 20 + b"k" * 10 + b"j" * 10
WORDS = ("printer", "docking", "invoice", "okafor", "password")
ESCAPES = 8
WARM_UP_WITHIN = 4.0
"""Seconds after the last key within which deskmate has begun to import SQLModel."""


def start(run: Run) -> list[Figure]:
    """From the start of the process to the first real row, and to the answer to a key pressed on seeing it."""
    desks = {size.name: data.desk(run.data, size) for size in run.sizes}
    hello: list[float] = []
    rows: dict[str, list[float]] = {name: [] for name in desks}
    ready: dict[str, list[float]] = {name: [] for name in desks}
    for turn in range(run.rounds + 1):  # the first round warms the disk's cache and is not counted
        for name in [None, *desks]:
            if name is None:
                with Terminal(HELLO, environment()) as terminal:
                    seconds = terminal.until(CONTENT) - terminal.started
                    terminal.quiet(0.2)
                    terminal.quit(b"\x11")
                if turn:
                    hello.append(seconds)
                continue
            with _opened(desks[name]) as terminal:
                seen = terminal.until(_first(desks[name])) - terminal.started
                terminal.send(b"j")
                moved = terminal.until(SECOND_LINE) - terminal.started
                terminal.quiet(0.2)
                terminal.quit(b"q")
            if turn:
                rows[name].append(seen)
                ready[name].append(moved)
    unit = middle(hello)
    what = "hello-world to content"
    found = [
        Figure("start", f"first rows, {name}", what, middle(taken) / unit, 0.15, note=milliseconds(middle(taken)))
        for name, taken in rows.items()
    ]
    if len(desks) > 1:
        small, large = run.sizes[0].name, run.sizes[-1].name
        ratio = middle(rows[large]) / middle(rows[small])
        found.append(Figure("start", f"first rows, {large}", f"first rows, {small}", ratio, 1.15))
    found += [
        Figure("start", f"interactive, {name}", what, middle(taken) / unit, 1.3, note=milliseconds(middle(taken)))
        for name, taken in ready.items()
    ]
    return found


@dataclass(slots=True)
class _Times:
    """Seconds and MiB of all sessions with one command."""

    keys: list[float] = field(default_factory=list)
    during: list[float] = field(default_factory=list)
    search: list[float] = field(default_factory=list)
    escape: list[float] = field(default_factory=list)
    quit: list[float] = field(default_factory=list)
    before: list[float] = field(default_factory=list)
    after: list[float] = field(default_factory=list)


def keys(run: Run) -> list[Figure]:
    """Cursor keys, search as it is typed, Esc, quitting and memory, a session on each size in each round."""
    desks = {size.name: data.desk(run.data, size) for size in run.sizes}
    hello = _Times()
    times = {name: _Times() for name in desks}
    for _ in range(run.rounds):
        _hello_session(hello)
        for name, folder in desks.items():
            _session(folder, times[name])
    return [figure for name in desks for figure in _figures(name, times[name], hello)]


def _figures(name: str, times: _Times, hello: _Times) -> list[Figure]:
    unit, key = middle(hello.keys), "a key in hello-world, p50"
    own = f"hello's own p95 is {percentile(hello.keys, 0.95) / unit:.1f}"
    found = [
        Figure(
            "keys",
            f"cursor key p50, {name}",
            key,
            middle(times.keys) / unit,
            1.1,
            note=f"{milliseconds(middle(times.keys))}; hello {milliseconds(unit)}",
        ),
        Figure("keys", f"cursor key p95, {name}", key, percentile(times.keys, 0.95) / unit, 2, note=own),
    ]
    if times.during:
        count = f"{len(times.during)} keys"
        p50, p95 = middle(times.during) / unit, percentile(times.during, 0.95) / unit
        found.append(Figure("keys", f"the same while SQLModel is imported, p50, {name}", key, p50, note=count))
        found.append(Figure("keys", f"the same while SQLModel is imported, p95, {name}", key, p95, note=count))
    p50, p95 = middle(times.search) / unit, percentile(times.search, 0.95) / unit
    found += [
        Figure("keys", f"search keystroke to results p50, {name}", key, p50, 2),
        Figure("keys", f"search keystroke to results p95, {name}", key, p95, 5),
        Figure("keys", f"Esc, {name}", key, middle(times.escape) / unit, 8),
        Figure("keys", f"quit, {name}", "hello quit", middle(times.quit) / middle(hello.quit), 0.4),
    ]
    memory = middle(hello.before)
    goals = (1.3, 2.3) if name == "100k" else (None, None)
    for when, taken, goal in zip(("before", "after"), (times.before, times.after), goals, strict=True):
        if taken:
            peak, size = middle(taken), f"{middle(taken):.0f} MiB"
            found.append(
                Figure("keys", f"peak memory {when} SQLModel, {name}", "hello", peak / memory, goal, note=size)
            )
    return found


def _hello_session(times: _Times) -> None:
    with Terminal(HELLO, environment()) as terminal:
        terminal.until(CONTENT)
        terminal.quiet(0.3)
        times.keys += [typed(terminal, bytes([key])) for key in MOVES]
        times.before.append(terminal.memory())
        times.quit.append(terminal.quit(b"\x11"))


def _session(folder: Path, times: _Times) -> None:
    with _opened(folder) as terminal:
        terminal.until(_first(folder))
        terminal.send(b"j")
        terminal.until(SECOND_LINE)
        terminal.quiet(0.3)
        times.keys += [typed(terminal, bytes([key])) for key in MOVES]
        for word in WORDS:
            times.search += _searched(terminal, folder, word)
        for _ in range(ESCAPES):
            typed(terminal, b" ")
            times.escape.append(typed(terminal, b"\x1b"))
        times.before.append(terminal.memory())
        during = _keys_while_importing(terminal)
        if during:
            times.during += during
            times.after.append(terminal.memory())
        times.quit.append(terminal.quit(b"q"))


def _searched(terminal: Terminal, folder: Path, word: str) -> list[float]:
    """Type a word letter by letter; from the second on, the seconds until the newest hit is painted."""
    conn = open_reader(str(folder))
    hits = [find.first(conn, View.NOW, parse(word[:end], local.now()), 1) for end in range(2, len(word) + 1)]
    conn.close()
    terminal.key(b"/")
    terminal.key(word[:1].encode())
    taken = []
    for letter, hit in zip(word[1:], hits, strict=True):
        if not hit:
            break
        taken.append(terminal.key_until(letter.encode(), f"{label(hit[0])} ".encode()))
    terminal.key(b"\x1b")
    return taken


def _keys_while_importing(terminal: Terminal) -> list[float]:
    """Rest until the import is seen to grow the process, then press keys until it grows no more.

    A key would put the import off, so none is pressed before. Empty when it does not come.
    """
    memory = terminal.memory("VmRSS")
    end = time.perf_counter() + WARM_UP_WITHIN
    while terminal.memory("VmRSS") < memory + 1:
        terminal.quiet(0.01)
        if time.perf_counter() > end:
            return []
    taken: list[float] = []
    counted, last_growth = 0, time.perf_counter()
    while time.perf_counter() < last_growth + 0.5:
        taken.append(typed(terminal, b"j"))
        now = terminal.memory("VmRSS")
        if now > memory + 0.2:
            memory, last_growth, counted = now, time.perf_counter(), len(taken)
    return taken[:counted]


def typed(terminal: Terminal, key: bytes) -> float:
    """One key, at a moment that no clock of the app knows."""
    time.sleep(random.uniform(0, 0.02))
    return terminal.key(key)


def _opened(folder: Path) -> Terminal:
    """deskmate as it opens the next morning: on the first request, where it was left."""
    conn = sqlite3.connect(database(str(folder)), isolation_level=None)
    first = queue.first(conn, View.NOW, 1)[0][0]
    conn.execute("DELETE FROM draft")
    place = {"view": "now", "query": "", "number": first, "top": first}
    drafts.save_place(conn, "queue", place, instant.to_text(data.END))
    conn.close()
    return Terminal(DESKMATE, environment(folder))


def _first(folder: Path) -> bytes:
    """What the first row shows: its number."""
    conn = open_reader(str(folder))
    row = queue.first(conn, View.NOW, 1)
    conn.close()
    if not row:
        raise Gone("the desk has no open request")
    return f"{label(row[0][0])} ".encode()
