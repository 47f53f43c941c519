"""The sign, looked at again and again while others write and the clock goes on."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import replace
from datetime import datetime

from deskmate.domain import instant
from deskmate.domain.calendar import Calendar
from deskmate.domain.sign import VALID, Board, SignState, sign_at, unknown
from deskmate.domain.timetable import Timetable, timetable
from deskmate.errors import DeskmateError
from deskmate.paths import database
from deskmate.store import migrate
from deskmate.store.connection import check_file, open_reader
from deskmate.store.read import changes, sign


class Signpost:
    """Reads the database of a folder and nothing else; what it is made of is read anew when somebody has written."""

    def __init__(self, folder: str) -> None:
        """A folder without a desk has the hours of a new one, and stays as it is."""
        if check_file(database(folder)):
            migrate.ensure(folder)
        self.folder = folder
        self._conn: sqlite3.Connection | None = None
        self._file = (0, 0)
        self._version = 0
        self._board = Board(Calendar())
        self.desk = ""
        """The name of the folder that no other has."""
        self._last: SignState | None = None

    def look(self, now: datetime) -> SignState:
        """What the sign says now. What could not be read for three intervals is not known any more.

        Raises DeskmateError or OSError when it can not be read the first time.
        """
        try:
            self._read(now)
        except (DeskmateError, OSError, sqlite3.Error):
            self.close()
            if self._last is None:
                raise
            heard = self._last.generated_at
            if now - heard >= VALID:
                return unknown(self._last, now)
            return replace(sign_at(now, self._board), generated_at=heard, valid_until=self._last.valid_until)
        self._last = sign_at(now, self._board)
        return self._last

    def timetable(self, now: datetime) -> Timetable:
        """The coming weeks, as they stood at the last look."""
        return timetable(now, self._board)

    def close(self) -> None:
        """Let go of the file."""
        if self._conn is not None:
            self._conn.close()
            self._conn = None

    def _read(self, now: datetime) -> None:
        if self._file == (0, 0) and not check_file(database(self.folder)):
            return  # nothing was ever kept here; a desk that goes is another matter
        found = os.stat(database(self.folder))
        if (found.st_dev, found.st_ino) != self._file:  # another file took its place, which the open one never tells
            self.close()
        if self._conn is None:
            self._conn = open_reader(self.folder)
            self._file = found.st_dev, found.st_ino
            self._version = -1
        version = changes.data_version(self._conn)
        if version != self._version:
            self._board = sign.board(self._conn, instant.to_text(now))
            self.desk = sign.desk(self._conn)
            self._version = version
