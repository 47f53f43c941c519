"""The desk: everything that can be done to one data folder.

Opening one is cheap. SQLModel comes in with the first command that needs it, never with a capture.
"""

from __future__ import annotations

from deskmate.services.workspace import Workspace
from deskmate.store import capture as store_capture
from deskmate.store import drafts
from deskmate.store import wake as store_wake

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from deskmate.domain.capture import Capture
    from deskmate.domain.commands import Command, Outcome
    from deskmate.domain.files import Kept
    from deskmate.domain.hours_preview import Preview


class Desk(Workspace):
    """A workspace with all its use cases."""

    def capture(self, capture: Capture, body: str = "", *, draft: str = "") -> int:
        """Store a new request and return its number. It is on disk when this returns.

        ``draft`` is where its text was kept while it was typed: only whoever typed it may let it go.
        """
        self._check(capture.files)
        with self.writer.transaction() as conn:
            number = store_capture.add(conn, capture, at=self.clock(), actor=self.actor, body=body)
            drafts.drop(conn, draft)
        return number

    def receive(
        self,
        number: int,
        text: str,
        *,
        via: str | None = None,
        files: tuple[Kept, ...] = (),
        raw: str = "",
        unread: bool = True,
        draft: str = "",
    ) -> int:
        """Keep what the requester of a request said now; returns the number of the request that has it.

        ``unread`` is False for what the technician took down. Raises DeskmateError when there is no such request.
        """
        self._check(files)
        with self.writer.transaction() as conn:
            number = store_capture.receive(
                conn, number, text, at=self.clock(), actor=self.actor, via=via, files=files, raw=raw, unread=unread
            )
            drafts.drop(conn, draft)
        return number

    def seen(self, number: int, *, opened: bool = True) -> None:
        """What came in on a request has been looked at, in a list when it was not ``opened``."""
        with self.writer.transaction() as conn:
            store_capture.seen(conn, number, self.clock(), opened=opened)

    def _check(self, files: tuple[Kept, ...]) -> None:
        """No row may name a file that is not there."""
        if files:
            from deskmate.store.files import check

            for kept in files:
                check(self.folder, kept)

    def run(self, command: Command, *, draft: str = "") -> Outcome:
        """Carry out a command: one transaction, one journal entry. Raises DeskmateError when refused."""
        from deskmate.services.dispatch import execute

        return execute(self, command, draft)

    def preview(self, command: Command) -> Preview:
        """What a command about office time would come to; nothing is written. Raises as ``run`` does."""
        from deskmate.services.hours import preview

        return preview(self, command)

    def wake(self) -> None:
        """Wake what is due by the clock, and let go what is held no longer."""
        with self.writer.transaction() as conn:
            store_wake.up(conn, self.clock())

    def fire(self, keys: Iterable[str], said: str = "") -> set[str]:
        """Take down that the reminders with these keys are announced; gives the keys that never were before.

        ``said`` is what the clock did, for the journal.
        """
        from deskmate.store import fired

        with self.writer.transaction() as conn:
            return fired.reminders(conn, keys, self.clock(), said)

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
