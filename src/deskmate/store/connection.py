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
SCHEMA_VERSION = 4
BUSY_MS = 5_000

_SMALLEST = 512  # bytes: a database has at least one page, and pages have at least this many


class NotOurs(DeskmateError):
    """The file is there, but it is not a database this version may open. It was not touched."""


class Busy(DeskmateError):
    """Another program holds the database; nothing was saved, the text is still here."""


class Vanished(DeskmateError):
    """The database file was deleted or replaced while open; nothing was saved."""


def check_file(path: str) -> int:
    """The schema version in the header of ``path``; 0 when there is no file yet.

    Raises NotOurs for an empty, damaged, foreign or newer file, which stays as it is: an immutable
    connection reads the header and nothing else. The file must not be opened around SQLite: closing
    it would drop the locks of every connection that this process has to it (sqlite.org, "How To
    Corrupt An SQLite Database File", 2.2), and what they commit afterwards would be lost.
    """
    try:
        size = os.stat(path).st_size
    except FileNotFoundError:
        _check_nothing_left(path)
        return 0
    except OSError as error:
        raise NotOurs(f"{path} can not be read: {error.strerror}.", "Check who owns the folder.") from None
    if size == 0:
        raise _damaged(path, "is empty")
    if size < _SMALLEST:  # SQLite would take it for an empty database
        raise _damaged(path, "is damaged or no database")
    try:
        conn = sqlite3.connect(uri(path, "ro") + "&immutable=1", uri=True, isolation_level=None)
        try:
            # While another process checkpoints, the header may name pages that are still to come.
            conn.execute("PRAGMA writable_schema = ON")
            owner = conn.execute("PRAGMA application_id").fetchone()[0]
            version = int(conn.execute("PRAGMA user_version").fetchone()[0])
        finally:
            conn.close()
    except sqlite3.DatabaseError as error:
        if "unable to open" in str(error):
            raise NotOurs(f"{path} can not be opened.", "Check who owns it and the folder.") from None
        raise _damaged(path, "is damaged or no database") from None
    if owner != APPLICATION_ID:
        raise NotOurs(
            f"{path} belongs to another program, so it was not opened or changed.",
            "Name another folder with --data.",
        )
    if version > SCHEMA_VERSION:
        raise newer(path, version)
    if version < 1:
        raise _damaged(path, "is damaged or no database")
    return version


def newer(path: str, version: int) -> NotOurs:
    """The refusal of a database that a later version wrote."""
    return NotOurs(
        f"{path} was written by a newer deskmate (schema {version}, this one knows {SCHEMA_VERSION}).",
        "Update deskmate; the file was not changed.",
    )


def _damaged(path: str, what: str) -> NotOurs:
    return NotOurs(
        f"{path} {what}, so nothing was opened. The file was not touched.",
        "Put a copy from the backups folder in its place, or move the file away to begin anew.",
    )


def _check_nothing_left(path: str) -> None:
    """Refuse when the database is gone but its journal or its backups are not.

    SQLite would play the journal into a new file, and an empty desk beside backups says that all is
    well when everything is missing.
    """
    for suffix in ("-wal", "-journal"):
        # In this order: whoever makes the database just now has the file first and its journal later.
        if os.path.exists(path + suffix) and not os.path.exists(path):
            raise NotOurs(
                f"{path} is gone, but its journal {os.path.basename(path)}{suffix} is still there."
                " Nothing was made or changed.",
                "Put the file or a copy from the backups folder back; for a copy, first move the journal away.",
            )
    backups = os.path.join(os.path.dirname(path), "backups")
    if os.path.isdir(backups) and os.listdir(backups) and not os.path.exists(path):
        raise NotOurs(
            f"{path} is gone, but there are backups of it. Nothing was made or changed.",
            f"Put the newest copy in {backups} in its place, or move that folder away to begin anew.",
        )


def open_reader(folder: str) -> sqlite3.Connection:
    """A read-only connection to the database of ``folder``, which is upgraded first when an earlier version wrote it.

    Raises NotOurs; FileNotFoundError if there is none; DeskmateError when it can not be upgraded.
    """
    path = database(folder)
    if check_file(path) == 0:
        raise FileNotFoundError(path)
    conn = sqlite3.connect(uri(path, "ro"), uri=True, isolation_level=None, check_same_thread=False)
    conn.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    conn.execute("PRAGMA query_only = ON")
    conn.execute("PRAGMA mmap_size = 0")
    try:
        conn.execute("SELECT 1 FROM meta LIMIT 1")
    except sqlite3.OperationalError as error:
        if "unable to open" not in str(error) and "readonly" not in str(error):
            conn.close()
            raise
        # A WAL database in a folder we may not write to opens only when SQLite is told nothing changes.
        conn.close()
        conn = sqlite3.connect(
            uri(path, "ro") + "&immutable=1", uri=True, isolation_level=None, check_same_thread=False
        )
    except sqlite3.DatabaseError:
        conn.close()
        raise _damaged(path, "is damaged") from None
    # Not by the header of the file: it may be older than what the journal holds.
    version = int(conn.execute("PRAGMA user_version").fetchone()[0])
    if version < SCHEMA_VERSION:
        from deskmate.store import migrate

        conn.close()
        migrate.upgrade(folder, version)
        return open_reader(folder)
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
        self.conn = sqlite3.connect(uri(self.path, "rw"), uri=True, isolation_level=None, check_same_thread=False)
        try:
            configure(self.conn)
            version = self.conn.execute("PRAGMA user_version").fetchone()[0]
            if version != SCHEMA_VERSION:  # the header may be older than what the journal holds
                raise newer(self.path, version)
        except sqlite3.OperationalError as error:
            self.conn.close()
            raise not_saved(error) from error
        except sqlite3.DatabaseError:
            self.conn.close()
            raise _damaged(self.path, "is damaged") from None
        except DeskmateError:
            self.conn.close()
            raise
        self._identity = _identity(self.path)
        self._journals = {
            name: found for name in (f"{self.path}-wal", f"{self.path}-shm") if (found := _identity(name))
        }

    def transaction(self) -> Transaction:
        """One transaction for a ``with`` block: committed at its end, rolled back on any error."""
        return Transaction(self)

    def check_still_there(self) -> None:
        """Raise Vanished when the path no longer names the opened file.

        SQLite itself raises nothing then, and every later save would be lost without a word.
        """
        if _identity(self.path) != self._identity:
            self._part_from_journal()
            raise Vanished(
                "Not saved: the database file was deleted or replaced while it was open.",
                "Put it back or restore a backup, then start again. Your text is still here.",
            )

    def close(self) -> None:
        """Leave a single file behind when nobody else has it open."""
        if _identity(self.path) != self._identity:
            self._part_from_journal()
        self.conn.close()

    def _part_from_journal(self) -> None:
        """Move our journal away from a file that took the place of ours: SQLite would play it into that one.

        When there is no file it stays, because with ours put back it is whole again.
        """
        if _identity(self.path) is None:
            return
        for name, ours in self._journals.items():
            if _identity(name) == ours:
                os.replace(name, f"{name}.parted")


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


def uri(path: str, mode: str) -> str:
    """``path`` as SQLite wants it with a mode: ``ro`` or ``rw``. Any name a folder may have will do."""
    plain = os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:{plain}?mode={mode}"


def _identity(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
