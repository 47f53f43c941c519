"""Connections to the database file, each with its rules set and read back.

There is one write connection in a process, and everything that writes goes through it: the unit of
work, capture and the importer. What is painted comes from a second, read-only connection.
"""

from __future__ import annotations

import os
import sqlite3

from deskmate.errors import DeskmateError
from deskmate.paths import database

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

APPLICATION_ID = 0x64736B6D  # "dskm"
SCHEMA_VERSION = 1
BUSY_MS = 5_000

_MAGIC = b"SQLite format 3\x00"


class NotOurs(DeskmateError):
    """The file is there, but it is not a database this version may open. It was not touched."""


class Busy(DeskmateError):
    """Another program holds the database; nothing was saved, the text is still here."""


class Vanished(DeskmateError):
    """The database file was deleted or replaced while open; nothing was saved."""


def check_file(path: str) -> int:
    """The schema version in the header of ``path``; 0 when there is no file yet.

    Reads the header as bytes, before SQLite touches anything, so that a refused file stays as it is.
    Raises NotOurs for an empty, damaged, foreign or newer file.
    """
    try:
        with open(path, "rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise NotOurs(f"{path} can not be read: {error.strerror}.", "Check who owns the folder.") from None
    if len(head) < 100 or not head.startswith(_MAGIC):
        what = "is empty" if not head else "is damaged or no database"
        raise NotOurs(
            f"{path} {what}, so nothing was opened. The file was not touched.",
            "Put a copy from the backups folder in its place, or move the file away to begin anew.",
        )
    version = int.from_bytes(head[60:64], "big")
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise NotOurs(
            f"{path} belongs to another program, so it was not opened or changed.",
            "Name another folder with --data.",
        )
    if version > SCHEMA_VERSION:
        raise NotOurs(
            f"{path} was written by a newer deskmate (schema {version}, this one knows {SCHEMA_VERSION}).",
            "Update deskmate; the file was not changed.",
        )
    return version


def open_reader(folder: str) -> sqlite3.Connection:
    """A read-only connection to the database of ``folder``. Raises NotOurs; FileNotFoundError if there is none."""
    path = database(folder)
    if check_file(path) == 0:
        raise FileNotFoundError(path)
    conn = sqlite3.connect(_uri(path, "ro"), uri=True, isolation_level=None, check_same_thread=False)
    conn.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    conn.execute("PRAGMA query_only = ON")
    conn.execute("PRAGMA mmap_size = 0")
    try:
        conn.execute("SELECT 1 FROM meta LIMIT 1")
    except sqlite3.OperationalError as error:
        if "unable to open" not in str(error) and "readonly" not in str(error):
            raise
        # A WAL database in a folder we may not write to opens only when SQLite is told nothing changes.
        conn.close()
        uri = _uri(path, "ro") + "&immutable=1"
        conn = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    return conn


class Writer:
    """The one write connection of this process.

    ``transaction()`` is the only way to write: it begins immediately, so two writers queue instead of
    losing each other's changes, and it refuses to commit into a file that is no longer the one on disk.
    """

    def __init__(self, folder: str) -> None:
        """Open ``folder``'s database, which must exist and be of this schema. Raises NotOurs."""
        self.folder = folder
        self.path = database(folder)
        self.conn = sqlite3.connect(
            _uri(self.path, "rw"), uri=True, isolation_level=None, check_same_thread=False
        )
        configure(self.conn)
        self._identity = _identity(self.path)

    def transaction(self) -> Transaction:
        """One transaction for a ``with`` block: committed at its end, rolled back on any error."""
        return Transaction(self)

    def check_still_there(self) -> None:
        """Raise Vanished when the path no longer names the opened file.

        SQLite itself raises nothing then, and every later save would be lost without a word.
        """
        if _identity(self.path) != self._identity:
            raise Vanished(
                f"Not saved: {self.path} was deleted or replaced while it was open.",
                "Put the file back or restore a backup, then start deskmate again. What you typed is still here.",
            )

    def close(self) -> None:
        """Leave a single file behind when nobody else has it open."""
        self.conn.close()


class Transaction:
    """``with writer.transaction() as conn:`` one BEGIN IMMEDIATE to one COMMIT."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def __enter__(self) -> sqlite3.Connection:
        begin(self._writer.conn)
        return self._writer.conn

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        conn = self._writer.conn
        try:
            if error is None:
                self._writer.check_still_there()
                conn.execute("COMMIT")
        except sqlite3.Error as failure:
            raise not_saved(failure) from failure
        finally:
            if conn.in_transaction:
                conn.execute("ROLLBACK")
        if isinstance(error, sqlite3.OperationalError):
            raise not_saved(error) from error


def begin(conn: sqlite3.Connection) -> None:
    """Take the write lock now. Raises Busy when another program keeps it for five seconds."""
    try:
        conn.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise not_saved(error) from error


def not_saved(error: sqlite3.Error) -> DeskmateError:
    """What a failed save means to the person at the keyboard."""
    reason = str(error)
    if "locked" in reason or "busy" in reason:
        return Busy("Not saved yet: another program is writing to the database.", "Try again in a moment.")
    if "full" in reason:
        return DeskmateError("Not saved: the disk is full.", "Free some space and try again.")
    if "readonly" in reason:
        return DeskmateError("Not saved: the data folder is read-only.", "Check who owns the folder.")
    return DeskmateError(f"Not saved: {reason}.", "Nothing was changed.")


def configure(conn: sqlite3.Connection) -> None:
    """Set the rules of the write connection and read each back: a misspelt PRAGMA is silent."""
    wal = conn.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    wanted = {
        "foreign_keys": 1,
        "synchronous": 2 if wal else 3,  # FULL: a commit is on disk; EXTRA where the journal is a file
        "busy_timeout": BUSY_MS,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
    }
    for name, value in wanted.items():
        conn.execute(f"PRAGMA {name} = {value}")
        if conn.execute(f"PRAGMA {name}").fetchone()[0] != value:
            raise DeskmateError(f"This SQLite refuses {name} = {value}.", "Use another Python build.")
    # A mapped file turns a disk error into a crash, so this one is read and written.
    conn.execute("PRAGMA mmap_size = 0")


def _uri(path: str, mode: str) -> str:
    plain = os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:{plain}?mode={mode}"


def _identity(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
