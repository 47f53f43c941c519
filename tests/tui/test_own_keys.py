"""The app with somebody's own keys: what is shown is what works, and what is wrong is said."""

from pathlib import Path

from deskmate.config import Binding, Config, Remark
from deskmate.domain import commands
from deskmate.services.desk import Desk
from deskmate.tui.dialogs.capture import CaptureDialog
from deskmate.tui.dialogs.note import NoteDialog
from tests.support.desks import line
from tests.support.pilots import seated


def config(**keys: str) -> Config:
    return Config(keys=tuple(Binding(action.replace("__", "."), (key,), 1) for action, key in keys.items()))


def one_request(folder: Path) -> Path:
    desk = Desk(str(folder), actor="test")
    desk.capture(line("Printer jams"))
    desk.run(commands.AddNote((1,), "seen"))
    desk.close()
    return folder


async def test_own_keys_work_and_are_shown(tmp_path: Path) -> None:
    own = config(note="N", undo="ctrl+g", help="#", priority__1="p 9")
    async with seated(one_request(tmp_path), config=own) as seat:
        assert "N note" in seat.footer()
        assert seat.footer().endswith("# more")
        await seat.press("n")
        assert "n does nothing here, # shows the keys" in seat.footer()
        await seat.press("N")
        assert isinstance(seat.app.screen, NoteDialog)
        await seat.press("escape", "p")
        assert "9 P1" in seat.footer()
        await seat.press("9")
        assert "ctrl+g undo" in seat.footer()
        await seat.press("ctrl+g")
        assert seat.ask("SELECT priority FROM request") == [(None,)]


async def test_capture_keeps_its_ways_in_a_text_field(tmp_path: Path) -> None:
    async with seated(one_request(tmp_path), config=config(capture="f5")) as seat:
        await seat.press("N", "n")
        await seat.type("half a note")
        await seat.press("ctrl+n")
        assert isinstance(seat.app.screen, NoteDialog)
        await seat.press("f5")
        assert isinstance(seat.app.screen, CaptureDialog)


async def test_what_is_ignored_is_said_on_the_bottom_line(tmp_path: Path) -> None:
    wrong = Config(keys=(Binding("note", ("x",), 4),), remarks=(Remark(2, "“them” is no setting."),))
    async with seated(one_request(tmp_path), config=wrong) as seat:
        assert "ignored: line 2: “them” is no setting. and 1 more" in seat.text()
        assert "deskmate config check says all" in seat.footer()
        await seat.press("j")
        assert "n note" in seat.footer()
