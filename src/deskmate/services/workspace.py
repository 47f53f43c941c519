"""One data folder opened for writing: what every use case stands on."""

from __future__ import annotations

from deskmate.domain import instant
from deskmate.store import migrate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from deskmate.store.connection import Writer
    from deskmate.store.write.unit_of_work import UnitOfWork


class Workspace:
    """The write connection of a folder, who uses it, and the clock. Belongs to one thread at a time."""

    def __init__(self, folder: str, *, actor: str, clock: Callable[[], str] = instant.now) -> None:
        """``actor`` stands in the journal; ``clock`` gives the present instant in stored form."""
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

    def unit_of_work(self, command: str) -> UnitOfWork:
        """A transaction for the command of this name. The first one imports SQLModel."""
        from deskmate.store.write.unit_of_work import UnitOfWork, engine_over

        if self._engine is None:
            self._engine = engine_over(self.writer)
        return UnitOfWork(self._engine, self.writer, command, actor=self.actor, at=self.clock())

    def close(self) -> None:
        """Close the write connection, if it was ever opened."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None
