"""Replies with a guide: what leaves, what is kept of it, and what undo makes of it."""

from __future__ import annotations

import email
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import policy
from pathlib import Path

import pytest

from deskmate.domain.commands import Delivered, TryAgain, Undo
from deskmate.domain.enclosing import Chosen, wording
from deskmate.domain.guiding import SendGuides
from deskmate.domain.person import Experience
from deskmate.domain.reply import Report, Sending, Way
from deskmate.domain.timeline import Delivery
from deskmate.services import delivery, guide_sending
from deskmate.services.desk import Desk
from deskmate.store.people import make_person
from deskmate.store.read import letters
from tests.support.desks import AT, line
from tests.support.guides import VPN, shot, window, written

NOW = datetime(2026, 11, 20, 10, 47, tzinfo=UTC)
CANARY = "kanarie"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """D-1 of Anna, and a guide with a picture whose notes must not leave."""
    desk = Desk(str(tmp_path), actor="test")
    desk.capture(line("VPN drops", person_id=make_person(desk.writer.conn, "Anna Weber", AT, "anna@example.org")))
    first = replace(VPN.steps[0], note=CANARY, pictures=(shot(desk, window(tmp_path / f"{CANARY}.png")),))
    written(desk, replace(VPN, steps=(first, *VPN.steps[1:]), note=CANARY))
    yield desk
    desk.close()


def sent(desk: Desk, way: Way) -> int:
    chosen = Chosen(1, experience=Experience.EXPERT, values={"name": "Anna", "code": CANARY})
    made = guide_sending.made(desk.writer.conn, desk.folder, chosen)
    (key,) = desk.run(SendGuides((1,), "Here is how.", way, (made,))).replies
    return key


def left(desk: Desk, key: int, sending: Sending = Sending()) -> Report:  # noqa: B008 - frozen
    (parcel,) = letters.parcels(desk.writer.conn, (key,))
    return delivery.deliver(parcel, sending, desk.folder, NOW)


def mail(path: Path) -> tuple[str, str, bytes]:
    """The text of a mail file, and the name and the bytes of what is attached."""
    found = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    body, (page,) = found.get_body(("plain",)), list(found.iter_attachments())
    assert body is not None
    return body.get_content(), page.get_filename() or "", page.get_payload(decode=True)


def rows(desk: Desk) -> list[tuple[object, ...]]:
    return desk.writer.conn.execute("SELECT message_id, name, experience, void FROM guide_sent").fetchall()


def test_a_mail_has_the_page_and_its_steps_and_nothing_internal(desk: Desk, tmp_path: Path) -> None:
    assert left(desk, sent(desk, Way.EML)).state is Delivery.HANDED_OVER
    (path,) = tmp_path.glob("outbox/*.eml")
    text, name, page = mail(path)
    assert text.startswith("Here is how.")
    assert "With pictures, to tick off: connect-to-the-vpn.html" in text
    assert "Type your name Anna and the code ________ (the start code: we tell you)." in text
    assert "The code has six digits." not in text
    assert name == "connect-to-the-vpn.html"
    assert b"data:image/" in page
    assert CANARY not in text + page.decode() + path.read_bytes().decode()
    assert rows(desk) == [(1, name, "expert", 0)]


def test_trying_again_sends_the_same_bytes(desk: Desk, tmp_path: Path) -> None:
    key = sent(desk, Way.COMMAND)
    desk.run(Delivered(left(desk, key)))  # for no command is set
    written(desk, replace(VPN, title="Another"))
    (again,) = desk.run(TryAgain((1,), Way.EML, 60)).replies
    assert left(desk, again).reason == ""
    (path,) = tmp_path.glob("outbox/*.eml")
    kept = letters.parcels(desk.writer.conn, (key,))[0].files[0].digest
    assert mail(path)[2] == (tmp_path / "files" / kept[:2] / kept).read_bytes()


def test_what_takes_no_file_leaves_the_page_in_the_outbox(desk: Desk, tmp_path: Path) -> None:
    (parcel,) = letters.parcels(desk.writer.conn, (sent(desk, Way.CLIPBOARD),))
    reports = [delivery.lay_out(parcel, Sending(), desk.folder) for _twice in range(2)]
    assert {each.beside for each in reports} == {(str(tmp_path / "outbox" / "D-1-connect-to-the-vpn.html"),)}
    assert "You should see: The window says" in parcel.message.text
    assert "You should see" not in parcel.short


@pytest.mark.parametrize("damage", ["gone", "other"])
def test_a_page_that_is_not_what_it_was_does_not_leave(desk: Desk, tmp_path: Path, damage: str) -> None:
    (parcel,) = letters.parcels(desk.writer.conn, (sent(desk, Way.EML),))
    path = tmp_path / "files" / parcel.files[0].digest[:2] / parcel.files[0].digest
    path.write_bytes(b"" if damage == "gone" else b"x" * parcel.files[0].size)
    report = delivery.deliver(parcel, Sending(), desk.folder, NOW)
    assert report.state is Delivery.NOT_SENT
    assert "connect-to-the-vpn.html" in report.reason


def test_undo_takes_back_what_did_not_leave_and_nothing_else(desk: Desk) -> None:
    key = sent(desk, Way.EML)
    desk.run(Undo())
    assert rows(desk)[0][-1] == 1
    desk.run(Delivered(Report(key, Delivery.SENT)))  # it had left meanwhile
    assert rows(desk)[0][-1] == 0
    desk.run(Delivered(Report(sent(desk, Way.EML), Delivery.SENT)))
    desk.run(Undo())
    assert [row[-1] for row in rows(desk)] == [0, 0]


def test_the_words_are_in_the_language_of_the_guide() -> None:
    assert wording("Weber, Anna", ["VPN"], "de-CH").startswith("Guten Tag Anna,\n\nso geht es: “VPN”.")
