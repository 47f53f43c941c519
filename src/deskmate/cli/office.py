"""Office time for a date that is typed in the shell, read only once one is."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from deskmate.domain.calendar import Calendar


def moment(typed: str, folder: str) -> datetime | None:
    """What a typed date means now, by the hours that are said; None when it is not understood."""
    from deskmate.domain import local, when

    return when.parse(typed, local.now(), calendar_of(folder))


def calendar_of(folder: str) -> Callable[[], Calendar]:
    """What gives the calendar of this data folder; the one that is built in where nothing was ever stored."""

    def read() -> Calendar:
        from deskmate.domain.when import built_in
        from deskmate.store.connection import open_reader
        from deskmate.store.read import hours

        try:
            conn = open_reader(folder)
        except FileNotFoundError:
            return built_in()
        try:
            return hours.calendar(conn)
        finally:
            conn.close()

    return read
