"""Which other request may be meant."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from deskmate.domain.commands import Resolve
from deskmate.store.read.others import suggested
from tests.support.desks import line, opened

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_the_same_requester_then_the_like_then_the_newest(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        desk.capture(line("Printer jams upstairs again", new_people=("Ana Weber",)))
        desk.capture(line("No sound", person_id=1))
        desk.capture(line("Printer jams downstairs"))
        desk.capture(line("Printer is loud"))
        desk.capture(line("Printer jams, all of them"))
        desk.run(Resolve((5,)))
        conn = desk.writer.conn

        def numbers(typed: str, **how: bool) -> list[int]:
            return [other.number for other in suggested(conn, 1, typed, NOW, **how)]

        assert numbers("", going_on=True) == [2, 3], "one shared word is not enough, and what has ended no help"
        assert numbers("") == [2, 5, 3, 4]
        assert numbers("loud") == [4]
        assert numbers("printer", going_on=True) == [4, 3]
        assert numbers("D-5", going_on=True) == [5], "a number that was typed is meant"
        assert numbers("99") == numbers("nothing like it") == []
