"""A desk for one word of the shell, and one to try a change on."""

from __future__ import annotations

from contextlib import contextmanager

from deskmate.paths import database
from deskmate.store.connection import check_file, open_reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from deskmate.services.desk import Desk


@contextmanager
def opened(folder: str) -> Iterator[Desk]:
    """The desk of a folder."""
    from deskmate.services.desk import Desk

    desk = Desk(folder, actor="shell")
    try:
        yield desk
    finally:
        desk.close()


@contextmanager
def trying(folder: str) -> Iterator[Desk]:
    """A desk to try things on: where there is none yet, one that is thrown away."""
    if check_file(database(folder)):
        with opened(folder) as desk:
            yield desk
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as thrown_away, opened(thrown_away) as desk:
        yield desk


@contextmanager
def reading(folder: str) -> Iterator[Any]:
    """The data, or None where nothing was ever stored."""
    try:
        conn = open_reader(folder)
    except FileNotFoundError:
        yield None
        return
    try:
        yield conn
    finally:
        conn.close()
