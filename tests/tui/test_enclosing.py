"""Answering with a guide from the queue: exact keys, what goes out, and what is kept when it is left."""

from __future__ import annotations

import email
from dataclasses import replace
from email import policy
from pathlib import Path

import pytest
from textual.widgets import TextArea

from deskmate.config import Config
from deskmate.domain.commands import AddPerson
from deskmate.domain.guide import Content, Placeholder, Source, Step
from deskmate.domain.reply import NO_REQUESTER, Sending
from deskmate.tui.dialogs.guide_enclose import EncloseForm
from deskmate.tui.dialogs.reply import ReplyDialog
from tests.support.desks import line, opened
from tests.support.guides import VPN, written
from tests.support.pilots import Seat, seated

EML = Config(reply=Sending(deliver="eml"))
SENT = "SELECT guide_id, request_id, message_id, form, experience FROM guide_sent WHERE void = 0"
ASKING = replace(
    VPN,
    placeholders=(
        Placeholder("name", "who it is for", source=Source.PERSON),
        Placeholder("code", "the start code", secret=True),
        Placeholder("office", "the office"),
    ),
    steps=(*VPN.steps, Step("s4", "Choose {office}.")),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """D-1 of Anna, who is an expert, D-2 of nobody; two guides that may go, one of which asks for an office."""
    with opened(tmp_path) as desk:
        desk.run(AddPerson({"name": "Anna Weber", "email": "anna@example.org", "experience": "expert"}))
        desk.capture(line("VPN drops every hour", requester="Anna Weber", person_id=1, known=True))
        desk.capture(line("Lamp is broken"))
        written(desk, Content("A new PIN", words=("locked out",), steps=(Step("p1", "Ask for it."),)))
        written(desk, ASKING)
        written(desk, Content("A draft", steps=(Step("d1", "Wait."),)), published=False)
    return tmp_path


def text(seat: Seat) -> str:
    return seat.app.screen.query_one("#field", TextArea).text


async def over(seat: Seat, dialog: type) -> None:
    await seat.wait_until(lambda: isinstance(seat.app.screen, dialog))
    await seat.settle()


async def test_what_fits_goes_along_with_the_words_that_are_seen(folder: Path) -> None:
    async with seated(folder, config=EML) as seat:
        await seat.press("r", "g")
        fits, other = (each for each in seat.lines() if "Connect to" in each or "A new PIN" in each)
        assert "fits" in fits
        assert "fits" not in other
        assert "A draft" not in seat.text()
        await seat.press("enter")
        await over(seat, EncloseForm)
        asked = [each.split()[1:-1] for each in seat.lines() if "│ " in each][:3]
        assert [each[:2] for each in asked] == [["The", "office"], ["Form", "page"], ["Written", "for"]]
        assert asked[-1][-1] == "expert"
        await seat.press("enter")
        await seat.wait_until(lambda: "still to be filled in" in seat.text())
        await seat.type("Berlin")
        await seat.press("enter")
        await over(seat, ReplyDialog)
        assert "With     Connect to the VPN, page for a browser, one file" in seat.text()
        assert text(seat).startswith("Hello Anna,\n\n")
        await seat.press("ctrl+o")
        await seat.wait_until(lambda: seat.ask("SELECT state FROM message WHERE state = 'handed over'"))
        assert seat.ask(SENT) == [(2, 1, 1, "html", "expert")]
        (path,) = folder.glob("outbox/*.eml")
        mail = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        body, (page,) = mail.get_body(("plain",)), mail.iter_attachments()
        assert body is not None
        assert body.get_content().startswith("Hello Anna,")
        assert "Choose Berlin." in body.get_content()
        assert page.get_filename() == "connect-to-the-vpn.html"
        assert "Choose Berlin." in page.get_content()


async def test_esc_keeps_the_words_and_the_guide(folder: Path) -> None:
    async with seated(folder, config=EML) as seat:
        await seat.press("r", "g")
        await seat.type("locked")
        await seat.press("enter")
        await over(seat, EncloseForm)
        await seat.press("down", "down", "enter")
        await over(seat, ReplyDialog)
        await seat.type("P.S. ")
        await seat.press("escape", "r", "r")
        await over(seat, ReplyDialog)
        assert "P.S. " in text(seat)
        assert "With     A new PIN, document for Word" in seat.text()
        await seat.press("ctrl+o")
        await seat.wait_until(lambda: seat.ask("SELECT state FROM message WHERE state = 'handed over'"))
        assert seat.ask(SENT) == [(1, 1, 1, "docx", None)]
        await seat.settle()
        await seat.press("r", "r")
        await over(seat, ReplyDialog)
        assert "With  " not in seat.text(), "the next reply begins without one"


async def test_what_is_written_can_go_alone_after_all(folder: Path) -> None:
    async with seated(folder, config=EML) as seat:
        await seat.press("r", "g", "enter")
        await over(seat, EncloseForm)
        await seat.type("Berlin")
        await seat.press("enter")
        await over(seat, ReplyDialog)
        await seat.type("P.S. ")
        await seat.press("escape", "r", "g")
        await seat.type("without")
        await seat.press("enter")
        await over(seat, ReplyDialog)
        assert "P.S. " in text(seat)
        assert "With  " not in seat.text()


async def test_it_says_why_nothing_can_go(tmp_path: Path, folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("j", "r", "g")
        assert NO_REQUESTER in seat.footer()
    with opened(tmp_path / "empty") as desk:
        desk.capture(line("VPN", new_people=("Ben",)))
    async with seated(tmp_path / "empty") as seat:
        await seat.press("r", "g")
        assert "no guide for users is published yet" in seat.footer()


async def test_the_clipboard_takes_the_words_and_says_where_the_page_is(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("r", "g")
        await seat.type("pin")
        await seat.press("enter")
        await over(seat, EncloseForm)
        await seat.press("enter")
        await over(seat, ReplyDialog)
        await seat.press("ctrl+o")
        await seat.wait_until(lambda: seat.ask("SELECT state FROM message WHERE state = 'handed over'"))
        await seat.settle()
        assert f"handed over: reply to D-1; add {folder}"[:45] in seat.text()
        assert (folder / "outbox" / "D-1-a-new-pin.html").exists()
