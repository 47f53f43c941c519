"""The public notice: what is refused, when it ends, and what comes back."""

from pathlib import Path

import pytest

from deskmate.domain.commands import SayHours, SetNotice, SetSignWords, Undo
from deskmate.domain.hours import Kind
from deskmate.domain.request import Refused
from deskmate.services.desk import Desk
from deskmate.store.read import hours
from tests.support.desks import opened

PAST, SOON, LATER = "2026-11-20T08:00:00.000Z", "2026-11-20T10:00:00.000Z", "2026-11-23T10:00:00.000Z"


def up(desk: Desk) -> tuple[str, str | None]:
    return hours.notice(desk.writer.conn, desk.clock())


def test_the_newest_counts_and_undo_brings_the_one_before_back(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        desk.run(SetNotice("Mail is\x1b slow\n", SOON))
        assert up(desk) == ("Mail is␛ slow", SOON)
        assert desk.run(SetNotice("Mail is down", LATER)).label == "notice up until Mon 11:00"
        desk.run(SetNotice(""))
        assert up(desk) == ("", None)
        desk.run(Undo())
        assert up(desk) == ("Mail is down", LATER)
        desk.run(Undo())
        assert up(desk) == ("Mail is␛ slow", SOON)
        names = [name for (name,) in desk.writer.conn.execute("SELECT command FROM journal ORDER BY seq LIMIT 3")]
        assert names == ["notice"] * 3


def test_it_always_ends(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        desk.run(SetNotice("Mail is down"))
        assert up(desk) == ("Mail is down", "2026-11-20T16:00:00.000Z"), "when the door closes for the day"


def test_its_end_is_said_as_it_was_typed_wherever_the_door_is(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        desk.run(SayHours(Kind.ZONE, {"zone": "Asia/Tokyo"}))
        assert desk.run(SetNotice("Mail is down", LATER)).label == "notice up until Mon 11:00"


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (SetNotice("x" * 201, SOON), "this one has 201"),
        (SetNotice("Mail is down", PAST), "Fri 20 Nov 09:00 has passed already"),
        (SetNotice(" \n"), "There is no notice up"),
    ],
)
def test_what_is_refused(tmp_path: Path, command: SetNotice, why: str) -> None:
    with opened(tmp_path) as desk, pytest.raises(Refused, match=why):
        desk.run(command)


def test_what_always_stands_there_is_one_step_and_comes_back(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        desk.run(SetSignWords("ext. 99\x07"))
        assert (
            desk.run(SetSignWords("ext. 98", "R. Haas")).label
            == "the sign says urgent “ext. 98” and deputy “R. Haas”"
        )
        desk.run(Undo())
        assert [hours.setting(desk.writer.conn, key) for key in ("urgent", "deputy")] == ["ext. 99␇", ""]
        for command, why in ((SetSignWords(deputy=""), "says that already"), (SetSignWords("x" * 121), "has 121")):
            with pytest.raises(Refused, match=why):
                desk.run(command)
