"""From any earlier schema to this one, or from nothing to a new database.

The numbered SQL files beside this module are the only place where tables are made. An existing
database is copied and the copy checked before the first step; each step is one transaction with its
version number, so a failure leaves the old state whole.
"""

from __future__ import annotations

import os
import sqlite3

from deskmate.domain import instant
from deskmate.errors import DeskmateError
from deskmate.paths import database
from deskmate.store.connection import APPLICATION_ID, SCHEMA_VERSION, Writer, check_file
from deskmate.store.filesystem import journal_mode, sync_folder

SCHEMA = os.path.join(os.path.dirname(__file__), "schema")


def ready(folder: str) -> Writer:
    """The write connection for ``folder``, after making or upgrading its database where needed."""
    ensure(folder)
    return Writer(folder)


def ensure(folder: str) -> None:
    """Make or upgrade the database of ``folder`` where that is needed.

    Raises NotOurs for a file that is not ours or newer, and DeskmateError when a step fails; the
    database is then as it was before.
    """
    version = check_file(database(folder))
    if version == 0:
        create(folder)
    elif version < SCHEMA_VERSION:
        upgrade(folder, version)


def create(folder: str) -> None:
    """Make ``folder`` and an empty database in it. Two processes may do so at once; one wins.

    The file is built under another name and linked into place, so that nobody ever opens half of it.
    """
    os.makedirs(folder, mode=0o700, exist_ok=True)
    path = database(folder)
    building = f"{path}.{os.getpid()}.new"
    conn = sqlite3.connect(building, isolation_level=None)
    try:
        conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _run(conn, SCHEMA_VERSION, SCHEMA)
        conn.execute("INSERT INTO meta VALUES ('folder', ?), ('created_at', ?)", (_uuid4(), instant.now()))
        conn.execute(f"PRAGMA journal_mode = {journal_mode(folder)}")
        conn.close()
        try:
            os.link(building, path)
        except FileExistsError:
            pass
        except OSError:  # a file system without hard links
            if not os.path.exists(path):
                os.replace(building, path)
        sync_folder(folder)
    finally:
        conn.close()
        for name in (building, building + "-wal", building + "-shm"):
            if os.path.exists(name):
                os.unlink(name)


def upgrade(folder: str, version: int, to: int = SCHEMA_VERSION, schema: str = SCHEMA) -> None:
    """Bring an older database to schema ``to``: a checked copy first, then every step in one transaction."""
    from deskmate.store.backup import backup

    copy = backup(folder, reason="upgrade")
    conn = sqlite3.connect(database(folder), isolation_level=None)
    try:
        _run(conn, to, schema)
    except (sqlite3.Error, OSError) as error:
        raise DeskmateError(
            f"The database could not be upgraded from schema {version} to {to}: {error}.",
            f"It is as it was. A checked copy is in {copy}.",
        ) from error
    finally:
        conn.close()


def _run(conn: sqlite3.Connection, to: int, schema: str) -> None:
    conn.execute("PRAGMA foreign_keys = OFF")
    conn.execute("BEGIN IMMEDIATE")
    try:
        # Asked for under the lock: the header may lag behind the journal, or another process was quicker.
        version = conn.execute("PRAGMA user_version").fetchone()[0]
        for name in sorted(os.listdir(schema)):
            number = name[:4]
            if name.endswith(".sql") and version < int(number) <= to:
                with open(os.path.join(schema, name), encoding="utf-8") as file:
                    for statement in statements(file.read()):
                        conn.execute(statement)
        if 0 < version < to == SCHEMA_VERSION:
            from deskmate.store import due  # what is cached is counted anew by the rules of this version

            due.refresh_open(conn)
        broken = conn.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise sqlite3.IntegrityError(f"{len(broken)} rows point nowhere")
        conn.execute(f"PRAGMA user_version = {max(version, to)}")
        conn.execute("COMMIT")
    finally:
        if conn.in_transaction:
            conn.execute("ROLLBACK")


def statements(script: str) -> list[str]:
    """Split a script at the ends of its statements; ``executescript`` would commit before it begins."""
    found: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending)
            pending = ""
    if pending.strip() and not all(line.startswith("--") for line in pending.strip().splitlines()):
        raise sqlite3.OperationalError("the last statement of the script has no end")
    return found


def _uuid4() -> str:
    raw = bytearray(os.urandom(16))
    raw[6] = raw[6] & 0x0F | 0x40
    raw[8] = raw[8] & 0x3F | 0x80
    text = raw.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
