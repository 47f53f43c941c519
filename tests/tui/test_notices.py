"""The notice on the sign, from the screen."""

from pathlib import Path

from tests.support.desks import opened
from tests.support.pilots import seated


async def test_the_notice_is_put_up_changed_and_taken_down(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        desk.wake()
    async with seated(tmp_path) as seat:
        assert seat.queue.disabled_reason("notice.off") == "there is no notice up"
        await seat.press(":")
        await seat.type("notice on")
        await seat.press("enter")
        await seat.type("Mail is down" + "!" * 200)
        await seat.press("ctrl+o")
        assert "more than 200 characters" in seat.text()
        await seat.press("ctrl+u")
        await seat.type("Mail is down")
        await seat.press("tab")
        await seat.type("2020-01-01 10:00")
        await seat.press("ctrl+o")
        assert "has passed already" in seat.text()
        await seat.press("ctrl+u")
        await seat.type("+2h")
        assert "(in 2 h)" in seat.text()
        await seat.press("ctrl+o")
        assert "notice up until" in seat.footer()
        await seat.press(":")
        await seat.type("take the notice")
        await seat.press("enter")
        assert "notice taken down" in seat.footer()
        await seat.press("u")
        said = "SELECT text FROM notice WHERE void = 0 ORDER BY id"
        assert seat.ask(said) == [("Mail is down",)]
        await seat.press(":")
        await seat.type("words on the")
        await seat.press("enter")
        await seat.type("ext. 99")
        await seat.press("ctrl+o")
        assert "the sign says urgent “ext. 99”" in seat.footer()
