"""Answering from the queue: the keys, what goes out, and what is seen of it."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from textual import events
from textual.widgets import TextArea

from deskmate.config import Config
from deskmate.domain import commands
from deskmate.domain.reply import Sending
from deskmate.domain.status import Status
from deskmate.domain.timeline import Reply
from deskmate.services.desk import Desk
from deskmate.store.people import make_person
from deskmate.tui.dialogs.form import FormDialog
from deskmate.tui.dialogs.note import NoteDialog
from deskmate.tui.dialogs.prompt import PromptDialog
from deskmate.tui.dialogs.reply import ReplyDialog
from tests.support.desks import AT, line
from tests.support.pilots import Seat, seated


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """D-1 of Anna, who has an address; D-2 of Ben, who has none; D-3 of nobody; D-4 with the cause of D-1."""
    desk = Desk(str(tmp_path), actor="test")
    anna = make_person(desk.writer.conn, "Anna Weber", AT, "anna@example.org")
    desk.capture(line("Printer jams", person_id=anna))
    desk.capture(line("Scanner", new_people=("Ben",)))
    desk.capture(line("Lamp"))
    desk.capture(line("Toner", person_id=anna))
    desk.run(commands.SetCause((1, 4), "toner"))
    desk.close()
    return tmp_path


def mailer(folder: Path, body: str = "open(here + '/got', 'ab').write(sys.stdin.buffer.read())") -> Config:
    """Settings with a command of one's own, in Python as everything here."""
    path = folder / "mailer"
    path.write_text(f"#!{sys.executable}\nimport sys\nhere = {str(folder)!r}\n{body}\n", encoding="utf-8")
    path.chmod(0o700)
    return Config(reply=Sending(deliver="command", command=(str(path),)))


def replies(seat: Seat, number: int) -> list[tuple[str, str]]:
    return [(each.state.value, each.text) for each in seat.detail(number).entries if isinstance(each, Reply)]


def field(seat: Seat) -> str:
    return seat.app.screen.query_one("#field", TextArea).text


async def left(seat: Seat, state: str, number: int = 1) -> None:
    """Wait until the last reply has come so far."""
    await seat.wait_until(lambda: replies(seat, number)[-1:] and replies(seat, number)[-1][0] == state)
    await seat.settle()


# --- writing --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (160, 40)])
async def test_what_is_seen_is_what_goes_out(folder: Path, size: tuple[int, int]) -> None:
    async with seated(folder, size, config=mailer(folder)) as seat:
        await seat.press("r", "r")
        await seat.type("It works again.")
        await seat.press("enter")
        await seat.type("Bye")
        shown = seat.text()
        assert "Via      mail, by " in shown
        assert "To       Anna Weber <anna@example.org>" in shown
        assert "Subject  Re: [D-1] Printer jams" in shown
        await seat.press("ctrl+o")
        await left(seat, "sent")
        got = (folder / "got").read_text(encoding="utf-8")
        assert got.startswith("To: Anna Weber <anna@example.org>\n")
        assert "\nSubject: Re: [D-1] Printer jams\n" in got
        assert got.endswith("\n\nIt works again.\nBye\n")
        assert seat.detail(1).request.status is Status.OPEN
        assert "sent: reply to D-1" in seat.footer()
        assert "reply by mail to Anna Weber, sent" in seat.text()


async def test_a_canned_reply_is_three_keys_and_undo_says_that_it_left(folder: Path) -> None:
    async with seated(folder, config=mailer(folder)) as seat:
        await seat.press("r", "1", "ctrl+o")
        assert seat.keys == 3
        await left(seat, "sent")
        assert replies(seat, 1)[0][1].startswith('Hello Anna,\n\nI have your request "Printer jams"')
        await seat.press("u")
        assert "it had left already, so it stays and is marked retracted" in seat.text()
        assert replies(seat, 1)[0][0] == "retracted"


async def test_typed_ahead_as_fast_as_keys_come(folder: Path) -> None:
    async with seated(folder, config=mailer(folder)) as seat:
        await seat.send("r", "3", "ctrl+o", "j", "n", "x")
        await left(seat, "sent")
        assert isinstance(seat.app.screen, NoteDialog)


@pytest.mark.parametrize("size", [(80, 24), (160, 40)])
async def test_the_strip_shows_the_names_of_the_texts(folder: Path, size: tuple[int, int]) -> None:
    async with seated(folder, size) as seat:
        await seat.send("r")
        await seat.pilot.pause()
        strip = " ".join(" ".join(seat.lines()[-2:]).replace("─", "").split())
        assert strip.startswith("reply r write g guide s said c sent a same cause t again e texts")
        assert "1 On it" in strip
        assert "2 Ask 3 Check 4 Visit 5 Part 6 Remind 7 Remind 2 8 Known" in strip
        assert "9 " not in strip
        await seat.press("9")
        assert "there is no text 9" in seat.footer()


async def test_esc_keeps_what_was_written_and_a_canned_text_never_covers_it(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("r", "r")
        await seat.type("half a")
        await seat.press("escape")
        assert "✎ D-1" in seat.list()[0]
        await seat.press("r", "1")
        assert "a reply to D-1 is half written: r r goes on with it" in seat.footer()
        await seat.press("ctrl+o")
        assert replies(seat, 1) == []
        await seat.press("r", "r")
        assert field(seat) == "half a"


async def test_a_text_that_nobody_touched_leaves_no_draft(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("r", "1")
        assert field(seat).startswith("Hello Anna")
        await seat.press("escape")
        assert "○ D-1" in seat.list()[0]
        assert seat.ask("SELECT count(*) FROM draft") == [(0,)]


async def test_a_restart_comes_back_to_the_reply(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("r", "r")
        await seat.type("half a")
        seat.app.keep_everything()
        await seat.settle()
    async with seated(folder) as seat:
        assert isinstance(seat.app.screen, ReplyDialog)
        assert field(seat) == "half a"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hello {frist_name}", "not sent: {frist_name} is no placeholder. Did you mean {first_name}?"),
        ("{questions}", "not sent: {questions} is empty: nothing is left to ask about."),
        ("Hello {first_name, bye", "not sent: “{first_name” has no brace after it."),
    ],
)
async def test_a_broken_text_is_named_and_stays_to_be_put_right(folder: Path, text: str, said: str) -> None:
    async with seated(folder) as seat:
        await seat.press("r", "r")
        await seat.type(text)
        await seat.press("ctrl+o")
        assert said in seat.text()
        assert field(seat) == text
        assert replies(seat, 1) == []


async def test_an_empty_category_keeps_the_question_text_back(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("r", "2", "ctrl+o")
        assert "not sent: {questions} is empty" in seat.text()
        assert replies(seat, 1) == []


async def test_hidden_characters_are_seen_before_they_leave(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("r", "r")
        seat.app.screen.query_one("#field", TextArea).insert("a\u202eb")
        await seat.press("ctrl+o")
        assert field(seat) == "a⟨202e⟩b"
        await seat.press("ctrl+o")
        assert replies(seat, 1)[0][1] == "a⟨202e⟩b"


async def test_plain_language_is_hinted_at_and_blocks_nothing(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("r", "r")
        await seat.type("Your ticket")
        assert "plainer? “ticket”: request" in seat.text()
        await seat.press("ctrl+o")
        assert replies(seat, 1)[0][1] == "Your ticket"


async def test_a_signature_is_part_of_what_is_seen(folder: Path) -> None:
    config = Config(reply=Sending(signature="-- \nHelp desk"))
    async with seated(folder, config=config) as seat:
        await seat.press("r", "r")
        assert field(seat) == "\n\n-- \nHelp desk"
        await seat.type("Done.")
        await seat.press("ctrl+o")
        assert replies(seat, 1)[0][1] == "Done.\n\n-- \nHelp desk"


# --- what becomes of it ---------------------------------------------------------------------------------------


async def test_what_fails_keeps_its_text_says_why_and_is_tried_again(folder: Path) -> None:
    config = mailer(folder, "sys.stderr.write('no route to host\\n'); sys.exit(78)")
    async with seated(folder, (160, 40), config=config) as seat:
        await seat.press("r", "1", "ctrl+o")
        await left(seat, "not sent")
        assert "not sent: reply to D-1, mailer ended with 78: no route to host" in seat.text()
        assert seat.footer() == "r t tries again"
        await seat.press("j", "k")
        assert "not sent: mailer ended with 78: no route to host" in seat.text()
        mailer(folder)
        await seat.press("r", "t")
        await left(seat, "sent")
        assert (folder / "got").exists()
        await seat.press("r", "t")
        assert "D-1: nothing is left unsent." in seat.footer()


async def test_a_kill_on_the_way_leaves_a_reply_that_nobody_knows_of(folder: Path) -> None:
    desk = Desk(str(folder), actor="test")
    desk.run(commands.SendReply((1,), "On its way", commands.Way.COMMAND))
    desk.writer.conn.execute("UPDATE message SET at = ?", (AT,))  # it left long ago
    desk.close()
    async with seated(folder, config=mailer(folder)) as seat:
        assert "reply by mail to Anna Weber, sending: not known yet whether it left" in seat.text()
        await seat.press("r", "t")
        await left(seat, "sent")


async def test_without_an_address_it_is_the_clipboard_until_it_is_confirmed(folder: Path) -> None:
    async with seated(folder, config=mailer(folder)) as seat:
        await seat.press("j", "r", "r")
        assert "Via      the clipboard, for you to paste; no address for Ben, C adds one" in seat.text()
        await seat.type("Come by.")
        await seat.press("ctrl+o")
        await left(seat, "handed over", 2)
        assert seat.app.clipboard == "Come by."
        assert "handed over: reply to D-2" in seat.text()
        assert seat.footer() == "r c once it is sent"
        await seat.press("r", "c")
        assert replies(seat, 2)[0][0] == "sent"
        await seat.press("u")
        assert replies(seat, 2)[0][0] == "handed over"


@pytest.mark.parametrize("second", ["r", "1", "s", "a"])
async def test_without_a_requester_there_is_a_reason(folder: Path, second: str) -> None:
    async with seated(folder) as seat:
        await seat.press("j", "j", "r", second)
        assert "D-3: no reply possible: no requester yet, press e" in seat.footer()


async def test_one_reply_to_all_with_the_cause_each_alone(folder: Path) -> None:
    async with seated(folder, config=mailer(folder)) as seat:
        await seat.press("r", "a")
        assert "Reply to 2 requests, each alone" in seat.text()
        await seat.type("Hello {first_name}, {number} works.")
        await seat.press("ctrl+o")
        await left(seat, "sent", 1)
        await left(seat, "sent", 4)
        assert replies(seat, 4) == [("sent", "Hello Anna, D-4 works.")]
        got = (folder / "got").read_text(encoding="utf-8")
        assert got.count("\nTo: ") + got.startswith("To: ") == 2
        assert got.count("anna@example.org") == 2
        await seat.press("j", "r", "a")
        assert "D-2 has no cause yet" in seat.footer()


async def test_several_that_do_not_fit_on_the_clipboard_become_mail_files(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("r", "a")
        assert "mail files in the outbox; the clipboard holds only one" in seat.text()
        await seat.type("{number} works.")
        await seat.press("ctrl+o")
        await left(seat, "handed over", 1)
        await left(seat, "handed over", 4)
        kept = sorted(path.read_text() for path in (folder / "outbox").glob("D-*.eml"))
        assert [text.rstrip().rpartition("\n")[2] for text in kept] == ["D-1 works.", "D-4 works."]


async def test_the_marked_get_a_text_each_filled_in_for_them(folder: Path) -> None:
    async with seated(folder, config=mailer(folder)) as seat:
        await seat.press("*", "r", "8")
        assert "To       Anna Weber, Anna Weber; left out, without an address: Ben, D-3" in seat.text()
        await seat.press("ctrl+o")
        await left(seat, "sent", 4)
        assert replies(seat, 4)[0][1].startswith("Hello Anna,")
        assert replies(seat, 4)[0][1].endswith("Your number for it is D-4.")
        assert replies(seat, 2) == replies(seat, 3) == []
        assert not seat.queue.list.marked


async def test_what_is_on_its_way_at_the_end_is_waited_for(folder: Path) -> None:
    config = mailer(folder, "import time; time.sleep(0.3)")
    async with seated(folder, config=config) as seat:
        await seat.press("r", "1", "ctrl+o")
        assert replies(seat, 1)[0][0] == "sending"
    assert seat.ask("SELECT state FROM message WHERE kind = 'reply'") == [("sent",)]


async def test_said_takes_one_line_or_none(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("r", "s")
        assert isinstance(seat.app.screen, PromptDialog)
        await seat.type("come at ten")
        await seat.press("enter")
        await seat.press("r", "s", "enter")
        assert replies(seat, 1) == [("said", "come at ten"), ("said", "")]
        assert seat.ask("SELECT count(*) FROM event WHERE kind = 'first response'") == [(1,)]
        assert "said to Anna Weber" in seat.text()
        await seat.press("y", "r")
        assert (seat.app.clipboard, seat.footer()) == ("come at ten", "copied the last reply")


# --- texts and the editor -------------------------------------------------------------------------------------


async def test_a_text_is_changed_and_that_is_undone(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("r", "e", "1")
        assert isinstance(seat.app.screen, FormDialog)
        await seat.press("end")
        await seat.type("!")
        await seat.press("tab", "tab")
        await seat.type(" {nam}")
        await seat.press("ctrl+o")
        assert "{nam} is no placeholder" in seat.text()
        await seat.press("backspace", "backspace")
        await seat.type("me}")
        await seat.press("ctrl+o")
        assert seat.ask("SELECT name FROM canned WHERE position = 1") == [("On it!",)]
        assert "saved the text “On it!”" in seat.footer()
        await seat.press("u")
        assert seat.ask("SELECT name FROM canned WHERE position = 1") == [("On it",)]


async def test_a_new_text_gets_the_first_free_key(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("r", "e", "n")
        await seat.type("Mine")
        await seat.press("tab", "tab")
        await seat.type("Hello {name}.")
        await seat.press("ctrl+o")
        await seat.press("r", "9")
        assert field(seat) == "Hello Anna Weber."


def edits(folder: Path, body: str) -> Config:
    path = folder / "editor"
    path.write_text(f"#!{sys.executable}\nimport os, sys\npath = sys.argv[-1]\n{body}\n", encoding="utf-8")
    path.chmod(0o700)
    return Config(editor=(str(path), "--wait"))


@pytest.mark.parametrize("keys", [("r", "r"), ("n",)])
async def test_f4_edits_outside(folder: Path, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    config = edits(folder, "open(path, 'a').write(' and more\\n')")
    async with seated(folder, config=config) as seat:
        monkeypatch.setattr(seat.app, "suspend", nullcontext)
        await seat.press(*keys)
        await seat.type("some")
        await seat.press("f4")
        assert field(seat) == "some and more"
        await seat.type("!")
        assert field(seat) == "some and more!"


async def test_the_text_survives_an_editor_that_dies(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with seated(folder, config=edits(folder, "os.kill(os.getpid(), 9)")) as seat:
        monkeypatch.setattr(seat.app, "suspend", nullcontext)
        await seat.press("r", "r")
        await seat.type("some")
        await seat.press("f4")
        assert "editor ended with -9; your text is as it was" in seat.text()
        assert field(seat) == "some"


async def test_a_terminal_that_can_not_make_room_is_said(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("n")
        await seat.type("some")
        await seat.press("f4")
        assert "this terminal can not make room for an editor" in seat.text()


async def test_a_paste_shows_what_it_hides(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("r", "r")
        seat.app.post_message(events.Paste("a\x1b[31m\r\nb"))
        await seat.settle()
        assert field(seat) == "a␛[31m\nb"
