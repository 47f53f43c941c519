"""Reads that may take only so long."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

Connection = sqlite3.Connection
Reading = Callable[Concatenate[Connection, P], T]


class Interrupted(Exception):
    """A read was stopped before its end: by its budget, or by a newer one."""


def within(seconds: float, conn: Connection, reading: Reading[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call ``reading`` and stop it after so many seconds. Raises Interrupted."""
    end = time.perf_counter() + seconds
    conn.set_progress_handler(lambda: time.perf_counter() > end, 2_000)
    try:
        return interruptible(conn, reading, *args, **kwargs)
    finally:
        conn.set_progress_handler(None, 0)


def interruptible(conn: Connection, reading: Reading[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call ``reading``, which ``conn.interrupt()`` from another thread may stop. Raises Interrupted."""
    try:
        return reading(conn, *args, **kwargs)
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            raise Interrupted from None
        raise


def interrupt(conn: Connection) -> None:
    """Stop what another thread reads over ``conn``; one that has ended already is left alone."""
    with suppress(sqlite3.ProgrammingError):
        conn.interrupt()
