"""The desk: one data folder and everything that can be done to it.

Opening one is cheap. SQLModel comes in with the first command that needs it, never with a capture.
"""

from __future__ import annotations

from deskmate.domain import instant
from deskmate.store import capture as store_capture
from deskmate.store import drafts, migrate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


    from deskmate.domain.capture import Capture
    from deskmate.domain.commands import Command, Outcome
    from deskmate.store.connection import Writer
    from deskmate.store.write.unit_of_work import UnitOfWork


class Desk:
    """Writes to one data folder on behalf of ``actor``. Belongs to one thread at a time."""

    def __init__(self, folder: str, *, actor: str, clock: Callable[[], str] = instant.now) -> None:
        """``clock`` gives the present instant in stored form."""
        self.folder = folder
        self.actor = actor
        self.clock = clock
        self._writer: Writer | None = None
        self._engine: Any = None

    @property
    def writer(self) -> Writer:
        """The write connection, opened (and the database made or upgraded) when first needed."""
        if self._writer is None:
            self._writer = migrate.ready(self.folder)
        return self._writer

    def capture(self, capture: Capture, body: str = "") -> int:
        """Store a new request and return its number. It is on disk when this returns."""
        with self.writer.transaction() as conn:
            return store_capture.add(conn, capture, at=self.clock(), actor=self.actor, body=body)

    def run(self, command: Command) -> Outcome:
        """Carry out a command: one transaction, one journal entry. Raises DeskmateError when refused."""
        from deskmate.services.dispatch import execute

        return execute(self, command)

    def unit_of_work(self, command: str) -> UnitOfWork:
        """A transaction for the command of this name."""
        from deskmate.store.write.unit_of_work import UnitOfWork, engine_over

        if self._engine is None:
            self._engine = engine_over(self.writer)
        return UnitOfWork(self._engine, self.writer, command, actor=self.actor, at=self.clock())

    def warm_up(self) -> None:
        """Import and open all that commands need, ahead of the first one."""
        from deskmate.services import dispatch  # noqa: F401 - the import is the purpose

        self.unit_of_work("none")

    def save_draft(self, key: str, text: str, cursor: int, request: int | None = None) -> None:
        """Keep text that is being typed."""
        with self.writer.transaction() as conn:
            drafts.save(conn, key, text, cursor, self.clock(), request)

    def save_place(self, key: str, place: dict[str, Any]) -> None:
        """Keep where a screen is."""
        with self.writer.transaction() as conn:
            drafts.save_place(conn, key, place, self.clock())

    def close(self) -> None:
        """Close the write connection, if it was ever opened."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None
